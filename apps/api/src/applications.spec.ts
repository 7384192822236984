import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ManualClock } from '#kernel/clock.testing';
import { plan, terms } from './call-plan.testing.js';
import { TestServer } from './server.testing.js';

const key = 'round--council-19';
const own = { application: key, organisation: 'council-19' };
const content = {
  planVersion: 1,
  eligibleCosts: [
    { line: 'salaries', text: 'Palkat', amount: '8000000' },
    { line: 'travel', text: 'Matkat', amount: '2000000' },
  ],
  income: '500000',
  ownFunding: '2000000',
  otherFunding: '500000',
  amount: '7000000',
  parts: [
    { part: 'summary', text: 'Julkinen tiivistelmä' },
    { part: 'tenders', text: 'Tarjousten hinnat', secretBecause: 'Liikesalaisuus' },
  ],
};
const byEmail = (arrivedAt: string) => ({ channel: 'EMAIL', arrivedAt, evidence: 'Kuvitteellinen postipalvelin' });

describe('an application over GraphQL', () => {
  const clock = new ManualClock('2026-09-01T09:00:00Z');
  const tokens: Record<string, string> = {};
  let server: TestServer;

  beforeAll(async () => {
    server = await TestServer.start({ clock });
    const token = async (name: string, role: string, scope = {}) => (tokens[name] = await server.token(role, scope, '1y'));
    for (const role of ['ministry-presenter', 'ministry-registrar', 'ministry-auditor', 'agency-coordinator', 'agency-analyst'])
      await token(role, role);
    await token('coordinator', 'regional-coordinator', { region: '19' });
    await token('other coordinator', 'regional-coordinator', { region: '18' });
    await token('signatory', 'applicant-signatory', { organisation: 'council-19' });
    await token('other signatory', 'applicant-signatory', { organisation: 'council-18' });
    await done('planCall', plan('round'), 'ministry-presenter');
    await done('publishCall', { call: 'round' }, 'ministry-presenter');
    await done(
      'draftPlan',
      { call: 'round', region: 'R19', applicant: 'council-19', sections: [{ section: 'OBJECTIVES', text: 'Tavoitteet' }] },
      'coordinator',
    );
  });
  afterAll(() => server.stop());

  const send = (mutation: string, input: object, who: string, expectedRevision?: string) =>
    server.command(mutation, input, tokens[who], expectedRevision === undefined ? {} : { expectedRevision });
  const done = async (mutation: string, input: object, who: string, expectedRevision?: string) => {
    const { data, errors } = await send(mutation, input, who, expectedRevision);
    expect(errors).toEqual([]);
    return data[mutation] as { stream: string; position: string };
  };
  const refused = async (mutation: string, input: object, who: string, expectedRevision?: string) => {
    const [error] = (await send(mutation, input, who, expectedRevision)).errors;
    return error?.extensions.code;
  };
  const asked = async (who: string | undefined, fields: string, at = '') => {
    const { data, errors } = await server.ask(
      `{ application(id: "${key}"${at}) { ${fields} } }`,
      who === undefined ? {} : { token: tokens[who] as string },
    );
    expect(errors).toEqual([]);
    return data.application;
  };
  const after = async () => `, after: "${await server.system.log.head()}"`;
  const tasks = async (who: string) =>
    (
      await server.ask(`{ ownTasks(after: "${await server.system.log.head()}") { kind application of due dueAt isOverdue } }`, {
        token: tokens[who] as string,
      })
    ).data.ownTasks;
  const desk = async (who: string) =>
    server.ask(
      `{ call(id: "round", after: "${await server.system.log.head()}") { presenterDesk { application { id isLate } toAssess answerUntil } } }`,
      { token: tokens[who] as string },
    );

  /** What the reader is told of the application's events. */
  const events = async (who?: string) => {
    const asking = who === undefined ? {} : { token: tokens[who] as string };
    const { data } = await server.ask(
      `{ events(matter: "${key}", first: 100, afterPosition: "${await server.system.log.head()}") { events { type stream data } } }`,
      asking,
    );
    return (data.events.events as readonly { type: string; stream: string; data: object }[]).filter(
      ({ stream }) => stream === `application-${key}`,
    );
  };

  /** What the region must do next in the call. */
  const next = async (who: string, region = 'R19') =>
    (
      await server.ask(
        `{ call(id: "round", after: "${await server.system.log.head()}") { applicationTasks(region: ${region}) { kind application dueAt } } }`,
        { token: tokens[who] as string },
      )
    ).data.call.applicationTasks;

  it('is what a region must start next, until the call closes', async () => {
    expect(await next('coordinator')).toEqual([{ kind: 'START_APPLICATION', application: null, dueAt: '2026-10-15T13:15:00Z' }]);
    expect(await next('ministry-auditor', 'R18')).toHaveLength(1);
    for (const who of ['other coordinator', 'signatory', 'ministry-presenter', 'agency-coordinator']) expect(await next(who)).toBeNull();
    const { data } = await server.ask(
      '{ call(id: "round", asOf: "2026-10-15T13:15:00.001Z") { applicationTasks(region: R19) { kind } } }',
      { token: tokens['coordinator'] as string },
    );
    expect(data.call.applicationTasks).toEqual([]);
  });

  it('is drafted by its region, and nobody else is told that it is there', async () => {
    await done('startApplication', { ...own, region: 'R19' }, 'coordinator');
    await done('reviseApplication', { application: key, region: 'R19', content }, 'coordinator', '0');
    for (const who of ['coordinator', 'signatory', 'ministry-auditor', 'agency-analyst'])
      expect(await asked(who, 'stage amount', await after())).toEqual({ stage: 'DRAFT', amount: '7000000' });
    for (const who of [undefined, 'other coordinator', 'other signatory', 'ministry-presenter', 'ministry-registrar', 'agency-coordinator'])
      expect(await asked(who, 'stage')).toBeNull();
    for (const who of ['coordinator', undefined]) {
      const { data } = await server.ask(
        '{ call(id: "round") { applications { totalCount edges { node { id } } } } }',
        who === undefined ? {} : { token: tokens[who] as string },
      );
      expect(data.call.applications).toEqual({ totalCount: 0, edges: [] });
    }
    for (const application of [key, 'round--nobody'])
      expect(await refused('reviseApplication', { application, region: 'R18', content }, 'other coordinator', '99')).toBe(
        'application-unknown',
      );
    expect(await tasks('coordinator')).toEqual([
      { kind: 'SUBMIT_DRAFT', application: key, of: null, due: null, dueAt: '2026-10-15T13:15:00Z', isOverdue: false },
    ]);
    expect(await tasks('other coordinator')).toEqual([]);
    expect(await next('coordinator')).toEqual([{ kind: 'SUBMIT_DRAFT', application: key, dueAt: '2026-10-15T13:15:00Z' }]);
    expect(await next('other coordinator', 'R18')).toMatchObject([{ kind: 'START_APPLICATION' }]);
    expect((await events('coordinator')).map(({ type }) => type)).toEqual(['ApplicationStarted', 'ApplicationRevised']);
    for (const who of [undefined, 'other coordinator', 'other signatory', 'ministry-presenter']) expect(await events(who)).toEqual([]);
  });

  it('is drafted, submitted, received and handled in the roles of the table only', async () => {
    const attempts = [
      ['startApplication', { ...own, region: 'R19' }, ['signatory', 'other coordinator', 'ministry-presenter']],
      ['submitApplication', { ...own, signatoryName: 'x' }, ['coordinator', 'other signatory', 'ministry-registrar']],
      ['receiveApplication', { application: key, caseNumber: 'VM/1/2026' }, ['signatory', 'ministry-presenter']],
      ['withdrawApplication', { ...own, reason: 'x' }, ['coordinator', 'other signatory', 'ministry-presenter']],
      ['requestSupplement', { application: key, supplement: 's-1', asks: 'x', due: '2026-10-25' }, ['ministry-registrar', 'signatory']],
      [
        'proposeDecision',
        { application: key, outcome: 'REFUSED', grounds: 'x', conditions: [] },
        ['agency-coordinator', 'ministry-registrar', 'ministry-auditor'],
      ],
    ] as const;
    for (const [mutation, input, others] of attempts)
      for (const who of others) expect([mutation, who, await refused(mutation, input, who, '1')]).toEqual([mutation, who, 'not-permitted']);
  });

  it('is submitted by the signatory and public from then on, less its secret parts and the name of who signed', async () => {
    clock.set('2026-10-15T13:15:00Z');
    expect(await refused('submitApplication', { ...own, signatoryName: 'Aino Esimerkki' }, 'signatory', '0')).toBe('changed-since-read');
    await done('submitApplication', { ...own, signatoryName: 'Aino Esimerkki' }, 'signatory', '1');
    const fields =
      'stage arrivedAt isLate eligibleCosts amount missing applicant { id } story { signatory content { parts { part text secretBecause } contentHash } assessments { score } steps { event } }';
    const seen = await asked(undefined, fields, await after());
    expect(seen).toEqual({
      stage: 'SUBMITTED',
      arrivedAt: '2026-10-15T13:15:00Z',
      isLate: false,
      eligibleCosts: '10000000',
      amount: '7000000',
      missing: [],
      applicant: { id: 'council-19' },
      story: {
        signatory: null,
        content: {
          parts: [
            { part: 'summary', text: 'Julkinen tiivistelmä', secretBecause: null },
            { part: 'tenders', text: null, secretBecause: 'Liikesalaisuus' },
          ],
          contentHash: null,
        },
        assessments: null,
        steps: [{ event: 'ApplicationSubmitted' }],
      },
    });
    for (const who of ['ministry-presenter', 'coordinator', 'signatory']) {
      const { story } = await asked(who, fields);
      expect(story).toMatchObject({
        signatory: 'Aino Esimerkki',
        content: { parts: [{}, { text: 'Tarjousten hinnat' }], contentHash: expect.stringMatching(/^[0-9a-f]{64}$/) },
      });
    }
    expect((await asked('coordinator', fields)).story.steps).toHaveLength(3);
    expect((await asked('agency-analyst', fields)).story).toMatchObject({
      signatory: null,
      content: { parts: [{}, { text: null }] },
      assessments: [],
    });
    expect((await asked('other coordinator', fields)).story).toEqual(seen.story);
    for (const who of [
      undefined,
      'other coordinator',
      'other signatory',
      'agency-analyst',
      'ministry-presenter',
      'coordinator',
      'signatory',
    ]) {
      const told = (await events(who)).filter(({ type }) => type === 'ApplicationSubmitted');
      const isParty = ['ministry-presenter', 'coordinator', 'signatory'].includes(who ?? '');
      expect([told.length, JSON.stringify(told).includes('Tarjousten hinnat'), JSON.stringify(told).includes('Aino Esimerkki')]).toEqual([
        1,
        isParty,
        isParty,
      ]);
    }
    for (const file of ['log.db', 'log.db-wal'])
      expect(readFileSync(join(server.folder, file)).toString('latin1')).not.toContain('Aino Esimerkki');
    expect(
      (await server.ask('{ call(id: "round") { applications { totalCount edges { node { id stage } } } } }')).data.call.applications,
    ).toEqual({ totalCount: 1, edges: [{ node: { id: key, stage: 'SUBMITTED' } }] });
  });

  it('shows all who see it the version of the plan that it refers to, and no other, nor what was commented', async () => {
    clock.set('2026-10-15T13:15:00.001Z');
    const plans = { call: 'round', region: 'R19', applicant: 'council-19' };
    await done('revisePlan', { ...plans, sections: [{ section: 'OBJECTIVES', text: 'Uudet tavoitteet' }] }, 'coordinator', '0');
    const fields = 'plan { version sections { section text } }';
    for (const who of [undefined, 'other coordinator', 'agency-coordinator', 'ministry-presenter', 'signatory']) {
      expect(await asked(who, fields, await after())).toEqual({
        plan: { version: 1, sections: [{ section: 'OBJECTIVES', text: 'Tavoitteet' }] },
      });
    }
    for (const who of [undefined, 'other coordinator', 'ministry-presenter']) {
      const { data } = await server.ask(
        '{ plan(call: "round", region: R19, applicant: "council-19") { stage } }',
        who === undefined ? {} : { token: tokens[who] as string },
      );
      expect(data.plan).toBeNull();
    }
    expect(await asked(undefined, fields, ', asOf: "2026-10-15T13:14:59Z"')).toBeNull();
  });

  it('is there as it stood on a day: nothing for the public before it arrived', async () => {
    expect(await asked(undefined, 'stage', ', asOf: "2026-10-15T13:14:59Z"')).toBeNull();
    expect(await asked('coordinator', 'stage', ', asOf: "2026-10-15T13:14:59Z"')).toEqual({ stage: 'DRAFT' });
  });

  it('came by e-mail in time, though it is registered later; another, too late; another, of one who cannot apply', async () => {
    clock.set('2026-10-16T06:00:00Z');
    await done('receiveApplication', { application: key, caseNumber: 'VM/1/2026' }, 'ministry-registrar');
    const receive = (organisation: string, region: string, arrivedAt: string) =>
      done(
        'receiveApplication',
        { application: `round--${organisation}`, organisation, region, caseNumber: `VM/${organisation}/2026`, arrival: byEmail(arrivedAt) },
        'ministry-registrar',
      );
    await done(
      'registerOrganisation',
      { organisation: 'fictional-town', kind: 'MUNICIPALITY', names: { fi: 'Kuvitteellinen kaupunki' }, region: 'R19' },
      'ministry-registrar',
    );
    await receive('council-18', 'R18', '2026-10-15T16:14');
    await receive('council-17', 'R17', '2026-10-15T13:15:00.001Z');
    await receive('fictional-town', 'R19', '2026-10-15T10:00:00Z');
    const { data } = await server.ask(
      `{ call(id: "round", after: "${await server.system.log.head()}") { applications(first: 10) { edges { node { id arrivedAt isLate inadmissible caseNumber missing } } } } }`,
    );
    const missing = ['eligibleCosts', 'income', 'ownFunding', 'otherFunding', 'amount'];
    expect(data.call.applications.edges.map(({ node }: { node: object }) => node)).toEqual([
      {
        id: 'round--council-17',
        arrivedAt: '2026-10-15T13:15:00.001Z',
        isLate: true,
        inadmissible: null,
        caseNumber: 'VM/council-17/2026',
        missing,
      },
      {
        id: 'round--council-18',
        arrivedAt: '2026-10-15T13:14:00Z',
        isLate: false,
        inadmissible: null,
        caseNumber: 'VM/council-18/2026',
        missing,
      },
      { id: key, arrivedAt: '2026-10-15T13:15:00Z', isLate: false, inadmissible: null, caseNumber: 'VM/1/2026', missing: [] },
      {
        id: 'round--fictional-town',
        arrivedAt: '2026-10-15T10:00:00Z',
        isLate: false,
        inadmissible: 'APPLICANT_NOT_ELIGIBLE',
        caseNumber: 'VM/fictional-town/2026',
        missing,
      },
    ]);
    expect(
      await refused(
        'receiveApplication',
        {
          application: 'round--council-16',
          organisation: 'council-16',
          region: 'R16',
          caseNumber: 'VM/x/2026',
          arrival: byEmail('2026-10-16T06:00:00.001Z'),
        },
        'ministry-registrar',
      ),
    ).toBe('arrival-in-future');
  });

  it('is supplemented until the end of the day, which has 25 hours', async () => {
    await done(
      'requestSupplement',
      { application: key, supplement: 's-1', asks: 'Tarkempi talousarvio', due: '2026-10-25' },
      'ministry-presenter',
    );
    await done('openHearing', { application: key, hearing: 'h-1', concerns: 'Osuus', due: '2026-10-25' }, 'ministry-presenter');
    const dueAt = '2026-10-25T21:59:59.999Z';
    for (const who of ['coordinator', 'signatory']) {
      expect(await tasks(who)).toMatchObject(
        [
          { kind: 'ANSWER_SUPPLEMENT', of: 's-1', due: '2026-10-25', dueAt, isOverdue: false },
          { kind: 'GIVE_STATEMENT', of: 'h-1', dueAt },
        ].sort((a, b) => a.kind.localeCompare(b.kind)),
      );
    }
    clock.set(dueAt);
    await done(
      'supplementApplication',
      { ...own, supplement: 's-1', text: 'Liitteenä', content: { ...content, ownFunding: '2500000', otherFunding: '0' } },
      'signatory',
    );
    clock.set('2026-10-25T22:00:00Z');
    expect(await tasks('coordinator')).toMatchObject([{ kind: 'GIVE_STATEMENT', isOverdue: true }]);
    await done('giveStatement', { ...own, hearing: 'h-1', text: 'Lausumme' }, 'signatory');
    expect(await tasks('coordinator')).toEqual([]);
    const fields = 'story { content { ownFunding } asked { kind id due text answers { isLate text channel } } }';
    const answered = [
      { kind: 'SUPPLEMENT', text: 'Tarkempi talousarvio', answers: [{ isLate: false, text: 'Liitteenä' }] },
      { kind: 'HEARING', text: 'Osuus', answers: [{ isLate: true, text: 'Lausumme' }] },
    ];
    for (const who of ['signatory', 'coordinator', 'ministry-presenter'])
      expect((await asked(who, fields, await after())).story).toMatchObject({ content: { ownFunding: '2500000' }, asked: answered });
    expect((await asked(undefined, fields)).story.asked).toMatchObject([
      { id: 's-1', text: null, answers: [{ text: null, isLate: false }] },
      { id: 'h-1', text: null },
    ]);
  });

  it('waits on the presenter’s desk until a decision is proposed, which its applicant does not see before it is decided', async () => {
    expect(
      (await desk('ministry-presenter')).data.call.presenterDesk.map(
        ({ application, toAssess }: { application: object; toAssess: object }) => [application, toAssess],
      ),
    ).toEqual([
      [{ id: 'round--fictional-town', isLate: false }, ['breadth']],
      [{ id: 'round--council-18', isLate: false }, ['breadth']],
      [{ id: key, isLate: false }, ['breadth']],
      [{ id: 'round--council-17', isLate: true }, ['breadth']],
    ]);
    for (const who of ['signatory', 'agency-coordinator', 'coordinator'])
      expect((await desk(who)).errors).toMatchObject([{ extensions: { code: 'not-permitted' } }]);
    await done('assessApplication', { application: key, criterion: 'breadth', score: 80, grounds: 'Kattava' }, 'ministry-presenter');
    expect(
      await refused('assessApplication', { application: key, criterion: 'breadth', score: 101, grounds: 'x' }, 'ministry-presenter'),
    ).toBe('invalid-input');
    await done(
      'compareSelection',
      { call: 'round', applications: [key, 'round--council-18'], breadth: 'x', diversity: 'x', complementarity: 'x', inhabitants: 180_000 },
      'ministry-presenter',
    );
    await done(
      'proposeDecision',
      { application: key, outcome: 'GRANTED', amount: '7000000', grounds: 'Kattava', conditions: ['Raportoi'] },
      'ministry-presenter',
    );
    expect((await desk('ministry-presenter')).data.call.presenterDesk).toHaveLength(3);
    const fields = 'story { assessments { criterion score } proposal { outcome amount conditions } }';
    expect((await asked('ministry-auditor', fields, await after())).story).toEqual({
      assessments: [{ criterion: 'breadth', score: 80 }],
      proposal: { outcome: 'GRANTED', amount: '7000000', conditions: ['Raportoi'] },
    });
    for (const who of ['signatory', 'coordinator', undefined])
      expect((await asked(who, fields)).story).toEqual({ assessments: null, proposal: null });
    const prepared = async (who?: string) =>
      (await events(who)).map(({ type }) => type).filter((type) => ['ApplicationAssessed', 'DecisionProposed'].includes(type));
    for (const who of ['signatory', 'coordinator', undefined]) expect(await prepared(who)).toEqual([]);
    expect(await prepared('ministry-auditor')).toEqual(['ApplicationAssessed', 'DecisionProposed']);
    const request = async (who?: string) => JSON.stringify((await events(who)).filter(({ type }) => type === 'SupplementRequested'));
    expect(
      [await request('signatory'), await request('coordinator'), await request()].map((one) => one.includes('Tarkempi talousarvio')),
    ).toEqual([true, true, false]);
    expect(await refused('withdrawApplication', { ...own, reason: 'x' }, 'signatory')).toBe('application-locked');
  });

  it('is compared with others as a whole, on the revision of each', async () => {
    const comparison = async (who: string) =>
      server.ask('{ call(id: "round") { comparison { applications inhabitants } } }', { token: tokens[who] as string });
    expect((await comparison('ministry-auditor')).data.call.comparison).toEqual({
      applications: [key, 'round--council-18'],
      inhabitants: 180_000,
    });
    expect((await comparison('signatory')).errors).toMatchObject([{ extensions: { code: 'not-permitted' } }]);
    const [event] = await server.system.log.readStream('selection-round');
    expect(event?.metadata).toMatchObject({ seen: { [`application-${key}`]: 8, 'application-round--council-18': 0 } });
    const others = {
      call: 'round',
      applications: ['round--council-16', 'round--council-18'],
      breadth: 'x',
      diversity: 'x',
      complementarity: 'x',
      inhabitants: 1,
    };
    expect((await send('compareSelection', others, 'ministry-presenter')).errors).toMatchObject([
      { extensions: { code: 'selection-of-others', details: { applications: ['round--council-16'] } } },
    ]);
  });

  it('that came late can only be found inadmissible, and not by who is disqualified', async () => {
    const late = { application: 'round--council-17', grounds: 'Saapui myöhässä', conditions: [] };
    expect(await refused('proposeDecision', { ...late, outcome: 'REFUSED' }, 'ministry-presenter')).toBe('outcome-inadmissible-only');
    await done('proposeDecision', { ...late, outcome: 'INADMISSIBLE' }, 'ministry-presenter');
    await done(
      'recordDisqualification',
      { application: 'round--council-18', grounds: 'Lähisukulainen hakijan palveluksessa' },
      'ministry-presenter',
    );
    expect(
      await refused(
        'proposeDecision',
        { application: 'round--council-18', outcome: 'REFUSED', grounds: 'x', conditions: [] },
        'ministry-presenter',
      ),
    ).toBe('handler-disqualified');
    const { data } = await server.ask(
      `{ application(id: "round--council-18", after: "${await server.system.log.head()}") { story { disqualifications } } }`,
      { token: tokens['ministry-presenter'] as string },
    );
    expect(data.application.story.disqualifications).toEqual(['Lähisukulainen hakijan palveluksessa']);
  });

  it('is the region’s, where the call takes one of each', async () => {
    await done(
      'planCall',
      {
        ...plan('regions'),
        terms: { ...terms, applicationsPer: 'REGION', closes: '2026-12-15', periodOfUse: { from: '2027-01-01', to: '2027-10-31' } },
      },
      'ministry-presenter',
    );
    await done('publishCall', { call: 'regions' }, 'ministry-presenter');
    expect(
      (await send('startApplication', { application: 'regions--council-19', region: 'R19', organisation: 'council-19' }, 'coordinator'))
        .errors,
    ).toMatchObject([{ extensions: { code: 'application-misaddressed', details: { application: 'regions--19' } } }]);
    expect(
      (await done('startApplication', { application: 'regions--19', region: 'R19', organisation: 'council-19' }, 'coordinator')).stream,
    ).toBe('application-regions--19');
  });
});

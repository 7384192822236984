import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ManualClock } from '#kernel/clock.testing';
import { planSections } from '#plans/plan.events';
import { plan as callInput, terms } from './call-plan.testing.js';
import { TestServer } from './server.testing.js';

const whose = { call: 'round', region: 'R19' };
const complete = planSections
  .filter((section) => section !== 'continuity')
  .map((section) => ({ section: section.toUpperCase().replaceAll('-', '_'), text: `Luonnos: ${section}` }));

describe('a project plan over GraphQL', () => {
  let clock: ManualClock;
  let server: TestServer;
  const tokens: Record<string, string> = {};

  beforeAll(async () => {
    clock = new ManualClock('2026-09-01T09:00:00Z');
    server = await TestServer.start({ clock });
    for (const role of ['ministry-presenter', 'ministry-auditor', 'agency-coordinator', 'agency-analyst', 'provider'])
      tokens[role] = await server.token(role, {}, '1y');
    for (const region of ['19', '12']) tokens[region] = await server.token('regional-coordinator', { region }, '1y');
    await sent('planCall', { ...callInput('round'), terms: { ...terms, applicationsPer: 'REGION' } }, 'ministry-presenter');
    await sent('publishCall', { call: 'round' }, 'ministry-presenter');
  });
  afterAll(() => server.stop());

  const sent = async (mutation: string, input: object, by: string, expectedRevision?: string) => {
    const { data, errors } = await server.command(mutation, input, tokens[by], expectedRevision === undefined ? {} : { expectedRevision });
    expect(errors).toEqual([]);
    return data[mutation] as { position: string; revision: string; stream: string };
  };
  const ask = async (query: string, by?: string, variables: object = {}) => {
    const { data, errors } = await server.ask(query, { variables, ...(by && { token: tokens[by] as string }) });
    expect(errors).toEqual([]);
    return data;
  };
  /** What a reader is shown of the plans, however they ask. */
  const seen = async (after: string, by?: string) => {
    const data = await ask(
      `query ($after: Position) {
        plan(call: "round", region: R19, after: $after) { stage versions { version } }
        plans(afterPosition: $after) { totalCount edges { node { id } } }
        call(id: "round", after: $after) { plans { totalCount } planSteps(region: R19) { step } planCommentTimes { made } }
        waitingPlanComments(afterPosition: $after) { totalCount }
      }`,
      by,
      { after },
    );
    return {
      plan: data.plan && [data.plan.stage, data.plan.versions.length],
      counts: [
        data.plans.totalCount,
        data.plans.edges.length,
        data.call.plans.totalCount,
        data.call.planCommentTimes.made,
        data.waitingPlanComments.totalCount,
      ],
      steps: data.call.planSteps !== null,
    };
  };

  it('is seen by its region and those who read everything while it is a draft, by the agency and the ministry once it is submitted, by nobody else', async () => {
    const { position: drafted } = await sent('draftPlan', { ...whose, sections: complete }, '19');
    const nothing = { plan: null, counts: [0, 0, 0, 0, 0], steps: false };
    const draft = { plan: ['DRAFT', 1], counts: [1, 1, 1, 0, 0] };
    for (const reader of ['19', 'ministry-auditor', 'agency-analyst'])
      expect(await seen(drafted, reader)).toEqual({ ...draft, steps: true });
    for (const reader of [undefined, '12', 'agency-coordinator', 'ministry-presenter', 'provider'])
      expect(await seen(drafted, reader)).toEqual(nothing);

    await sent('submitPlanForComment', { ...whose, version: 1 }, '19');
    const { position: revised } = await sent(
      'revisePlan',
      { ...whose, sections: [{ section: 'BUDGET', text: 'Uusi talousarvio' }] },
      '19',
      '1',
    );
    const submitted = { plan: ['SUBMITTED', 1], counts: [1, 1, 1, 0, 0] };
    expect(await seen(revised, '19')).toMatchObject({ plan: ['SUBMITTED', 2] });
    for (const reader of ['agency-coordinator', 'ministry-presenter'])
      expect(await seen(revised, reader)).toEqual({ ...submitted, steps: false });
    for (const reader of [undefined, '12', 'provider']) expect(await seen(revised, reader)).toEqual(nothing);
  });

  it('is commented on by the agency from the first instant of the window to the last one, and not by others', async () => {
    const comment = (id: string, kind = 'CONCERN') => ({
      ...whose,
      comment: id,
      version: 1,
      section: 'BUDGET',
      kind,
      text: 'Riittävätkö rahat?',
      authorName: 'Kaisa Kuvitteellinen',
    });
    const refused = async (by: string) =>
      (await server.command('commentOnPlan', comment('c-0'), tokens[by])).errors.map(({ extensions: { code } }) => code);
    clock.set('2026-09-22T20:59:59.999Z');
    expect(await refused('agency-coordinator')).toEqual(['comment-window-not-open']);
    clock.set('2026-09-22T21:00:00.000Z');
    expect(await refused('19')).toEqual(['not-permitted']);
    expect(await refused('ministry-presenter')).toEqual(['not-permitted']);
    await sent('commentOnPlan', comment('c-1'), 'agency-coordinator');
    await sent('commentOnPlan', comment('c-2', 'QUESTION'), 'agency-coordinator');
    const { position } = await sent('commentOnPlan', comment('a-3', 'SUGGESTION'), 'agency-coordinator');
    expect(await seen(position, 'agency-coordinator')).toMatchObject({ counts: [1, 1, 1, 3, 3] });
    expect(await seen(position, '12')).toMatchObject({ plan: null, counts: [0, 0, 0, 0, 0] });
  });

  it('that two people edit tells the second one which sections were changed, by which role and when, and keeps both', async () => {
    const edit = { ...whose, sections: [{ section: 'SCHEDULE', text: 'Uusi aikataulu' }], removed: ['COMMUNICATION'] };
    await sent('revisePlan', edit, '19', '5');
    const { errors } = await server.command(
      'revisePlan',
      { ...whose, sections: [{ section: 'SCHEDULE', text: 'Toinen aikataulu' }] },
      tokens['19'],
      { expectedRevision: '5', language: 'fi' },
    );
    expect(errors).toMatchObject([
      {
        extensions: {
          code: 'changed-since-read',
          details: {
            expected: 5,
            actual: 6,
            changes: ['6 PlanRevised (schedule communication) 2026-09-22T21:00:00.000Z regional-coordinator'],
          },
        },
        message: expect.stringMatching(/^Tieto on muuttunut sen jälkeen, kun luit sen/),
      },
    ]);
    const { position } = await sent(
      'revisePlan',
      {
        ...whose,
        sections: [
          { section: 'SCHEDULE', text: 'Toinen aikataulu' },
          { section: 'COMMUNICATION', text: 'Viestintä' },
        ],
      },
      '19',
      '6',
    );
    const { plan } = await ask(
      'query ($after: Position) { plan(call: "round", region: R19, after: $after) { versions { version sections { section text } } } }',
      '19',
      { after: position },
    );
    const schedules = plan.versions.map(
      ({ sections }: { sections: { section: string; text: string }[] }) => sections.find(({ section }) => section === 'SCHEDULE')?.text,
    );
    expect(schedules).toEqual(['Luonnos: schedule', 'Luonnos: schedule', 'Uusi aikataulu', 'Toinen aikataulu']);
  });

  it('is not revised by who does not say what they have read', async () => {
    const answer = await server.ask(
      `mutation { revisePlan(commandId: "7b2f0c1e-6d0a-4c55-9a55-0d6f5a7a1c01", input: { call: "round", region: R19, sections: [] }) { revision } }`,
      { token: tokens['19'] as string },
    );
    expect(answer.errors).toMatchObject([{ message: expect.stringContaining('expectedRevision') }]);
  });

  it('of another region answers a stranger as one that is not there, whatever they expect of it', async () => {
    const { errors } = await server.command(
      'revisePlan',
      { call: 'round', region: 'R12', sections: [{ section: 'BUDGET', text: 'x' }] },
      tokens['12'],
      { expectedRevision: '0' },
    );
    expect(errors).toMatchObject([{ extensions: { code: 'plan-unknown' } }]);
    expect((await server.command('revisePlan', { ...whose, sections: [] }, tokens['12'], { expectedRevision: '0' })).errors).toMatchObject([
      { extensions: { code: 'not-permitted' } },
    ]);
  });

  it('tells its whole story: versions, comments with their answers, differences, what is to be done, and how soon comments were answered', async () => {
    clock.set('2026-09-23T09:00:00Z');
    const waiting = { plan: { id: 'round--19' } };
    const steps = 'call(id: "round") { planSteps(region: R19) { step by comments plan } }';
    expect(await ask(`{ waitingPlanComments(region: R19) { edges { node { id kind plan { id } } } } ${steps} }`, '19')).toEqual({
      waitingPlanComments: {
        edges: [
          { node: { id: 'a-3', kind: 'SUGGESTION', ...waiting } },
          { node: { id: 'c-1', kind: 'CONCERN', ...waiting } },
          { node: { id: 'c-2', kind: 'QUESTION', ...waiting } },
        ],
      },
      call: {
        planSteps: [
          { step: 'ANSWER_PLAN_COMMENTS', by: '2026-10-15T13:15:00Z', comments: 3, plan: 'round--19' },
          { step: 'FINALISE_PLAN', by: '2026-10-15T13:15:00Z', comments: null, plan: 'round--19' },
        ],
      },
    });
    expect((await server.command('finalisePlan', { ...whose, version: 4 }, tokens['19'])).errors).toMatchObject([
      { extensions: { code: 'concerns-unanswered', details: { comments: ['c-1'] } } },
    ]);
    await sent('answerPlanComment', { ...whose, comment: 'c-1', resolvedBy: 2, authorName: 'Lauri Lapinmaa' }, '19');
    clock.set('2026-09-23T10:00:00Z');
    await sent('answerPlanComment', { ...whose, comment: 'c-2', text: 'Kunnat osallistuvat' }, '19');
    await sent('withdrawPlanComment', { ...whose, comment: 'a-3', reason: 'Jo mukana' }, 'agency-coordinator');
    const { position } = await sent('finalisePlan', { ...whose, version: 4 }, '19');
    const story = `query ($after: Position) { plan(call: "round", region: R19, after: $after) {
      stage region { code } call { id } applicant { id }
      versions { version submitted finalised comments { id state text authorName answer { resolvedBy text authorName } withdrawal { reason } minutesToAnswer } }
      difference(from: 1, to: 4) { sections { section change pieces { kind text } } comments { id } }
      reversed: difference(from: 4, to: 1) { comments { id } }
    } call(id: "round", after: $after) { planSteps(region: R19) { step } planCommentTimes { made answered waiting medianMinutesToAnswer longestMinutesToAnswer } } }`;
    const asked = await ask(story, '19', { after: position });
    const text = 'Riittävätkö rahat?';
    const authorName = 'Kaisa Kuvitteellinen';
    expect(asked).toEqual({
      plan: {
        stage: 'FINAL',
        region: { code: 'R19' },
        call: { id: 'round' },
        applicant: null,
        versions: [
          {
            version: 1,
            submitted: '2026-09-01T09:00:00Z',
            finalised: null,
            comments: [
              {
                id: 'c-1',
                state: 'ANSWERED',
                text,
                authorName,
                answer: { resolvedBy: 2, text: null, authorName: 'Lauri Lapinmaa' },
                withdrawal: null,
                minutesToAnswer: 720,
              },
              {
                id: 'c-2',
                state: 'ANSWERED',
                text,
                authorName,
                answer: { resolvedBy: null, text: 'Kunnat osallistuvat', authorName: null },
                withdrawal: null,
                minutesToAnswer: 780,
              },
              { id: 'a-3', state: 'WITHDRAWN', text, authorName, answer: null, withdrawal: { reason: 'Jo mukana' }, minutesToAnswer: null },
            ],
          },
          { version: 2, submitted: null, finalised: null, comments: [] },
          { version: 3, submitted: null, finalised: null, comments: [] },
          { version: 4, submitted: null, finalised: '2026-09-23T10:00:00Z', comments: [] },
        ],
        difference: {
          sections: [
            {
              section: 'COMMUNICATION',
              change: 'CHANGED',
              pieces: [
                { kind: 'REMOVED', text: 'Luonnos: communication' },
                { kind: 'ADDED', text: 'Viestintä' },
              ],
            },
            { section: 'BUDGET', change: 'CHANGED', pieces: expect.anything() },
            { section: 'SCHEDULE', change: 'CHANGED', pieces: expect.anything() },
          ],
          comments: [{ id: 'c-1' }, { id: 'c-2' }, { id: 'a-3' }],
        },
        reversed: null,
      },
      call: {
        planSteps: [],
        planCommentTimes: { made: 3, answered: 2, waiting: 0, medianMinutesToAnswer: 720, longestMinutesToAnswer: 780 },
      },
    });
    const { plan: shown } = await ask(story, 'agency-coordinator', { after: position });
    expect(shown.versions.map(({ version }: { version: number }) => version)).toEqual([1, 4]);
    expect((await ask(story, '12', { after: position })).plan).toBeNull();
  });

  it('names persons to those who handle it, and not to analysts; in the files the names are sealed', async () => {
    const names = async (by: string) => {
      const { plan } = await ask('{ plan(call: "round", region: R19) { comments { authorName answer { authorName } } } }', by);
      return [plan.comments[0].authorName, plan.comments[0].answer.authorName];
    };
    for (const reader of ['19', 'agency-coordinator', 'ministry-auditor'])
      expect(await names(reader)).toEqual(['Kaisa Kuvitteellinen', 'Lauri Lapinmaa']);
    expect(await names('agency-analyst')).toEqual([null, null]);
    for (const file of ['log.db', 'log.db-wal'])
      expect(readFileSync(join(server.folder, file)).toString('latin1')).not.toMatch(/Kaisa|Lapinmaa/);
  });

  it('is refused in the reader’s language, sections by their names', async () => {
    const refused = async (language: 'fi' | 'sv') =>
      (
        await server.command(
          'draftPlan',
          { call: 'round', region: 'R12', sections: [{ section: 'CONTINUITY', text: 'Jatkuu' }] },
          tokens['12'],
          { language },
        )
      ).errors.map(({ message }) => message);
    expect(await refused('fi')).toEqual(['Osio ”jatkuvuus” koskee vain pilotteja. Jätä se pois.']);
    expect(await refused('sv')).toEqual(['Avsnittet ”kontinuitet” gäller endast piloter. Utelämna det.']);
  });

  it('answers what it was like on an earlier day', async () => {
    const { plan, waitingPlanComments } = await ask(
      '{ plan(call: "round", region: R19, asOf: "2026-09-23T08:59:59Z") { stage comments { state } } waitingPlanComments(asOf: "2026-09-23T08:59:59Z") { totalCount } }',
      'agency-coordinator',
    );
    expect([plan.stage, plan.comments.map(({ state }: { state: string }) => state), waitingPlanComments.totalCount]).toEqual([
      'SUBMITTED',
      ['WAITING', 'WAITING', 'WAITING'],
      3,
    ]);
    expect((await ask('{ plan(call: "round", region: R19, asOf: "2026-08-31") { stage } }', '19')).plan).toBeNull();
  });

  it('has goals, and how far they were reached', async () => {
    const own = { ...whose, region: 'R12' };
    await sent('draftPlan', { ...own, sections: complete }, '12');
    await sent('setGoal', { ...own, goal: 'guidance', indicator: 'Opastettuja', unit: 'henkilöä', target: 500, by: '2027-12-31' }, '12');
    await sent('finalisePlan', { ...own, version: 1 }, '12');
    const { position } = await sent(
      'assessGoalProgress',
      { ...own, goal: 'guidance', on: '2026-09-23', value: 12.5, assessment: 'Alku on hyvä' },
      'agency-coordinator',
    );
    expect(
      (
        await ask(
          'query ($after: Position) { plan(call: "round", region: R12, after: $after) { goals { id baseline target by assessments { effectiveAt value assessment } } } }',
          'ministry-presenter',
          { after: position },
        )
      ).plan,
    ).toEqual({
      goals: [
        {
          id: 'guidance',
          baseline: null,
          target: 500,
          by: '2027-12-31',
          assessments: [{ effectiveAt: '2026-09-23', value: 12.5, assessment: 'Alku on hyvä' }],
        },
      ],
    });
  });

  it('shares its matter, and says its call and region, in every event', async () => {
    const events = await server.system.log.readStream('plan-round--19');
    expect(events.length).toBeGreaterThan(5);
    for (const { metadata } of events) expect(metadata).toMatchObject({ matter: 'round--19', call: 'round', region: '19' });
  });
});

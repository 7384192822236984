import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isObjectType } from 'graphql';
import { ManualClock } from '#kernel/clock.testing';
import { plan, terms } from './call-plan.testing.js';
import { TestServer } from './server.testing.js';
import { Subscriber } from './subscriber.testing.js';

const key = 'hidden--council-19';
const own = { application: key, organisation: 'council-19' };
const content = {
  planVersion: 1,
  eligibleCosts: [{ line: 'salaries', text: 'Palkat', amount: '10000000' }],
  income: '0',
  ownFunding: '3000000',
  otherFunding: '0',
  amount: '7000000',
};

const later = {
  ...terms,
  opens: '2026-11-01',
  closes: '2026-11-30T16:15',
  planComments: { from: '2026-11-02', to: '2026-11-05' },
  periodOfUse: { from: '2026-12-01', to: '2027-10-31' },
};

describe('what is done where a reader may not know of it', () => {
  const clock = new ManualClock('2026-09-01T09:00:00Z');
  const tokens: Record<string, string | undefined> = { nobody: undefined };
  let server: TestServer;

  const send = (mutation: string, input: object, who: string, expectedRevision?: string) =>
    server.command(mutation, input, tokens[who], expectedRevision === undefined ? {} : { expectedRevision });
  const done = async (mutation: string, input: object, who: string, expectedRevision?: string) => {
    const { data, errors } = await send(mutation, input, who, expectedRevision);
    expect(errors).toEqual([]);
    return data[mutation] as { position: string; revision: string };
  };
  const revisePlan = async (text: string, expectedRevision: string) =>
    done(
      'revisePlan',
      { call: 'hidden', region: 'R19', applicant: 'council-19', sections: [{ section: 'OBJECTIVES', text }] },
      'coordinator',
      expectedRevision,
    );

  beforeAll(async () => {
    server = await TestServer.start({ clock });
    const token = async (name: string, role: string, scope = {}) => (tokens[name] = await server.token(role, scope, '1y', name));
    for (const role of ['ministry-presenter', 'ministry-registrar', 'ministry-decider', 'ministry-auditor', 'agency-coordinator'])
      await token(role, role);
    await token('coordinator', 'regional-coordinator', { region: '19' });
    await token('other coordinator', 'regional-coordinator', { region: '18' });
    await token('signatory', 'applicant-signatory', { organisation: 'council-19' });
    await done('planCall', plan('hidden'), 'ministry-presenter');
    await done('publishCall', { call: 'hidden' }, 'ministry-presenter');
    const whose = { call: 'hidden', region: 'R19', applicant: 'council-19' };
    await done('draftPlan', { ...whose, sections: [{ section: 'OBJECTIVES', text: 'Tavoitteet' }] }, 'coordinator');
    await done('startApplication', { ...own, region: 'R19' }, 'coordinator');
    await done('reviseApplication', { application: key, region: 'R19', content }, 'coordinator', '0');
    clock.set('2026-09-24T09:00:00Z');
    await done('submitPlanForComment', { ...whose, version: 1 }, 'coordinator');
    await done('submitApplication', { ...own, signatoryName: 'Kuvitteellinen Kirjoittaja' }, 'signatory', '1');
    await done('receiveApplication', { application: key, caseNumber: 'VM/1/2026' }, 'ministry-registrar');
  });
  afterAll(() => server.stop());

  /** All that the reader can learn of the call, its plans and applications, without a position of theirs. */
  const told = async (who: string) => {
    const token = tokens[who];
    const { data, errors } = await server.ask(
      `{
        call(id: "hidden") { revision appropriation { revision } applications { totalCount edges { node { id revision stage story { steps { event recordedAt } } } } } plans { totalCount edges { node { id revision stage versions { version } } } } }
        ofCall: events(call: "hidden", first: 100) { events { type stream revision position actor { role } data } next end }
        ofMatter: events(matter: "${key}", first: 100) { events { type stream revision position actor { role } data } next end }
      }`,
      token === undefined ? {} : { token },
    );
    expect(errors).toEqual([]);
    return data as {
      call: {
        applications: { edges: readonly { node: { revision: string } }[] };
        plans: { edges: readonly { node: { revision: string } }[] };
      };
    };
  };
  /** Views show all there is, and processes have done what is due. */
  const upToDate = async () => {
    const { runner, log, acting } = server.system;
    for (let head = ''; head !== (await log.head());) {
      head = await log.head();
      await runner.reached(head, runner.names);
      await new Promise(setImmediate);
      await acting?.idle();
    }
  };
  /** Does it, and sees that nothing of what these readers are told is another. */
  const unseenBy = async (readers: readonly string[], work: () => Promise<unknown>) => {
    await upToDate();
    const before = new Map<string, unknown>();
    for (const who of readers) before.set(who, await told(who));
    const head = await server.system.log.head();
    await work();
    await upToDate();
    expect(await server.system.log.head()).not.toBe(head);
    for (const who of readers) expect([who, await told(who)]).toEqual([who, before.get(who)]);
  };
  const outsiders = ['nobody', 'other coordinator', 'coordinator', 'signatory', 'agency-coordinator'];

  it('shows neither in revisions, nor in where events go on, nor in any answer: a disqualification', () =>
    unseenBy(outsiders, () => done('recordDisqualification', { application: key, grounds: 'Sukulainen' }, 'ministry-decider')));

  it('nor in the way of who edits on what they have read', async () => {
    const [shown] = (await told('signatory')).call.applications.edges;
    expect(shown?.node.revision).toBe('3');
    const amended = { ...own, content: { ...content, parts: [{ part: 'summary', text: 'Tiivistelmä' }] } };
    const stale = (await send('amendApplication', amended, 'signatory', '2')).errors[0]?.extensions;
    expect(stale).toMatchObject({ code: 'changed-since-read', details: { expected: 2, actual: 3 } });
    expect((stale?.details as { changes: readonly string[] }).changes).toEqual([
      expect.stringMatching(/^3 ApplicationReceived .*ministry-registrar$/),
    ]);
    expect((await done('amendApplication', amended, 'signatory', '3')).revision).toBe('4');
  });

  it('shows nothing to the agency and the ministry: a plan that is revised before it is submitted again', async () => {
    await unseenBy(['nobody', 'other coordinator', 'agency-coordinator', 'ministry-presenter'], () =>
      revisePlan('Muutetut tavoitteet', '1'),
    );
    const [plan] = (await told('agency-coordinator')).call.plans.edges;
    expect(plan?.node.revision).toBe('0');
  });

  it('shows nothing: assessments, a comparison, a proposal and its withdrawal', async () => {
    clock.set('2026-10-20T09:00:00Z');
    await upToDate();
    await unseenBy(outsiders, async () => {
      await done('assessApplication', { application: key, criterion: 'breadth', score: 80, grounds: 'Perustelu' }, 'ministry-presenter');
      const proposal = { application: key, outcome: 'GRANTED', amount: '7000000', grounds: 'Perustelu', conditions: [] };
      await done('proposeDecision', proposal, 'ministry-presenter');
      await done('withdrawDecisionProposal', { application: key, reason: 'Uusi harkinta' }, 'ministry-presenter');
      await done(
        'compareSelection',
        { call: 'hidden', applications: [key], inhabitants: 1_700_000, breadth: 'Laaja', diversity: 'Moni', complementarity: 'Eri' },
        'ministry-presenter',
      );
    });
  });

  it('stands in no revision of the schema: each counts what its reader sees, or is for those who see all', () => {
    // An event, a receipt and a proof of one name what the reader is known to see; the others are of the auditors’ pages.
    const named = [
      'Event',
      'Receipt',
      'NamedEvent',
      'PausedAt',
      'ControlWitness',
      'DecidedAgain',
      'SeenFacts',
      'SeenStream',
      'ReceiptProof',
    ];
    const told = Object.values(server.schema.getTypeMap())
      .filter(isObjectType)
      .filter(({ name }) => !named.includes(name))
      .flatMap((type) =>
        Object.values(type.getFields()).flatMap(({ name, resolve }) => (name === 'revision' ? [[type.name, resolve?.name]] : [])),
      );
    expect(told.length).toBeGreaterThan(15);
    expect(told.filter(([, resolver]) => resolver !== 'revisionFor')).toEqual([]);
  });

  it('wakes nobody who watches a view', async () => {
    const watch = async (who: string, projection: string) => {
      const token = tokens[who];
      const subscriber = await Subscriber.connect(server.url, { init: token === undefined ? {} : { authorization: `Bearer ${token}` } });
      subscriber.subscribe(
        `subscription { viewChanged(projection: "${projection}", after: "${await server.system.log.head()}") { position } }`,
      );
      return subscriber;
    };
    await upToDate();
    const watching = await Promise.all(
      ['applications', 'application-story', 'calls'].flatMap((view) => ['nobody', 'signatory'].map((who) => watch(who, view))),
    );
    const handler = await watch('ministry-presenter', 'application-story');
    const assessed = { application: key, criterion: 'breadth', score: 70, grounds: 'Perustelu' };
    const { position } = await done('assessApplication', assessed, 'ministry-presenter');
    await done('planCall', { ...plan('hidden-too'), terms: later }, 'ministry-presenter');
    expect((await handler.next())?.payload.data.viewChanged.position).toBe(position);
    // What all see comes first to them then.
    const supplement = { application: key, supplement: 'budget', asks: 'Täydennä', due: '2026-11-10' };
    const asked = await done('requestSupplement', supplement, 'ministry-presenter');
    const published = await done('publishCall', { call: 'hidden-too' }, 'ministry-presenter');
    for (const [index, subscriber] of watching.entries())
      expect([index, (await subscriber.next())?.payload.data.viewChanged.position]).toEqual([
        index,
        index < 4 ? asked.position : published.position,
      ]);
    for (const subscriber of [...watching, handler]) subscriber.cut();
  });

  it('is no pseudonym or evidence, though all else of the matter is the applicant’s to see', async () => {
    const arrival = { channel: 'EMAIL', arrivedAt: '2026-10-20T08:00:00Z', evidence: 'Kuvitteellinen postipalvelin' };
    await done('supplementApplication', { ...own, supplement: 'budget', text: 'Täydennys', arrival }, 'ministry-registrar');
    await upToDate();
    const { events } = await server.system.log.readAll({ categories: ['plan', 'application'], about: { call: 'hidden' } });
    const pseudonyms = new Set(events.map(({ metadata }) => (metadata as { actor: { id: string } }).actor.id));
    expect(pseudonyms.size).toBeGreaterThan(4);
    for (const who of ['nobody', 'signatory', 'coordinator', 'agency-coordinator']) {
      const asking = tokens[who] === undefined ? {} : { token: tokens[who] };
      const { data } = await server.ask(`{ events(call: "hidden", first: 100) { events { type data } } }`, asking);
      const answer = JSON.stringify(data);
      expect(answer.length).toBeGreaterThan(300);
      expect([who, [...pseudonyms].filter((id) => answer.includes(id))]).toEqual([who, []]);
      expect(answer).not.toContain(arrival.evidence);
    }
    const token = tokens['ministry-registrar'] as string;
    expect(JSON.stringify(await server.ask('{ events(call: "hidden", first: 100) { events { data } } }', { token }))).toContain(
      arrival.evidence,
    );
    const { data } = await server.ask(`{ events(matter: "${key}", first: 100) { events { type data } } }`, {
      token: tokens['signatory'] as string,
    });
    const submitted = (data.events.events as readonly { type: string; data: object }[]).find(({ type }) => type === 'ApplicationSubmitted');
    expect(submitted?.data).toMatchObject({ signatory: 'Kuvitteellinen Kirjoittaja' });
  });
});

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { isCacheable } from '#edge/cacheable';
import { ManualClock } from '#kernel/clock.testing';
import { entry } from '#kernel/keyed';
import { Metrics } from '#telemetry/metrics';
import { Observer } from '#telemetry/observer';
import { plan } from './call-plan.testing.js';
import { TestServer } from './server.testing.js';

jest.setTimeout(240_000);

/** The queries that are answered anew for each who asks, and why. */
const live: Readonly<Record<string, string>> = {
  audit: 'how the proof of the log stands, which goes on by itself',
  receiptProof: 'of the tree that the auditor keeps in a thread of its own',
  controlQuestions: 'of a pass over the whole log, by the clock of the machine',
  decidedAgain: 'decided again for each who asks',
  processes: 'what waits to be sent',
  projections: 'how far views lag',
  trail: 'of the index of the trail, which follows the log by itself',
  trailCounts: 'of the same index',
  trailEntry: 'of the same index',
  trailTree: 'of the same index',
  replay: 'of a scan of the log',
  compareView: 'of scans of the log',
  restrictedReads: 'of what was read, which is no event',
  events: 'of the log after a position',
  reminders: 'of notifications, which are sent meanwhile',
  mailbox: 'of personal data alone',
  paymentBatches: 'of payments, for those who pay and audit',
  paymentBatch: 'of payments, for those who pay and audit',
  paymentsDue: 'of payments, for those who pay and audit',
  payeeAccount: 'of payments, for those who pay and audit',
};

/** Where instants are that something could begin or end at. */
const edges = ['2026-09-01T09:00:00.000Z', '2026-09-22T20:59:59.999Z', '2026-10-15T13:15:00.000Z', '2026-10-31T22:00:00.000Z'];
const questions = {
  call: '{ call(id: "round") { stage isOpen revision name { text language } terms { closesAt } applications { totalCount } } }',
  calls: '{ calls(first: 5) { totalCount edges { cursor node { id stage isOpen revision } } } }',
  drafts: '{ call(id: "draft") { id stage name { text } } }',
  organisation: '{ organisation(id: "example") { id name { text fi } revision } organisations(first: 3) { totalCount } }',
  region: '{ region(code: R19) { name { text } isInProgramme indicators { indicator values { isSuppressed } } grants { totalCount } } }',
  tasks: '{ ownTasks { kind dueAt isOverdue } }',
  refused: '{ regions { code } projections { name } }',
};
type Question = keyof typeof questions;

describe('an answer that is given to all who ask the same', () => {
  const clock = new ManualClock('2026-08-25T09:00:00.100Z');
  const metrics = new Metrics();
  const tokens: Record<string, string | undefined> = { anyone: undefined };
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start({ clock, observer: new Observer({ metrics }) });
    for (const role of ['ministry-presenter', 'ministry-registrar', 'ministry-auditor'])
      tokens[role] = await server.token(role, {}, '9y', role);
    tokens['19'] = await server.token('regional-coordinator', { region: '19' }, '9y', 'coordinator');
    for (const call of ['round', 'draft']) await done('planCall', plan(call), 'ministry-presenter');
    await done('publishCall', { call: 'round' }, 'ministry-presenter');
    await done('registerOrganisation', { organisation: 'example', kind: 'ASSOCIATION', names: { fi: 'Esimerkki' } }, 'ministry-registrar');
  });
  afterAll(() => server.stop());

  const done = async (mutation: string, input: object, by: string) => {
    const { data, errors } = await server.command(mutation, input, tokens[by]);
    expect(errors).toEqual([]);
    return (data[mutation] as { position: string }).position;
  };
  let asked = 0;
  /** The text of the answer. What the server does not know of makes a request another one. */
  const text = async (question: Question | { readonly query: string }, who: string, language = 'fi', isAnew = false) => {
    const token = tokens[who];
    const query = typeof question === 'string' ? questions[question] : question.query;
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': language, ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query, ...(isAnew && { asked: asked++ }) }),
    });
    return response.text();
  };
  const count = async (answer: string) =>
    Number(
      new RegExp(`^digituki_request_duration_seconds_count\\{operation="query",status="2xx",answer="${answer}"\\} (\\d+)$`, 'm').exec(
        await metrics.text(),
      )?.[1] ?? 0,
    );
  /** Views are at the end of the log, and the processes have nothing more to do now. */
  const settled = async () => {
    const { log, runner, acting } = server.system;
    for (let seen; seen !== (await log.head());) {
      seen = await log.head();
      await runner.reached(seen, runner.names);
      await acting?.idle();
      await server.system.servicesIdle();
    }
  };
  const cachedOf = async (work: () => Promise<unknown>) => {
    await settled();
    const before = await count('cached');
    await work();
    return (await count('cached')) - before;
  };

  const steps = fc.oneof(
    { weight: 3, arbitrary: fc.record({ go: fc.integer({ min: 1, max: 1_500 }) }) },
    { weight: 1, arbitrary: fc.record({ edge: fc.constantFrom(...edges), by: fc.constantFrom(-1, 0, 1) }) },
    { weight: 2, arbitrary: fc.record({ rename: fc.string({ minLength: 1, maxLength: 5 }), inMs: fc.constantFrom(0, 1_000, 5_000) }) },
    { weight: 1, arbitrary: fc.record({ forget: fc.constant('somebody') }) },
    {
      weight: 8,
      arbitrary: fc.record({
        ask: fc.constantFrom(...(Object.keys(questions) as Question[])),
        who: fc.constantFrom('anyone', 'ministry-presenter', 'ministry-auditor', '19'),
        language: fc.constantFrom('fi', 'sv, en;q=0.5', 'en', ''),
      }),
    },
  );

  it('is the one that each would have been given, byte for byte, whatever is recorded and passes meanwhile', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { minLength: 5, maxLength: 25 }), async (taken) => {
        for (const step of taken) {
          if ('go' in step) clock.set(new Date(clock.now() + step.go).toISOString());
          else if ('edge' in step) {
            const at = Date.parse(step.edge) + step.by;
            if (at > clock.now()) clock.set(new Date(at).toISOString());
          } else if ('rename' in step) {
            const effectiveAt = new Date(Math.floor(clock.now() / 1_000) * 1_000 + step.inMs).toISOString();
            await server.command(
              'renameOrganisation',
              { organisation: 'example', names: { fi: `x ${step.rename}` }, effectiveAt },
              tokens['ministry-registrar'],
            );
          } else if ('forget' in step) await server.system.keys.forget(step.forget, new Date(clock.now()).toISOString());
          else {
            const { ask, who, language } = step;
            await settled();
            const [first, anew, again] = [
              await text(ask, who, language),
              await text(ask, who, language, true),
              await text(ask, who, language),
            ];
            expect([first, again]).toEqual([anew, anew]);
          }
        }
      }),
      { numRuns: 40 },
    );
    expect(await count('cached')).toBeGreaterThan(20);
  });

  it('is made once for all who ask at the same time', async () => {
    const texts: string[] = [];
    const cached = await cachedOf(async () =>
      texts.push(...(await Promise.all(Array.from({ length: 10 }, () => text('region', 'anyone', 'sv'))))),
    );
    expect(new Set(texts)).toEqual(new Set([await text('region', 'anyone', 'sv', true)]));
    expect(cached).toBe(9);
  });

  it('holds at a deadline, and not a millisecond longer; nor before it begins', async () => {
    const afterwards = { periodOfUse: { from: '2027-03-01', to: '2028-02-28' }, reporting: { from: '2028-03-01', to: '2028-04-30' } };
    await done(
      'planCall',
      { ...plan('late'), terms: { ...plan('late').terms, opens: '2027-01-10', closes: '2027-02-01T16:15', ...afterwards } },
      'ministry-presenter',
    );
    await done('publishCall', { call: 'late' }, 'ministry-presenter');
    const late = { query: questions.call.replace('round', 'late') };
    const opened = async () => (JSON.parse(await text(late, 'anyone')) as { data: { call: { isOpen: boolean } } }).data.call.isOpen;
    const found: [string, boolean, boolean][] = [];
    for (const at of [
      '2027-01-09T21:59:59.999Z',
      '2027-01-09T22:00:00.000Z',
      '2027-02-01T14:14:59.999Z',
      '2027-02-01T14:15:00.000Z',
      '2027-02-01T14:15:00.001Z',
    ]) {
      clock.set(at);
      found.push([at, await opened(), await opened()]);
    }
    expect(found.map(([at, ...rest]) => [at.slice(11), ...rest])).toEqual([
      ['21:59:59.999Z', false, false],
      ['22:00:00.000Z', true, true],
      ['14:14:59.999Z', true, true],
      ['14:15:00.000Z', true, true],
      ['14:15:00.001Z', false, false],
    ]);
  });

  it('is never an official’s for anybody else, in whichever order they ask, and at once', async () => {
    const told = async (who: string) => (JSON.parse(await text('drafts', who)) as { data: { call: object | null } }).data.call;
    for (const order of [
      ['ministry-presenter', 'anyone', '19'],
      ['19', 'anyone', 'ministry-presenter'],
    ]) {
      clock.set(new Date(clock.now() + 5_000).toISOString());
      for (const who of [...order, ...order]) expect([who, (await told(who)) !== null]).toEqual([who, who === 'ministry-presenter']);
    }
    clock.set(new Date(clock.now() + 5_000).toISOString());
    const crowd = Array.from({ length: 12 }, (_, index) => ['anyone', 'ministry-presenter', '19'][index % 3] as string);
    for (const [index, found] of (await Promise.all(crowd.map(told))).entries())
      expect(found !== null).toBe(crowd[index] === 'ministry-presenter');
  });

  it('puts each read of what is restricted on record, with the request that it was', async () => {
    const reads = async () => {
      const query =
        '{ restrictedReads(filter: { key: "draft", role: "ministry-presenter" }, first: 100) { totalCount edges { node { correlationId } } } }';
      const { restrictedReads } = (JSON.parse(await text({ query }, 'ministry-auditor')) as { data: any }).data; // eslint-disable-line @typescript-eslint/no-explicit-any -- what a spec asks for is what it gets
      return {
        total: restrictedReads.totalCount as number,
        ids: new Set(restrictedReads.edges.map(({ node }: { node: { correlationId: string } }) => node.correlationId)),
      };
    };
    const before = await reads();
    const cached = await cachedOf(async () => {
      await Promise.all(Array.from({ length: 4 }, () => text('drafts', 'ministry-presenter', 'en')));
      for (let once = 0; once < 3; once++) await text('drafts', 'ministry-presenter', 'en');
    });
    const after = await reads();
    expect([cached, after.total - before.total]).toEqual([6, 7]);
    expect([...after.ids].filter((id) => !before.ids.has(id))).toHaveLength(7);
  });

  it.each([
    ['with an error', 'refused'],
    ['after a position', { query: '{ call(id: "round", after: "00000000000000010000000000000001") { id } }' }],
    ['of what was known at another time', { query: '{ call(id: "round", knownAt: "2026-08-26") { id } }' }],
    ['of what is live', { query: '{ events(call: "round", first: 1) { end } }' }],
    [
      'of a part that is live',
      { query: '{ ...parts } fragment parts on Query { regions { code } ... on Query { events(call: "round", first: 1) { end } } }' },
    ],
  ] as const)('is none %s', async (_, question) => {
    const again = () => Promise.all(Array.from({ length: 3 }, () => text(question, 'anyone')));
    expect(await cachedOf(async () => (await again(), await again()))).toBe(0);
  });

  it('may begin after a cursor, and may be asked for by GET', async () => {
    const query = '{ organisations(first: 1) { pageInfo { endCursor } } }';
    const { data } = await server.ask(query);
    const next = { query: `{ organisations(first: 1, after: "${data.organisations.pageInfo.endCursor}") { edges { node { id } } } }` };
    expect(await cachedOf(async () => [await text(next, 'anyone'), await text(next, 'anyone')])).toBe(1);
    const get = async () => (await fetch(`${server.url}/graphql?query=${encodeURIComponent(next.query)}`)).text();
    const texts: string[] = [];
    expect(await cachedOf(async () => texts.push(await get(), await get()))).toBe(1);
    expect(new Set(texts)).toEqual(new Set([await text(next, 'anyone', '')]));
  });

  it('ends with the token that it was asked with', async () => {
    tokens['brief'] = await server.token('ministry-presenter', {}, '2s', 'brief');
    const status = async () =>
      (JSON.parse(await text('organisation', 'brief')) as { errors?: { extensions: { code: string } }[] }).errors?.[0]?.extensions.code;
    expect(await status()).toBeUndefined();
    const cached = await count('cached');
    let code: string | undefined;
    while ((code = await status()) === undefined);
    expect(code).toBe('token-invalid');
    expect(await count('cached')).toBeGreaterThan(cached);
  });

  it('is told of every query whether it may be: marked, or listed here with a reason', () => {
    const fields = Object.values(server.schema.getQueryType()?.getFields() ?? {});
    const wrong = fields.filter((field) => isCacheable(field) === (entry(live, field.name) !== undefined)).map(({ name }) => name);
    expect(wrong).toEqual([]);
    expect(Object.keys(live).filter((name) => !fields.some((field) => field.name === name))).toEqual([]);
  });
});

describe('answers to the same, again and again', () => {
  it.each([['16'], ['0']])('are charged for as those that are made (ANSWERS_MB %s)', async (megabytes) => {
    const server = await TestServer.start({
      clock: new ManualClock('2026-08-25T09:00:00Z'),
      environment: { COST_PER_SECOND: '2500', ANSWERS_MB: megabytes },
    });
    const query = '{ regions { code name { text } } }';
    const { extensions } = (await (await fetch(`${server.url}/graphql?query=${encodeURIComponent(query)}`)).json()) as {
      extensions: { cost: { asked: number } };
    };
    const many = Math.ceil((5 * 2_500) / extensions.cost.asked);
    const statuses = (await Promise.all(Array.from({ length: many }, () => server.ask(query)))).map(({ status }) => status);
    await server.stop();
    expect(statuses).toContain(429);
  });
});

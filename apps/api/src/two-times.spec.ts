import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { ExtendCallDeadline } from '#calls/call.commands';
import { ManualClock } from '#kernel/clock.testing';
import { inContext } from '#kernel/decider';
import { plan } from './call-plan.testing.js';
import { TestServer } from './server.testing.js';

interface Answered {
  readonly organisation?: { readonly name: { readonly fi: string } };
  readonly call?: { readonly terms: { readonly closesAt: string }; readonly appropriation?: { readonly amount: string } };
}

/** The three facts of the table, and how they are asked for. */
const facts = {
  name: {
    ask: (at: string) => `{ organisation(id: "kuvitteellinen-yhdistys", ${at}) { name { fi } } }`,
    read: (data: Answered) => data.organisation?.name.fi,
  },
  deadline: {
    ask: (at: string) => `{ call(id: "haku", ${at}) { terms { closesAt } } }`,
    read: (data: Answered) => data.call?.terms.closesAt,
  },
  amount: {
    ask: (at: string) => `{ call(id: "haku", ${at}) { appropriation { amount } } }`,
    read: (data: Answered) => data.call?.appropriation?.amount,
  },
};
const before = { name: 'Vanha nimi', deadline: '2026-11-30T14:15:00Z', amount: '100000000' };
const after = { name: 'Uusi nimi', deadline: '2026-12-20T14:15:00Z', amount: '150000000' };

describe('what was recorded on 10 December about 31 October', () => {
  const clock = new ManualClock('2026-10-01T09:00:00.000Z');
  let server: TestServer;
  let presenter: string;

  beforeAll(async () => {
    server = await TestServer.start({ clock });
    presenter = await server.token('ministry-presenter', {}, '1y');
    const decider = await server.token('ministry-decider', {}, '1y');
    const organisation = 'kuvitteellinen-yhdistys';
    await server.command('registerOrganisation', { organisation, kind: 'ASSOCIATION', names: { fi: before.name } }, presenter);
    const { terms, ...rest } = plan('haku');
    await server.command(
      'planCall',
      { ...rest, terms: { ...terms, closes: '2026-11-30T16:15', periodOfUse: { from: '2026-12-01', to: '2027-10-31' } } },
      presenter,
    );
    await server.command('publishCall', { call: 'haku' }, presenter);
    await server.command('setAppropriation', { call: 'haku', amount: before.amount }, decider);

    clock.set('2026-12-10T10:00:00.000Z');
    await server.command('renameOrganisation', { organisation, names: { fi: after.name }, effectiveAt: '2026-10-31' }, presenter);
    await server.command(
      'adjustAppropriation',
      { call: 'haku', amount: after.amount, reason: 'Lisätalousarvio', effectiveAt: '2026-10-31' },
      decider,
    );
    await server.system.execute(
      inContext(Object.assign(new ExtendCallDeadline(), { call: 'haku', closes: '2026-12-20T14:15:00.000Z', reason: 'Häiriö' }), {
        commandId: randomUUID(),
        correlationId: 'late',
        caller: 'spec',
        actor: { id: 'spec', role: 'public-record-importer' },
        source: { kind: 'demo', references: ['kuvitteellinen lähde'] },
        effectiveAt: '2026-10-31',
      }),
    );
    clock.set('2026-12-12T10:00:00.000Z');
    await server.system.runner.reached(await server.system.log.head(), []);
  });
  afterAll(() => server.stop());

  const cases: [asOf: string | undefined, knownAt: string | undefined, answer: typeof before | undefined][] = [
    ['2026-11-01', '2026-12-09', before],
    ['2026-11-01', '2026-12-10T09:59:59.999Z', before],
    ['2026-11-01', '2026-12-10T10:00:00Z', after],
    ['2026-11-01', '2026-12-11', after],
    ['2026-11-01', undefined, after],
    ['2026-10-30', '2026-12-11', before],
    ['2026-10-30', undefined, before],
    [undefined, '2026-11-01', before],
    [undefined, '2026-12-11', after],
    ['2026-11-01', '2026-09-30', undefined],
    [undefined, '2026-10-01T08:59:59.999Z', undefined],
  ];
  const table = cases.flatMap(([asOf, knownAt, answer]) =>
    Object.keys(facts).map((fact) => ({ fact: fact as keyof typeof facts, asOf, knownAt, answer })),
  );

  it.each(table)('$fact as of $asOf, known at $knownAt', async ({ fact, asOf, knownAt, answer }) => {
    const at = [asOf && `asOf: "${asOf}"`, knownAt && `knownAt: "${knownAt}"`].filter(Boolean).join(', ');
    const { data, errors } = await server.ask(facts[fact].ask(at));
    expect([errors, facts[fact].read(data as Answered)]).toEqual([[], answer?.[fact]]);
  });

  it('is asked for in lists as well, where what was not known is not counted', async () => {
    const count = async (knownAt: string) =>
      (await server.ask(`{ organisations(knownAt: "${knownAt}", kind: ASSOCIATION) { totalCount edges { node { name { fi } } } } }`)).data
        .organisations;
    expect(await count('2026-10-01T08:59:59.999Z')).toMatchObject({ totalCount: 0, edges: [] });
    expect(await count('2026-12-09')).toMatchObject({ totalCount: 1, edges: [{ node: { name: { fi: before.name } } }] });
    expect(await count('2026-12-11')).toMatchObject({ totalCount: 1, edges: [{ node: { name: { fi: after.name } } }] });
  });

  it('is answered with the beginning of the log that the answer is of', async () => {
    const query = { query: facts.name.ask('asOf: "2026-11-01", knownAt: "2026-12-09"') };
    const told = async (authorization?: string) => {
      const response = await fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(authorization && { authorization: `Bearer ${authorization}` }) },
        body: JSON.stringify(query),
      });
      return ((await response.json()) as { extensions: { knownAt: object[] } }).extensions.knownAt;
    };
    const { events } = await server.system.log.readAll();
    const last = events.filter(({ metadata }) => (metadata as { recordedAt: string }).recordedAt < '2026-12-09T22:00').at(-1);
    const time = { knownAt: '2026-12-09', until: '2026-12-09T21:59:59.999Z', log: server.system.log.id };
    // Which event was recorded last somewhere in the log is not everybody's to know.
    expect(await told()).toEqual([time]);
    expect(await told(await server.token('ministry-auditor', {}, '1y'))).toEqual([
      { ...time, position: last?.position, stream: last?.stream, revision: last?.revision },
    ]);
  });

  it('is asked of eight earlier times at once, and not of more', async () => {
    const token = await server.token('ministry-auditor');
    const asked = (times: number) =>
      server.ask(
        `{ ${Array.from({ length: times }, (_, n) => `a${n}: organisations(knownAt: "2026-12-0${n + 1}") { totalCount } b${n}: calls(knownAt: "2026-12-0${n + 1}") { totalCount }`).join(' ')} }`,
        { token },
      );
    expect((await asked(8)).errors).toEqual([]);
    expect((await asked(9)).errors[0]).toMatchObject({ extensions: { code: 'too-many-known-at', details: { most: 8 } } });
  });

  it('cannot be asked of a time to come', async () => {
    expect(await server.ask(facts.name.ask('knownAt: "2026-12-13"'), { language: 'fi' })).toMatchObject({
      status: 200,
      errors: [{ message: expect.stringMatching(/tulevaisuudessa/), extensions: { code: 'known-at-future' } }],
    });
    expect((await server.ask(facts.name.ask('knownAt: "2026-12-12"'))).errors).toEqual([]);
  });
});

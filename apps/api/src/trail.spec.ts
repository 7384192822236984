import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { ManualClock } from '#kernel/clock.testing';
import { plan } from './call-plan.testing.js';
import { TestServer } from './server.testing.js';

/* eslint-disable @typescript-eslint/no-explicit-any -- what a spec asks for is what it gets */

describe('the trail', () => {
  const clock = new ManualClock('2026-09-01');
  let server: TestServer;
  let [presenter, auditor]: string[] = [];
  const eero = () => server.token('provider', { organisation: 'example' }, '1y', 'eero');
  const search = async (filter: object, page = '', fields = 'sentence { en } event { type stream position } outcome') =>
    (
      await server.ask(
        `query ($filter: TrailFilterInput) { trail(filter: $filter ${page}) { totalCount pageInfo { hasPreviousPage hasNextPage startCursor endCursor } edges { cursor node { ${fields} } } } }`,
        { variables: { filter }, token: auditor as string },
      )
    ).data.trail;
  const nodes = async (...asked: Parameters<typeof search>): Promise<any[]> => (await search(...asked)).edges.map(({ node }: any) => node);
  const forbiddenId = randomUUID();

  beforeAll(async () => {
    server = await TestServer.start({ clock });
    presenter = await server.token('ministry-presenter', {}, '1y');
    auditor = await server.token('ministry-auditor', {}, '1y', 'vilma');
    await server.command('planCall', plan('round'), presenter);
    await server.command('publishCall', { call: 'round' }, await eero(), { commandId: forbiddenId });
    await server.command('publishCall', { call: 'round' }, presenter);
    await server.command('publishCall', { call: 'round' }, presenter);
    await server.command('extendCallDeadline', { call: 'round', closes: '2026-10-01T16:15', reason: 'Aikaistus' }, presenter);
    await server.system.runner.reached(await server.system.log.head(), ['calls', 'call-closing']);
    clock.set('2026-10-16');
    await new Promise(setImmediate);
    await server.system.acting?.idle();
  });
  afterAll(() => server.stop());

  it('is for auditors; that somebody else asked is on it', async () => {
    const asked = await server.ask('{ trail { totalCount } }', { token: presenter as string });
    expect(asked.errors[0]?.extensions.code).toBe('not-permitted');
    expect(await nodes({ outcomes: ['FORBIDDEN'], text: 'Query trail' })).toMatchObject([{ event: { type: 'AttemptForbidden' } }]);
    expect((await server.ask('{ trail { totalCount } }')).errors[0]?.extensions.code).toBe('sign-in-needed');
  });

  it('has all that happened in a call and what was tried, in the order of the log, each with who and by which command', async () => {
    const fields =
      'event { type actor { id role } recordedAt } outcome organisation command { name decider } refusal { code text { en } } sentence { fi sv en }';
    const all = (await nodes({ call: 'round' }, 'first: 100', fields)).filter(({ event }) => !event.type.startsWith('Notification'));
    expect(all.map(({ event, outcome, command }) => [event.type, outcome, command.name, event.actor.role])).toEqual([
      ['CallPlanned', 'RECORDED', 'PlanCall', 'ministry-presenter'],
      ['AttemptForbidden', 'FORBIDDEN', null, 'none'],
      ['CallPublished', 'RECORDED', 'PublishCall', 'ministry-presenter'],
      ['CommandHadNoEffect', 'NO_EFFECT', 'PublishCall', 'ministry-presenter'],
      ['CommandRefused', 'REFUSED', 'ExtendCallDeadline', 'ministry-presenter'],
      ['CallClosed', 'RECORDED', 'CloseCall', 'process'],
    ]);
    const [planned, forbidden, , , refused] = all;
    expect(forbidden).toMatchObject({ organisation: 'example', event: { actor: { id: expect.stringMatching(/^person-/) } } });
    expect(refused.refusal).toMatchObject({ code: 'deadline-not-later', text: { en: expect.stringContaining('deadline') } });
    expect(refused.sentence.fi).toMatch(/^Esittelijä: Sääntö esti komennon\. Komennon nimi: ExtendCallDeadline/);
    expect(planned.sentence).toMatchObject({ fi: expect.stringMatching(/^Esittelijä: /), sv: expect.stringMatching(/^Föredraganden: /) });
  });

  it('says which event caused which, both ways, and draws the tree of them', async () => {
    const [closed] = await nodes(
      { types: ['CallClosed'], call: 'round' },
      '',
      'event { id } causedBy { event { id type } caused { event { id } } }',
    );
    expect(closed.causedBy).toMatchObject({ event: { type: 'CallPublished' } });
    expect(closed.causedBy.caused).toContainEqual({ event: { id: closed.event.id } });
    const { data } = await server.ask('query ($event: UUID!) { trailTree(event: $event) { depth entry { event { type } } } }', {
      variables: { event: closed.event.id },
      token: auditor as string,
    });
    expect(data.trailTree[0]).toEqual({ depth: 0, entry: { event: { type: 'CallPublished' } } });
    expect(data.trailTree).toContainEqual({ depth: 1, entry: { event: { type: 'CallClosed' } } });
  });

  it('shows what each event changed in the state, and on what it was decided', async () => {
    const fields = 'event { type } difference { changes { path before after } } command { decider seen { stream revision } }';
    const [published] = await nodes({ types: ['CallPublished'], call: 'round' }, '', fields);
    expect(published.difference.changes).toContainEqual({ path: '/stage', before: 'planned', after: 'published' });
    expect(published.command).toEqual({ decider: 'call', seen: [{ stream: 'call-round', revision: '0' }] });
    const [refused] = await nodes({ outcomes: ['REFUSED'] }, '', fields);
    expect(refused.difference).toBeNull();
  });

  it('is read by pages in both directions, each entry once, and knows how many there are', async () => {
    const whole = await search({ call: 'round' }, 'first: 100');
    const forwards: any[] = [];
    for (let after = ''; ;) {
      const page = await search({ call: 'round' }, `first: 2 ${after}`);
      expect(page.totalCount).toBe(whole.edges.length);
      expect(page.pageInfo.hasPreviousPage).toBe(forwards.length > 0);
      forwards.push(...page.edges);
      if (!page.pageInfo.hasNextPage) break;
      after = `after: "${page.pageInfo.endCursor}"`;
    }
    expect(forwards).toEqual(whole.edges);
    const backwards: any[] = [];
    for (let before = ''; ;) {
      const page = await search({ call: 'round' }, `last: 2 ${before}`);
      expect(page.pageInfo.hasNextPage).toBe(backwards.length > 0);
      backwards.unshift(...page.edges);
      if (!page.pageInfo.hasPreviousPage) break;
      before = `before: "${page.pageInfo.startCursor}"`;
    }
    expect(backwards).toEqual(whole.edges);
  });

  it('is searched by each of who, what, where and when', async () => {
    const [{ event }] = await nodes({ outcomes: ['REFUSED'] }, '', 'event { actor { id } position }');
    const count = async (filter: object) => (await search(filter, 'first: 1')).totalCount as number;
    expect(await count({ actor: event.actor.id, call: 'round' })).toBe(4);
    expect(await count({ organisation: 'example' })).toBe(1);
    expect(await count({ role: 'public-record-importer' })).toBeGreaterThan(50);
    expect(await count({ region: '19', category: 'application' })).toBeGreaterThan(0);
    expect(await count({ commandId: forbiddenId })).toBe(1);
    expect(await count({ stream: 'call-round', outcomes: ['REFUSED', 'NO_EFFECT'] })).toBe(2);
    expect(await count({ call: 'round', recordedFrom: '2026-09-02' })).toBeGreaterThan(0);
    expect(await count({ call: 'round', recordedTo: '2026-08-31' })).toBe(0);
    expect(await count({ aboutTo: '2019-12-31' })).toBeGreaterThan(0);
    expect(await count({ types: ['CallClosed'], aboutFrom: '2026-10-15', aboutTo: '2026-10-15' })).toBe(1);
    expect(await count({ text: 'digituen alueell' })).toBeGreaterThan(0);
    expect(await count({ text: '…' })).toBe(0);
  });

  it('counts by what is asked', async () => {
    const { data } = await server.ask('{ trailCounts(by: OUTCOME, filter: { call: "round" }) { value count } }', {
      token: auditor as string,
    });
    expect(Object.fromEntries(data.trailCounts.map(({ value, count }: any) => [value, count]))).toMatchObject({
      forbidden: 1,
      refused: 1,
      'no-effect': 1,
    });
  });

  it('leaves out nothing of what the log has: an auditor sees all of it', async () => {
    for (let after = ''; ;) {
      const { edges, pageInfo, totalCount } = await search({}, `first: 100 ${after}`);
      expect(edges).toHaveLength(Math.min(100, totalCount - (after === '' ? 0 : 100)));
      if (!pageInfo.hasNextPage) break;
      after = `after: "${pageInfo.endCursor}"`;
    }
  });

  describe('of a row', () => {
    const replay = async (more = '') =>
      (
        await server.ask(
          `{ replay(view: "calls", key: "round" ${more}) { totalCount stoppedAt pageInfo { hasNextPage } steps { cursor before after changes { path before after } entry { event { type position } command { name } } } } }`,
          { token: auditor as string },
        )
      ).data.replay;

    it('is stepped through event by event, from any position, as of both times', async () => {
      const { steps, totalCount } = await replay();
      expect(steps.map(({ entry }: any) => entry.event.type)).toEqual(['CallPlanned', 'CallPublished', 'CallClosed']);
      expect(totalCount).toBe(3);
      expect(steps[0].before).toBeNull();
      expect(steps[1].before).toEqual(steps[0].after);
      expect(steps[1].changes.length).toBeGreaterThan(0);
      expect((await replay(`after: "${steps[0].cursor}", first: 1`)).steps).toEqual([steps[1]]);
      expect((await replay('last: 1')).steps).toEqual([steps[2]]);
      expect((await replay('knownAt: "2026-09-30"')).steps).toHaveLength(2);
      expect((await replay('asOf: "2026-10-14"')).steps).toHaveLength(2);
    });

    it('ends with the row that is served', async () => {
      const { steps } = await replay('last: 1');
      const served = await server.system.runner.rows<any>({ name: 'calls' }).get('round');
      const { _id, position: _position, revision: _revision, ...row } = served ?? {};
      expect(steps[0].after).toEqual(JSON.parse(JSON.stringify(row)));
    });

    it('is compared at two moments, alone and with all rows', async () => {
      const compared = async (more: string) =>
        (
          await server.ask(
            `{ compareView(view: "calls" ${more}) { rows differing differences { key before changes { path before after } } } }`,
            { token: auditor as string },
          )
        ).data.compareView;
      const { steps } = await replay();
      const [first] = steps;
      const one = await compared(`key: "round", from: { position: "${first.cursor}" }, to: { knownAt: "2026-09-30" }`);
      expect(one).toMatchObject({ differing: 1, differences: [{ key: 'round', before: first.after, changes: steps[1].changes }] });
      const all = await compared(`from: { position: "${first.cursor}" }, to: { knownAt: "2026-10-16" }`);
      expect(all).toMatchObject({ differing: 1, differences: [{ key: 'round' }] });
      expect(all.rows).toBeGreaterThan(1);
    });

    it('is compared as it held at two times by what was known at one moment, alone and with all rows', async () => {
      const at = (asOf: string) => `{ knownAt: "2026-10-16", asOf: "${asOf}" }`;
      const compared = async (more: string) => {
        const query = `{ compareView(view: "calls" ${more}) { differing differences { key before after changes { path } } } }`;
        return (await server.ask(query, { token: auditor as string })).data.compareView;
      };
      const [first] = (await replay()).steps;
      const one = await compared(`key: "round", from: ${at('2026-10-14')}, to: ${at('2026-10-16')}`);
      expect(one.differing).toBe(1);
      expect(one.differences[0].changes.length).toBeGreaterThan(0);
      const all = await compared(`from: ${at('2026-10-14')}, to: ${at('2026-10-16')}`);
      expect(all).toEqual(one);
      expect((await compared(`from: ${at('2026-10-14')}, to: ${at('2026-10-14')}`)).differing).toBe(0);
      const position = `{ position: "${first.cursor}" }`;
      expect((await compared(`key: "round", from: ${position}, to: { position: "${first.cursor}", asOf: "2040-01-01" }`)).differing).toBe(
        0,
      );
    });

    it('is of views that there are', async () => {
      const at = '{ knownAt: "2026-10-14" }';
      for (const asked of [
        'replay(view: "nothing", key: "a") { totalCount }',
        `compareView(view: "nothing", from: ${at}, to: ${at}) { rows }`,
      ]) {
        const { errors } = await server.ask(`{ ${asked} }`, { token: auditor as string });
        expect(errors[0]?.extensions).toMatchObject({ code: 'projection-unknown', details: { projection: 'nothing' } });
      }
    });
  });
});

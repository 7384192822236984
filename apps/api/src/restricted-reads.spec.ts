import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdirSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ManualClock } from '#kernel/clock.testing';
import { plan } from './call-plan.testing.js';
import { TestServer } from './server.testing.js';

/* eslint-disable @typescript-eslint/no-explicit-any -- what a spec asks for is what it gets */

const unpublished = 'calls that are not published';

describe('reads of restricted parts', () => {
  const clock = new ManualClock('2026-09-01T09:00:00Z');
  let server: TestServer;
  let [presenter, auditor, provider]: string[] = [];
  const readCall = (token: string | undefined, query = 'query ($id: Key!) { call(id: $id) { id } }') =>
    server.ask(query, { variables: { id: 'round' }, ...(token !== undefined && { token }) });
  const reads = async (filter: object, page = '') => {
    const fields = 'at actor role organisation what ofRegion ofOrganisation asked keys correlationId';
    const asked = `query ($filter: RestrictedReadFilter) { restrictedReads(filter: $filter ${page}) { totalCount keptFrom pageInfo { hasNextPage endCursor } edges { node { ${fields} } } } }`;
    const { data, errors } = await server.ask(asked, { variables: { filter }, token: auditor as string });
    expect(errors).toEqual([]);
    const { edges, ...told } = data.restrictedReads;
    return { ...told, nodes: edges.map(({ node }: any) => node) };
  };

  beforeAll(async () => {
    server = await TestServer.start({ clock, environment: { READS_KEPT_DAYS: '30' } });
    presenter = await server.token('ministry-presenter', {}, '9y', 'pirjo');
    auditor = await server.token('ministry-auditor', {}, '9y', 'vilma');
    provider = await server.token('provider', { organisation: 'example' }, '9y', 'eero');
    await server.command('planCall', plan('round'), presenter);
  });
  afterAll(() => server.stop());

  it('are on record, with who in which role read what, asked how, and when', async () => {
    expect((await readCall(presenter)).data.call).toEqual({ id: 'round' });
    const { nodes, totalCount } = await reads({ key: 'round', what: unpublished });
    expect({ nodes, totalCount }).toMatchObject({
      totalCount: 1,
      nodes: [
        {
          at: '2026-09-01T09:00:00Z',
          actor: expect.stringMatching(/^person-[0-9a-f]{32}$/),
          role: 'ministry-presenter',
          what: unpublished,
          asked: 'call',
          keys: ['round'],
        },
      ],
    });
  });

  it('are not of those who are no officials, who may not, or who read what is anyone’s', async () => {
    const before = (await reads({ what: unpublished })).totalCount;
    for (const token of [undefined, provider]) expect((await readCall(token)).data.call).toBeNull();
    await server.ask('{ organisations(first: 1) { totalCount } }', { token: presenter as string });
    expect((await reads({ what: unpublished })).totalCount).toBe(before);
    expect((await reads({})).nodes.filter(({ asked }: any) => asked === 'organisations')).toEqual([]);
  });

  it('are for auditors, whose own questions are on record, too', async () => {
    const asked = await server.ask('{ restrictedReads { totalCount } }', { token: presenter as string });
    expect(asked.errors[0]?.extensions.code).toBe('not-permitted');
    expect((await reads({ role: 'ministry-auditor', what: 'Query.restrictedReads' })).nodes[0]).toMatchObject({ asked: 'restrictedReads' });
  });

  it('are found by who, what and when, page by page', async () => {
    const [{ actor }] = (await reads({ role: 'ministry-presenter' })).nodes;
    await readCall(presenter);
    const first = await reads({ actor, what: unpublished, from: '2026-09-01', to: '2026-09-01' }, 'first: 1');
    expect(first).toMatchObject({ totalCount: 2, pageInfo: { hasNextPage: true } });
    const second = await reads({ actor, what: unpublished }, `first: 1 after: "${first.pageInfo.endCursor}"`);
    expect(second.pageInfo.hasNextPage).toBe(false);
    expect(second.nodes[0].correlationId).not.toBe(first.nodes[0].correlationId);
    expect((await reads({ actor, to: '2026-08-31' })).totalCount).toBe(0);
    expect((await reads({ actor: 'person-of-nobody' })).totalCount).toBe(0);
  });

  it('keep nothing that is searched for, but ids', async () => {
    await server.ask('query ($x: Key!) { a: call(id: "nobody") { id } ...F } fragment F on Query { call(id: $x) { id } }', {
      variables: { x: 'round' },
      token: presenter as string,
    });
    expect((await reads({ what: unpublished })).nodes[0]).toMatchObject({
      asked: 'call',
      keys: expect.arrayContaining(['round', 'nobody']),
    });
  });

  it('fail no answer where they cannot be written, which is told once', async () => {
    const file = join(server.folder, 'reads.db');
    server.system.reads.close();
    for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
    mkdirSync(file);
    for (let time = 0; time < 2; time++) {
      expect((await readCall(presenter)).data.call).toEqual({ id: 'round' });
      server.system.reads.write();
    }
    const told = server.warned.filter(({ message }: any) => message === 'reads of restricted files cannot be put on record');
    expect(told).toHaveLength(1);
    const { errors } = await server.ask('{ restrictedReads { totalCount } }', { token: auditor as string });
    expect(errors[0]?.extensions.code).toBe('reads-unavailable');
    rmdirSync(file);
    // What waited is written once it can be.
    expect((await reads({ what: unpublished })).totalCount).toBe(2);
  });

  it('are removed when their time is over, and the answer says from when on they are kept', async () => {
    clock.set('2026-10-01T08:59:00Z');
    expect((await reads({ what: unpublished })).totalCount).toBe(2);
    clock.set('2026-10-01T09:01:00Z');
    server.system.reads.write();
    const { totalCount, keptFrom } = await reads({ what: unpublished });
    expect({ totalCount, keptFrom }).toEqual({ totalCount: 0, keptFrom: '2026-09-01T09:01:00Z' });
    const file = new DatabaseSync(join(server.folder, 'reads.db'), { readOnly: true });
    expect(file.prepare("SELECT COUNT(*) AS count FROM reads WHERE at < '2026-09-01T09:01'").get()).toEqual({ count: 0 });
    file.close();
  });
});

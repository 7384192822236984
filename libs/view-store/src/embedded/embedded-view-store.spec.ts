import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StatementSync } from 'node:sqlite';
import type { Stored } from '#kernel/projection';
import { SharedViewStore } from '../leases.testing.js';
import { describeLeases, describeViewStore } from '../view-store.contract.js';
import { EmbeddedViewStore } from './embedded-view-store.js';

describeViewStore('SQLite in memory', async () => new EmbeddedViewStore());
describeViewStore('an SQLite file', async () => new EmbeddedViewStore({ path: join(mkdtempSync(join(tmpdir(), 'views-')), 'views.db') }));
describeLeases('memory, as specs share it', async () => new SharedViewStore());

describe('the file of embedded views', () => {
  let folder: string;
  let path: string;
  const text = 'x'.repeat(2_000);
  const rows = (count: number) =>
    Array.from({ length: count }, (_, n): Stored<{ text: string; n: number }> => ({
      _id: `r${n}`,
      position: `${n}`,
      revision: 0,
      text,
      n,
    }));

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'views-'));
    path = join(folder, 'views.db');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('counts whatever changes what can be read: rows, checkpoints, another in the place of one, and what is dropped', async () => {
    const store = new EmbeddedViewStore({ path });
    const counts = [store.changeCount];
    const checkpoint = { log: 'log', position: '9', version: 1 };
    for (const change of [
      () => store.collection('one', ['n']).write(rows(2)),
      () => store.saveCheckpoint('one', checkpoint, undefined),
      () => store.collection('other', ['n']).write(rows(1)),
      () => store.saveCheckpoint('other', { ...checkpoint, position: '99' }, undefined),
      () => store.replace('one', 'other'),
      () => store.drop('one'),
      async () => store.empty(),
    ]) {
      await change();
      counts.push(store.changeCount);
    }
    expect(counts).toEqual([...new Set(counts)].sort((a, b) => a - b));
    await store.collection('one', ['n']).write(rows(1));
    const before = store.changeCount;
    // What is there already is not written again, and reading changes nothing.
    await store.collection('one').write(rows(1));
    await store.collection('one').find({ limit: 10 });
    expect(store.changeCount).toBe(before);
    await store.close();
  });

  it('lets others have their turn while many rows are written', async () => {
    const store = new EmbeddedViewStore({ path });
    let [turns, isWritten] = [0, false];
    const turn = () => {
      turns += 1;
      if (!isWritten) setImmediate(turn);
    };
    setImmediate(turn);
    await store.collection('many', ['n']).write(rows(1_000));
    isWritten = true;
    expect(turns).toBeGreaterThanOrEqual(19);
    await store.close();
  });

  it('reads no row for a question that allows no value', async () => {
    const store = new EmbeddedViewStore({ path });
    await store.collection('one').write(rows(10));
    await store.close();
    const again = new EmbeddedViewStore({ path });
    const collection = again.collection<{ n: number }>('one');
    const parse = jest.spyOn(JSON, 'parse');
    expect([await collection.find({ where: { n: { in: [] } }, limit: 10 }), await collection.count({ n: { in: [] } })]).toEqual([[], 0]);
    expect(parse).not.toHaveBeenCalled();
    parse.mockRestore();
    await again.close();
  });

  it('counts as many as it finds, however many there are and however they are told', async () => {
    const store = new EmbeddedViewStore();
    const collection = store.collection<{ n: number; kind: string; size: number | null }>('one', ['n', 'kind']);
    await collection.write(
      Array.from({ length: 2_100 }, (_, n) => ({
        _id: `r${n}`,
        position: '1',
        revision: 0,
        n: n % 97,
        kind: `${n % 2}`,
        size: n % 5 || null,
      })),
    );
    const bound = fc.integer({ min: -1, max: 100 });
    const range = fc.record({ from: bound, to: bound }, { requiredKeys: [] });
    const asked = fc.record({ kind: fc.constantFrom('0', '1', '2'), n: range, size: range }, { requiredKeys: [] });
    await fc.assert(
      fc.asyncProperty(asked, async (where) => {
        expect(await collection.count(where)).toBe((await collection.find({ where, limit: 5_000 })).length);
      }),
      { numRuns: 100 },
    );
    await store.close();
  });

  it('writes a row that changes again and again once, when it is committed', async () => {
    const store = new EmbeddedViewStore({ path });
    const collection = store.collection<{ n: number }>('one', ['n']);
    let written = 0;
    const counted = (n: number): Stored<{ n: number }> => {
      const row = { _id: 'r', position: `${n}`.padStart(4, '0'), revision: n, n };
      return Object.defineProperty({ ...row }, 'toJSON', { value: () => ((written += 1), row) });
    };
    for (let n = 0; n < 50; n++) await collection.write([counted(n)]);
    expect(await collection.find({ where: { n: 49 }, limit: 1 })).toMatchObject([{ _id: 'r', n: 49 }]);
    await store.close();
    // When it was new, and as it was in the end.
    expect(written).toBe(2);
  });

  it('gives every row as it was written last, before and after it is committed, and in a file that is opened again', async () => {
    const writes = fc.array(fc.array(fc.record({ id: fc.nat({ max: 30 }), n: fc.nat({ max: 3 }) }), { maxLength: 40 }), { maxLength: 6 });
    let tries = 0;
    await fc.assert(
      fc.asyncProperty(writes, async (all) => {
        const name = `c${tries++}`;
        const expected = new Map<string, Stored<{ n: number }>>();
        const check = async (store: EmbeddedViewStore) => {
          const collection = store.collection<{ n: number }>(name, ['n']);
          const inOrder = [...expected.values()].sort((a, b) => (a._id < b._id ? -1 : 1));
          expect(await collection.page(undefined, 100)).toEqual(inOrder);
          expect(await collection.find({ limit: 100 })).toEqual(inOrder);
          for (const n of [0, 1, 2, 3]) {
            const found = inOrder.filter((row) => row.n === n);
            expect([await collection.find({ where: { n }, limit: 100 }), await collection.count({ n })]).toEqual([found, found.length]);
          }
          expect(await collection.getMany(inOrder.map(({ _id }) => _id))).toEqual(inOrder);
        };
        const store = new EmbeddedViewStore({ path });
        let position = 0;
        for (const group of all) {
          const changed = group.map(({ id, n }) => ({ _id: `r${id}`, position: `${(position += 1)}`.padStart(5, '0'), revision: 0, n }));
          await store.collection<{ n: number }>(name, ['n']).write(changed);
          for (const row of changed) expected.set(row._id, row);
          await check(store);
        }
        await store.close();
        const again = new EmbeddedViewStore({ path });
        await check(again);
        await again.close();
      }),
      { numRuns: 40 },
    );
  });

  it('gives back the room of what was dropped, while others go on being read', async () => {
    const store = new EmbeddedViewStore({ path });
    await store.collection('kept', ['n']).write(rows(10));
    await store.collection('dropped', ['n']).write(rows(2_000));
    await store.close();
    const before = statSync(path).size;
    const again = new EmbeddedViewStore({ path });
    await again.drop('dropped');
    while ((await again.collection('kept').count({})) === 10 && again.isDropping) await new Promise(setImmediate);
    await again.close();
    expect(statSync(path).size).toBeLessThan(before / 10);
    const last = new EmbeddedViewStore({ path });
    expect([await last.collection('kept').count(), await last.collection('dropped', ['n']).count()]).toEqual([10, 0]);
    await last.close();
  });

  it('says of no view that it is further than its rows, where what was written to it is lost', async () => {
    const at = (position: string) => ({ log: 'l', position, version: 1 });
    const before = new EmbeddedViewStore({ path });
    await before.collection('lost', ['n']).write(rows(1));
    await before.saveCheckpoint('lost', at('0'), undefined);
    await before.close();
    const store = new EmbeddedViewStore({ path });
    const { rows: lost, saveCheckpoint } = await store.open<{ text: string; n: number }>('lost', ['n']);
    await lost.write(rows(2));
    await saveCheckpoint(at('1'), at('0'));
    const full = jest.spyOn(StatementSync.prototype, 'run').mockImplementationOnce(() => {
      throw Object.assign(new Error('database or disk is full'), { code: 'ERR_SQLITE_ERROR', errcode: 13 });
    });
    await expect(store.collection('other', ['n']).write(rows(1))).rejects.toMatchObject({ code: 'views-unavailable' });
    full.mockRestore();
    await (await store.open('other', ['n'])).rows.write(rows(1));
    await store.close();
    const again = new EmbeddedViewStore({ path });
    const counts = [await again.collection('lost').count(), await again.collection('other').count()];
    expect([await again.checkpoint('lost'), ...counts]).toEqual([at('0'), 1, 1]);
    await again.close();
  });
});

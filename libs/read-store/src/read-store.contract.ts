import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Stored } from '#kernel/projection';
import type { Collection, Find, ReadStore } from './read-store.js';

interface Place {
  name: string;
  size: number;
  kind?: string;
}

const at = (n: number) => n.toString(16).padStart(16, '0').repeat(2);
const row = (_id: string, position: number, fields: Partial<Place> = {}): Stored<Place> => ({
  _id,
  position: at(position),
  name: _id,
  size: 0,
  ...fields,
});
const tombstone = (_id: string, position: number) => ({ _id, position: at(position), removed: true }) as Stored<Place>;

/** What the port promises, held against an adapter. */
export function describeReadStore(adapter: string, open: () => Promise<ReadStore>): void {
  describe(`the read store on ${adapter}`, () => {
    let store: ReadStore;
    let places: Collection<Place>;
    const ids = async (question: Partial<Find<Place>>) => (await places.find({ limit: 100, ...question })).map(({ _id }) => _id);

    beforeEach(async () => {
      store = await open();
      places = store.collection<Place>('places', ['name', 'size', 'kind']);
    });
    afterEach(() => store.close());

    it('gives back the rows that were written, in the order of the ids asked for', async () => {
      await places.write([row('a', 1, { size: 3 }), row('b', 2)]);
      expect(await places.get('a')).toEqual(row('a', 1, { size: 3 }));
      expect((await places.getMany(['b', 'x', 'a'])).map((found) => found?._id)).toEqual(['b', undefined, 'a']);
    });

    it('never puts a row over one of the same or a later position', async () => {
      await places.write([row('a', 5, { size: 5 })]);
      await places.write([row('a', 4, { size: 4 }), row('a', 5, { size: 6 })]);
      expect(await places.get('a')).toEqual(row('a', 5, { size: 5 }));
      await places.write([row('a', 6, { size: 6 })]);
      expect(await places.get('a')).toEqual(row('a', 6, { size: 6 }));
    });

    it('ends at the greatest position of each row, in whatever order and grouping rows are written', async () => {
      const writes = fc.array(fc.record({ id: fc.constantFrom('a', 'b', 'c'), position: fc.integer({ min: 1, max: 50 }), gone: fc.boolean() }), { maxLength: 30 });
      await fc.assert(
        fc.asyncProperty(writes, fc.integer({ min: 1, max: 7 }), async (all, groupSize) => {
          await store.drop('places');
          places = store.collection<Place>('places', ['name', 'size', 'kind']);
          const rows = all.map(({ id, position, gone }) => (gone ? tombstone(id, position) : row(id, position, { size: position })));
          for (let from = 0; from < rows.length; from += groupSize) await places.write(rows.slice(from, from + groupSize));
          for (const id of ['a', 'b', 'c']) {
            const last = rows.filter(({ _id }) => _id === id).reduce<Stored<Place> | undefined>((best, next) => (best && best.position >= next.position ? best : next), undefined);
            expect((await places.stored([id]))[0]).toEqual(last);
            expect(await ids({ where: { _id: id } })).toEqual(last && !last.removed ? [id] : []);
          }
        }),
        { numRuns: 50 },
      );
    });

    it('shows a tombstone to the runner and to nobody else', async () => {
      await places.write([row('a', 1), row('b', 1)]);
      await places.write([tombstone('a', 2)]);
      expect(await places.get('a')).toBeUndefined();
      expect(await places.getMany(['a'])).toEqual([undefined]);
      expect(await ids({})).toEqual(['b']);
      expect(await places.count()).toBe(1);
      expect(await places.stored(['a'])).toEqual([tombstone('a', 2)]);
      expect((await places.page(undefined, 10)).map(({ _id }) => _id)).toEqual(['a', 'b']);
    });

    it('finds by value, by one of several values, within bounds and by beginning', async () => {
      await places.write([row('a', 1, { size: 1, kind: 'x' }), row('b', 1, { size: 2, kind: 'y' }), row('ab', 1, { size: 3 })]);
      expect(await ids({ where: { kind: 'x' } })).toEqual(['a']);
      expect(await ids({ where: { kind: null } })).toEqual(['ab']);
      expect(await ids({ where: { kind: { in: ['x', 'y', 'z'] } } })).toEqual(['a', 'b']);
      expect(await ids({ where: { size: { from: 2, to: 3 } } })).toEqual(['ab', 'b']);
      expect(await ids({ where: { size: { from: 3 }, name: { prefix: 'a' } } })).toEqual(['ab']);
      expect(await ids({ where: { name: { prefix: 'a' } }, orderBy: 'size' })).toEqual(['a', 'ab']);
      expect(await places.count({ kind: { in: ['x', 'y'] } })).toBe(2);
    });

    it('finds a row by what it is now, not by what it was', async () => {
      await places.write([row('a', 1, { kind: 'x', size: 1 }), row('b', 1, { kind: 'x', size: 2 })]);
      await places.write([row('a', 2, { kind: 'y', size: 3 })]);
      expect(await ids({ where: { kind: 'x' } })).toEqual(['b']);
      expect(await ids({ orderBy: 'size' })).toEqual(['b', 'a']);
    });

    it('orders by a field and then by id, both ways, and goes on after a key', async () => {
      await places.write([row('a', 1, { size: 2 }), row('b', 1, { size: 1 }), row('c', 1, { size: 2 }), row('d', 1, { size: 3 })]);
      expect(await ids({ orderBy: 'size' })).toEqual(['b', 'a', 'c', 'd']);
      expect(await ids({ orderBy: 'size', descending: true })).toEqual(['d', 'c', 'a', 'b']);
      expect(await ids({ orderBy: 'size', limit: 2, after: { value: 2, id: 'a' } })).toEqual(['c', 'd']);
      expect(await ids({ orderBy: 'size', descending: true, after: { value: 2, id: 'c' } })).toEqual(['a', 'b']);
      expect(await ids({ after: { value: 'b', id: 'b' } })).toEqual(['c', 'd']);
    });

    it('gives every row once when read page by page in any order', async () => {
      const sizes = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 30 });
      await fc.assert(
        fc.asyncProperty(sizes, fc.integer({ min: 1, max: 5 }), fc.boolean(), fc.boolean(), async (all, limit, descending, byKind) => {
          await store.drop('places');
          places = store.collection<Place>('places', ['name', 'size', 'kind']);
          await places.write(all.map((size, n) => row(`p${n}`, 1, { size, kind: 'k' })));
          const seen: string[] = [];
          for (let after: Find<Place>['after']; ; ) {
            const page = await places.find({ limit, orderBy: 'size', descending, ...(byKind && { where: { kind: 'k' } }), ...(after && { after }) });
            seen.push(...page.map(({ _id }) => _id));
            const last = page.at(-1);
            if (!last) break;
            after = { value: last.size, id: last._id };
          }
          expect(seen.toSorted()).toEqual(all.map((_, n) => `p${n}`).sort());
        }),
        { numRuns: 30 },
      );
    });

    it('refuses to order by a field that is not declared as an index', async () => {
      const plain = store.collection<Place>('plain');
      await expect(plain.find({ orderBy: 'size', limit: 1 })).rejects.toThrow('size');
    });

    it('saves a checkpoint only over the one it was told of', async () => {
      const first = { log: 'l', position: at(1), version: 1 };
      const second = { ...first, position: at(2) };
      expect(await store.checkpoint('p')).toBeUndefined();
      expect(await store.saveCheckpoint('p', first, undefined)).toBe(true);
      expect(await store.saveCheckpoint('p', second, undefined)).toBe(false);
      expect(await store.saveCheckpoint('p', second, first)).toBe(true);
      expect(await store.checkpoint('p')).toEqual(second);
    });

    it('puts a collection and its checkpoint in the place of another, whose readers then read it', async () => {
      await places.write([row('old', 1)]);
      const beside = store.collection<Place>('places.beside', ['name', 'size', 'kind']);
      await beside.write([row('new', 2, { size: 1 })]);
      await store.saveCheckpoint('places.beside', { log: 'l', position: at(2), version: 2 }, undefined);
      await store.replace('places', 'places.beside');
      expect(await ids({ orderBy: 'size' })).toEqual(['new']);
      expect(await store.checkpoint('places')).toEqual({ log: 'l', position: at(2), version: 2 });
      expect(await store.checkpoint('places.beside')).toBeUndefined();
    });
  });
}

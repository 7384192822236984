import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from '#kernel/canonical-json';
import type { Stored } from '#kernel/projection';
import { rowOf, type Condition, type Find, type FoldedRows, type Key, type Leases, type ViewStore, type Scalar } from './view-store.js';

interface Place {
  name: string;
  size: number;
  kind?: string;
  /** Of any type, as no projection's field is. */
  mixed?: Scalar;
}

const at = (n: number) => n.toString(16).padStart(16, '0').repeat(2);
const row = (_id: string, position: number, fields: Partial<Place> = {}): Stored<Place> => ({
  _id,
  position: at(position),
  revision: position,
  name: _id,
  size: 0,
  ...fields,
});
const tombstone = (_id: string, position: number) => ({ _id, position: at(position), removed: true }) as Stored<Place>;

/** A store whose served rows specs put in place themselves. */
interface WrittenStore extends ViewStore {
  collection<Row extends object>(name: string, indexes?: readonly string[]): FoldedRows<Row>;
}

/** What the port promises, held against an adapter. */
export function describeViewStore(adapter: string, open: () => Promise<WrittenStore>): void {
  describe(`the view store on ${adapter}`, () => {
    let store: WrittenStore;
    let places: FoldedRows<Place>;
    const indexes = ['name', 'size', 'kind', 'mixed'];
    const ids = async (question: Partial<Find<Place>>) => (await places.find({ limit: 100, ...question })).map(({ _id }) => _id);

    beforeEach(async () => {
      store = await open();
      places = store.collection<Place>('places', indexes);
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
      const writes = fc.array(
        fc.record({ id: fc.constantFrom('a', 'b', 'c'), position: fc.integer({ min: 1, max: 50 }), gone: fc.boolean() }),
        { maxLength: 30 },
      );
      await fc.assert(
        fc.asyncProperty(writes, fc.integer({ min: 1, max: 7 }), async (all, groupSize) => {
          await store.drop('places');
          places = store.collection<Place>('places', indexes);
          const rows = all.map(({ id, position, gone }) => (gone ? tombstone(id, position) : row(id, position, { size: position })));
          for (let from = 0; from < rows.length; from += groupSize) await places.write(rows.slice(from, from + groupSize));
          for (const id of ['a', 'b', 'c']) {
            const last = rows
              .filter(({ _id }) => _id === id)
              .reduce<Stored<Place> | undefined>((best, next) => (best && best.position >= next.position ? best : next), undefined);
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

    it('gives a page as texts, which say the same, also of what was changed just now', async () => {
      await places.write([row('a', 1), row('b', 1), row('c', 1, { size: 1 }), row('d', 1)]);
      await places.write([tombstone('b', 2), row('c', 2, { size: 2 })]);
      const texts = await places.texts('a', 2);
      expect(texts.map(({ id }) => id)).toEqual(['b', 'c']);
      expect(texts.map((text) => rowOf(text))).toEqual(await places.page('a', 2));
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

    const beyond = '\u{1f600}';
    const inOrder: readonly Scalar[] = [
      null,
      -1.5,
      0,
      7,
      2 ** 40,
      '',
      'Z',
      'a',
      'a b',
      'a.*',
      'ab',
      'ä',
      '\ud7ff',
      '\ue000',
      '\uffee',
      beyond,
      `${beyond}a`,
      '\u{10ffff}',
      false,
      true,
    ];
    const mixedRows = (values: readonly Scalar[]) =>
      values.map((mixed, n) => row(`m${n.toString().padStart(2, '0')}`, 1, mixed === null ? {} : { mixed }));
    const valuesOf = async (question: Partial<Find<Place>>) =>
      (await places.find({ orderBy: 'mixed', limit: 100, ...question })).map(({ mixed }) => mixed ?? null);

    it('orders null before numbers, texts and booleans, a missing value as null, and texts by code points', async () => {
      await places.write(mixedRows(inOrder.toReversed()));
      expect(await valuesOf({})).toEqual(inOrder);
      expect(await valuesOf({ descending: true })).toEqual(inOrder.toReversed());
      const first = await places.find({ orderBy: 'mixed', limit: 2 });
      expect(first.at(-1)?.mixed).toBe(-1.5);
      await places.write([row('\uffee', 1), row(beyond, 1)]);
      expect((await ids({})).slice(-2)).toEqual(['\uffee', beyond]);
    });

    it('goes on after any key, also one whose row is gone', async () => {
      await places.write(mixedRows([...inOrder, ...inOrder]));
      const read = await places.find({ orderBy: 'mixed', limit: 100 });
      for (const descending of [false, true]) {
        const all = descending ? read.toReversed() : read;
        for (const [index, { _id: id, mixed: value = null }] of all.entries()) {
          const rest = await places.find({ orderBy: 'mixed', descending, limit: 100, after: { value, id } });
          expect(rest.map(({ _id }) => _id)).toEqual(all.slice(index + 1).map(({ _id }) => _id));
        }
      }
      const gone: Key = { value: 5, id: 'x' };
      expect(await valuesOf({ after: gone })).toEqual(read.map(({ mixed = null }) => mixed).slice(inOrder.indexOf(7) * 2));
    });

    it('holds bounds and beginnings within one type, and takes beginnings as they are written', async () => {
      await places.write(mixedRows(inOrder));
      const found = (mixed: Condition) => valuesOf({ where: { mixed } });
      expect(await found({ from: 0 })).toEqual([0, 7, 2 ** 40]);
      expect(await found({ to: 7 })).toEqual([-1.5, 0, 7]);
      expect(await found({ from: 'ab' })).toEqual(inOrder.filter((value) => typeof value === 'string').slice(5));
      expect(await found({ to: 'Z' })).toEqual(['', 'Z']);
      expect(await found({ from: 0, to: 'Z' })).toEqual([]);
      expect(await found({ from: false })).toEqual([false, true]);
      expect(await found({ from: null })).toEqual([null]);
      expect(await found({ from: null, to: 7 })).toEqual([]);
      expect(await found({})).toEqual(inOrder);
      expect(await found({ prefix: 'a' })).toEqual(['a', 'a b', 'a.*', 'ab']);
      expect(await found({ prefix: 'a.*' })).toEqual(['a.*']);
      expect(await found({ prefix: beyond })).toEqual([beyond, `${beyond}a`]);
      expect(await found({ prefix: '\ud7ff' })).toEqual(['\ud7ff']);
      expect(await found({ prefix: '\u{10ffff}' })).toEqual(['\u{10ffff}']);
      expect(await found({ prefix: '' })).toEqual(inOrder.filter((value) => typeof value === 'string'));
      expect(await found({ in: [null, true, 7, '7'] })).toEqual([null, 7, true]);
      expect(await found({ in: [] })).toEqual([]);
      expect(await found(undefined as never)).toEqual([]);
    });

    it('answers any question as a plain filter does', async () => {
      const values = inOrder.filter((value) => value !== 2 ** 40);
      const value = fc.constantFrom(...values);
      const text = fc.constantFrom(...values.filter((one) => typeof one === 'string'));
      const condition: fc.Arbitrary<Condition> = fc.oneof(
        value,
        fc.record({ in: fc.array(value, { maxLength: 4 }) }),
        fc.record({ from: value, to: value }, { requiredKeys: [] }),
        fc.record({ prefix: text }),
      );
      const question = fc.record({
        where: fc.record({ mixed: condition, size: fc.integer({ min: 0, max: 2 }) }, { requiredKeys: [] }),
        orderBy: fc.constantFrom('mixed' as const, 'size' as const, '_id' as const),
        descending: fc.boolean(),
        from: fc.nat({ max: 2 * values.length }),
        limit: fc.integer({ min: 1, max: 5 }),
      });
      const rows = [...mixedRows([...values, ...values]).map((one, n) => ({ ...one, size: n % 3 })), tombstone('t', 1)];
      // They were otherwise before.
      await places.write(rows.map(({ _id }) => row(_id, 0, { mixed: 'before', size: 9 })));
      await places.write(rows);
      const typeOf = (one: Scalar) => (one === null ? 'null' : typeof one);
      const place = (one: Scalar) => inOrder.indexOf(one);
      const meets = (one: Scalar, asked: Condition): boolean => {
        if (typeof asked !== 'object' || asked === null) return one === asked;
        if ('in' in asked) return asked.in.includes(one);
        if ('prefix' in asked) return typeof one === 'string' && one.startsWith(asked.prefix);
        const { from = one, to = one } = asked;
        return typeOf(one) === typeOf(from) && typeOf(one) === typeOf(to) && place(from) <= place(one) && place(one) <= place(to);
      };
      await fc.assert(
        fc.asyncProperty(question, async ({ where, orderBy, descending, from, limit }) => {
          const sortValue = (one: Stored<Place>) => (orderBy === 'mixed' ? place(one.mixed ?? null) : orderBy === 'size' ? one.size : 0);
          const sorted = rows
            .filter((one) => !one.removed)
            .sort((a, b) => (descending ? -1 : 1) * (sortValue(a) - sortValue(b) || (a._id < b._id ? -1 : 1)));
          const last = sorted[from - 1];
          const expected = sorted
            .slice(from)
            .filter(
              (one) =>
                (where.mixed === undefined || meets(one.mixed ?? null, where.mixed)) &&
                (where.size === undefined || one.size === where.size),
            )
            .slice(0, limit);
          const after = last && { value: orderBy === '_id' ? last._id : (last[orderBy] ?? null), id: last._id };
          const found = await places.find({ where, orderBy: orderBy as 'mixed', descending, limit, ...(after && { after }) });
          expect(found.map(({ _id }) => _id)).toEqual(expected.map(({ _id }) => _id));
        }),
        { numRuns: 150 },
      );
    });

    it('gives back any row as JSON, whatever its keys are called', async () => {
      const text = fc.string({ unit: 'binary', maxLength: 5 });
      const key = fc.oneof(
        text,
        fc.constantFrom(
          '',
          '$set',
          '$',
          'a.b',
          '.',
          '%',
          '%24',
          '%%',
          '0',
          '10',
          '9',
          '__proto__',
          'constructor',
          '_bsontype',
          '\0',
          'id',
          '$ref',
          'toBSON',
        ),
      );
      const { tree } = fc.letrec((tie) => ({
        tree: fc.oneof(
          { maxDepth: 3 },
          fc.constant(null),
          fc.boolean(),
          fc.maxSafeInteger(),
          fc.double({ noNaN: true, noDefaultInfinity: true }),
          text,
          fc.array(tie('tree'), { maxLength: 3 }),
          fc.dictionary(key, tie('tree'), { maxKeys: 4 }),
        ),
      }));
      const odd = store.collection<{ told: unknown }>('odd');
      let position = 0;
      await fc.assert(
        fc.asyncProperty(fc.dictionary(key, tree, { maxKeys: 4 }), text, async (told, id) => {
          position += 1;
          const written = { _id: id, position: at(position), revision: 0, told, left: undefined } as Stored<{ told: unknown }>;
          await odd.write([written]);
          expect(canonicalJson((await odd.get(id)) as object)).toBe(canonicalJson(written));
        }),
        { numRuns: 200 },
      );
    });

    it('finds by a field of any name', async () => {
      const odd = store.collection<Record<string, string | number>>('odd', ['$a.b']);
      await odd.write([
        { _id: 'x', position: at(1), revision: 0, '$a.b': '2', 'a%': 'y' },
        { _id: 'y', position: at(1), revision: 0, '$a.b': '1' },
      ]);
      expect(await odd.find({ orderBy: '$a.b', limit: 5 })).toMatchObject([{ _id: 'y' }, { _id: 'x' }]);
      expect(await odd.find({ where: { '$a.b': '2', 'a%': 'y' }, limit: 5 })).toEqual([
        { _id: 'x', position: at(1), revision: 0, '$a.b': '2', 'a%': 'y' },
      ]);
    });

    it('finds a row by what it is now, not by what it was', async () => {
      await places.write([row('a', 1, { kind: 'x', size: 1 }), row('b', 1, { kind: 'x', size: 2 })]);
      const counts = async () => [await places.count({ kind: 'x' }), await places.count({ kind: 'y' }), await places.count()];
      expect(await counts()).toEqual([2, 0, 2]);
      await places.write([row('a', 2, { kind: 'y', size: 3 })]);
      expect(await ids({ where: { kind: 'x' } })).toEqual(['b']);
      expect(await ids({ orderBy: 'size' })).toEqual(['b', 'a']);
      expect(await counts()).toEqual([1, 1, 2]);
      await places.write([tombstone('b', 2)]);
      expect(await counts()).toEqual([0, 1, 1]);
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
          places = store.collection<Place>('places', indexes);
          await places.write(all.map((size, n) => row(`p${n}`, 1, { size, kind: 'k' })));
          const seen: string[] = [];
          for (let after: Find<Place>['after']; ;) {
            const page = await places.find({
              limit,
              orderBy: 'size',
              descending,
              ...(byKind && { where: { kind: 'k' } }),
              ...(after && { after }),
            });
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
      const third = { ...first, position: at(3) };
      expect(await store.saveCheckpoint('p', third, { ...second, version: 2 })).toBe(false);
      expect(await store.saveCheckpoint('p', third, { ...second, log: 'm' })).toBe(false);
      expect(await store.checkpoint('p')).toEqual(second);
    });

    it('lets one of many runners save the next checkpoint', async () => {
      const first = { log: 'l', position: at(1), version: 1 };
      await store.saveCheckpoint('p', first, undefined);
      const saved = await Promise.all(Array.from({ length: 20 }, () => store.saveCheckpoint('p', { ...first, position: at(2) }, first)));
      expect(saved.filter((isMine) => isMine)).toHaveLength(1);
    });

    it('keeps with a checkpoint where a row changed last, and the event before which it is paused, if there are any', async () => {
      const first = { log: 'l', position: at(1), version: 1 };
      const stoppedAt = { event: 'e', type: 'CoinAdded', stream: 'jar-a', revision: 3, position: at(4), reason: 'an unlucky coin' };
      const second = { ...first, position: at(3), changed: at(2), stoppedAt };
      await store.saveCheckpoint('p', first, undefined);
      expect(await store.checkpoint('p')).toEqual(first);
      await store.saveCheckpoint('p', second, first);
      expect(await store.checkpoint('p')).toEqual(second);
      await store.saveCheckpoint('p', { ...first, position: at(4) }, second);
      expect(await store.checkpoint('p')).toEqual({ ...first, position: at(4) });
    });

    it('gives all checkpoints by name, and none of a name without one', async () => {
      await places.write([row('a', 1)]);
      expect(await store.checkpoints()).toEqual(new Map());
      const [one, other] = [
        { log: 'l', position: at(1), version: 1 },
        { log: 'l', position: at(2), version: 3, changed: at(1) },
      ];
      await store.saveCheckpoint('places', one, undefined);
      await store.saveCheckpoint('other', other, undefined);
      expect(await store.checkpoints()).toEqual(
        new Map([
          ['places', one],
          ['other', other],
        ]),
      );
      await store.drop('other');
      expect(await store.checkpoints()).toEqual(new Map([['places', one]]));
    });

    it('says that rows can be read', async () => {
      await expect(store.probe()).resolves.toBeUndefined();
    });

    it('puts a collection and its checkpoint in the place of another, whose readers then read it', async () => {
      await places.write([row('old', 1)]);
      const beside = store.collection<Place>('places.beside', indexes);
      await beside.write([row('new', 2, { size: 1 })]);
      await store.saveCheckpoint('places.beside', { log: 'l', position: at(2), version: 2 }, undefined);
      expect(await store.replace('places', 'places.beside')).toBe(true);
      expect(await ids({ orderBy: 'size' })).toEqual(['new']);
      expect(await store.checkpoint('places')).toEqual({ log: 'l', position: at(2), version: 2 });
      expect(await store.checkpoint('places.beside')).toBeUndefined();
    });

    it('puts no rows in the place of such as have come further, unless they are paused at an event', async () => {
      await places.write([row('a', 3)]);
      await store.saveCheckpoint('places', { log: 'l', position: at(3), version: 1 }, undefined);
      const beside = store.collection<Place>('places.beside', indexes);
      await beside.write([row('b', 2)]);
      const behind = { log: 'l', position: at(2), version: 1 };
      await store.saveCheckpoint('places.beside', behind, undefined);
      expect(await store.replace('places', 'places.beside')).toBe(false);
      expect([await store.checkpoint('places'), await store.checkpoint('places.beside')]).toMatchObject([{ position: at(3) }, behind]);
      expect(await places.getMany(['a', 'b'])).toMatchObject([{ _id: 'a' }, undefined]);
      const stoppedAt = { event: 'e', type: 'T', stream: 's', revision: 0, position: at(3), reason: 'r' };
      expect(await store.saveCheckpoint('places.beside', { ...behind, stoppedAt }, behind)).toBe(true);
      expect(await store.replace('places', 'places.beside')).toBe(true);
      expect(await store.checkpoint('places')).toEqual({ ...behind, stoppedAt });
      expect(await places.getMany(['a', 'b'])).toMatchObject([undefined, { _id: 'b' }]);
    });

    it('refuses the checkpoint of a runner whose collection was replaced', async () => {
      const old = { log: 'l', position: at(2), version: 1 };
      await store.saveCheckpoint('places', old, undefined);
      store.collection<Place>('places.beside', indexes);
      const fresh = { ...old, version: 2, changed: at(1) };
      await store.saveCheckpoint('places.beside', fresh, undefined);
      await store.replace('places', 'places.beside');
      expect(await store.saveCheckpoint('places', { ...old, position: at(3) }, old)).toBe(false);
      expect(await store.checkpoint('places')).toEqual(fresh);
      expect(await store.saveCheckpoint('places', { ...fresh, position: at(3) }, fresh)).toBe(true);
    });

    it('opens the rows of a name for its runner, with the checkpoint, which goes on after a replacement where it opens again', async () => {
      const first = { log: 'l', position: at(1), version: 1 };
      const opened = await store.open<Place>('places', indexes);
      expect(opened.checkpoint).toBeUndefined();
      await opened.rows.write([row('a', 1)]);
      expect(await store.saveCheckpoint('places', first, undefined)).toBe(true);
      expect(await places.get('a')).toEqual(row('a', 1));
      const beside = await store.open<Place>('places.beside', indexes);
      await beside.rows.write([row('b', 1)]);
      await store.saveCheckpoint('places.beside', first, undefined);
      await store.replace('places', 'places.beside');
      const again = await store.open<Place>('places', indexes);
      expect(again.checkpoint).toEqual(first);
      expect(await again.rows.stored(['a', 'b'])).toEqual([undefined, row('b', 1)]);
      await again.rows.write([row('b', 2, { size: 2 })]);
      expect(await ids({ orderBy: 'size' })).toEqual(['b']);
      expect(await store.saveCheckpoint('places', { ...first, position: at(2) }, first)).toBe(true);
    });

    it('refuses to put in a place what has no checkpoint', async () => {
      store.collection<Place>('places.beside', indexes);
      await expect(store.replace('places', 'places.beside')).rejects.toThrow('places.beside');
    });
  });
}

/** What the leases of a store that several servers share promise. */
export function describeLeases(adapter: string, open: () => Promise<ViewStore & { readonly leases: Leases }>): void {
  describe(`the leases on ${adapter}`, () => {
    let store: ViewStore & { readonly leases: Leases };
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    it('lets one of many claims win, and tells everybody who holds what', async () => {
      const { leases } = store;
      const claims = await Promise.all(Array.from({ length: 20 }, (_, n) => leases.claim('calls', `owner-${n}`, undefined)));
      const won = claims.filter((claim) => claim !== undefined);
      expect(won).toHaveLength(1);
      expect(await leases.list()).toEqual(won);
      const other = await leases.claim('applications', 'owner-1', undefined);
      expect(await leases.list()).toEqual([other, ...won]);
    });

    it('grows by a heartbeat with each claim of its holder', async () => {
      const first = await store.leases.claim('calls', 'a', undefined);
      const second = await store.leases.claim('calls', 'a', first);
      expect(second).toEqual({ name: 'calls', owner: 'a', heartbeats: (first?.heartbeats ?? 0) + 1 });
      expect(await store.leases.list()).toEqual([second]);
    });

    it('is taken over by one of those who saw its last heartbeat, and by nobody who saw an older one', async () => {
      const { leases } = store;
      const first = await leases.claim('calls', 'a', undefined);
      const second = await leases.claim('calls', 'a', first);
      expect(await leases.claim('calls', 'b', first)).toBeUndefined();
      const claims = await Promise.all(Array.from({ length: 20 }, (_, n) => leases.claim('calls', `b${n}`, second)));
      const won = claims.filter((claim) => claim !== undefined);
      expect(won).toHaveLength(1);
      expect(await leases.claim('calls', 'a', second)).toBeUndefined();
      expect(await leases.list()).toEqual(won);
    });

    it('can be given back by its holder, and by nobody who held it before', async () => {
      const { leases } = store;
      const first = await leases.claim('calls', 'a', undefined);
      const taken = await leases.claim('calls', 'b', first);
      await leases.release(first as never);
      expect(await leases.list()).toEqual([taken]);
      await leases.release(taken as never);
      expect(await leases.list()).toEqual([]);
      expect(await leases.claim('calls', 'c', undefined)).toMatchObject({ owner: 'c' });
    });

    it('is not taken for an older one of the same holder, after it was given back and claimed again', async () => {
      const { leases } = store;
      const first = await leases.claim('calls', 'a', undefined);
      await leases.release(first as never);
      const again = await leases.claim('calls', 'a', undefined);
      expect(again).toBeDefined();
      expect(await leases.claim('calls', 'b', first)).toBeUndefined();
      expect(await leases.list()).toEqual([again]);
    });
  });
}

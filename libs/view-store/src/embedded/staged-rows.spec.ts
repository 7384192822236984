import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Stored } from '#kernel/projection';
import type { Condition, Find, Scalar, StoredRows } from '../view-store.js';
import { EmbeddedViewStore } from './embedded-view-store.js';
import { Cached } from './indexed-rows.js';
import { RowsOver } from './rows-over.js';
import { StagedRows } from './staged-rows.js';

type Row = Stored<{ size?: number; kind?: string }>;

const fields = ['size', 'kind'];
const ids = ['a', 'b', 'c', 'd', 'ä', '\uffee', '\u{1f600}'];
/** What a stage changes: each row once. */
const stage = fc.uniqueArray(
  fc.record({ id: fc.constantFrom(...ids), size: fc.nat({ max: 3 }), kind: fc.constantFrom('x', 'y', undefined), gone: fc.boolean() }),
  { selector: ({ id }) => id, maxLength: 4 },
);
const rowsOf = (changes: typeof stage extends fc.Arbitrary<infer Value> ? Value : never, position: number) =>
  changes.map(({ id, size, kind, gone }): Row => {
    const place = { _id: id, position: `${position}`.padStart(4, '0') };
    return gone ? ({ ...place, removed: true } as Row) : { ...place, revision: 0, size, ...(kind && { kind }) };
  });
const value = fc.constantFrom<Scalar>(0, 1, 2, 3, 'x', 'y', null);
const condition: fc.Arbitrary<Condition> = fc.oneof(
  value,
  fc.record({ in: fc.array(value, { maxLength: 3 }) }),
  fc.record({ from: value, to: value }, { requiredKeys: [] }),
  fc.constantFrom({ prefix: 'x' }, { prefix: '' }),
);
const where = fc.record({ size: condition, kind: condition, _id: fc.constantFrom(...ids) }, { requiredKeys: [] });
const question = fc.record(
  {
    where,
    orderBy: fc.constantFrom('size', 'kind'),
    descending: fc.boolean(),
    after: fc.record({ value, id: fc.constantFrom(...ids) }),
    limit: fc.integer({ min: 1, max: 8 }),
  },
  { requiredKeys: ['limit'] },
) as fc.Arbitrary<Find<object>>;

async function answersOf(rows: StoredRows<object>, questions: readonly Find<object>[]) {
  const answers: unknown[] = [await rows.count(), await rows.stored(ids), await rows.getMany(ids), await rows.page('b', 3)];
  answers.push(await rows.texts('b', 3));
  for (const { after, ...one } of questions) {
    const key = after && { ...after, value: one.orderBy === undefined ? after.id : after.value };
    answers.push(await rows.find({ ...one, ...(key && { after: key }) }), await rows.count(one.where));
  }
  return answers;
}

describe('rows that are folded in stages', () => {
  let folder: string;
  let staged: StagedRows;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'staged-'));
    staged = new StagedRows(fields, new Cached(1 << 20), folder);
  });
  afterEach(() => {
    staged.close();
    rmSync(folder, { recursive: true });
  });

  it('answer any question after each stage, and with more rows in memory over it, as those answer that were written so far and no further', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(stage, { maxLength: 6 }),
        stage,
        stage,
        fc.array(question, { maxLength: 6 }),
        async (stages, first, second, questions) => {
          const rows = new StagedRows(fields, new Cached(2_000));
          const plain = new EmbeddedViewStore();
          const [expected, over]: [unknown[], RowsOver[]] = [[], []];
          const written = plain.collection<object>('plain', fields);
          for (const [position, changes] of [[], ...stages].entries()) {
            await written.write(rowsOf(changes, position));
            if (position > 0) await rows.add(rowsOf(changes, position));
            expected.push(await answersOf(written, questions));
          }
          for (const [stagesBefore] of expected.entries()) {
            const store = new EmbeddedViewStore();
            const beside = store.collection<object>('beside', fields);
            for (const [position, changes] of stages.slice(0, stagesBefore).entries()) await beside.write(rowsOf(changes, position + 1));
            const above = new RowsOver(rows.after(stagesBefore), fields);
            over.push(above);
            for (const [later, changes] of [first, second].entries()) {
              const more = rowsOf(changes, stagesBefore + 1 + later);
              await Promise.all([beside.write(more), above.write(more)]);
            }
            expect(await answersOf(above, questions)).toEqual(await answersOf(beside, questions));
            expect(await answersOf(rows.after(stagesBefore), questions)).toEqual(expected[stagesBefore]);
            await store.close();
          }
          rows.close();
          await plain.close();
        },
      ),
      { numRuns: 150 },
    );
  });

  it('let others have their turn while a stage is added, and show nothing of it before it is', async () => {
    const many = Array.from({ length: 1_000 }, (_, n): Row => ({ _id: `r${n}`, position: '0', revision: 0, size: 1 }));
    const before = staged.after(0);
    let [turns, isAdded] = [0, false];
    const turn = async () => {
      if (isAdded) return;
      turns += 1;
      expect([await before.count(), await before.count({ size: 1 } as object), await before.get('r0')]).toEqual([0, 0, undefined]);
      setImmediate(() => void turn());
    };
    setImmediate(() => void turn());
    await staged.add(many);
    isAdded = true;
    expect(turns).toBeGreaterThanOrEqual(4);
    expect(await staged.after(1).count({ size: 1 } as object)).toBe(1_000);
  });

  it('have a file without a name, and are no more read once it is closed', async () => {
    await staged.add([{ _id: 'a', position: '1', revision: 0 }]);
    const rows = staged.after(1);
    expect([await rows.count(), readdirSync(folder)]).toEqual([1, []]);
    staged.close();
    await expect(rows.count()).rejects.toMatchObject({ code: 'views-unavailable' });
    await expect(staged.add([{ _id: 'b', position: '1', revision: 0 }])).rejects.toThrow();
  });
});

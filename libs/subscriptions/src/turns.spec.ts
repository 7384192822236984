import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Turns } from './turns.js';

const turn = () => new Promise(setImmediate);

/** How many had gone on at the end of each turn of the event loop, until all have. */
async function goneOn(done: () => number, all: number): Promise<readonly number[]> {
  const counts: number[] = [];
  while (done() < all) {
    await turn();
    counts.push(done());
  }
  return counts;
}

describe('turns', () => {
  it('let a few go on in a turn of the event loop', async () => {
    const turns = new Turns({ most: 4, milliseconds: Infinity });
    let done = 0;
    for (let n = 0; n < 10; n++) turns.take(() => (done += 1));
    expect(await goneOn(() => done, 10)).toEqual([4, 8, 10]);
  });

  it('let none go on that would begin later than the time there is, and always one', async () => {
    let now = 0;
    const turns = new Turns({ most: 100, milliseconds: 3 }, () => now);
    const [order, took]: [number[], readonly number[]] = [[], [1, 1, 5, 10, 2, 1, 1]];
    const work = async (index: number) => {
      await turns.turn();
      order.push(index);
      // What is done at once afterwards counts, too.
      await Promise.resolve();
      now += took[index] as number;
    };
    for (const index of took.keys()) void work(index);
    expect(await goneOn(() => order.length, took.length)).toEqual([3, 4, 6, 7]);
  });

  it('go round the sources: who waits alone waits for one of each of the others', async () => {
    const turns = new Turns({ most: 1, milliseconds: Infinity });
    const order: string[] = [];
    for (let n = 0; n < 100; n++) turns.take(() => order.push('many'), 'many');
    turns.take(() => order.push('few'), 'few');
    await goneOn(() => order.length, 101);
    expect(order.indexOf('few')).toBe(1);
  });

  it('are waited for only where many of one source come at once', async () => {
    const turns = new Turns({ most: 3, milliseconds: Infinity });
    const begun: Record<string, number> = { many: 0, few: 0 };
    const begin = async (source: string) => {
      await turns.turnOfMany(source);
      begun[source] = (begun[source] ?? 0) + 1;
    };
    const all = Array.from({ length: 10 }, () => begin('many'));
    const one = begin('few');
    await one;
    expect(begun).toEqual({ many: 4, few: 1 });
    expect(await goneOn(() => begun['many'] as number, 10)).toEqual([7, 10]);
    await Promise.all(all);
    expect(turns.turnOfMany('many')).toBeUndefined();
  });

  it('lose nobody, and keep the order of each source, whoever comes while others go on', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ source: fc.constantFrom('a', 'b', 'c'), again: fc.boolean(), pause: fc.boolean() }), { maxLength: 40 }),
        fc.integer({ min: 1, max: 5 }),
        async (all, most) => {
          const turns = new Turns({ most, milliseconds: Infinity });
          const done: Record<string, number[]> = { a: [], b: [], c: [] };
          const expected: Record<string, number[]> = { a: [], b: [], c: [] };
          let left = 0;
          const take = (source: string, goOn: () => void = () => undefined) => {
            const number = (expected[source] as number[]).push((expected[source] as number[]).length);
            left += 1;
            turns.take(() => {
              (done[source] as number[]).push(number - 1);
              left -= 1;
              goOn();
            }, source);
          };
          for (const { source, again, pause } of all) {
            take(source, again ? () => take(source) : undefined);
            if (pause) await turn();
          }
          while (left > 0) await turn();
          expect(done).toEqual(expected);
        },
      ),
    );
  });
});

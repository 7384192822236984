import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Agenda, type Timed } from './agenda.js';

describe('an agenda', () => {
  it('gives what is wanted in the order of its time, whatever was added and dropped meanwhile, as a sorted list does', () => {
    const step = fc.oneof(
      fc.record({ add: fc.integer({ min: 0, max: 50 }) }),
      fc.record({ drop: fc.nat() }),
      fc.record({ take: fc.integer({ min: 0, max: 50 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
        const wanted = new Set<Timed>();
        const agenda = new Agenda<Timed>((item) => wanted.has(item));
        for (const one of steps) {
          if ('add' in one) {
            const item = { next: one.add };
            wanted.add(item);
            agenda.add(item);
          } else if ('drop' in one) wanted.delete([...wanted][one.drop % Math.max(1, wanted.size)] as Timed);
          else {
            const due = [...wanted].filter(({ next }) => next <= one.take);
            const taken = agenda.take(one.take);
            expect(taken.map(({ next }) => next)).toEqual(due.map(({ next }) => next).sort((a, b) => a - b));
            expect(new Set(taken)).toEqual(new Set(due));
            for (const item of taken) wanted.delete(item);
          }
          expect(agenda.next).toBe(Math.min(...[...wanted].map(({ next }) => next)));
        }
      }),
    );
  });

  it('looks at a few of the items when it is asked for the next, not at all of them', () => {
    let asked = 0;
    const agenda = new Agenda<Timed>(() => ((asked += 1), true));
    for (let next = 0; next < 10_000; next++) agenda.add({ next });
    asked = 0;
    expect(agenda.next).toBe(0);
    expect(agenda.take(9)).toHaveLength(10);
    expect(asked).toBeLessThan(20);
  });

  it('keeps of what is not wanted any more no more than of the rest', () => {
    let isWanted = false;
    let asked = 0;
    const agenda = new Agenda<Timed>(() => ((asked += 1), isWanted));
    for (let next = 0; next < 10_000; next++) agenda.add({ next });
    [isWanted, asked] = [true, 0];
    expect(agenda.take(Number.MAX_SAFE_INTEGER).length).toBeLessThanOrEqual(64);
    expect(asked).toBeLessThanOrEqual(64);
  });
});

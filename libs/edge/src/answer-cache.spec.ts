import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AnswerCache, stretchOf, type CachedAnswer } from './answer-cache.js';

const answer = (bytes: number): CachedAnswer => ({
  body: Buffer.alloc(bytes),
  costs: { variables: 0, operation: 1 },
  operation: {},
  succeeds: '',
  reads: [],
});
const opened = (mostBytes: number, state: { changes: number | undefined; at: number }) =>
  new AnswerCache({ mostBytes, changeCount: () => state.changes, clock: { now: () => state.at } });

describe('answers that are kept', () => {
  it('take so many bytes at most, whatever is kept', () => {
    const mostBytes = 100_000;
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ maxLength: 5_000 }), fc.integer({ min: 0, max: 20_000 }))), (all) => {
        const standing = opened(mostBytes, { changes: 0, at: 0 }).now();
        let most = 0;
        for (const [key, bytes] of all) {
          standing?.keep(key, answer(bytes));
          most = Math.max(most, standing?.bytes ?? 0);
        }
        expect(most).toBeLessThanOrEqual(mostBytes);
      }),
    );
  });

  it('are not those that would take a large part of the place', () => {
    const standing = opened(160_000, { changes: 0, at: 0 }).now();
    standing?.keep('small', answer(9_000));
    standing?.keep('large', answer(10_000));
    expect([standing?.find('small') !== undefined, standing?.find('large')]).toEqual([true, undefined]);
  });

  it('are gone once anything has changed, or an instant has come that a fact could begin or end at', () => {
    const state = { changes: 0, at: 10_001 };
    const cache = opened(100_000, state);
    const isKept = (after: Partial<typeof state>) => {
      Object.assign(state, { changes: 0, at: 10_001 });
      cache.now()?.keep('key', answer(1));
      Object.assign(state, after);
      return cache.now()?.find('key') !== undefined;
    };
    expect([{}, { at: 10_998 }, { changes: 1 }, { at: 10_000 }, { at: 10_999 }, { at: 11_000 }, { at: 12_500 }].map(isKept)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  it('are none where others change what they are made of, nor where no place is given to them', () => {
    expect(opened(100_000, { changes: undefined, at: 0 }).now()).toBeUndefined();
    expect(opened(0, { changes: 0, at: 0 }).now()).toBeUndefined();
  });
});

describe('a stretch of time', () => {
  it('holds no whole second and no last millisecond of one beside another instant', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: 1, max: 2_000 }), (at, ms) => {
        if (stretchOf(at) !== stretchOf(at + ms)) return;
        for (let one = at; one <= at + ms; one++) expect([0, 999]).not.toContain(one % 1_000);
      }),
    );
  });
});

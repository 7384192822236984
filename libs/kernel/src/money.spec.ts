import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cents, partsOf, shareOf } from './money.js';

const amount = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const share = fc.integer({ min: 0, max: 10_000 });

describe('money', () => {
  it('takes 70 % of 100.01 euros for 70.00: rounded down to the cent', () => {
    expect(shareOf(10_001, 7_000)).toBe(7_000);
  });

  it('gives the greatest whole number of cents that is not more than the share, however large the amount', () => {
    fc.assert(
      fc.property(amount, share, (of, at) => {
        const result = BigInt(shareOf(of, at));
        expect(result * 10_000n <= BigInt(of) * BigInt(at)).toBe(true);
        expect((result + 1n) * 10_000n > BigInt(of) * BigInt(at)).toBe(true);
      }),
    );
  });

  it('never makes a share and its rest more than the whole, nor less by two cents', () => {
    fc.assert(
      fc.property(amount, share, (of, at) => {
        const parts = BigInt(shareOf(of, at)) + BigInt(shareOf(of, 10_000 - at));
        expect(parts <= BigInt(of) && parts >= BigInt(of) - 1n).toBe(true);
      }),
    );
  });

  it.each([[0.1], [Number.NaN], [2 ** 60]])('knows no %p cents', (amountOf) => {
    expect(() => cents(amountOf)).toThrow(RangeError);
  });

  it.each([[-1], [10_001], [0.5]])('knows no share of %p basis points', (at) => {
    expect(() => shareOf(100, at)).toThrow(RangeError);
  });
});

describe('parts of an amount', () => {
  it('add up to it, and none but the last is more than its share or less by a cent', () => {
    const weights = fc
      .array(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 20 })
      .filter((some) => some.some((one) => one > 0));
    fc.assert(
      fc.property(amount, weights, (total, by) => {
        const parts = partsOf(total, by);
        const sum = BigInt(by.reduce((all, weight) => all + weight, 0));
        expect(parts.reduce((all, part) => all + BigInt(part), 0n)).toBe(BigInt(total));
        for (const [index, part] of parts.slice(0, -1).entries()) {
          const exact = BigInt(total) * BigInt(by[index] as number);
          expect(BigInt(part) * sum <= exact && (BigInt(part) + 1n) * sum > exact).toBe(true);
        }
      }),
    );
  });

  it.each([[[]], [[0, 0]], [[2, -1]]])('have weights, and %p are none', (weights) => {
    expect(() => partsOf(100, weights)).toThrow(RangeError);
  });
});

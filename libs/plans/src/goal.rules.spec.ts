import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { progressOf } from './goal.rules.js';

describe('the progress towards a goal', () => {
  it('goes from the baseline to the target, also where less is aimed at', () => {
    expect(progressOf({ baseline: 400, target: 900 }, 650)).toBe(0.5);
    expect(progressOf({ baseline: 40, target: 20 }, 30)).toBe(0.5);
    expect(progressOf({ baseline: 400, target: 900 }, 1_150)).toBe(1.5);
    expect(progressOf({ baseline: 400, target: 900 }, 300)).toBe(-0.2);
  });

  it('is not known without a baseline or a value, nor where there is no way to go', () => {
    expect(progressOf({ target: 900 }, 650)).toBeUndefined();
    expect(progressOf({ baseline: 400, target: 900 }, undefined)).toBeUndefined();
    expect(progressOf({ baseline: 900, target: 900 }, 900)).toBeUndefined();
  });

  it('is nought at the baseline and one at the target, wherever they are', () => {
    const number = fc.integer({ min: -1_000_000, max: 1_000_000 });
    fc.assert(
      fc.property(number, number, (baseline, target) => {
        fc.pre(baseline !== target);
        expect(Math.abs(progressOf({ baseline, target }, baseline) as number)).toBe(0);
        expect(progressOf({ baseline, target }, target)).toBe(1);
      }),
    );
  });
});

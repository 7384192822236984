import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isSmall } from '#kernel/small-cells';
import type { Timeline } from '#kernel/timeline';
import { cellKey, hiddenCells, type Reported } from './indicator.rules.js';

const about = { indicator: 'guided', version: 1, period: { from: '2025-01-01', to: '2025-06-30' }, basis: 'counted' } as const;
const cell = (more: Partial<Reported>, ...values: readonly (number | undefined)[]): readonly [string, Timeline<Reported>] => {
  const reports = values.map((value) => ({ ...about, ...more, ...(value !== undefined && { value }) }));
  const at = (day: number) => ({ effectiveAt: `2025-07-0${day + 1}`, recordedAt: `2025-07-0${day + 1}T00:00:00.000Z` });
  return [cellKey({ ...about, ...more }), reports.map((value, day) => ({ ...at(day), value }))];
};

describe('what of indicators is not shown to everyone', () => {
  it('is a small count, and the next smallest beside one that is alone', () => {
    const [north, south, west] = [cell({ municipality: '148' }, 3), cell({ municipality: '047' }, 9), cell({ municipality: '698' }, 90)];
    expect(hiddenCells([cell({}, 102), north, south, west])).toEqual(new Set([north[0], south[0]]));
  });

  it('is not nought, nor what is missing', () => {
    expect(hiddenCells([cell({ municipality: '148' }, 0), cell({ municipality: '047' }, undefined)])).toEqual(new Set());
  });

  it('is a count that was small before it was corrected', () => {
    const corrected = cell({}, 4, 40);
    expect(hiddenCells([corrected])).toEqual(new Set([corrected[0]]));
  });

  it('is a breakdown by two things as a whole, where one of its cells is small', () => {
    const cells = [cell({ municipality: '148', form: 'near' }, 2), cell({ municipality: '148', form: 'remote' }, 70)];
    expect(hiddenCells(cells).size).toBe(2);
  });

  it('never leaves one count alone that the others and their sum would tell', () => {
    const counts = fc.array(fc.nat(12), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(counts, (values) => {
        const cells = values.map((value, index) => cell({ municipality: String(index).padStart(3, '0') }, value));
        const hidden = hiddenCells(cells);
        expect(values.every((value, index) => !isSmall(value) || hidden.has(cells[index]?.[0] ?? ''))).toBe(true);
        if (hidden.size === 1) expect(values.filter((value) => value > 0)).toHaveLength(1);
      }),
    );
  });
});

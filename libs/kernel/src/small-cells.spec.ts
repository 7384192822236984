import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isSmall, withoutSmallCells } from './small-cells.js';

const counts = fc.array(fc.option(fc.integer({ min: 0, max: 12 }), { nil: undefined }), { maxLength: 8 });

describe('small cells', () => {
  it('are suppressed, and nought and what is missing are told apart', () => {
    expect(withoutSmallCells([0, undefined, 3, 4, 5])).toEqual([
      { value: 0, isSuppressed: false },
      { isSuppressed: false },
      { isSuppressed: true },
      { isSuppressed: true },
      { value: 5, isSuppressed: false },
    ]);
  });

  it('take the next smallest with them where one alone is small', () => {
    expect(withoutSmallCells([40, 3, 7]).map(({ value }) => value)).toEqual([40, undefined, undefined]);
  });

  it('are shown never, and cannot be told from the total of them all and the rest', () => {
    fc.assert(
      fc.property(counts, (all) => {
        const shown = withoutSmallCells(all);
        const hidden = all.filter((_, index) => shown[index]?.isSuppressed);
        expect(all.filter((count, index) => isSmall(count) && !shown[index]?.isSuppressed)).toEqual([]);
        const others = all.filter((count) => count !== undefined && count > 0 && !isSmall(count));
        if (hidden.length === 1) expect(others).toEqual([]);
        for (const [index, { value }] of shown.entries()) if (value !== undefined) expect(value).toBe(all[index]);
      }),
    );
  });
});

import { describe, expect, it } from '@jest/globals';
import type { Stored } from '#kernel/projection';
import { rowsAfter } from '#kernel/projection.testing';
import { appropriationAt } from './appropriation.types.js';
import { appropriations, type AppropriationRow } from './appropriations.projection.js';

describe('the view of appropriations', () => {
  it('answers the amount of the day, and none before it was reserved', () => {
    const row = rowsAfter(appropriations, 'allocation-c', [
      { type: 'AppropriationSet', data: { amount: 240_000_000, year: 2019 }, effectiveAt: '2019-11-11' },
      { type: 'AppropriationAdjusted', data: { amount: 250_000_000, reason: 'r' }, effectiveAt: '2019-12-01' },
    ])['c'] as Stored<AppropriationRow>;
    expect(appropriationAt(row, { asOf: '2019-11-10T21:59:59.999Z' })).toBeUndefined();
    expect(appropriationAt(row, { asOf: '2019-11-20T00:00:00.000Z' })).toMatchObject({
      amount: 240_000_000,
      year: 2019,
      revision: { revision: 1 },
    });
    expect(appropriationAt(row, { asOf: '2020-01-01T00:00:00.000Z' })?.amount).toBe(250_000_000);
    expect(row.amounts.map(({ value }) => value)).toEqual([{ amount: 240_000_000 }, { amount: 250_000_000, reason: 'r' }]);
  });
});

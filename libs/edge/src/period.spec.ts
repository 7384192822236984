import { describe, expect, it } from '@jest/globals';
import { stepsOf } from './period.js';

describe('the steps of a period', () => {
  it('are the ends of its months in Helsinki, and its own end', () => {
    expect(stepsOf({ from: '2025-02-10', to: '2025-04-15' })).toEqual([
      '2025-02-28T21:59:59.999Z',
      '2025-03-31T20:59:59.999Z',
      '2025-04-15T20:59:59.999Z',
    ]);
    expect(stepsOf({ from: '2025-01-01', to: '2025-12-31' })).toHaveLength(12);
  });

  it('are the ends of years where it is long', () => {
    expect(stepsOf({ from: '2018-04-05', to: '2021-06-30' })).toEqual([
      '2018-12-31T21:59:59.999Z',
      '2019-12-31T21:59:59.999Z',
      '2020-12-31T21:59:59.999Z',
      '2021-06-30T20:59:59.999Z',
    ]);
  });

  it.each([
    { from: '2025-02-01', to: '2025-01-31' },
    { from: '1900-01-01', to: '2025-01-31' },
  ])('are none of a period that cannot be asked for, %j', (period) => {
    expect(() => stepsOf(period)).toThrow('period-impossible');
  });
});

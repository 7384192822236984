import { describe, expect, it } from '@jest/globals';
import { specOf } from '#kernel/decider.testing';
import { rowsAfter } from '#kernel/projection.testing';
import { valueAt } from '#kernel/timeline';
import { terms } from './terms.decider.js';
import { termOn, valueOn } from './terms.facts.js';
import { termsInForce, type TermsInForceRow } from './terms-in-force.projection.js';

const { given } = specOf(terms);
const rate = { rate: 450, from: '2024-01-01', publishedIn: 'Kuvitteellinen tiedote' };
const days = { term: 'appeal-days', value: 30, from: '2024-01-01', publishedIn: 'Kuvitteellinen laki' } as const;
const published = { type: 'InterestRatePublished', data: rate, effectiveAt: '2024-01-01' } as const;
const set = { type: 'TermSet', data: days, effectiveAt: '2024-01-01' } as const;

describe('the terms that decisions go by', () => {
  it('are set from a day on, once for the same day and value', () => {
    given()
      .when('PublishInterestRate', { terms: 't', ...rate })
      .then([published]);
    given(published)
      .when('PublishInterestRate', { terms: 't', ...rate })
      .thenNothing();
    given(published)
      .when('PublishInterestRate', { terms: 't', ...rate, rate: 400 })
      .then([{ ...published, data: { ...rate, rate: 400 } }]);
    given()
      .when('SetTerm', { terms: 't', ...days })
      .then([set]);
    given(set)
      .when('SetTerm', { terms: 't', ...days })
      .thenNothing();
    given(set)
      .when('SetTerm', { terms: 't', ...days, from: '2025-01-01' })
      .then([{ type: 'TermSet', data: { ...days, from: '2025-01-01' }, effectiveAt: '2025-01-01' }]);
  });

  it('hold from their day until the next, and a later entry for the day in the place of an earlier one', () => {
    const table = [
      { from: '2024-07-01', value: 3 },
      { from: '2024-01-01', value: 1 },
      { from: '2024-01-01', value: 2 },
    ];
    expect(['2023-12-31', '2024-01-01', '2024-06-30', '2024-07-01'].map((day) => valueOn(table, day))).toEqual([undefined, 2, 2, 3]);
    expect(termOn({ rates: [], terms: { 'appeal-days': table } }, 'appeal-days', '2024-02-01')).toBe(2);
    expect(termOn({ rates: [], terms: {} }, 'appeal-days', '2024-02-01')).toBeUndefined();
  });

  it('are answered as they hold on a day', () => {
    const row = rowsAfter(termsInForce, 'terms-t', [
      published,
      { type: 'InterestRatePublished', data: { ...rate, rate: 350, from: '2025-01-01' }, effectiveAt: '2025-01-01' },
      set,
    ])['t'] as TermsInForceRow;
    expect(valueAt(row.rates, '2024-12-31T21:59:59.999Z')?.value).toBe(450);
    expect(valueAt(row.rates, '2024-12-31T22:00:00.000Z')?.value).toBe(350);
    expect(row.terms['appeal-days']).toMatchObject([{ effectiveAt: '2024-01-01', value: { value: 30 } }]);
  });
});

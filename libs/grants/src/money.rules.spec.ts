import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { partsOf, shareOf } from '#kernel/money';
import { dayWithoutRate, interestOn, settlement, type InterestTables } from './money.rules.js';

interface Cases {
  readonly rates: readonly (readonly [string, number])[];
  readonly share: readonly { shareBp: number; costs: number; grantAtMost: number }[];
  readonly instalments: readonly { total: number; weights: number[]; parts: number[] }[];
  readonly settlement: readonly ({ granted: number; shareBp: number; paid: number; repaid: number } & Record<
    'acceptedCosts' | 'income' | 'otherFunding' | 'payable' | 'stillToPay' | 'toRecover' | 'unused',
    number
  >)[];
  readonly interest: readonly ({ principal: number; additionBp: number; paidOn: string; repaidOn: string } & Record<
    'days' | 'interest',
    number
  >)[];
}

/** Values that were computed with fractions, apart from this code. */
const cases = JSON.parse(readFileSync(join(import.meta.dirname, 'money-cases.json'), 'utf8')) as Cases;
const tables = (addition: number): InterestTables => ({
  rates: cases.rates.map(([from, rate]) => ({ from, value: rate })),
  additions: [{ from: '2000-01-01', value: addition }],
});

describe('the rules of money', () => {
  it.each(cases.share)('give $grantAtMost cents as the share of $shareBp basis points of $costs', ({ shareBp, costs, grantAtMost }) => {
    expect(shareOf(costs, shareBp)).toBe(grantAtMost);
  });

  it.each(cases.instalments)('pay $total by the weights $weights in parts of $parts', ({ total, weights, parts }) => {
    expect(partsOf(total, weights)).toEqual(parts);
  });

  it.each(cases.settlement)(
    'settle a grant of $granted for costs of $acceptedCosts at $payable',
    ({ granted, shareBp, acceptedCosts, income, otherFunding, paid, repaid, ...comesTo }) => {
      const terms = { granted, share: shareBp, shareOf: 'eligible-costs' } as const;
      expect(settlement(terms, { acceptedCosts, income, otherFunding }, { paid, repaid })).toEqual(comesTo);
    },
  );

  it.each(cases.interest)(
    'charge $interest cents for $days days of $principal from $paidOn to $repaidOn',
    ({ principal, additionBp, paidOn, repaidOn, days, interest }) => {
      // A cent a day.
      const daily = { rates: tables(0).rates.map(({ from }) => ({ from, value: 0 })), additions: tables(10_000).additions };
      expect(interestOn([{ amount: 365, paidOn, repaidOn }], daily)).toBe(days);
      expect(interestOn([{ amount: principal, paidOn, repaidOn }], tables(additionBp))).toBe(interest);
    },
  );
});

const euros = fc.integer({ min: 0, max: 100_000_000_00 });

describe('the settlement of a grant', () => {
  const grant = fc.record({
    granted: euros,
    share: fc.integer({ min: 0, max: 10_000 }),
    shareOf: fc.constantFrom('eligible-costs' as const, 'eligible-costs-less-income' as const),
  });
  const costs = fc.record({ acceptedCosts: euros, income: euros, otherFunding: euros });

  it('is under each of the three ceilings and reaches one of them, and what is paid, to pay and to recover meet it', () => {
    fc.assert(
      fc.property(grant, costs, euros, euros, (terms, said, paid, repaid) => {
        const { payable, stillToPay, toRecover, unused } = settlement(terms, said, { paid, repaid });
        const base = terms.shareOf === 'eligible-costs' ? said.acceptedCosts : Math.max(0, said.acceptedCosts - said.income);
        const uncovered = Math.max(0, said.acceptedCosts - said.income - said.otherFunding);
        expect(payable).toBe(Math.min(terms.granted, shareOf(base, terms.share), uncovered));
        expect(paid - repaid + stillToPay - toRecover).toBe(payable);
        expect(Math.min(stillToPay, toRecover)).toBe(0);
        expect(payable + unused).toBe(terms.granted);
      }),
    );
  });

  it('takes the share of what income does not cover, where the call says so', () => {
    const terms = { granted: 1_000_000, share: 7_000 } as const;
    const said = { acceptedCosts: 1_000_000, income: 100_001, otherFunding: 0 };
    expect(settlement({ ...terms, shareOf: 'eligible-costs' }, said, { paid: 0, repaid: 0 }).payable).toBe(700_000);
    expect(settlement({ ...terms, shareOf: 'eligible-costs-less-income' }, said, { paid: 0, repaid: 0 }).payable).toBe(629_999);
  });
});

describe('interest', () => {
  const day = fc.integer({ min: 0, max: 1_400 }).map((days) => Temporal.PlainDate.from('2023-07-01').add({ days }).toString());

  it('is the same counted day by day and from one change of a rate to the next', () => {
    const dated = fc.array(fc.record({ from: day, value: fc.integer({ min: 0, max: 2_000 }) }), { maxLength: 6 });
    const first = { from: '2023-07-01', value: 100 };
    fc.assert(
      fc.property(euros, day, day, dated, dated, (amount, paidOn, repaidOn, rates, additions) => {
        const by = { rates: [first, ...rates], additions: [first, ...additions] };
        const on = (table: InterestTables['rates'], of: string) =>
          table.filter(({ from }) => from <= of).reduce((latest, entry) => (entry.from >= latest.from ? entry : latest)).value;
        let parts = 0n;
        for (let one = Temporal.PlainDate.from(paidOn).add({ days: 1 }); one.toString() <= repaidOn; one = one.add({ days: 1 }))
          parts += BigInt(amount) * BigInt(on(by.rates, one.toString()) + on(by.additions, one.toString()));
        expect(interestOn([{ amount, paidOn, repaidOn }], by)).toBe(Number(parts / 3_650_000n));
      }),
    );
  });

  it('of several payments is rounded down once, not once for each', () => {
    const one = { amount: 100, paidOn: '2024-01-01', repaidOn: '2024-02-10' };
    expect(interestOn([one], tables(300))).toBe(0);
    expect(interestOn([one, one], tables(300))).toBe(1);
  });

  it('cannot be counted for a day without a rate', () => {
    const before = { amount: 100, paidOn: '2023-06-29', repaidOn: '2023-07-02' };
    expect(dayWithoutRate(tables(0), before)).toBe('2023-06-30');
    expect(() => interestOn([before], tables(0))).toThrow(RangeError);
    expect(dayWithoutRate(tables(0), { ...before, repaidOn: before.paidOn })).toBeUndefined();
    expect(dayWithoutRate(tables(0), { ...before, paidOn: '2023-06-30' })).toBeUndefined();
  });
});

import type { ShareBase } from '#calls/call.events';
import { shareBase } from '#calls/call.facts';
import { daysAfter, type Day } from '#kernel/helsinki-time';
import { cents, shareOf, type BasisPoints, type Cents } from '#kernel/money';
import { valueOn, type DatedValues } from '#terms/terms.facts';

/** What the state pays a share of. */
export interface Costs {
  readonly acceptedCosts: Cents;
  readonly income: Cents;
  readonly otherFunding: Cents;
}

/** What the ceilings of a grant are made of. */
export interface Terms {
  readonly granted: Cents;
  readonly share: BasisPoints;
  readonly shareOf: ShareBase;
}

export interface Settlement {
  /** What the grant comes to in the end. */
  readonly payable: Cents;
  readonly stillToPay: Cents;
  readonly toRecover: Cents;
  /** What of the decision returns to the appropriation. */
  readonly unused: Cents;
}

/** The grant is a ceiling three times: the decision, its share of the base, and what income and other funding leave uncovered. */
export function settlement(terms: Terms, costs: Costs, { paid, repaid }: { readonly paid: Cents; readonly repaid: Cents }): Settlement {
  const byShare = shareOf(shareBase(terms, costs.acceptedCosts, costs.income), terms.share);
  // Both of the others are safe integers, but their sum need not be one.
  const uncovered = BigInt(costs.acceptedCosts) - BigInt(costs.income) - BigInt(costs.otherFunding);
  const payable = uncovered < 0n ? 0 : Math.min(terms.granted, byShare, cents(uncovered));
  const received = paid - repaid;
  return {
    payable,
    stillToPay: Math.max(0, payable - received),
    toRecover: Math.max(0, received - payable),
    unused: terms.granted - payable,
  };
}

/** The rates by which interest is counted, in basis points: each day has a rate and an addition to it. */
export interface InterestTables {
  readonly rates: DatedValues;
  readonly additions: DatedValues;
}

/** A sum that was paid on one day and came back on another. */
export interface Principal {
  readonly amount: Cents;
  readonly paidOn: Day;
  readonly repaidOn: Day;
}

/** Whole cents of interest are this many of its parts: basis points of a year of 365 days. */
const partsOfCent = 10_000n * 365n;

/** The first day for which a table has no rate; undefined where it has one for each day from then on. */
export function dayWithoutRate({ rates, additions }: InterestTables, { paidOn, repaidOn }: Principal): Day | undefined {
  const first = daysAfter(paidOn, 1);
  return first <= repaidOn && [rates, additions].some((table) => valueOn(table, first) === undefined) ? first : undefined;
}

/**
 * Interest on all of the principals: actual days over 365, each day at the rate and the addition that hold on it.
 * The sum is exact, and rounded down to the cent once. Throws RangeError where a day has no rate.
 */
export function interestOn(principals: readonly Principal[], tables: InterestTables): Cents {
  const parts = principals.reduce((sum, principal) => sum + BigInt(principal.amount) * basisPointDays(principal, tables), 0n);
  return cents(parts / partsOfCent);
}

/** The rates of all days that bear interest, added up: from one change of a rate to the next at a time. */
function basisPointDays({ paidOn, repaidOn }: Principal, { rates, additions }: InterestTables): bigint {
  let sum = 0n;
  for (let from = daysAfter(paidOn, 1); from <= repaidOn;) {
    const [rate, addition] = [valueOn(rates, from), valueOn(additions, from)];
    if (rate === undefined || addition === undefined) throw new RangeError(`no rate of interest for ${from}`);
    const change = [...rates, ...additions].map((entry) => entry.from).filter((day) => day > from && day <= repaidOn);
    const until = change.length > 0 ? (change.sort()[0] as Day) : daysAfter(repaidOn, 1);
    sum += BigInt(rate + addition) * BigInt(daysBetween(from, until));
    from = until;
  }
  return sum;
}

function daysBetween(from: Day, to: Day): number {
  return Temporal.PlainDate.from(from).until(to, { largestUnit: 'days' }).days;
}

import type { ShareBase } from '#calls/call.events';
import { shareBase } from '#calls/call.facts';
import { cents, shareOf, type BasisPoints, type Cents } from '#kernel/money';

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

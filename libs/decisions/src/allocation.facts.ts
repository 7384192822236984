import type { ShareBase } from '#calls/call.events';
import type { DecisionOutcome } from '#applications/application.events';
import { contentHash } from '#kernel/content-hash';
import type { CommandsOf, Fold } from '#kernel/decider';
import { datedBy } from '#kernel/envelope';
import type { EventData } from '#kernel/event-schema';
import type { Instant } from '#kernel/helsinki-time';
import type { BasisPoints, Cents } from '#kernel/money';
import type { RegionCode } from '#kernel/region';
import { valueAt, withEntry, type Timeline } from '#kernel/timeline';
import { firstInstant } from '#kernel/when';
import { entry, omit } from '#kernel/keyed';
import { allocationEvents, type CorrectionGround, type PlannedInstalment } from './allocation.events.js';

/** By which a process gives money back to the appropriation. */
export type ReturnCommands = Pick<CommandsOf<typeof import('./allocation.commands.js')>, 'ReduceGrant' | 'ReleaseGrant'>;

/** A decision as it stands. */
export interface Decision {
  readonly applicant: string;
  readonly region: RegionCode;
  readonly outcome: DecisionOutcome;
  /** What was granted, with corrections; 0 where nothing was. It never falls: what falls is `returned`. */
  readonly decided: Cents;
  /** What of it was reduced or released since. */
  readonly returned: Cents;
  readonly share: BasisPoints;
  readonly shareOf: ShareBase;
  readonly periodOfUse?: { readonly from: string; readonly to: string };
  readonly paymentPlan: readonly PlannedInstalment[];
  readonly presenter: string;
  readonly corrections: readonly CorrectionGround[];
  /** The hash of what the last correction said, but for who decided it and what followed of it. */
  readonly corrected?: string;
  /** Whether money of it was released: then its amount is corrected no more. */
  readonly isReleased: boolean;
  readonly dissent?: string;
}

/** What of a decision may follow of what else is corrected. */
export const followed = ['share', 'shareOf', 'periodOfUse', 'paymentPlan'] as const satisfies (keyof Decision)[];

/** The money of a call: what is reserved, and what is decided on it. */
export interface AllocationFacts {
  /** The amounts reserved through time; none before the first. */
  readonly amounts: Timeline<Cents>;
  readonly decisions: Readonly<Record<string, Decision>>;
}

export const allocationFacts: Fold<AllocationFacts, typeof allocationEvents> = {
  category: 'allocation',
  events: allocationEvents,
  initial: { amounts: [], decisions: {} },
  evolve: {
    AppropriationSet: (facts, event) => ({ ...facts, amounts: [datedBy(event, event.data.amount)] }),
    AppropriationAdjusted: (facts, event) => ({ ...facts, amounts: withEntry(facts.amounts, datedBy(event, event.data.amount)) }),
    GrantDecided: (facts, { data }) => withDecision(facts, data.application, decisionOf(data)),
    PresenterDissented: (facts, { data: { application, dissent } }) => changed(facts, application, () => ({ dissent })),
    DecisionCorrected: (facts, { data: { decider: _, deciderName: _name, ...correction } }) => {
      const { application, ground, outcome, amount, share, shareOf, periodOfUse, paymentPlan } = correction;
      return changed(facts, application, ({ corrections }) => ({
        corrections: [...corrections, ground],
        corrected: contentHash(omit(correction, ...followed)),
        ...(outcome && { outcome }),
        ...(amount !== undefined && { decided: amount }),
        ...(share !== undefined && { share }),
        ...(shareOf && { shareOf }),
        ...(periodOfUse && { periodOfUse }),
        ...(paymentPlan && { paymentPlan }),
      }));
    },
    GrantReduced: (facts, { data: { application, reducedBy } }) =>
      changed(facts, application, ({ returned }) => ({ returned: returned + reducedBy })),
    GrantReleased: (facts, { data: { application, released } }) =>
      changed(facts, application, ({ returned }) => ({ returned: returned + released, isReleased: true })),
  },
};

/** What the decisions of a call bind of its money. */
export function committed({ decisions }: AllocationFacts): Cents {
  return Object.values(decisions).reduce((sum, decision) => sum + committedBy(decision), 0);
}

/** What one decision binds of it. */
export function committedBy({ decided, returned }: Decision): Cents {
  return decided - returned;
}

/** The most that may be bound from the instant on: what is reserved then, or less where less is reserved from a later time on. */
export function reservedFrom({ amounts }: AllocationFacts, at: Instant): Cents {
  const later = amounts.filter(({ effectiveAt }) => firstInstant(effectiveAt) > at).map(({ value }) => value);
  return Math.min(valueAt(amounts, at) ?? 0, ...later);
}

function decisionOf(data: EventData<typeof allocationEvents, 'GrantDecided'>): Decision {
  const { applicant, region, outcome, amount = 0, share = 10_000, shareOf = 'eligible-costs', periodOfUse, paymentPlan } = data;
  return {
    applicant,
    region,
    outcome,
    decided: amount,
    returned: 0,
    share,
    shareOf,
    ...(periodOfUse && { periodOfUse }),
    paymentPlan,
    presenter: data.presenter,
    corrections: [],
    isReleased: false,
  };
}

function changed(facts: AllocationFacts, application: string, change: (decision: Decision) => Partial<Decision>): AllocationFacts {
  const decision = entry(facts.decisions, application) as Decision;
  return withDecision(facts, application, { ...decision, ...change(decision) });
}

function withDecision(facts: AllocationFacts, application: string, decision: Decision): AllocationFacts {
  return { ...facts, decisions: { ...facts.decisions, [application]: decision } };
}

import type { Audience } from '#access/audience';
import { type Claims, mayRead, organisationsOf } from '#access/policy';
import type { Instant } from '#kernel/helsinki-time';
import type { RegionCode } from '#kernel/region';
import type { Where } from '#view-store/view-store';
import { planEvents } from './plan.events.js';
import type { PlanRow } from './plans.projection.js';

/** Whose plan it is. */
export interface PlanOwners {
  readonly region: RegionCode;
  readonly applicant?: string;
}

/** A plan as far as it matters who may see it. */
export type PlanShown = PlanOwners & {
  /** Whether what is shown was submitted for comment or finalised. */
  readonly isShared: boolean;
};

/** Whether the reader sees what the owners have not shared: themselves, and those who read everything. */
export function seesDraftsOf({ region, applicant }: PlanOwners, reader: Claims | undefined): boolean {
  return mayRead('drafts of plans', reader, { region, organisation: applicant });
}

/** Which plans a question is about. */
export interface PlansAsked {
  readonly call?: string;
  readonly region?: RegionCode;
}

/** What `planAudience` says, as a question: the rows of those asked for of which the reader sees something at the instant. */
export function plansSeen(asked: PlansAsked, reader: Claims | undefined, asOf: Instant): Where<PlanRow> {
  const there = { ...asked, since: { to: asOf } };
  if (mayRead('drafts of plans', reader)) return there;
  if (mayRead('plans submitted for comment', reader)) return { ...asked, sharedSince: { to: asOf } };
  const { region, organisation } = reader ?? {};
  if (region !== undefined && mayRead('drafts of plans', reader, { region }))
    return { ...there, region: { in: (asked.region ?? region) === region ? [region] : [] } };
  return {
    ...there,
    applicant: {
      in: reader && mayRead('drafts of plans', reader, { organisation }) ? organisationsOf(reader) : [],
    },
  };
}

/**
 * A draft is its owners', and from its submission on the agency's and the ministry's too. A revision that was not submitted
 * is its owners' again, whatever was submitted before it.
 */
export const planAudience: Audience<PlanShown | undefined, typeof planEvents> = {
  fold: {
    category: 'plan',
    events: planEvents,
    initial: undefined,
    evolve: {
      PlanDrafted: (_, { data: { region, applicant } }) => ({ region, ...(applicant && { applicant }), isShared: false }),
      PlanRevised: (plan) => plan && { ...plan, isShared: false },
      PlanSubmittedForComment: shared,
      PlanCommented: shared,
      PlanCommentAnswered: shared,
      PlanCommentWithdrawn: shared,
      PlanFinalised: shared,
      GoalSet: (plan) => plan && { ...plan, isShared: false },
      GoalProgressAssessed: shared,
    },
  },
  sees: (plan, reader) =>
    plan && (seesDraftsOf(plan, reader) || (plan.isShared && mayRead('plans submitted for comment', reader))) ? 'internal' : undefined,
};

function shared(plan: PlanShown | undefined): PlanShown | undefined {
  return plan && { ...plan, isShared: true };
}

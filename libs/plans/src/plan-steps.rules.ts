import type { CallTerms } from '#calls/call.events';
import type { Instant } from '#kernel/helsinki-time';
import { lastInstant } from '#kernel/when';

export const planSteps = ['draft-plan', 'submit-plan-for-comment', 'answer-plan-comments', 'finalise-plan'] as const;

/** Something that the owners of a plan have to do, and the last instant that is in time, where there is one. */
export interface PlanStep {
  readonly step: (typeof planSteps)[number];
  readonly by?: Instant;
  /** How many comments it concerns. */
  readonly comments?: number;
}

/** What of a plan its next steps stand on; undefined where it has not been drafted. */
export interface PlanProgress {
  readonly isSubmitted: boolean;
  readonly isFinal: boolean;
  readonly waitingComments: number;
}

/** Later than every instant. */
const never = '~';

/** What remains to be done about a plan in a call with these terms, the next thing first. */
export function planStepsOf({ planComments, closes }: CallTerms, plan: PlanProgress | undefined, asOf: Instant): readonly PlanStep[] {
  const [commentsEnd, callCloses] = [planComments && lastInstant(planComments.to), closes && lastInstant(closes)];
  const byClosing = callCloses === undefined ? {} : { by: callCloses };
  const hasClosed = callCloses !== undefined && callCloses < asOf;
  const steps: PlanStep[] = [];
  const canBeCommented = commentsEnd !== undefined && asOf <= commentsEnd && !plan?.isSubmitted && !plan?.isFinal;
  if (!plan && !hasClosed) steps.push({ step: 'draft-plan', ...(canBeCommented ? { by: commentsEnd } : byClosing) });
  if (canBeCommented) steps.push({ step: 'submit-plan-for-comment', by: commentsEnd });
  if (plan && plan.waitingComments > 0) steps.push({ step: 'answer-plan-comments', comments: plan.waitingComments, ...byClosing });
  if (!plan?.isFinal && !hasClosed) steps.push({ step: 'finalise-plan', ...byClosing });
  return steps.sort((a, b) => Number((a.by ?? never) > (b.by ?? never)) - Number((a.by ?? never) < (b.by ?? never)));
}

import type { Audience } from '#access/audience';
import { mayRead, type Claims } from '#access/policy';
import type { RegionCode } from '#kernel/region';
import { unchanged } from '#kernel/chosen-events';
import { evaluationEvents } from './evaluation.events.js';

/** An evaluation as far as it matters who may see it. */
export type EvaluationShown = { readonly region: RegionCode; readonly isSubmitted: boolean } | undefined;

/** Whether the reader sees a region’s self-evaluation before it is submitted, and the evidence afterwards. */
export function seesSelfEvaluation(
  region: RegionCode,
  isSubmitted: boolean,
  reader: Claims | undefined,
): 'public' | 'internal' | undefined {
  if (mayRead('drafts of self-evaluations', reader, { region })) return 'internal';
  if (!isSubmitted) return undefined;
  return mayRead('evidence of self-evaluations', reader, { region }) ? 'internal' : 'public';
}

/** A self-evaluation is the region’s own until it is submitted, and then public, but for its evidence. National ones are public. */
export const evaluationAudience: Audience<EvaluationShown, typeof evaluationEvents> = {
  fold: {
    category: 'evaluation',
    events: evaluationEvents,
    initial: undefined,
    evolve: {
      SelfEvaluationStarted: (_, { data: { region } }) => ({ region, isSubmitted: false }),
      SelfEvaluationSubmitted: (shown) => shown && { ...shown, isSubmitted: true },
      ...unchanged('CriterionSelfAssessed', 'FeedbackGiven', 'ImprovementAgreed', 'ImprovementCompleted', 'NationalEvaluationPublished'),
    },
  },
  sees: (shown, reader) => (shown ? seesSelfEvaluation(shown.region, shown.isSubmitted, reader) : 'public'),
};

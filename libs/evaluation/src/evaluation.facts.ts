import type { Fold } from '#kernel/decider';
import type { EventData } from '#kernel/event-schema';
import type { RegionCode } from '#kernel/region';
import { firstInstant, type When } from '#kernel/when';
import { evaluationEvents } from './evaluation.events.js';

type Events = typeof evaluationEvents;
type Data<Type extends keyof Events> = EventData<Events, Type>;

/** A self-evaluation of a region, as far as it has come. */
export interface SelfEvaluation {
  readonly stage: 'started' | 'submitted';
  readonly started: Data<'SelfEvaluationStarted'>;
  readonly assessed: Readonly<Record<string, Data<'CriterionSelfAssessed'>>>;
  readonly feedback: Readonly<Record<string, Data<'FeedbackGiven'>>>;
  readonly improvements: Readonly<Record<string, Data<'ImprovementAgreed'>>>;
  /** What came of the improvements that were completed. */
  readonly outcomes: Readonly<Record<string, string>>;
}
export type EvaluationFacts =
  { readonly stage: 'absent' } | SelfEvaluation | { readonly stage: 'national'; readonly published: Data<'NationalEvaluationPublished'> };

export const evaluationFacts: Fold<EvaluationFacts, Events> = {
  category: 'evaluation',
  events: evaluationEvents,
  initial: { stage: 'absent' },
  evolve: {
    SelfEvaluationStarted: (_, { data: started }) => ({
      stage: 'started',
      started,
      assessed: {},
      feedback: {},
      improvements: {},
      outcomes: {},
    }),
    CriterionSelfAssessed: (state, { data }) => {
      const { assessed, ...rest } = state as SelfEvaluation;
      return { ...rest, assessed: { ...assessed, [data.criterion]: data } };
    },
    SelfEvaluationSubmitted: (state) => ({ ...(state as SelfEvaluation), stage: 'submitted' }),
    FeedbackGiven: (state, { data }) => {
      const { feedback, ...rest } = state as SelfEvaluation;
      return { ...rest, feedback: { ...feedback, [data.feedback]: data } };
    },
    ImprovementAgreed: (state, { data }) => {
      const { improvements, ...rest } = state as SelfEvaluation;
      return { ...rest, improvements: { ...improvements, [data.improvement]: data } };
    },
    ImprovementCompleted: (state, { data: { improvement, outcome } }) => {
      const { outcomes, ...rest } = state as SelfEvaluation;
      return { ...rest, outcomes: { ...outcomes, [improvement]: outcome } };
    },
    NationalEvaluationPublished: (_, { data: published }) => ({ stage: 'national', published }),
  },
};

const between = '--';

/** The key of a region’s self-evaluation: its region and its own id. */
export function selfEvaluationKey(region: RegionCode, evaluation: string): string {
  return `${region}${between}${evaluation}`;
}

/** The region and the own id in the key of a self-evaluation. */
export function partsOfKey(key: string): readonly [RegionCode, string] {
  const [region = '', evaluation = ''] = key.split(between);
  return [region as RegionCode, evaluation];
}

/** The self-evaluation that was submitted last; undefined where none was. */
export function submittedLast<One extends { readonly submittedAt?: When }>(all: readonly One[]): One | undefined {
  const at = ({ submittedAt }: One) => (submittedAt === undefined ? '' : firstInstant(submittedAt));
  const [latest] = all.filter(({ submittedAt }) => submittedAt !== undefined).sort((a, b) => at(b).localeCompare(at(a)));
  return latest;
}

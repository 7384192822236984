import { allBut } from '#kernel/chosen-events';
import { datedBy, streamKey, type EventOf } from '#kernel/envelope';
import type { EventData } from '#kernel/event-schema';
import { entry } from '#kernel/keyed';
import type { Projection } from '#kernel/projection';
import type { Dated } from '#kernel/timeline';
import { evaluationEvents } from './evaluation.events.js';
import { partsOfKey } from './evaluation.facts.js';

const events = allBut(evaluationEvents, 'NationalEvaluationPublished');
type Events = typeof events;
type Data<Type extends keyof Events> = EventData<Events, Type>;

/** A self-evaluation with what the agency said of it and what came of it, in the order in which it was recorded. */
export interface SelfEvaluationRow {
  readonly started: Dated<Data<'SelfEvaluationStarted'>>;
  readonly assessed: readonly Dated<Data<'CriterionSelfAssessed'>>[];
  readonly submitted?: Dated<Data<'SelfEvaluationSubmitted'>>;
  readonly feedback: readonly Dated<Data<'FeedbackGiven'>>[];
  readonly improvements: readonly Dated<Data<'ImprovementAgreed'>>[];
  readonly completed: readonly Dated<Data<'ImprovementCompleted'>>[];
}

/** How a region evaluates itself: its self-evaluations, by their own ids. */
export interface SelfEvaluationsRow {
  readonly evaluations: Readonly<Record<string, SelfEvaluationRow>>;
}

export const selfEvaluations: Projection<SelfEvaluationsRow, Events, never, 'SelfEvaluationStarted'> = {
  name: 'self-evaluations',
  version: 1,
  events,
  key: (event: EventOf<Events>) => partsOfKey(streamKey(event.stream))[0],
  upserts: {
    SelfEvaluationStarted: (row = { evaluations: {} }, event) =>
      withEvaluation(row, event, { started: datedBy(event, event.data), assessed: [], feedback: [], improvements: [], completed: [] }),
  },
  on: {
    CriterionSelfAssessed: (row, event) =>
      changed(row, event, (one) => ({ ...one, assessed: [...one.assessed, datedBy(event, event.data)] })),
    SelfEvaluationSubmitted: (row, event) => changed(row, event, (one) => ({ ...one, submitted: datedBy(event, event.data) })),
    FeedbackGiven: (row, event) => changed(row, event, (one) => ({ ...one, feedback: [...one.feedback, datedBy(event, event.data)] })),
    ImprovementAgreed: (row, event) =>
      changed(row, event, (one) => ({ ...one, improvements: [...one.improvements, datedBy(event, event.data)] })),
    ImprovementCompleted: (row, event) =>
      changed(row, event, (one) => ({ ...one, completed: [...one.completed, datedBy(event, event.data)] })),
  },
};

function changed(
  row: SelfEvaluationsRow,
  event: EventOf<Events>,
  change: (one: SelfEvaluationRow) => SelfEvaluationRow,
): SelfEvaluationsRow {
  const [, id] = partsOfKey(streamKey(event.stream));
  return withEvaluation(row, event, change(entry(row.evaluations, id) as SelfEvaluationRow));
}

function withEvaluation(
  { evaluations }: SelfEvaluationsRow,
  { stream }: EventOf<Events>,
  evaluation: SelfEvaluationRow,
): SelfEvaluationsRow {
  return { evaluations: { ...evaluations, [partsOfKey(streamKey(stream))[1]]: evaluation } };
}

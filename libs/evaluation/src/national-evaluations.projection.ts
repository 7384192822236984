import { only } from '#kernel/chosen-events';
import { effectiveAt, streamKey, type EventOf } from '#kernel/envelope';
import type { EventData } from '#kernel/event-schema';
import type { Instant } from '#kernel/helsinki-time';
import type { Projection } from '#kernel/projection';
import { firstInstant, type When } from '#kernel/when';
import { evaluationEvents } from './evaluation.events.js';

const events = only(evaluationEvents, 'NationalEvaluationPublished');

/** How the whole country does, as the agency published it. */
export type NationalEvaluationRow = EventData<typeof events, 'NationalEvaluationPublished'> & {
  readonly effectiveAt: When;
  readonly since: Instant;
};

export const nationalEvaluations: Projection<NationalEvaluationRow, typeof events, 'NationalEvaluationPublished'> = {
  name: 'national-evaluations',
  version: 1,
  events,
  indexes: ['since'],
  key: (event: EventOf<typeof events>) => streamKey(event.stream),
  starts: {
    NationalEvaluationPublished: (event) => ({ ...event.data, effectiveAt: effectiveAt(event), since: firstInstant(effectiveAt(event)) }),
  },
};

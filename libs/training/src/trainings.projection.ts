import { datedBy, effectiveAt, streamKey, type EventOf } from '#kernel/envelope';
import type { EventData } from '#kernel/event-schema';
import type { Instant } from '#kernel/helsinki-time';
import type { Projection } from '#kernel/projection';
import { withEntry, type Timeline } from '#kernel/timeline';
import { firstInstant } from '#kernel/when';
import { trainingEvents } from './training.events.js';

type Events = typeof trainingEvents;

export const trainingStages = ['scheduled', 'held', 'cancelled'] as const;
export type TrainingStage = (typeof trainingStages)[number];

/** Training, as it was announced and as it was held. */
export interface TrainingRow {
  /** The first instant at which it was announced. */
  readonly since: Instant;
  /** When it starts by the latest announcement, to order by. */
  readonly starts: Instant;
  readonly schedules: Timeline<EventData<Events, 'TrainingScheduled'>>;
  readonly stages: Timeline<TrainingStage>;
  /** Who took part, as it was recorded and corrected. */
  readonly attendances: Timeline<EventData<Events, 'TrainingHeld'>>;
  readonly cancelledBecause?: string;
}

export const trainings: Projection<TrainingRow, Events, never, 'TrainingScheduled'> = {
  name: 'trainings',
  version: 1,
  events: trainingEvents,
  indexes: ['starts'],
  key: (event: EventOf<Events>) => streamKey(event.stream),
  upserts: {
    TrainingScheduled: (row, event) => ({
      since: row?.since ?? firstInstant(effectiveAt(event)),
      starts: event.data.starts,
      schedules: withEntry(row?.schedules ?? [], datedBy(event, event.data)),
      stages: row?.stages ?? [datedBy(event, 'scheduled')],
      attendances: [],
    }),
  },
  on: {
    TrainingHeld: (row, event) => ({
      ...row,
      stages: withEntry(row.stages, datedBy(event, 'held')),
      attendances: withEntry(row.attendances, datedBy(event, event.data)),
    }),
    TrainingCancelled: (row, event) => ({
      ...row,
      stages: withEntry(row.stages, datedBy(event, 'cancelled')),
      cancelledBecause: event.data.reason,
    }),
  },
};

import { datedBy, streamKey, type EventOf } from '#kernel/envelope';
import type { EventData } from '#kernel/event-schema';
import type { Projection } from '#kernel/projection';
import { withEntry, type Timeline } from '#kernel/timeline';
import { selectionEvents } from './selection.events.js';

/** How the applications of a call were compared as a whole. */
export interface SelectionRow {
  readonly comparisons: Timeline<EventData<typeof selectionEvents, 'SelectionCompared'>>;
}

export const selections: Projection<SelectionRow, typeof selectionEvents, never, 'SelectionCompared'> = {
  name: 'selections',
  version: 2,
  readableSince: 1,
  events: selectionEvents,
  key: (event: EventOf<typeof selectionEvents>) => streamKey(event.stream),
  upserts: { SelectionCompared: (row, event) => ({ comparisons: withEntry(row?.comparisons ?? [], datedBy(event, event.data)) }) },
};

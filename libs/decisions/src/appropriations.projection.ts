import { datedBy, streamKey, type EventOf } from '#kernel/envelope';
import type { Cents } from '#kernel/money';
import type { Projection } from '#kernel/projection';
import { withEntry, type Timeline } from '#kernel/timeline';
import { allocationEvents } from './allocation.events.js';

/** How much is reserved for a call, through time. */
export interface AppropriationRow {
  /** Each with the reason for which it was adjusted. */
  readonly amounts: Timeline<{ readonly amount: Cents; readonly reason?: string }>;
  readonly budgetItem?: string;
  readonly year?: number;
  readonly lapses?: string;
  readonly revision: number;
}

export const appropriations: Projection<AppropriationRow, typeof allocationEvents> = {
  name: 'appropriations',
  version: 1,
  events: allocationEvents,
  key: (event: EventOf<typeof allocationEvents>) => streamKey(event.stream),
  on: {
    AppropriationSet: (_, event) => {
      const { amount, ...about } = event.data;
      return { ...about, amounts: [datedBy(event, { amount })], revision: event.revision };
    },
    AppropriationAdjusted: (row, event) =>
      row && { ...row, amounts: withEntry(row.amounts, datedBy(event, event.data)), revision: event.revision },
  },
};

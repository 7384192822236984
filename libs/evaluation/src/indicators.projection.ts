import { datedBy, streamKey, type EventOf } from '#kernel/envelope';
import { entry } from '#kernel/keyed';
import type { Projection } from '#kernel/projection';
import { withEntry, type Timeline } from '#kernel/timeline';
import { indicatorEvents } from './indicator.events.js';
import { cellKey, type Reported } from './indicator.rules.js';

/** What indicators came to in a region: each value with all that was reported of it, the correction after what it corrects. */
export interface IndicatorsRow {
  readonly cells: Readonly<Record<string, Timeline<Reported>>>;
}

export const regionalIndicators: Projection<IndicatorsRow, typeof indicatorEvents, never, 'IndicatorReported'> = {
  name: 'regional-indicators',
  version: 1,
  events: indicatorEvents,
  key: (event: EventOf<typeof indicatorEvents>) => streamKey(event.stream),
  upserts: {
    IndicatorReported: ({ cells } = { cells: {} }, event) => {
      const key = cellKey(event.data);
      return { cells: { ...cells, [key]: withEntry(entry(cells, key) ?? [], datedBy(event, event.data)) } };
    },
  },
};

import { only } from '#kernel/chosen-events';
import { datedBy, effectiveAt, streamKey, type EventOf } from '#kernel/envelope';
import type { EventData } from '#kernel/event-schema';
import type { Instant } from '#kernel/helsinki-time';
import type { Projection } from '#kernel/projection';
import { withEntry, type Dated, type Timeline } from '#kernel/timeline';
import { firstInstant } from '#kernel/when';
import { guidanceEvents } from './guidance.events.js';

const events = only(guidanceEvents, 'GuidancePublished', 'GuidanceRevised', 'GuidanceRetired');
type Events = typeof events;

export type GuidanceVersion = EventData<Events, 'GuidancePublished'> & { readonly number: number; readonly reason?: string };

/** Guidance through its versions, until it is retired. */
export interface GuidanceRow {
  /** The first instant at which it was in use. */
  readonly since: Instant;
  readonly versions: Timeline<GuidanceVersion>;
  readonly retired?: Dated<EventData<Events, 'GuidanceRetired'>>;
}

export const guidances: Projection<GuidanceRow, Events, 'GuidancePublished'> = {
  name: 'guidances',
  version: 1,
  events,
  key: (event: EventOf<Events>) => streamKey(event.stream),
  starts: {
    GuidancePublished: (event) => ({
      since: firstInstant(effectiveAt(event)),
      versions: [datedBy(event, { number: 1, ...event.data })],
    }),
  },
  on: {
    GuidanceRevised: (row, event) => {
      const { version: number, ...content } = event.data;
      return { ...row, versions: withEntry(row.versions, datedBy(event, { number, ...content })) };
    },
    GuidanceRetired: (row, event) => ({ ...row, retired: datedBy(event, event.data) }),
  },
};

import type { Codec } from '#event-store/codec';
import { streamPages, type EventLog } from '#event-store/event-log';
import type { EventOf } from '#kernel/envelope';
import type { EventData } from '#kernel/event-schema';
import { skippingStream } from './skipping.decider.js';
import type { skippingEvents } from './skipping.events.js';

/** An event that a projection was told to skip, and why. */
export type Skipped = EventData<typeof skippingEvents, 'ProjectionEventSkipped'>;

/** What the projection was told to skip, by event id. A view is folded from the beginning with all that is known of it today. */
export async function skippedBy(projection: string, log: EventLog, codec: Codec): Promise<Map<string, Skipped>> {
  const found = new Map<string, Skipped>();
  for await (const events of streamPages(log, skippingStream(projection)))
    for (const event of events) {
      const { data } = codec.decode(event) as EventOf<typeof skippingEvents>;
      found.set(data.event, data);
    }
  return found;
}

import type { CommandsOf, Decider } from '#kernel/decider';
import { skippingEvents } from './skipping.events.js';

type Commands = CommandsOf<typeof import('./skipping.commands.js')>;

/** The stream of a projection's skipped events. */
export function skippingStream(projection: string): string {
  return `projection-${projection}`;
}

/** Records once that a projection skips an event. Whether it is paused at that event is known to its runner only. */
export const skipping: Decider<Commands, ReadonlySet<string>, typeof skippingEvents> = {
  category: 'projection',
  events: skippingEvents,
  key: ({ projection }) => projection,
  needs: {},
  initial: new Set(),
  decide: {
    SkipEvent: (data, skipped) => (skipped.has(data.event) ? [] : [{ type: 'ProjectionEventSkipped', data: { ...data } }]),
  },
  evolve: { ProjectionEventSkipped: (skipped, { data }) => new Set(skipped).add(data.event) },
};

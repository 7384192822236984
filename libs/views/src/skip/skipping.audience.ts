import type { Audience } from '#access/audience';
import { mayRead } from '#access/policy';
import { skippingEvents } from './skipping.events.js';

export const skippingAudience: Audience<undefined, typeof skippingEvents> = {
  fold: { category: 'projection', events: skippingEvents, initial: undefined, evolve: { ProjectionEventSkipped: () => undefined } },
  sees: (_, reader) => (mayRead('what the system keeps of itself', reader) ? 'secret' : undefined),
};

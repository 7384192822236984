import type { Audience } from '#access/audience';
import { mayRead } from '#access/policy';
import type { successionEvents } from './succession.events.js';
import { claimedSuccessions, type ClaimedSuccessions } from './succession.facts.js';

/** What is claimed is not on the register yet. */
export const successionAudience: Audience<ClaimedSuccessions, typeof successionEvents> = {
  fold: claimedSuccessions,
  sees: (_, reader) => (mayRead('what the system keeps of itself', reader) ? 'internal' : undefined),
};

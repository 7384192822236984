import type { Audience } from '#access/audience';
import type { frameworkEvents } from './framework.events.js';
import { frameworkFacts, type FrameworkFacts } from './framework.facts.js';

/** Evaluation frameworks are public, their drafts too: they are written together. */
export const frameworkAudience: Audience<FrameworkFacts, typeof frameworkEvents> = {
  fold: frameworkFacts,
  isWhole: true,
  sees: () => 'public',
};

import type { Audience } from '#access/audience';
import { termsFacts, type TermsFacts } from './terms.facts.js';
import type { termsEvents } from './terms.events.js';

/** What decisions go by is published. */
export const termsAudience: Audience<TermsFacts, typeof termsEvents> = { fold: termsFacts, isWhole: true, sees: () => 'public' };

import type { Audience } from '#access/audience';
import { mayRead } from '#access/policy';
import { selection } from './selection.decider.js';
import type { selectionEvents } from './selection.events.js';

/** What the ministry prepares is not shown to others. */
export const selectionAudience: Audience<typeof selection.initial, typeof selectionEvents> = {
  fold: selection,
  sees: (_, reader) => (mayRead('Call.comparison', reader) ? 'internal' : undefined),
};

import type { Audience } from '#access/audience';
import { checkpointKeyEvents } from './checkpoint-keys.events.js';

/** Which key signs is for everybody to know. */
export const checkpointKeyAudience: Audience<undefined, typeof checkpointKeyEvents> = {
  fold: { category: 'audit', events: checkpointKeyEvents, initial: undefined, evolve: { CheckpointKeyRotated: () => undefined } },
  sees: () => 'public',
};

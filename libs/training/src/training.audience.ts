import type { Audience } from '#access/audience';
import { unchanged } from '#kernel/chosen-events';
import { trainingEvents } from './training.events.js';

/** Training is public. */
export const trainingAudience: Audience<undefined, typeof trainingEvents> = {
  fold: {
    category: 'training',
    events: trainingEvents,
    initial: undefined,
    evolve: unchanged('TrainingScheduled', 'TrainingHeld', 'TrainingCancelled'),
  },
  isWhole: true,
  sees: () => 'public',
};

import type { Audience } from '#access/audience';
import { unchanged } from '#kernel/chosen-events';
import { developmentEvents } from './development.events.js';

/** What a region agreed to do is public. */
export const developmentAudience: Audience<undefined, typeof developmentEvents> = {
  fold: {
    category: 'development',
    events: developmentEvents,
    initial: undefined,
    evolve: unchanged('DevelopmentActionAgreed', 'DevelopmentActionCompleted'),
  },
  isWhole: true,
  sees: () => 'public',
};

import type { Audience } from '#access/audience';
import { unchanged } from '#kernel/chosen-events';
import { newsEvents } from './news.events.js';

/** News is public. */
export const newsAudience: Audience<undefined, typeof newsEvents> = {
  fold: { category: 'news', events: newsEvents, initial: undefined, evolve: unchanged('NewsPublished') },
  isWhole: true,
  sees: () => 'public',
};

import { effectiveAt, streamKey, type EventOf } from '#kernel/envelope';
import type { EventData } from '#kernel/event-schema';
import type { Instant } from '#kernel/helsinki-time';
import type { Projection } from '#kernel/projection';
import { firstInstant, type When } from '#kernel/when';
import { newsEvents } from './news.events.js';

type Events = typeof newsEvents;

/** A piece of news. */
export type NewsRow = EventData<Events, 'NewsPublished'> & {
  readonly published: When;
  /** The first instant of `published`, to order by. */
  readonly since: Instant;
};

export const newsItems: Projection<NewsRow, Events, 'NewsPublished'> = {
  name: 'news',
  version: 1,
  events: newsEvents,
  indexes: ['since'],
  key: (event: EventOf<Events>) => streamKey(event.stream),
  starts: {
    NewsPublished: (event) => ({ ...event.data, published: effectiveAt(event), since: firstInstant(effectiveAt(event)) }),
  },
};

import { canonicalJson } from '#kernel/canonical-json';
import type { CommandsOf, Decider } from '#kernel/decider';
import type { EventData } from '#kernel/event-schema';
import { missingInFinnishOrSwedish } from '#kernel/localized-text';
import { newsEvents } from './news.events.js';
import { refuse } from './news.refusals.js';

type Commands = CommandsOf<typeof import('./news.commands.js')>;
type State = EventData<typeof newsEvents, 'NewsPublished'> | undefined;

/** A piece of news of the agency. */
export const news: Decider<Commands, State, typeof newsEvents> = {
  category: 'news',
  events: newsEvents,
  key: (command) => command.news,
  needs: {},
  initial: undefined,

  decide: {
    PublishNews({ news: key, effectiveAt, ...content }, state) {
      const published = { ...content, regions: [...new Set(content.regions)].sort() };
      if (state && canonicalJson(state) === canonicalJson(published)) return [];
      if (state) throw refuse('news-exists', { news: key });
      const missing = missingInFinnishOrSwedish({ title: published.title, text: published.text });
      if (missing.length > 0) throw refuse('news-language-missing', { missing });
      return [{ type: 'NewsPublished', data: published, ...(effectiveAt && { effectiveAt }) }];
    },
  },

  evolve: { NewsPublished: (_, { data }) => data },
};

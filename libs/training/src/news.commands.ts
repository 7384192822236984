import { commandOf, effectiveAt } from '#edge/commands';
import { field } from '#kernel/event-schema';
import { KeyText } from '#kernel/schemas';
import { newsEvents } from './news.events.js';

export class PublishNews extends commandOf(
  'Publishes news on digital support, in Finnish and Swedish. It is public and stays as it was published: name no persons.',
  { by: ['agency-coordinator'] },
  { news: field(KeyText, { fi: 'Uutinen', sv: 'Nyhet', en: 'News' }), ...newsEvents.NewsPublished.fields, effectiveAt },
) {}

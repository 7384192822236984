import { commandOf } from '#edge/commands';
import { field } from '#kernel/event-schema';
import { omit } from '#kernel/keyed';
import { KeyText } from '#kernel/schemas';
import { frameworkEvents } from './framework.events.js';

const by = ['agency-coordinator'] as const;
const framework = field(KeyText, { fi: 'Arviointikehikon tunnus', sv: 'Utvärderingsramens id', en: 'Id of the framework' });

export class DraftEvaluationFramework extends commandOf(
  'Drafts the next version of an evaluation framework with those who take part; again, it changes the draft.',
  { by },
  { framework, ...omit(frameworkEvents.EvaluationFrameworkDrafted.fields, 'version') },
) {}

export class PublishEvaluationFramework extends commandOf(
  'Publishes the version that was drafted, in Finnish and Swedish. What was started under earlier versions is judged by those.',
  { by },
  { framework, ...omit(frameworkEvents.EvaluationFrameworkPublished.fields, 'version') },
) {}

import type { Audience } from '#access/audience';
import type { definitionEvents } from './indicator.events.js';
import { definitionFacts, type DefinitionFacts } from './indicator-definition.facts.js';

/** What is measured is public. */
export const definitionAudience: Audience<DefinitionFacts, typeof definitionEvents> = {
  fold: definitionFacts,
  isWhole: true,
  sees: () => 'public',
};

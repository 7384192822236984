import type { Fold } from '#kernel/decider';
import type { EventData } from '#kernel/event-schema';
import { definitionEvents } from './indicator.events.js';

export type IndicatorDefinition = EventData<typeof definitionEvents, 'IndicatorDefined'>;

/** An indicator through the versions of its definition: what its own decider needs, and that of values. */
export interface DefinitionFacts {
  /** Version 1 first. */
  readonly versions: readonly IndicatorDefinition[];
}

export const definitionFacts: Fold<DefinitionFacts, typeof definitionEvents> = {
  category: 'indicatorDefinition',
  events: definitionEvents,
  initial: { versions: [] },
  evolve: { IndicatorDefined: ({ versions }, { data }) => ({ versions: [...versions, data] }) },
};

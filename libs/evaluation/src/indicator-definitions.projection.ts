import { datedBy, streamKey, type EventOf } from '#kernel/envelope';
import type { Projection } from '#kernel/projection';
import type { Dated } from '#kernel/timeline';
import type { IndicatorDefinition } from './indicator-definition.facts.js';
import { definitionEvents } from './indicator.events.js';

/** What is measured and how: an indicator through the versions of its definition, version 1 first. */
export interface IndicatorDefinitionRow {
  readonly versions: readonly Dated<IndicatorDefinition>[];
}

export const indicatorDefinitions: Projection<IndicatorDefinitionRow, typeof definitionEvents, never, 'IndicatorDefined'> = {
  name: 'indicator-definitions',
  version: 1,
  events: definitionEvents,
  key: (event: EventOf<typeof definitionEvents>) => streamKey(event.stream),
  upserts: { IndicatorDefined: (row, event) => ({ versions: [...(row?.versions ?? []), datedBy(event, event.data)] }) },
};

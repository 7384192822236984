import { datedBy, streamKey, type EventOf } from '#kernel/envelope';
import type { EventData } from '#kernel/event-schema';
import type { Projection } from '#kernel/projection';
import type { Dated } from '#kernel/timeline';
import { frameworkEvents } from './framework.events.js';
import type { FrameworkVersion } from './framework.facts.js';

/** By what regions evaluate themselves: the versions of a framework, and its drafts. */
export interface FrameworkRow {
  /** Version 1 first. */
  readonly versions: readonly Dated<FrameworkVersion>[];
  readonly drafts: readonly Dated<EventData<typeof frameworkEvents, 'EvaluationFrameworkDrafted'>>[];
}

export const evaluationFrameworks: Projection<FrameworkRow, typeof frameworkEvents, never, 'EvaluationFrameworkDrafted'> = {
  name: 'evaluation-frameworks',
  version: 1,
  events: frameworkEvents,
  key: (event: EventOf<typeof frameworkEvents>) => streamKey(event.stream),
  upserts: {
    EvaluationFrameworkDrafted: (row, event) => ({
      versions: row?.versions ?? [],
      drafts: [...(row?.drafts ?? []), datedBy(event, event.data)],
    }),
  },
  on: {
    EvaluationFrameworkPublished: (row, event) => ({ ...row, versions: [...row.versions, datedBy(event, event.data)] }),
  },
};

import type { Fold } from '#kernel/decider';
import type { EventData } from '#kernel/event-schema';
import type { Instant } from '#kernel/helsinki-time';
import { firstInstant } from '#kernel/when';
import { frameworkEvents } from './framework.events.js';

export type FrameworkVersion = EventData<typeof frameworkEvents, 'EvaluationFrameworkPublished'>;

/** An evaluation framework through its versions: what its own decider and those of evaluations need. */
export interface FrameworkFacts {
  /** Version 1 first. */
  readonly versions: readonly FrameworkVersion[];
  /** What is drafted of the next version. */
  readonly draft?: EventData<typeof frameworkEvents, 'EvaluationFrameworkDrafted'>;
}

export const frameworkFacts: Fold<FrameworkFacts, typeof frameworkEvents> = {
  category: 'evaluationFramework',
  events: frameworkEvents,
  initial: { versions: [] },
  evolve: {
    EvaluationFrameworkDrafted: ({ versions }, { data: draft }) => ({ versions, draft }),
    EvaluationFrameworkPublished: ({ versions }, { data }) => ({ versions: [...versions, data] }),
  },
};

/** The version that is in force at the instant; undefined before the first one is. */
export function frameworkInForce({ versions }: FrameworkFacts, at: Instant): FrameworkVersion | undefined {
  return versions.findLast(({ inForceFrom }) => firstInstant(inForceFrom) <= at);
}

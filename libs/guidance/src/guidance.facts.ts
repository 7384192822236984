import { unchanged } from '#kernel/chosen-events';
import type { Fold } from '#kernel/decider';
import { effectiveAt } from '#kernel/envelope';
import type { When } from '#kernel/when';
import { guidanceEvents } from './guidance.events.js';

/** What deciders of other streams need of guidance. */
export interface GuidanceFacts {
  readonly isPublished: boolean;
  readonly retired?: When;
}

export const guidanceFacts: Fold<GuidanceFacts, typeof guidanceEvents> = {
  category: 'guidance',
  events: guidanceEvents,
  initial: { isPublished: false },
  evolve: {
    GuidancePublished: () => ({ isPublished: true }),
    GuidanceRetired: (facts, event) => ({ ...facts, retired: effectiveAt(event) }),
    ...unchanged('GuidanceRevised', 'SupportStructureDrafted', 'SupportStructureAdopted'),
  },
};

import type { Claim, CommandsOf, Decider } from '#kernel/decider';
import { refuse } from './organisation.refusals.js';
import type { successionEvents } from './succession.events.js';
import { claimedSuccessions, successionsKey, type ClaimedSuccessions } from './succession.facts.js';

type Commands = CommandsOf<typeof import('./succession.commands.js')>;

/** The successions of the whole register, one after another: each is decided on all that were claimed before it. */
export const succession: Decider<Commands, ClaimedSuccessions, typeof successionEvents> = {
  ...claimedSuccessions,
  key: () => successionsKey,
  needs: {},

  decide: {
    ClaimSuccession({ organisation, successors, seen }, claimed) {
      if (claimed.successors.get(organisation) === successors[0]) return [];
      if (seen !== claimed.count) throw refuse('succession-at-once');
      return [{ type: 'SuccessionClaimed', data: { organisation, successors } }];
    },
  },
};

/** Claims that the organisation is succeeded next by the first of those, which lead to one another. */
export function claimOf(organisation: string, successors: readonly string[], { count }: ClaimedSuccessions): Claim {
  return { decider: succession, name: 'ClaimSuccession', content: { organisation, successors, seen: count } };
}

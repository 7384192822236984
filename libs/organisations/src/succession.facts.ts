import type { Fold } from '#kernel/decider';
import { successionEvents } from './succession.events.js';

/** The stream that has the claims of all successions: there is one register, and a circle can run through all of it. */
export const successionsKey = 'register';

/** By whom organisations are to be succeeded, as was claimed before it was recorded. */
export interface ClaimedSuccessions {
  /** How many claims there are. */
  readonly count: number;
  readonly successors: ReadonlyMap<string, string>;
}

export const claimedSuccessions: Fold<ClaimedSuccessions, typeof successionEvents> = {
  category: 'succession',
  events: successionEvents,
  initial: { count: 0, successors: new Map() },
  evolve: {
    SuccessionClaimed: ({ count, successors }, { data: { organisation, successors: chain } }) => {
      const links = chain.map((by, index) => [index === 0 ? organisation : (chain[index - 1] as string), by] as const);
      // Those after the first were recorded already: where they were claimed, too, the claim may be newer.
      return { count: count + 1, successors: new Map([...links.slice(1), ...successors, ...links.slice(0, 1)]) };
    },
  },
};

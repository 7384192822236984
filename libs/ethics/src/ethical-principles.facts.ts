import type { Fold } from '#kernel/decider';
import type { EventData } from '#kernel/event-schema';
import type { Instant } from '#kernel/helsinki-time';
import { firstInstant, lastInstant } from '#kernel/when';
import { ethicalPrinciplesEvents } from './ethical-principles.events.js';

export type EthicalPrinciplesVersion = EventData<typeof ethicalPrinciplesEvents, 'EthicalPrinciplesPublished'>;

/** The versions of ethical principles, version 1 first: what their own decider and those of providers need. */
export interface EthicalPrinciplesFacts {
  readonly versions: readonly EthicalPrinciplesVersion[];
}

export const ethicalPrinciplesFacts: Fold<EthicalPrinciplesFacts, typeof ethicalPrinciplesEvents> = {
  category: 'ethicsPrinciples',
  events: ethicalPrinciplesEvents,
  initial: { versions: [] },
  evolve: { EthicalPrinciplesPublished: ({ versions }, { data }) => ({ versions: [...versions, data] }) },
};

/** How a provider stands towards ethical principles: the best first. */
export const commitmentStates = ['committed', 'in-transition', 'lapsed', 'none'] as const;
export type CommitmentState = (typeof commitmentStates)[number];

/** The version that is in force at the instant; undefined before the first one is. */
export function versionInForce({ versions }: EthicalPrinciplesFacts, at: Instant): EthicalPrinciplesVersion | undefined {
  return versions.findLast(({ inForceFrom }) => firstInstant(inForceFrom) <= at);
}

/**
 * What a commitment to that version is worth at the instant: to the version in force (or one to come) it is one; to an
 * older one it is as long as the transition to each version that came into force since goes on, its last day included.
 */
export function commitmentTo(version: number | undefined, { versions }: EthicalPrinciplesFacts, at: Instant): CommitmentState {
  if (version === undefined) return 'none';
  const newer = versions.filter((one) => one.version > version && firstInstant(one.inForceFrom) <= at);
  if (newer.length === 0) return 'committed';
  const goesOn = newer.every(({ transitionUntil }) => transitionUntil !== undefined && at <= lastInstant(transitionUntil));
  return goesOn ? 'in-transition' : 'lapsed';
}

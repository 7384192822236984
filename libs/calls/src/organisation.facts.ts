import type { Fold } from '#kernel/decider';
import { organisationEvents } from './organisation.events.js';

/** What deciders of other streams need of an organisation. */
export interface OrganisationFacts {
  readonly isRegistered: boolean;
}

export const organisationFacts: Fold<OrganisationFacts, typeof organisationEvents> = {
  category: 'organisation',
  events: organisationEvents,
  initial: { isRegistered: false },
  evolve: {
    OrganisationRegistered: () => ({ isRegistered: true }),
    OrganisationRenamed: (facts) => facts,
    OrganisationSucceeded: (facts) => facts,
  },
};

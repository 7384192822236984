import type { Fold } from '#kernel/decider';
import type { RegionCode } from '#kernel/region';
import { organisationEvents } from './organisation.events.js';

/** What deciders of other streams need of an organisation. */
export interface OrganisationFacts {
  readonly isRegistered: boolean;
  readonly region?: RegionCode;
}

export const organisationFacts: Fold<OrganisationFacts, typeof organisationEvents> = {
  category: 'organisation',
  events: organisationEvents,
  initial: { isRegistered: false },
  evolve: {
    OrganisationRegistered: (_, { data: { region } }) => ({ isRegistered: true, ...(region && { region }) }),
    OrganisationRenamed: (facts) => facts,
    OrganisationSucceeded: (facts) => facts,
  },
};

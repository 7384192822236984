import { unchanged } from '#kernel/chosen-events';
import type { Fold } from '#kernel/decider';
import type { RegionCode } from '#kernel/region';
import { organisationEvents, type OrganisationKind } from './organisation.events.js';

/** What deciders of other streams need of an organisation. */
export interface OrganisationFacts {
  readonly isRegistered: boolean;
  readonly kind?: OrganisationKind;
  readonly region?: RegionCode;
  /** The organisation that took over what it did. */
  readonly succeededBy?: string;
}

export const organisationFacts: Fold<OrganisationFacts, typeof organisationEvents> = {
  category: 'organisation',
  events: organisationEvents,
  initial: { isRegistered: false },
  evolve: {
    OrganisationRegistered: (_, { data: { kind, region } }) => ({ isRegistered: true, kind, ...(region && { region }) }),
    OrganisationSucceeded: (facts, { data: { by } }) => ({ ...facts, succeededBy: by }),
    ...unchanged('OrganisationRenamed'),
  },
};

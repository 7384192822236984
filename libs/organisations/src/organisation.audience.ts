import type { Audience } from '#access/audience';
import type { organisationEvents } from './organisation.events.js';
import { organisationFacts, type OrganisationFacts } from './organisation.facts.js';

/** The register of organisations is public. */
export const organisationAudience: Audience<OrganisationFacts, typeof organisationEvents> = {
  fold: organisationFacts,
  isWhole: true,
  sees: () => 'public',
};

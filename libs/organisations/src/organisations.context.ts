import type { Context } from '#edge/context';
import { organisationAudience } from './organisation.audience.js';
import { organisation } from './organisation.decider.js';
import { organisationRefusals } from './organisation.refusals.js';
import { organisations, type OrganisationRow } from './organisations.projection.js';
import { predecessorsOf, successorsOf } from './predecessors.answer.js';
import { successionAudience } from './succession.audience.js';
import { succession } from './succession.decider.js';

export const organisationsContext: Context = {
  name: 'organisations',
  decides: [
    { decider: organisation, refusals: organisationRefusals, audience: organisationAudience },
    { decider: succession, refusals: {}, audience: successionAudience },
  ],
  projections: [organisations],
  successors: (organisation, views, at) => successorsOf(organisation, views.rows<OrganisationRow>(organisations), at),
  predecessors: (organisation, views, at) => predecessorsOf(organisation, views.rows<OrganisationRow>(organisations), at),
};

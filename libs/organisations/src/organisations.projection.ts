import { datedBy, effectiveAt, streamKey, type EventOf } from '#kernel/envelope';
import type { Instant } from '#kernel/helsinki-time';
import type { LocalizedText } from '#kernel/localized-text';
import type { Projection } from '#kernel/projection';
import type { RegionCode } from '#kernel/region';
import { withEntry, type Timeline } from '#kernel/timeline';
import { firstInstant } from '#kernel/when';
import { namesFrom } from './organisation.facts.js';
import { organisationEvents, type OrganisationKind } from './organisation.events.js';

/** Who is who, by the name of the day. */
export interface OrganisationRow {
  readonly kind: OrganisationKind;
  readonly region?: RegionCode;
  /** The first instant at which it had a name. */
  readonly since: Instant;
  readonly names: Timeline<LocalizedText>;
  readonly succeededBy: Timeline<string>;
  /** The successor that is on record, from whichever day. */
  readonly successor?: string;
}

export const organisations: Projection<OrganisationRow, typeof organisationEvents, 'OrganisationRegistered'> = {
  name: 'organisations',
  version: 2,
  readableSince: 1,
  events: organisationEvents,
  indexes: ['kind', 'region', 'successor'],
  key: (event: EventOf<typeof organisationEvents>) => streamKey(event.stream),
  starts: {
    OrganisationRegistered: (event) => {
      const { kind, names, region } = event.data;
      return {
        kind,
        since: firstInstant(effectiveAt(event)),
        names: [datedBy(event, names)],
        succeededBy: [],
        ...(region && { region }),
      };
    },
  },
  on: {
    OrganisationRegistrationCorrected: (row, event) => ({
      ...row,
      names: namesFrom(row.names, event),
      since: firstInstant(effectiveAt(event)),
    }),
    OrganisationRenamed: (row, event) => ({ ...row, ...named(row, event) }),
    OrganisationSucceeded: (row, event) => ({
      ...row,
      succeededBy: withEntry(row.succeededBy, datedBy(event, event.data.by)),
      successor: event.data.by,
    }),
    OrganisationSuccessionCorrected: (row, event) => ({
      ...row,
      succeededBy: [datedBy(event, event.data.by)],
      successor: event.data.by,
    }),
  },
};

function named({ names, since }: OrganisationRow, event: EventOf<typeof organisationEvents, 'OrganisationRenamed'>) {
  const from = firstInstant(effectiveAt(event));
  return { names: withEntry(names, datedBy(event, event.data.names)), since: from < since ? from : since };
}

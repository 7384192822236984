import { datedBy, effectiveAt, streamKey, type EventOf } from '#kernel/envelope';
import type { Instant } from '#kernel/helsinki-time';
import type { LocalizedText } from '#kernel/localized-text';
import type { Projection } from '#kernel/projection';
import type { RegionCode } from '#kernel/region';
import { withEntry, type Timeline } from '#kernel/timeline';
import { firstInstant } from '#kernel/when';
import { organisationEvents, type OrganisationKind } from './organisation.events.js';

/** Who is who, by the name of the day. */
export interface OrganisationRow {
  readonly kind: OrganisationKind;
  readonly region?: RegionCode;
  /** The first instant at which it had a name. */
  readonly since: Instant;
  readonly names: Timeline<LocalizedText>;
  readonly succeededBy: Timeline<string>;
  readonly revision: number;
}

export const organisations: Projection<OrganisationRow, typeof organisationEvents> = {
  name: 'organisations',
  version: 1,
  events: organisationEvents,
  indexes: ['kind', 'region'],
  key: (event: EventOf<typeof organisationEvents>) => streamKey(event.stream),
  on: {
    OrganisationRegistered: (_, event) => {
      const { kind, names, region } = event.data;
      return {
        kind,
        since: firstInstant(effectiveAt(event)),
        names: [datedBy(event, names)],
        succeededBy: [],
        revision: event.revision,
        ...(region && { region }),
      };
    },
    OrganisationRenamed: (row, event) => row && { ...row, ...named(row, event), revision: event.revision },
    OrganisationSucceeded: (row, event) =>
      row && { ...row, succeededBy: withEntry(row.succeededBy, datedBy(event, event.data.by)), revision: event.revision },
  },
};

function named({ names, since }: OrganisationRow, event: EventOf<typeof organisationEvents, 'OrganisationRenamed'>) {
  const from = firstInstant(effectiveAt(event));
  return { names: withEntry(names, datedBy(event, event.data.names)), since: from < since ? from : since };
}

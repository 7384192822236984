import { organisationEvents, type OrganisationKind } from '#organisations/organisation.events';
import { namesFrom } from '#organisations/organisation.facts';
import { only } from '#kernel/chosen-events';
import { datedBy, streamKey, type EventOf, type Position } from '#kernel/envelope';
import type { EventData } from '#kernel/event-schema';
import { entry } from '#kernel/keyed';
import type { LocalizedText } from '#kernel/localized-text';
import type { Projection } from '#kernel/projection';
import type { RegionCode } from '#kernel/region';
import { withEntry, type Timeline } from '#kernel/timeline';
import { providerEvents } from './provider.events.js';
import type { ServiceContent } from './service-content.events.js';

const events = {
  ...only(organisationEvents, 'OrganisationRegistered', 'OrganisationRegistrationCorrected', 'OrganisationRenamed'),
  ...providerEvents,
};
type Events = typeof events;

/** Who provides digital support, and what: an organisation with its services and its commitments, through time. */
export interface ProviderRow {
  readonly kind: OrganisationKind;
  readonly region?: RegionCode;
  readonly names: Timeline<LocalizedText>;
  /** How it is reached as a provider; empty of an organisation that is none. */
  readonly registrations: Timeline<EventData<Events, 'ProviderRegistered'>>;
  /** Null once a service ended. */
  readonly services: Readonly<Record<string, Timeline<ServiceContent | null>>>;
  /** By the key of the principles: the version; null once it was withdrawn. */
  readonly commitments: Readonly<Record<string, Timeline<number | null>>>;
  /** The position of the event that changed it last, by which the directory finds what is new. */
  readonly changed: Position;
}

export const providers: Projection<ProviderRow, Events, 'OrganisationRegistered'> = {
  name: 'providers',
  version: 1,
  events,
  indexes: ['changed'],
  key: (event: EventOf<Events>) => streamKey(event.stream),
  starts: {
    OrganisationRegistered: (event) => {
      const { kind, region, names } = event.data;
      return {
        kind,
        ...(region && { region }),
        names: [datedBy(event, names)],
        registrations: [],
        services: {},
        commitments: {},
        changed: event.position,
      };
    },
  },
  on: {
    OrganisationRegistrationCorrected: (row, event) => ({ ...row, names: namesFrom(row.names, event), changed: event.position }),
    OrganisationRenamed: (row, event) => ({
      ...row,
      names: withEntry(row.names, datedBy(event, event.data.names)),
      changed: event.position,
    }),
    ProviderRegistered: (row, event) => ({
      ...row,
      registrations: withEntry(row.registrations, datedBy(event, event.data)),
      changed: event.position,
    }),
    ServiceOffered: withContent,
    ServiceRevised: withContent,
    ServiceEnded: (row, event) => withService(row, event, null),
    EthicalPrinciplesCommitted: (row, event) => withCommitment(row, event, event.data.version),
    EthicalCommitmentWithdrawn: (row, event) => withCommitment(row, event, null),
  },
};

function withContent(row: ProviderRow, event: EventOf<Events, 'ServiceOffered' | 'ServiceRevised'>): ProviderRow {
  const { service: _, ...content } = event.data;
  return withService(row, event, content);
}

function withService(
  row: ProviderRow,
  event: EventOf<Events, 'ServiceOffered' | 'ServiceRevised' | 'ServiceEnded'>,
  content: ServiceContent | null,
): ProviderRow {
  const { service } = event.data;
  const services = { ...row.services, [service]: withEntry(entry(row.services, service) ?? [], datedBy(event, content)) };
  return { ...row, services, changed: event.position };
}

function withCommitment(
  row: ProviderRow,
  event: EventOf<Events, 'EthicalPrinciplesCommitted' | 'EthicalCommitmentWithdrawn'>,
  version: number | null,
): ProviderRow {
  const { principles } = event.data;
  const commitments = { ...row.commitments, [principles]: withEntry(entry(row.commitments, principles) ?? [], datedBy(event, version)) };
  return { ...row, commitments, changed: event.position };
}

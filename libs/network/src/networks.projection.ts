import { datedBy, effectiveAt, streamKey, type EventOf } from '#kernel/envelope';
import type { EventData } from '#kernel/event-schema';
import type { Instant } from '#kernel/helsinki-time';
import { entry } from '#kernel/keyed';
import type { Projection } from '#kernel/projection';
import { withEntry, type Timeline } from '#kernel/timeline';
import { firstInstant } from '#kernel/when';
import { networkEvents, type MemberRole } from './network.events.js';

type Events = typeof networkEvents;

/** An organisation in a network; no role once it left. */
interface Membership {
  readonly role?: MemberRole;
  /** Why it left. */
  readonly reason?: string;
}

/** Who works together for digital support: a network with its coordinators, its members and its meetings through time. */
export type NetworkRow = EventData<Events, 'NetworkFounded'> & {
  /** The first instant at which it was there. */
  readonly since: Instant;
  readonly coordinators: Timeline<EventData<Events, 'CoordinatorReplaced'>>;
  readonly members: Readonly<Record<string, Timeline<Membership>>>;
  readonly meetings: Timeline<EventData<Events, 'NetworkMeetingHeld'>>;
};

export const networks: Projection<NetworkRow, Events, 'NetworkFounded'> = {
  name: 'networks',
  version: 1,
  events: networkEvents,
  indexes: ['region', 'level'],
  key: (event: EventOf<Events>) => streamKey(event.stream),
  starts: {
    NetworkFounded: (event) => ({
      ...event.data,
      since: firstInstant(effectiveAt(event)),
      coordinators: [],
      members: {},
      meetings: [],
    }),
  },
  on: {
    CoordinatorAppointed: withCoordinator,
    CoordinatorReplaced: withCoordinator,
    MemberJoined: (row, event) => withMember(row, event, { role: event.data.role }),
    MemberRoleChanged: (row, event) => withMember(row, event, { role: event.data.role }),
    MemberLeft: (row, event) => withMember(row, event, event.data.reason === undefined ? {} : { reason: event.data.reason }),
    NetworkMeetingHeld: (row, event) => ({ ...row, meetings: withEntry(row.meetings, datedBy(event, event.data)) }),
  },
};

function withCoordinator(row: NetworkRow, event: EventOf<Events, 'CoordinatorAppointed' | 'CoordinatorReplaced'>): NetworkRow {
  return { ...row, coordinators: withEntry(row.coordinators, datedBy(event, event.data)) };
}

function withMember(
  row: NetworkRow,
  event: EventOf<Events, 'MemberJoined' | 'MemberRoleChanged' | 'MemberLeft'>,
  membership: Membership,
): NetworkRow {
  const { member } = event.data;
  return { ...row, members: { ...row.members, [member]: withEntry(entry(row.members, member) ?? [], datedBy(event, membership)) } };
}

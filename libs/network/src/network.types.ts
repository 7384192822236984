import { Field, Int, ObjectType } from '@nestjs/graphql';
import { connectionType } from '#edge/connection';
import { enumOf } from '#edge/graphql-enum';
import { LocalizedTextType } from '#edge/localized-text.type';
import { municipalityOf, MunicipalityType } from '#edge/municipality.type';
import { dated, objectOf } from '#edge/records';
import { regionOf } from '#edge/region.type';
import { KeyScalar, WhenScalar } from '#edge/scalars';
import { RevisionField, StreamRevision } from '#edge/stream-revision';
import { fewRowsAt, type Moment } from '#edge/views';
import { type Sealed } from '#kernel/event-schema';
import type { Instant } from '#kernel/helsinki-time';
import { omit, pick } from '#kernel/keyed';
import type { LocalizedText } from '#kernel/localized-text';
import type { Stored } from '#kernel/projection';
import { entryAt, isThen, type Dated } from '#kernel/timeline';
import { firstInstant } from '#kernel/when';
import { OrganisationKind } from '#organisations/organisation.events';
import { networkEvents, type MemberRole } from './network.events.js';
import { networks, type NetworkRow } from './networks.projection.js';

@ObjectType('NetworkCoordinator', { description: 'Who coordinates a network, from a time on.' })
export class NetworkCoordinatorType extends objectOf({
  ...omit(networkEvents.CoordinatorReplaced.fields, 'coordinator', 'person', 'name'),
  ...dated,
}) {
  organisationId!: string;
  moment!: Moment;
  sealedName?: Sealed;
}

@ObjectType('NetworkMember', { description: 'An organisation that belongs to a network.' })
export class NetworkMemberType extends objectOf(pick(networkEvents.MemberJoined.fields, 'role')) {
  @Field(() => WhenScalar, { description: 'Since when it belongs to it without a break.' })
  since!: string;

  organisationId!: string;
  moment!: Moment;
}

@ObjectType('MembersOfKind')
export class MembersOfKindType {
  @Field(() => enumOf(OrganisationKind))
  kind!: OrganisationKind;

  @Field(() => Int)
  count!: number;
}

@ObjectType('NetworkMeeting', { description: 'A meeting that a network held.' })
export class NetworkMeetingType extends objectOf(omit(networkEvents.NetworkMeetingHeld.fields, 'meeting')) {
  @Field(() => KeyScalar)
  id!: string;
}

@ObjectType('Network', { description: 'A network of digital support, as it was at the time asked for.' })
export class NetworkType extends objectOf(pick(networkEvents.NetworkFounded.fields, 'level', 'region')) {
  @Field(() => KeyScalar)
  id!: string;

  @Field(() => LocalizedTextType)
  name!: LocalizedText;

  @Field(() => WhenScalar, { description: 'Since when it is there.' })
  since!: string;

  @Field(() => [MunicipalityType], { description: 'Of a sub-regional network.' })
  municipalities!: MunicipalityType[];

  @Field(() => NetworkCoordinatorType, { nullable: true })
  coordinator?: NetworkCoordinatorType;

  @Field(() => [NetworkCoordinatorType], { description: 'All that it had until then, the first one first.' })
  coordinators!: NetworkCoordinatorType[];

  @Field(() => [NetworkMemberType], { description: 'Its members, in the order in which they joined.' })
  members!: NetworkMemberType[];

  @Field(() => [NetworkMeetingType], { description: 'Its meetings until then, the first one first.' })
  meetings!: NetworkMeetingType[];

  @RevisionField()
  revision!: StreamRevision;

  moment!: Moment;
}

export const NetworkConnection = connectionType(NetworkType, 'Network');

/** The network as it was at the instant; undefined before it was there. */
export function networkAt(row: Stored<NetworkRow>, moment: Moment): NetworkType | undefined {
  const { asOf } = moment;
  if (row.since > asOf) return undefined;
  const coordinator = coordinatorAt(row, moment);
  return {
    id: row._id,
    level: row.level,
    name: row.names,
    since: row.since,
    ...(row.region && { region: regionOf(row.region) }),
    municipalities: (row.municipalities ?? []).flatMap((code) => municipalityOf(code, asOf) ?? []),
    ...(coordinator && { coordinator }),
    coordinators: row.coordinators.filter(isThen(asOf)).map((entry) => coordinatorOf(entry, moment)),
    members: membersAt(row, moment),
    meetings: row.meetings.filter(isThen(asOf)).map(({ value: { meeting, ...rest } }) => ({ ...rest, id: meeting })),
    revision: new StreamRevision(`network-${row._id}`, row.revision),
    moment,
  };
}

/** Who coordinates the network at the moment. */
export function coordinatorAt({ coordinators }: NetworkRow, moment: Moment): NetworkCoordinatorType | undefined {
  const latest = entryAt(coordinators, moment.asOf);
  return latest && coordinatorOf(latest, moment);
}

/** How many networks there were at each of the instants, and how many organisations belonged to one at least. */
export async function networksOverTime(
  moment: Moment,
  instants: readonly Instant[],
): Promise<readonly { readonly networks: number; readonly members: number }[]> {
  const rows = await fewRowsAt(moment, networks);
  return instants.map((at) => {
    const there = [...rows.values()].filter(({ since }) => since <= at);
    const members = there.flatMap((row) =>
      Object.entries(row.members).filter(([, timeline]) => entryAt(timeline, at)?.value.role !== undefined),
    );
    return { networks: there.length, members: new Set(members.map(([member]) => member)).size };
  });
}

function coordinatorOf({ effectiveAt, value }: NetworkRow['coordinators'][number], moment: Moment): NetworkCoordinatorType {
  const { coordinator, person: _, name, ...rest } = value;
  return { ...rest, effectiveAt, organisationId: coordinator, moment, ...(name && { sealedName: name }) };
}

function membersAt({ members }: NetworkRow, moment: Moment): NetworkMemberType[] {
  return Object.entries(members)
    .flatMap(([organisationId, timeline]) => {
      const until = timeline.filter(isThen(moment.asOf));
      const role = until.at(-1)?.value.role;
      if (role === undefined) return [];
      const joined = until.findLastIndex(({ value }) => value.role === undefined) + 1;
      return [{ role: role satisfies MemberRole, since: (until[joined] as Dated<unknown>).effectiveAt, organisationId, moment }];
    })
    .sort((a, b) => firstInstant(a.since).localeCompare(firstInstant(b.since)) || a.organisationId.localeCompare(b.organisationId));
}

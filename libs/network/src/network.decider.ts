import { organisationFacts, registeredAfter, successorAt, type OrganisationFacts } from '#organisations/organisation.facts';
import { canonicalJson } from '#kernel/canonical-json';
import { need, type CommandsOf, type DecideContext, type Decider, type Needs } from '#kernel/decider';
import { datedBy, effectiveAt, type EventOf } from '#kernel/envelope';
import type { EventData, Plain } from '#kernel/event-schema';
import { dayOf } from '#kernel/helsinki-time';
import { entry, omit } from '#kernel/keyed';
import { regionOfMunicipality } from '#kernel/municipality';
import type { RegionCode } from '#kernel/region';
import { valueAt, withEntry, type Timeline } from '#kernel/timeline';
import type { Instant } from '#kernel/helsinki-time';
import { firstInstant, lastInstant, toTheDay, type When } from '#kernel/when';
import { networkEvents, type MemberRole } from './network.events.js';
import { refuse } from './network.refusals.js';

type Commands = CommandsOf<typeof import('./network.commands.js')>;
type Events = typeof networkEvents;
type Meeting = EventData<Events, 'NetworkMeetingHeld'>;

type Coordinator = EventData<Events, 'CoordinatorAppointed'>;

interface Founded {
  readonly stage: 'founded';
  readonly since: When;
  readonly region?: RegionCode;
  /** The organisations that coordinate it, with their contacts, through time. */
  readonly coordinators: Timeline<Coordinator>;
  /** The role of each organisation that was a member; null once it left. */
  readonly members: Readonly<Record<string, Timeline<MemberRole | null>>>;
  readonly meetings: Readonly<Record<string, Meeting>>;
}
type State = { readonly stage: 'absent' } | Founded;

const itsCoordinator = need(organisationFacts, ({ coordinator }: Pick<Commands['AppointCoordinator'], 'coordinator'>) => coordinator);
const needs = {
  AppointCoordinator: { organisation: itsCoordinator },
  ReplaceCoordinator: { organisation: itsCoordinator },
  JoinNetwork: { organisation: need(organisationFacts, ({ member }: Pick<Commands['JoinNetwork'], 'member'>) => member) },
} satisfies Needs<Commands>;

/** A network of digital support: who coordinates it, who belongs to it, when it met. */
export const network: Decider<Commands, State, Events, typeof needs> = {
  category: 'network',
  events: networkEvents,
  key: (command) => command.network,
  belongs: ({ region }) => (region ? { region } : {}),
  needs,
  opens: (_, state) => (state.stage === 'founded' ? state.coordinators.map(({ value }) => value.name) : []),
  initial: { stage: 'absent' },

  decide: {
    FoundNetwork({ network: key, level, names, region, municipalities = [], effectiveAt }, state, _facts, { at, actor }) {
      if (state.stage !== 'absent') throw refuse('network-exists', { network: key });
      if (level === 'national' && (region !== undefined || municipalities.length > 0)) throw refuse('network-region-not-taken');
      if (level !== 'national' && region === undefined) throw refuse('network-region-needed');
      requireKeptByRegion(region, actor);
      if (level === 'sub-region' && municipalities.length === 0) throw refuse('network-municipalities-needed');
      if (level === 'region' && municipalities.length > 0) throw refuse('network-municipalities-not-taken');
      const day = dayOf(firstInstant(effectiveAt ?? at));
      const elsewhere = municipalities.find((municipality) => regionOfMunicipality(municipality, day) !== region);
      if (elsewhere !== undefined) throw refuse('network-municipality-elsewhere', { municipality: elsewhere, region: region as string });
      const where = { ...(region && { region }), ...(municipalities.length > 0 && { municipalities }) };
      return [{ type: 'NetworkFounded', data: { level, names, ...where }, ...(effectiveAt && { effectiveAt }) }];
    },

    AppointCoordinator({ effectiveAt, region, ...appointed }, state, { organisation }, { at }) {
      const { coordinators } = requireFounded(state, appointed.network, region, effectiveAt ?? at);
      const present = valueAt(coordinators, firstInstant(effectiveAt ?? at));
      if (present !== undefined) throw refuse('coordinator-appointed', { coordinator: present.coordinator });
      requireRegistered(appointed.coordinator, organisation, { from: firstInstant(effectiveAt ?? at), at });
      return [{ type: 'CoordinatorAppointed', data: withPerson(appointed), ...(effectiveAt && { effectiveAt }) }];
    },

    ReplaceCoordinator({ effectiveAt, region, ...appointed }, state, { organisation }, { at, opened }) {
      const { coordinators } = requireFounded(state, appointed.network, region, effectiveAt ?? at);
      const present = valueAt(coordinators, firstInstant(effectiveAt ?? at));
      if (present === undefined) throw refuse('coordinator-missing');
      requireRegistered(appointed.coordinator, organisation, { from: firstInstant(effectiveAt ?? at), at });
      const data = withPerson(appointed);
      const known = { ...present, ...(present.name && { name: opened(present.name) }) };
      if (canonicalJson(known) === canonicalJson(omit(data, 'reason'))) return [];
      return [{ type: 'CoordinatorReplaced', data, ...(effectiveAt && { effectiveAt }) }];
    },

    JoinNetwork({ network: key, region, member, role, effectiveAt }, state, { organisation }, { at, actor }) {
      requireKeptByRegion(region, actor);
      const present = roleAt(requireFounded(state, key, region, effectiveAt ?? at), member, effectiveAt ?? at);
      if (present === role) return [];
      if (present) throw refuse('member-joined', { member });
      requireRegistered(member, organisation, { from: firstInstant(effectiveAt ?? at), at });
      return [{ type: 'MemberJoined', data: { member, role }, ...(effectiveAt && { effectiveAt }) }];
    },

    ChangeMemberRole({ network: key, region, member, role, effectiveAt }, state, _facts, { at, actor }) {
      requireKeptByRegion(region, actor);
      const present = roleAt(requireFounded(state, key, region, effectiveAt ?? at), member, effectiveAt ?? at);
      if (!present) throw refuse('member-unknown', { members: [member] });
      return present === role ? [] : [{ type: 'MemberRoleChanged', data: { member, role }, ...(effectiveAt && { effectiveAt }) }];
    },

    LeaveNetwork({ network: key, region, member, reason, effectiveAt }, state, _facts, { at, actor }) {
      requireKeptByRegion(region, actor);
      if (!roleAt(requireFounded(state, key, region, effectiveAt ?? at), member, effectiveAt ?? at))
        throw refuse('member-unknown', { members: [member] });
      return [{ type: 'MemberLeft', data: { member, ...(reason && { reason }) }, ...(effectiveAt && { effectiveAt }) }];
    },

    HoldNetworkMeeting({ network: key, region, ...held }, state, _facts, { at, actor }) {
      requireKeptByRegion(region, actor);
      const found = requireFounded(state, key, region, held.on);
      const { meeting, on } = held;
      const data = { ...held, participants: [...new Set(held.participants)] };
      const known = entry(found.meetings, meeting);
      if (known && canonicalJson(known) === canonicalJson(data)) return [];
      if (known) throw refuse('meeting-exists', { meeting });
      if (firstInstant(on) > at) throw refuse('meeting-in-future', { on });
      const strangers = data.participants.filter((member) => !roleAt(found, member, lastInstant(on)));
      if (strangers.length > 0) throw refuse('member-unknown', { members: strangers });
      return [{ type: 'NetworkMeetingHeld', data, effectiveAt: on }];
    },
  },

  evolve: {
    NetworkFounded: (_, event) => ({
      stage: 'founded',
      since: effectiveAt(event),
      ...(event.data.region && { region: event.data.region }),
      coordinators: [],
      members: {},
      meetings: {},
    }),
    CoordinatorAppointed: withCoordinator,
    CoordinatorReplaced: withCoordinator,
    MemberJoined: (state, event) => withMember(state, event, event.data.role),
    MemberRoleChanged: (state, event) => withMember(state, event, event.data.role),
    MemberLeft: (state, event) => withMember(state, event, null),
    NetworkMeetingHeld: (state, { data }) => ({
      ...(state as Founded),
      meetings: { ...(state as Founded).meetings, [data.meeting]: data },
    }),
  },
};

/** A network of another region is answered as one that is not there. Before it was founded nothing happened to it. */
function requireFounded(state: State, network: string, region: RegionCode | undefined, when: When): Founded {
  if (state.stage === 'absent' || state.region !== region) throw refuse('network-unknown', { network });
  if (lastInstant(when) < firstInstant(state.since)) throw refuse('network-not-founded-yet', { since: toTheDay(state.since) });
  return state;
}

/** The agency keeps the national network; of a region’s it only records who coordinates. */
function requireKeptByRegion(region: RegionCode | undefined, actor: DecideContext['actor']): void {
  if (region !== undefined && actor.role === 'agency-coordinator') throw refuse('network-kept-by-region');
}

/** By now at least: it may be registered because of what it does already. */
function requireRegistered(organisation: string, facts: OrganisationFacts, { from, at }: { from: Instant; at: Instant }): void {
  if (!facts.isRegistered) throw refuse('network-organisation-unknown', { organisation });
  const since = registeredAfter(facts, from, at);
  if (since !== undefined) throw refuse('network-organisation-not-yet-registered', { organisation, since });
  const by = successorAt(facts, from);
  if (by !== undefined) throw refuse('network-organisation-succeeded', { organisation, by });
}

/** The same contact id in two networks may be two persons: each is forgotten alone. */
function withPerson<Appointed extends { readonly network: string; readonly contact: string }>({
  network,
  ...data
}: Appointed): Omit<Appointed, 'network'> & Pick<Plain<EventData<Events, 'CoordinatorAppointed'>>, 'person'> {
  return { ...data, person: `${network}--${data.contact}` };
}

function roleAt({ members }: Founded, member: string, when: When): MemberRole | null {
  return valueAt(entry(members, member) ?? [], firstInstant(when)) ?? null;
}

function withCoordinator(state: State, event: EventOf<Events, 'CoordinatorAppointed' | 'CoordinatorReplaced'>): State {
  const { coordinators, ...rest } = state as Founded;
  const coordinator = omit(event.data as EventData<Events, 'CoordinatorReplaced'>, 'reason');
  return { ...rest, coordinators: withEntry(coordinators, datedBy(event, coordinator)) };
}

function withMember(
  state: State,
  event: EventOf<Events, 'MemberJoined' | 'MemberRoleChanged' | 'MemberLeft'>,
  role: MemberRole | null,
): State {
  const { members, ...rest } = state as Founded;
  const { member } = event.data;
  return { ...rest, members: { ...members, [member]: withEntry(entry(members, member) ?? [], datedBy(event, role)) } };
}

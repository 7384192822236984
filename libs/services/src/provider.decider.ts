import { ethicalPrinciplesFacts, versionInForce } from '#ethics/ethical-principles.facts';
import { organisationFacts, registeredAfter, successorAt, type OrganisationFacts } from '#organisations/organisation.facts';
import { canonicalJson } from '#kernel/canonical-json';
import { need, type CommandsOf, type Decider, type Needs } from '#kernel/decider';
import { datedBy, type EventOf } from '#kernel/envelope';
import type { EventData } from '#kernel/event-schema';
import { entry } from '#kernel/keyed';
import { valueAt, withEntry, type Timeline } from '#kernel/timeline';
import type { Instant } from '#kernel/helsinki-time';
import { firstInstant, type When } from '#kernel/when';
import { providerEvents } from './provider.events.js';
import { refuse } from './provider.refusals.js';
import type { ServiceContent } from './service-content.events.js';
import { rightContent } from './service-content.rules.js';

type Commands = CommandsOf<typeof import('./provider.commands.js')>;
type Events = typeof providerEvents;
type Registration = EventData<Events, 'ProviderRegistered'>;

interface Registered {
  readonly stage: 'registered';
  readonly registration: Registration;
  /** What each service offers through time; null once it ended. */
  readonly services: Readonly<Record<string, Timeline<ServiceContent | null>>>;
  /** The version of each principles that it is committed to. */
  readonly commitments: Readonly<Record<string, number>>;
}
type State = { readonly stage: 'absent' } | Registered;

const needs = {
  RegisterProvider: { organisation: need(organisationFacts, ({ organisation }: Commands['RegisterProvider']) => organisation) },
  OfferService: { organisation: need(organisationFacts, ({ organisation }: Commands['OfferService']) => organisation) },
  CommitToEthicalPrinciples: {
    published: need(ethicalPrinciplesFacts, ({ principles }: Commands['CommitToEthicalPrinciples']) => principles),
  },
} satisfies Needs<Commands>;

/** A provider of digital support: its services, and the ethical principles that it commits to. */
export const provider: Decider<Commands, State, Events, typeof needs> = {
  category: 'provider',
  events: providerEvents,
  key: (command) => command.organisation,
  needs,
  initial: { stage: 'absent' },

  decide: {
    RegisterProvider({ organisation: key, ...registration }, state, { organisation }, { at }) {
      if (!organisation.isRegistered) throw refuse('provider-organisation-unknown', { organisation: key });
      requireThere(key, organisation, { from: at, at });
      const isSame = state.stage === 'registered' && canonicalJson(state.registration) === canonicalJson(registration);
      return isSame ? [] : [{ type: 'ProviderRegistered', data: registration }];
    },

    OfferService({ organisation: key, service, effectiveAt, ...content }, state, { organisation }, { at }) {
      const { services } = requireRegistered(state);
      const from = firstInstant(effectiveAt ?? at);
      requireThere(key, organisation, { from, at });
      const offered = rightContent(content, from);
      const known = entry(services, service);
      if (known && canonicalJson(valueAt(known, from) ?? {}) === canonicalJson(offered)) return [];
      if (known) throw refuse('service-exists', { service });
      return [{ type: 'ServiceOffered', data: { service, ...offered }, ...(effectiveAt && { effectiveAt }) }];
    },

    ReviseService({ organisation: _, service, effectiveAt, ...content }, state, _facts, { at }) {
      const from = firstInstant(effectiveAt ?? at);
      const present = requireOffered(requireRegistered(state), service, from);
      const revised = rightContent(content, from);
      if (canonicalJson(present) === canonicalJson(revised)) return [];
      return [{ type: 'ServiceRevised', data: { service, ...revised }, ...(effectiveAt && { effectiveAt }) }];
    },

    EndService({ service, reason, effectiveAt }, state, _facts, { at }) {
      requireOffered(requireRegistered(state), service, effectiveAt ?? at);
      return [{ type: 'ServiceEnded', data: { service, ...(reason && { reason }) }, ...(effectiveAt && { effectiveAt }) }];
    },

    CommitToEthicalPrinciples({ principles, version }, state, { published }, { at }) {
      const { commitments } = requireRegistered(state);
      if (version > published.versions.length) throw refuse('principles-version-unknown', { principles, version });
      const current = versionInForce(published, at)?.version ?? 0;
      if (version < current) throw refuse('principles-version-replaced', { version, current });
      return version <= (entry(commitments, principles) ?? 0)
        ? []
        : [{ type: 'EthicalPrinciplesCommitted', data: { principles, version } }];
    },

    WithdrawEthicalCommitment({ principles, reason }, state) {
      if (entry(requireRegistered(state).commitments, principles) === undefined) throw refuse('commitment-missing', { principles });
      return [{ type: 'EthicalCommitmentWithdrawn', data: { principles, ...(reason && { reason }) } }];
    },
  },

  evolve: {
    ProviderRegistered: (state, { data }) =>
      state.stage === 'registered'
        ? { ...state, registration: data }
        : { stage: 'registered', registration: data, services: {}, commitments: {} },
    ServiceOffered: withContent,
    ServiceRevised: withContent,
    ServiceEnded: (state, event) => withService(state as Registered, event, null),
    EthicalPrinciplesCommitted: (state, { data: { principles, version } }) => {
      const { commitments, ...rest } = state as Registered;
      return { ...rest, commitments: { ...commitments, [principles]: version } };
    },
    EthicalCommitmentWithdrawn: (state, { data: { principles } }) => {
      const { commitments, ...rest } = state as Registered;
      return { ...rest, commitments: Object.fromEntries(Object.entries(commitments).filter(([key]) => key !== principles)) };
    },
  },
};

function requireRegistered(state: State): Registered {
  if (state.stage === 'absent') throw refuse('provider-unknown');
  return state;
}

/** By now at least: it may be registered because of what it offers already. */
function requireThere(organisation: string, facts: OrganisationFacts, { from, at }: { from: Instant; at: Instant }): void {
  const since = registeredAfter(facts, from, at);
  if (since !== undefined) throw refuse('provider-organisation-not-yet-registered', { organisation, since });
  const by = successorAt(facts, from);
  if (by !== undefined) throw refuse('provider-organisation-succeeded', { organisation, by });
}

function requireOffered({ services }: Registered, service: string, when: When): ServiceContent {
  const present = valueAt(entry(services, service) ?? [], firstInstant(when));
  if (!present) throw refuse('service-unknown', { service });
  return present;
}

function withContent(state: State, event: EventOf<Events, 'ServiceOffered' | 'ServiceRevised'>): State {
  const { service: _, ...content } = event.data;
  return withService(state as Registered, event, content);
}

function withService(
  { services, ...rest }: Registered,
  event: EventOf<Events, 'ServiceOffered' | 'ServiceRevised' | 'ServiceEnded'>,
  content: ServiceContent | null,
): State {
  const { service } = event.data;
  return { ...rest, services: { ...services, [service]: withEntry(entry(services, service) ?? [], datedBy(event, content)) } };
}

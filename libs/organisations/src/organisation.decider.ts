import { needChain, type FactsByKey, type CommandsOf, type Decider, type Needs } from '#kernel/decider';
import { valueAt, withEntry, type Timeline } from '#kernel/timeline';
import { datedBy, effectiveAt } from '#kernel/envelope';
import { canonicalJson } from '#kernel/canonical-json';
import { dayOf, type Instant } from '#kernel/helsinki-time';
import { firstInstant, precisionOf, type When } from '#kernel/when';
import type { LocalizedText } from '#kernel/localized-text';
import { organisationEvents } from './organisation.events.js';
import { organisationFacts, successionOf, successorAt, type OrganisationFacts, type Succession } from './organisation.facts.js';
import { refuse } from './organisation.refusals.js';

type Commands = CommandsOf<typeof import('./organisation.commands.js')>;
type State =
  | { readonly stage: 'absent' }
  | { readonly stage: 'registered'; readonly since: When; readonly names: Timeline<LocalizedText>; readonly succession?: Succession };

/** The successor, its own, and so on. */
const itsSuccessor = {
  successors: needChain(
    organisationFacts,
    ({ by }: { by: string }) => by,
    ({ succession }) => succession?.by,
  ),
};
const needs = {
  SucceedOrganisation: itsSuccessor,
  CorrectOrganisationSuccession: itsSuccessor,
} satisfies Needs<Commands>;

/** One organisation through its names; the agency was VRK and is DVV. */
export const organisation: Decider<Commands, State, typeof organisationEvents, typeof needs> = {
  category: 'organisation',
  events: organisationEvents,
  key: (command) => command.organisation,
  belongs: (command) => ('region' in command && command.region ? { region: command.region } : {}),
  needs,
  initial: { stage: 'absent' },

  decide: {
    RegisterOrganisation({ kind, names, region, effectiveAt }, state) {
      if (state.stage !== 'absent') throw refuse('organisation-exists');
      return [{ type: 'OrganisationRegistered', data: { kind, names, ...(region && { region }) }, ...(effectiveAt && { effectiveAt }) }];
    },

    RenameOrganisation({ names, effectiveAt: stated }, state, _facts, { at }) {
      const found = requireRegistered(state);
      const from = stated ? firstInstant(stated) : at;
      if (from < firstInstant(found.since)) throw refuse('renamed-before-registered', { since: shown(found.since) });
      const successor = successorAt(found, from);
      if (successor !== undefined) throw refuse('organisation-succeeded', { by: successor });
      const isSame = canonicalJson(valueAt(found.names, from) ?? {}) === canonicalJson(names);
      return isSame ? [] : [{ type: 'OrganisationRenamed', data: { names }, ...(stated && { effectiveAt: stated }) }];
    },

    SucceedOrganisation({ organisation: own, by, effectiveAt: stated }, state, { successors }, { at }) {
      const { since, succession } = requireRegistered(state);
      if (succession) {
        if (succession.by === by && (stated === undefined || stated === succession.from)) return [];
        throw refuse('succession-recorded', { by: succession.by, from: shown(succession.from) });
      }
      canSucceed({ own, since, by, from: stated ? firstInstant(stated) : at }, successors);
      return [{ type: 'OrganisationSucceeded', data: { by }, ...(stated && { effectiveAt: stated }) }];
    },

    CorrectOrganisationSuccession({ organisation: own, by, reason, effectiveAt: from }, state, { successors }) {
      const { since, succession } = requireRegistered(state);
      if (!succession) throw refuse('succession-not-recorded');
      if (succession.by === by && succession.from === from) return [];
      canSucceed({ own, since, by, from: firstInstant(from) }, successors);
      return [{ type: 'OrganisationSuccessionCorrected', data: { by, reason }, effectiveAt: from }];
    },
  },

  evolve: {
    OrganisationRegistered: (_, event) => ({
      stage: 'registered',
      since: effectiveAt(event),
      names: [datedBy(event, event.data.names)],
    }),
    OrganisationRenamed: (state, event) =>
      state.stage === 'registered' ? { ...state, names: withEntry(state.names, datedBy(event, event.data.names)) } : state,
    OrganisationSucceeded: (state, event) => ({ ...requireRegistered(state), succession: successionOf(event) }),
    OrganisationSuccessionCorrected: (state, event) => ({ ...requireRegistered(state), succession: successionOf(event) }),
  },
};

function requireRegistered(state: State) {
  if (state.stage === 'absent') throw refuse('organisation-unknown');
  return state;
}

/** The successor is another one that is registered by then, has not been succeeded, and is not to be succeeded by this one. */
function canSucceed(
  { own, since, by, from }: { own: string; since: When; by: string; from: Instant },
  successors: FactsByKey<OrganisationFacts>,
): void {
  if (by === own) throw refuse('succeeded-by-itself');
  if (from < firstInstant(since)) throw refuse('succeeded-before-registered', { since: shown(since) });
  const successor = successors.get(by) ?? organisationFacts.initial;
  if (!successor.isRegistered) throw refuse('successor-unknown', { by });
  if (successor.since && from < firstInstant(successor.since))
    throw refuse('successor-not-yet-registered', { by, since: shown(successor.since) });
  if ([...successors.values()].some(({ succession }) => succession?.by === own)) throw refuse('succession-in-a-circle', { by });
  const next = successorAt(successor, from);
  if (next !== undefined) throw refuse('successor-succeeded', { by, next });
}

function shown(from: When): string {
  return precisionOf(from) === 'instant' ? dayOf(from) : from;
}

import { need, needChain, type CommandsOf, type Decider, type FactsOf, type Needs } from '#kernel/decider';
import { valueAt, withEntry, type Timeline } from '#kernel/timeline';
import { datedBy, effectiveAt } from '#kernel/envelope';
import { canonicalJson } from '#kernel/canonical-json';
import { dayOf, type Instant } from '#kernel/helsinki-time';
import { firstInstant, precisionOf, type When } from '#kernel/when';
import type { LocalizedText } from '#kernel/localized-text';
import { organisationEvents } from './organisation.events.js';
import { namesFrom, organisationFacts, successionOf, successorAt, type Succession } from './organisation.facts.js';
import { refuse } from './organisation.refusals.js';
import { claimOf } from './succession.decider.js';
import { claimedSuccessions, successionsKey } from './succession.facts.js';

type Commands = CommandsOf<typeof import('./organisation.commands.js')>;
type State =
  | { readonly stage: 'absent' }
  | { readonly stage: 'registered'; readonly since: When; readonly names: Timeline<LocalizedText>; readonly succession?: Succession };

/** What was claimed is read first: what is recorded later than that was claimed later, too, and the claim is refused. */
const itsSuccessor = {
  claimed: need(claimedSuccessions, () => successionsKey),
  /** The successor, its own, and so on. */
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
type SuccessionFacts = FactsOf<typeof needs, 'SucceedOrganisation'>;

/** One organisation through its names; the agency was VRK and is DVV. */
export const organisation: Decider<Commands, State, typeof organisationEvents, typeof needs> = {
  category: 'organisation',
  events: organisationEvents,
  key: (command) => command.organisation,
  belongs: (command) => ('region' in command && command.region ? { region: command.region } : {}),
  needs,
  claims: (_, command, facts) =>
    'by' in command && 'claimed' in facts ? claimOf(command.organisation, [...facts.successors.keys()], facts.claimed) : undefined,
  initial: { stage: 'absent' },

  decide: {
    RegisterOrganisation({ kind, names, region, effectiveAt }, state) {
      if (state.stage !== 'absent') throw refuse('organisation-exists');
      return [{ type: 'OrganisationRegistered', data: { kind, names, ...(region && { region }) }, ...(effectiveAt && { effectiveAt }) }];
    },

    CorrectOrganisationRegistration({ reason, effectiveAt: from }, state) {
      const { since, names, succession } = requireRegistered(state);
      if (since === from) return [];
      const moved = [...names.map(({ effectiveAt }) => effectiveAt), ...(succession ? [succession.from] : [])]
        .filter((followed) => firstInstant(followed) > firstInstant(since))
        .find((followed) => firstInstant(followed) < firstInstant(from));
      if (moved !== undefined) throw refuse('registered-after-what-followed', { followed: shown(moved) });
      return [{ type: 'OrganisationRegistrationCorrected', data: { reason }, effectiveAt: from }];
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

    SucceedOrganisation({ organisation: own, by, effectiveAt: stated }, state, facts, { at }) {
      const { since, succession } = requireRegistered(state);
      if (succession) {
        if (succession.by === by && (stated === undefined || stated === succession.from)) return [];
        throw refuse('succession-recorded', { by: succession.by, from: shown(succession.from) });
      }
      canSucceed({ own, since, by, from: stated ? firstInstant(stated) : at }, facts);
      return [{ type: 'OrganisationSucceeded', data: { by }, ...(stated && { effectiveAt: stated }) }];
    },

    CorrectOrganisationSuccession({ organisation: own, by, reason, effectiveAt: from }, state, facts) {
      const { since, succession } = requireRegistered(state);
      if (!succession) throw refuse('succession-not-recorded');
      if (succession.by === by && succession.from === from) return [];
      canSucceed({ own, since, by, from: firstInstant(from) }, facts);
      return [{ type: 'OrganisationSuccessionCorrected', data: { by, reason }, effectiveAt: from }];
    },
  },

  evolve: {
    OrganisationRegistered: (_, event) => ({
      stage: 'registered',
      since: effectiveAt(event),
      names: [datedBy(event, event.data.names)],
    }),
    OrganisationRegistrationCorrected: (state, event) => {
      const found = requireRegistered(state);
      return { ...found, since: effectiveAt(event), names: namesFrom(found.names, event) };
    },
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

interface Asked {
  readonly own: string;
  readonly since: When;
  readonly by: string;
  readonly from: Instant;
}

/** The successor is another one that is registered by then, has not been succeeded, and is not to be succeeded by this one. */
function canSucceed({ own, since, by, from }: Asked, { claimed, successors }: SuccessionFacts): void {
  if (by === own) throw refuse('succeeded-by-itself');
  if (from < firstInstant(since)) throw refuse('succeeded-before-registered', { since: shown(since) });
  const successor = successors.get(by) ?? organisationFacts.initial;
  if (!successor.isRegistered) throw refuse('successor-unknown', { by });
  if (successor.since !== undefined && from < firstInstant(successor.since))
    throw refuse('successor-not-yet-registered', { by, since: shown(successor.since) });
  if (leadsTo(own, by, { claimed, successors })) throw refuse('succession-in-a-circle', { by });
  const next = successorAt(successor, from);
  if (next !== undefined) throw refuse('successor-succeeded', { by, next });
}

/** Whether one of the successors, recorded or claimed, is the organisation. */
function leadsTo(own: string, by: string, { claimed, successors }: SuccessionFacts): boolean {
  const found = new Set([by]);
  for (const one of found)
    for (const next of [successors.get(one)?.succession?.by, claimed.successors.get(one)]) if (next !== undefined) found.add(next);
  return found.has(own);
}

function shown(from: When): string {
  return precisionOf(from) === 'instant' ? dayOf(from) : from;
}

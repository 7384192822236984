import { need, type CommandsOf, type Decider, type Needs } from '#kernel/decider';
import { valueAt, withEntry, type Timeline } from '#kernel/timeline';
import { datedBy } from '#kernel/envelope';
import { canonicalJson } from '#kernel/canonical-json';
import { firstInstant } from '#kernel/when';
import type { LocalizedText } from '#kernel/localized-text';
import { organisationEvents } from './organisation.events.js';
import { organisationFacts } from './organisation.facts.js';
import { refuse } from './organisation.refusals.js';

type Commands = CommandsOf<typeof import('./organisation.commands.js')>;
type State =
  | { readonly stage: 'absent' }
  | { readonly stage: 'registered'; readonly names: Timeline<LocalizedText> }
  | { readonly stage: 'succeeded'; readonly by: string };

const needs = {
  SucceedOrganisation: { successor: need(organisationFacts, ({ by }: { by: string }) => by) },
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

    RenameOrganisation({ names, effectiveAt }, state, _facts, { at }) {
      const current = requireRegistered(state).names;
      const isSame = canonicalJson(valueAt(current, effectiveAt ? firstInstant(effectiveAt) : at) ?? {}) === canonicalJson(names);
      return isSame ? [] : [{ type: 'OrganisationRenamed', data: { names }, ...(effectiveAt && { effectiveAt }) }];
    },

    SucceedOrganisation({ organisation: own, by, effectiveAt }, state, { successor }) {
      if (state.stage === 'succeeded' && state.by === by) return [];
      requireRegistered(state);
      if (by === own) throw refuse('succeeded-by-itself');
      if (!successor.isRegistered) throw refuse('successor-unknown', { by });
      return [{ type: 'OrganisationSucceeded', data: { by }, ...(effectiveAt && { effectiveAt }) }];
    },
  },

  evolve: {
    OrganisationRegistered: (_, event) => ({ stage: 'registered', names: [datedBy(event, event.data.names)] }),
    OrganisationRenamed: (state, event) =>
      state.stage === 'registered' ? { ...state, names: withEntry(state.names, datedBy(event, event.data.names)) } : state,
    OrganisationSucceeded: (_, { data: { by } }) => ({ stage: 'succeeded', by }),
  },
};

function requireRegistered(state: State) {
  if (state.stage === 'absent') throw refuse('organisation-unknown');
  if (state.stage === 'succeeded') throw refuse('organisation-succeeded', { by: state.by });
  return state;
}

import { need, type CommandsOf, type DecideContext, type Decider, type Needs } from '#kernel/decider';
import { canonicalJson } from '#kernel/canonical-json';
import { helsinkiClock } from '#kernel/helsinki-time';
import { firstInstant, lastInstant } from '#kernel/when';
import { callEvents, type CallTerms } from './call.events.js';
import { callFacts, deadline, hasClosed, type CallFacts } from './call.facts.js';
import { refuse } from './call.refusals.js';
import { organisationFacts } from '#organisations/organisation.facts';

type Commands = CommandsOf<typeof import('./call.commands.js')>;

/** What the terms of a call must say before it is published. */
const neededToPublish = [
  'opens',
  'closes',
  'planComments',
  'eligibleApplicants',
  'applicationsPer',
  'periodOfUse',
  'reporting',
  'largestShare',
  'vatEligible',
  'transferAllowed',
  'criteria',
  'legalBasis',
  'appeal',
  'languages',
] as const satisfies (keyof CallTerms)[];

const needs = {
  PlanCall: { organiser: need(organisationFacts, ({ organiser }: { organiser: string }) => organiser) },
} satisfies Needs<Commands>;

/** A call for state grants, from its plan to its closing. */
export const call: Decider<Commands, CallFacts, typeof callEvents, typeof needs> = {
  ...callFacts,
  key: (command) => command.call,
  belongs: (command) => ({ call: command.call }),
  needs,

  decide: {
    PlanCall({ kind, names, organiser, goals, duties, terms }, state, facts) {
      if (state.stage !== 'absent') throw refuse('call-exists');
      if (!facts.organiser.isRegistered) throw refuse('organiser-unknown', { organiser });
      return [{ type: 'CallPlanned', data: { kind, names, organiser, goals, duties, terms: requireWindowsInOrder(terms) } }];
    },

    PublishCall(_, state, _facts, { source, at }) {
      const { stage, terms } = requireNotCancelled(state);
      if (stage !== 'planned') return [];
      const missing = neededToPublish.filter((term) => terms[term] === undefined);
      if (missing.length > 0 && !source) throw refuse('terms-incomplete', { missing });
      requireNotClosed(terms, at);
      return [{ type: 'CallPublished', data: {} }];
    },

    PublishCallMaterial({ call: _, ...data }, state) {
      requirePublished(state);
      return [{ type: 'CallMaterialPublished', data }];
    },

    NameCallContact({ call: key, ...data }, state) {
      requireNotCancelled(state);
      // The same contact id in two calls may be two persons: each is forgotten alone.
      return [{ type: 'CallContactNamed', data: { ...data, person: `${key}--${data.contact}` } }];
    },

    AmendCallTerms({ terms, reason }, state, _facts, { at }) {
      const { stage, terms: current } = requireNotCancelled(state);
      requireNotClosed(current, at);
      if (canonicalJson(terms) === canonicalJson(current)) return [];
      if (stage === 'published') {
        const missing = neededToPublish.filter((term) => terms[term] === undefined);
        if (missing.length > 0) throw refuse('terms-incomplete', { missing });
        const [present, next] = [requireDeadline(current), requireDeadline(terms)];
        if (next < present) throw refuse('deadline-shortened', { current: helsinkiClock(present), closes: helsinkiClock(next) });
      }
      return [{ type: 'CallTermsAmended', data: { terms: requireWindowsInOrder(terms), reason } }];
    },

    ExtendCallDeadline({ closes, reason }, state, _facts, { at }) {
      const { terms } = requirePublished(state);
      const current = requireDeadline(terms);
      if (closes === terms.closes) return [];
      requireNotClosed(terms, at);
      if (lastInstant(closes) <= current)
        throw refuse('deadline-not-later', { current: helsinkiClock(current), closes: helsinkiClock(lastInstant(closes)) });
      return [{ type: 'CallDeadlineExtended', data: { closes, reason } }];
    },

    CloseCall(_, state, _facts, { at }) {
      const { stage, terms } = requirePublished(state);
      if (stage === 'closed') return [];
      const closes = requireDeadline(terms);
      if (at < closes) throw refuse('call-open', { closes: helsinkiClock(closes) });
      // Recorded late or not, it is about the deadline.
      return [{ type: 'CallClosed', data: {}, effectiveAt: closes }];
    },

    CancelCall({ reason }, state, _facts, { at }) {
      if (state.stage === 'cancelled') return [];
      requireNotClosed(requireNotCancelled(state).terms, at);
      return [{ type: 'CallCancelled', data: { reason } }];
    },

    RecordSelectionFromSource({ call: _, ...data }, state, _facts, context) {
      requireSource(context);
      if (requireCall(state).isSelected) throw refuse('selection-recorded');
      return [{ type: 'SelectionRecordedFromSource', data }];
    },

    RecordSourceStatement({ call: _, ...data }, state, _facts, context) {
      requireSource(context);
      requireCall(state);
      return [{ type: 'SourceStatementRecorded', data }];
    },
  },
};

function requireCall(state: CallFacts) {
  if (state.stage === 'absent') throw refuse('call-unknown');
  return state;
}

function requireNotCancelled(state: CallFacts) {
  const found = requireCall(state);
  if (found.stage === 'cancelled') throw refuse('call-cancelled');
  return found;
}

function requirePublished(state: CallFacts) {
  const found = requireNotCancelled(state);
  if (found.stage === 'planned') throw refuse('call-not-published');
  return found;
}

function requireDeadline(terms: CallTerms) {
  const last = deadline(terms);
  if (last === undefined) throw refuse('deadline-missing');
  return last;
}

function requireNotClosed(terms: CallTerms, at: string) {
  if (hasClosed(terms, at)) throw refuse('call-closed', { closes: helsinkiClock(requireDeadline(terms)) });
}

/** The terms, none of whose windows ends before it begins. */
function requireWindowsInOrder(terms: CallTerms): CallTerms {
  const { opens, closes, planComments, periodOfUse, reporting } = terms;
  const windows = {
    'terms.opens': opens && closes && { from: opens, to: closes },
    'terms.planComments': planComments,
    'terms.periodOfUse': periodOfUse,
    'terms.reporting': reporting,
  };
  for (const [field, window] of Object.entries(windows)) {
    if (window && lastInstant(window.to) < firstInstant(window.from))
      throw refuse('window-backwards', { field, from: window.from, to: window.to });
  }
  return terms;
}

/** These commands are the import's alone: a fault of the program's, if they come without a source. */
function requireSource({ source }: DecideContext) {
  if (!source) throw new TypeError('what is recorded from a source names the source');
}

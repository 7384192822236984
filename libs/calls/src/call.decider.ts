import { need, type CommandsOf, type DecideContext, type Decider, type Needs } from '#kernel/decider';
import { canonicalJson } from '#kernel/canonical-json';
import { entry, omit, repeated } from '#kernel/keyed';
import { isFarDay, usualDaysOfUse } from '#kernel/due-day';
import { dayOf, helsinkiClock } from '#kernel/helsinki-time';
import { firstInstant, lastInstant } from '#kernel/when';
import type { OrganisationKind } from '#organisations/organisation.events';
import { callEvents, type CallTerms } from './call.events.js';
import { callFacts, deadline, hasClosed, type CallFacts, type Described } from './call.facts.js';
import { refuse } from './call.refusals.js';
import { isActiveAt, organisationFacts } from '#organisations/organisation.facts';

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

/** How many days ahead the terms of a call usually look: to its own windows, and to those that follow them. */
const usuallyAhead = { opens: 365, closes: 365, planComments: 365, periodOfUse: usualDaysOfUse, reporting: 1_460 } as const;

/** Who may grant. */
const granters: readonly OrganisationKind[] = ['ministry', 'agency'];

const needs = {
  PlanCall: { organiser: need(organisationFacts, ({ organiser }: { organiser: string }) => organiser) },
} satisfies Needs<Commands>;

/** A call for state grants, from its plan to its closing. */
export const call: Decider<Commands, CallFacts, typeof callEvents, typeof needs> = {
  ...callFacts,
  key: (command) => command.call,
  belongs: (command) => ({ call: command.call }),
  needs,
  partsChanged: ({ type, data }) => (type === 'CallPlanRevised' ? Object.keys(data) : []),
  opens: (command, state) => {
    const { name, email, phone } = ('contact' in command && contactIn(state, command)) || {};
    return [name, email, phone];
  },

  decide: {
    PlanCall({ kind, names, organiser, goals, duties, terms, isFarDayMeant }, state, facts, { at, source }) {
      if (state.stage !== 'absent') throw refuse('call-exists');
      if (!isActiveAt(facts.organiser, at)) throw refuse('organiser-unknown', { organiser });
      if (facts.organiser.kind && !granters.includes(facts.organiser.kind)) throw refuse('organiser-grants-nothing', { organiser });
      requireDutiesOnce(duties);
      const said = source ? requireWindowsInOrder(terms) : consistent(terms);
      if (!source && !isFarDayMeant) requireNear(said, {}, at);
      return [{ type: 'CallPlanned', data: { kind, names, organiser, goals, duties, terms: said } }];
    },

    ReviseCallPlan({ call: _, ...said }, state) {
      const { stage, described } = requireNotCancelled(state);
      if (stage !== 'planned') throw refuse('call-published');
      const data = changedIn(described, said);
      requireDutiesOnce(data.duties ?? []);
      return Object.keys(data).length === 0 ? [] : [{ type: 'CallPlanRevised', data }];
    },

    PublishCall(_, state, _facts, { source, at }) {
      const { stage, terms } = requireNotCancelled(state);
      if (stage !== 'planned') return [];
      const missing = missingToPublish(terms);
      if (missing.length > 0 && !source) throw refuse('terms-incomplete', { missing });
      requireNotClosed(state, at);
      return [{ type: 'CallPublished', data: {} }];
    },

    PublishCallMaterial({ call: _, ...data }, state) {
      const { materials } = requirePublished(state);
      return canonicalJson(entry(materials, data.material) ?? {}) === canonicalJson(data) ? [] : [{ type: 'CallMaterialPublished', data }];
    },

    NameCallContact({ call: key, ...said }, state, _facts, { opened }) {
      requireNotCancelled(state);
      const before = contactIn(state, said);
      // The same contact id in two calls may be two persons: each is forgotten alone.
      const data = { ...said, person: `${key}--${said.contact}` };
      const known = before && { ...before, name: opened(before.name), email: opened(before.email), phone: opened(before.phone) };
      return canonicalJson(known ?? {}) === canonicalJson(data) ? [] : [{ type: 'CallContactNamed', data }];
    },

    AmendCallTerms({ terms, reason, isFarDayMeant }, state, _facts, { at }) {
      const { stage, terms: current } = requireNotCancelled(state);
      const saysTheSame = (a: object, b: object) => canonicalJson(a) === canonicalJson(b);
      // When grantees report decides no application: a day that is wrong is corrected afterwards, too.
      if (!saysTheSame(omit(terms, 'reporting'), omit(current, 'reporting'))) requireNotClosed(state, at);
      if (saysTheSame(terms, current)) return [];
      if (stage !== 'planned') {
        const missing = missingToPublish(terms);
        if (missing.length > 0) throw refuse('terms-incomplete', { missing });
        const [present, next] = [requireDeadline(current), requireDeadline(terms)];
        if (next < present) throw refuse('deadline-shortened', { current: helsinkiClock(present), closes: helsinkiClock(next) });
      }
      const said = consistent(terms);
      if (!isFarDayMeant) requireNear(said, current, at);
      return [{ type: 'CallTermsAmended', data: { terms: said, reason } }];
    },

    ExtendCallDeadline({ closes, reason, isFarDayMeant }, state, _facts, { at, source }) {
      const { terms } = requirePublished(state);
      const current = requireDeadline(terms);
      if (closes === terms.closes) return [];
      requireNotClosed(state, at);
      if (lastInstant(closes) <= current)
        throw refuse('deadline-not-later', { current: helsinkiClock(current), closes: helsinkiClock(lastInstant(closes)) });
      if (!source) consistent({ ...terms, closes });
      if (!source && !isFarDayMeant) requireNear({ closes }, terms, at);
      return [{ type: 'CallDeadlineExtended', data: { closes, reason } }];
    },

    CloseCall(_, state, _facts, { at, source }) {
      const { stage, terms } = requirePublished(state);
      if (stage === 'closed') return [];
      const closes = requireDeadline(terms);
      // A source states the deadline itself as the time of the closing.
      if (source ? at < closes : at <= closes) throw refuse('call-open', { closes: helsinkiClock(closes) });
      // Recorded late or not, it is about the deadline.
      return [{ type: 'CallClosed', data: {}, effectiveAt: closes }];
    },

    CancelCall({ reason }, state, _facts, { at }) {
      if (state.stage === 'cancelled') return [];
      requireNotCancelled(state);
      requireNotClosed(state, at);
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

/** What is given and says something else than what stands. */
function changedIn(described: Described, said: Partial<Described>): Partial<Described> {
  const changed = Object.entries(said).filter(
    ([name, value]) => canonicalJson(value) !== canonicalJson(described[name as keyof Described]),
  );
  return Object.fromEntries(changed);
}

function requireDutiesOnce(duties: Described['duties']) {
  const duty = repeated(duties.map(({ key }) => key));
  if (duty !== undefined) throw refuse('key-twice', { key: duty });
}

function requireCall(state: CallFacts) {
  if (state.stage === 'absent') throw refuse('call-unknown');
  return state;
}

/** What is known of the contact that the command names. */
function contactIn(state: CallFacts, { contact }: { readonly contact: string }) {
  return state.stage === 'absent' ? undefined : entry(state.contacts, contact);
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

/** Neither by its terms nor on the record: a clock that was set back opens nothing again. */
function requireNotClosed(state: CallFacts, at: string) {
  const { stage, terms } = requireCall(state);
  if (stage === 'closed' || hasClosed(terms, at)) throw refuse('call-closed', { closes: helsinkiClock(requireDeadline(terms)) });
}

/** What is not said: an empty list says nothing. */
function missingToPublish(terms: CallTerms) {
  return neededToPublish.filter((term) => terms[term] === undefined || (Array.isArray(terms[term]) && terms[term].length === 0));
}

/** The terms, whose windows follow each other and whose criteria have keys of their own. What a source says may be otherwise. */
function consistent(terms: CallTerms): CallTerms {
  const { planComments, periodOfUse, reporting, criteria = [] } = requireWindowsInOrder(terms);
  const closes = deadline(terms);
  const criterion = repeated(criteria.map(({ key }) => key));
  if (criterion !== undefined) throw refuse('key-twice', { key: criterion });
  if (closes && planComments && firstInstant(planComments.to) > closes)
    throw refuse('comments-after-closing', { to: planComments.to, closes: helsinkiClock(closes) });
  if (closes && periodOfUse && firstInstant(periodOfUse.from) <= closes)
    throw refuse('use-before-closing', { from: periodOfUse.from, closes: helsinkiClock(closes) });
  if (periodOfUse && reporting && reporting.from < periodOfUse.from)
    throw refuse('reporting-before-use', { from: reporting.from, use: periodOfUse.from });
  return terms;
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

/** None of the days that the terms set anew is so far away that it is a slip of the pen. */
function requireNear(terms: CallTerms, before: CallTerms, at: string) {
  for (const [name, days] of Object.entries(usuallyAhead)) {
    const [said, stands] = [terms, before].map((one) => one[name as keyof typeof usuallyAhead]);
    const last = typeof said === 'object' ? said.to : said;
    const isNew = canonicalJson(said ?? '') !== canonicalJson(stands ?? '');
    if (last && isNew && isFarDay(last, at, days))
      throw refuse('terms-far-away', { field: `terms.${name}`, day: dayOf(firstInstant(last)), days });
  }
}

/** These commands are the import's alone: a fault of the program's, if they come without a source. */
function requireSource({ source }: DecideContext) {
  if (!source) throw new TypeError('what is recorded from a source names the source');
}

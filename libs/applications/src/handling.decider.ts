import type { CallTerms } from '#calls/call.events';
import { deadline, hasClosed, type CallFacts } from '#calls/call.facts';
import type { CommandsOf, DecideContext, Decider, Needs } from '#kernel/decider';
import { helsinkiClock, type Day, type Instant } from '#kernel/helsinki-time';
import { contentHash } from '#kernel/content-hash';
import { canonicalJson } from '#kernel/canonical-json';
import { isFarDay, usualDays } from '#kernel/due-day';
import { entry } from '#kernel/keyed';
import { lastInstant } from '#kernel/when';
import { requireValidContent, contentOf, hashed, largestGrant } from './application-content.rules.js';
import type { applicationEvents, AskedKind } from './application.events.js';
import type { ApplicationFacts, ArrivedApplication, Asked } from './application.facts.js';
import {
  arrivalOf,
  requireArrived,
  dated,
  requireOwnArrived,
  requireCallUnderWay,
  requireUndecided,
  requireUnlocked,
} from './application.rules.js';
import { itsCall, itsPlan } from './applying.decider.js';
import { refuse } from './handling.refusals.js';

export type HandlingCommands = CommandsOf<typeof import('./handling.commands.js')>;

export const handlingNeeds = {
  SupplementApplication: { call: itsCall, plan: itsPlan },
  AssessApplication: { call: itsCall },
  RecordEarlierArrival: { call: itsCall },
  ProposeDecision: { call: itsCall },
} satisfies Needs<HandlingCommands>;

/** From the arrival to the proposal of a decision. */
export const handling: Decider<HandlingCommands, ApplicationFacts, typeof applicationEvents, typeof handlingNeeds>['decide'] = {
  RequestSupplement({ application, supplement, asks, due, isFarDayMeant }, state, _facts, context) {
    const { supplements } = requireHandler(state, application, context);
    requireNewRequest(supplements, supplement);
    requireDue(due, isFarDayMeant, context);
    return [{ type: 'SupplementRequested', data: { supplement, asks, due, presenter: context.actor.id } }];
  },

  SupplementApplication({ application, organisation, supplement, text, content: said, arrival: given }, state, facts, context) {
    const submitted = requireUnlocked(requireOwnArrived(state, application, organisation));
    const { due, answer } = requireRequest(submitted.supplements, supplement);
    if (text === undefined && said === undefined) throw refuse('supplement-empty');
    const content = said && requireValidContent(contentOf(said), requireCallUnderWay(facts.call, submitted.call), facts.plan);
    const arrival = arrivalOf(given, context);
    const isLate = arrival.arrivedAt > lastInstant(due);
    // Another arrival of the same is a fact of its own, with its evidence.
    if (!given && isRepeated(answer, { text, content }, isLate)) return [];
    const data = {
      supplement,
      ...(text !== undefined && { text }),
      ...(content && hashed(content)),
      isLate,
      arrival,
    };
    return [{ type: 'ApplicationSupplemented', data, ...dated(arrival) }];
  },

  OpenHearing({ application, hearing, concerns, due, isFarDayMeant }, state, _facts, context) {
    const { hearings } = requireHandler(state, application, context);
    requireNewRequest(hearings, hearing);
    requireDue(due, isFarDayMeant, context);
    return [{ type: 'HearingOpened', data: { hearing, concerns, due, presenter: context.actor.id } }];
  },

  GiveStatement({ application, organisation, hearing, text, arrival: given }, state, _facts, context) {
    const { due, answer } = requireRequest(requireUnlocked(requireOwnArrived(state, application, organisation)).hearings, hearing);
    const arrival = arrivalOf(given, context);
    const isLate = arrival.arrivedAt > lastInstant(due);
    if (!given && isRepeated(answer, { text }, isLate)) return [];
    return [{ type: 'StatementGiven', data: { hearing, text, isLate, arrival }, ...dated(arrival) }];
  },

  CorrectDueDay({ application, asked, id, due, reason, isFarDayMeant }, state, _facts, context) {
    const found = requireUnanswered(requireHandler(state, application, context), asked, id);
    if (found.due === due) return [];
    requireDue(due, isFarDayMeant, context);
    return [{ type: 'DueDayCorrected', data: { asked, id, due, reason } }];
  },

  WithdrawRequest({ application, asked, id, reason }, state, _facts, context) {
    const submitted = requireHandler(state, application, context);
    const known = entry(asked === 'supplement' ? submitted.supplements : submitted.hearings, id);
    if (known?.isWithdrawn) return [];
    requireUnanswered(submitted, asked, id);
    return [{ type: 'RequestWithdrawn', data: { asked, id, reason } }];
  },

  RecordEarlierArrival({ application, arrival: given }, state, facts, context) {
    const submitted = requireUnlocked(requireArrived(state, application));
    const terms = requireCallUnderWay(facts.call, submitted.call);
    const arrival = arrivalOf(given, context);
    const { arrivedAt } = submitted.arrival;
    if (canonicalJson(arrival) === canonicalJson(submitted.arrival)) return [];
    if (arrival.arrivedAt >= arrivedAt) throw refuse('arrival-not-earlier', { arrivedAt: helsinkiClock(arrivedAt) });
    const isLate = hasClosed(terms, arrival.arrivedAt);
    return [{ type: 'EarlierArrivalRecorded', data: { arrival, isLate }, effectiveAt: arrival.arrivedAt }];
  },

  RecordDisqualification({ application, person, grounds }, state, _facts, { actor }) {
    // Also while a decision is proposed: its decider may be the one. It changes nothing in the application.
    const { disqualified } = requireArrived(state, application);
    const whose = person ?? actor.id;
    return disqualified.includes(whose) ? [] : [{ type: 'DisqualificationRecorded', data: { person: whose, grounds } }];
  },

  AssessApplication({ application, criterion, score, grounds }, state, facts, context) {
    const handled = requireHandler(state, application, context);
    const { criteria = [] } = requireClosedCall(handled, facts, context);
    const known = criteria.map(({ key }) => key);
    if (!known.includes(criterion)) throw refuse('criterion-unknown', { criterion, known });
    const data = { criterion, score, grounds, assessor: context.actor.id };
    const isSame = entry(handled.assessments ?? {}, criterion) === contentHash(data);
    return isSame ? [] : [{ type: 'ApplicationAssessed', data }];
  },

  ProposeDecision({ application, outcome, amount, grounds, conditions }, state, facts, context) {
    const submitted = requireHandler(state, application, context);
    const terms = requireClosedCall(submitted, facts, context);
    const ground = submitted.inadmissible ?? (submitted.isLate ? 'late' : undefined);
    if (ground && outcome !== 'inadmissible') throw refuse('outcome-inadmissible-only', { ground });
    requireNothingAwaited(submitted, context);
    if (outcome !== 'granted') {
      if (amount !== undefined) throw refuse('proposed-amount-without-grant');
    } else {
      if (!amount) throw refuse('proposed-amount-missing');
      if (!submitted.content) throw refuse('proposed-figures-missing');
      const largest = Math.min(submitted.content.amount, largestGrant(submitted.content, terms));
      if (amount > largest) throw refuse('proposed-amount-too-large', { amount, largest });
    }
    if (outcome !== 'inadmissible') allAssessed(submitted, terms);
    return [{ type: 'DecisionProposed', data: { presenter: context.actor.id, outcome, ...(amount && { amount }), grounds, conditions } }];
  },

  WithdrawDecisionProposal({ application, reason }, state, _facts, { actor }) {
    const submitted = requireArrived(state, application);
    requireNotDisqualified(submitted, actor.id);
    requireUndecided(submitted);
    if (!submitted.proposal) throw refuse('nothing-proposed');
    return [{ type: 'DecisionProposalWithdrawn', data: { reason } }];
  },

  // The decision stands in the allocation of the call, whatever became of the proposal in the moment before this is recorded.
  RecordApplicationDecided({ application }, state) {
    return requireArrived(state, application).isDecided ? [] : [{ type: 'ApplicationDecided', data: {} }];
  },
};

/** An application that can change, in the hands of somebody who may handle it. */
function requireHandler(state: ApplicationFacts, application: string, { actor }: DecideContext): ArrivedApplication {
  const submitted = requireUnlocked(requireArrived(state, application));
  requireNotDisqualified(submitted, actor.id);
  return submitted;
}

function requireNotDisqualified({ disqualified }: ArrivedApplication, person: string) {
  if (disqualified.includes(person)) throw refuse('handler-disqualified');
}

/** The terms, once the application cannot be amended any more. */
function requireClosedCall({ call }: ArrivedApplication, facts: { readonly call: CallFacts }, { at }: DecideContext) {
  const terms = requireCallUnderWay(facts.call, call);
  const closes = deadline(terms);
  if (closes !== undefined && !hasClosed(terms, at)) throw refuse('application-call-still-open', { closes: helsinkiClock(closes) });
  return terms;
}

function requireNewRequest(known: Readonly<Record<string, Asked>>, id: string) {
  if (entry(known, id)) throw refuse('asked-already', { id });
}

/** A day to come, and not so far away that it is a slip of the pen. */
function requireDue(due: Day, isFarDayMeant: boolean | undefined, { at }: DecideContext) {
  if (lastInstant(due) < at) throw refuse('due-passed', { due });
  if (isFarDay(due, at) && !isFarDayMeant) throw refuse('due-far-away', { due, days: usualDays });
}

/** What was asked of the applicant and waits for their answer. */
function requireUnanswered({ supplements, hearings }: ArrivedApplication, kind: AskedKind, id: string): Asked {
  const found = requireRequest(kind === 'supplement' ? supplements : hearings, id);
  if (found.isAnswered) throw refuse('asked-and-answered', { id });
  return found;
}

function requireRequest(known: Readonly<Record<string, Asked>>, id: string): Asked {
  const found = entry(known, id);
  if (!found || found.isWithdrawn) throw refuse('not-asked', { id });
  return found;
}

/** Whether the last answer was the same, and in time if this one is. */
function isRepeated(answer: string | undefined, said: object, isLate: boolean): boolean {
  return [false, isLate].some((late) => answer === contentHash({ ...said, isLate: late }));
}

/** What is examined is assessed by every criterion of the call first. */
function allAssessed({ assessed }: ArrivedApplication, { criteria = [] }: CallTerms) {
  const missing = criteria.map(({ key }) => key).filter((key) => !assessed.includes(key));
  if (missing.length > 0) throw refuse('assessments-missing', { missing });
}

/** Nothing is proposed while the applicant still has time to answer what was asked. */
function requireNothingAwaited({ supplements, hearings }: ArrivedApplication, { at }: { at: Instant }) {
  const awaited = [...Object.values(supplements), ...Object.values(hearings)].find(
    ({ due, isAnswered, isWithdrawn }) => !isAnswered && !isWithdrawn && at <= lastInstant(due),
  );
  if (awaited) throw refuse('answer-awaited', { due: awaited.due });
}

import { deadline, hasClosed, type CallFacts } from '#calls/call.facts';
import type { CommandsOf, DecideContext, Decider, Needs } from '#kernel/decider';
import { helsinkiClock, type Day, type Instant } from '#kernel/helsinki-time';
import { entry } from '#kernel/keyed';
import { lastInstant } from '#kernel/when';
import { checked, contentOf, hashed, largestGrant } from './application-content.rules.js';
import type { applicationEvents } from './application.events.js';
import type { ApplicationFacts, ArrivedApplication, Asked } from './application.facts.js';
import { arrivalOf, arrivedOf, dated, ownArrived, termsOf, unlocked } from './application.rules.js';
import { itsCall, itsPlan } from './applying.decider.js';
import { refuse } from './handling.refusals.js';

export type HandlingCommands = CommandsOf<typeof import('./handling.commands.js')>;

export const handlingNeeds = {
  SupplementApplication: { call: itsCall, plan: itsPlan },
  AssessApplication: { call: itsCall },
  ProposeDecision: { call: itsCall },
} satisfies Needs<HandlingCommands>;

/** From the arrival to the proposal of a decision. */
export const handling: Decider<HandlingCommands, ApplicationFacts, typeof applicationEvents, typeof handlingNeeds>['decide'] = {
  RequestSupplement({ application, supplement, asks, due }, state, _facts, context) {
    const { supplements } = handled(state, application, context);
    asked(supplements, supplement, due, context);
    return [{ type: 'SupplementRequested', data: { supplement, asks, due, presenter: context.actor.id } }];
  },

  SupplementApplication({ application, organisation, supplement, text, content: said, arrival: given }, state, facts, context) {
    const submitted = unlocked(ownArrived(state, application, organisation));
    const { due } = askedFor(submitted.supplements, supplement);
    if (text === undefined && said === undefined) throw refuse('supplement-empty');
    const content = said && checked(contentOf(said), termsOf(facts.call, submitted.call), facts.plan);
    const arrival = arrivalOf(given, context);
    const data = {
      supplement,
      ...(text !== undefined && { text }),
      ...(content && hashed(content)),
      isLate: arrival.arrivedAt > lastInstant(due),
      arrival,
    };
    return [{ type: 'ApplicationSupplemented', data, ...dated(arrival) }];
  },

  OpenHearing({ application, hearing, concerns, due }, state, _facts, context) {
    const { hearings } = handled(state, application, context);
    asked(hearings, hearing, due, context);
    return [{ type: 'HearingOpened', data: { hearing, concerns, due, presenter: context.actor.id } }];
  },

  GiveStatement({ application, organisation, hearing, text, arrival: given }, state, _facts, context) {
    const { due } = askedFor(unlocked(ownArrived(state, application, organisation)).hearings, hearing);
    const arrival = arrivalOf(given, context);
    return [{ type: 'StatementGiven', data: { hearing, text, isLate: arrival.arrivedAt > lastInstant(due), arrival }, ...dated(arrival) }];
  },

  RecordDisqualification({ application, person, grounds }, state, _facts, { actor }) {
    // Also while a decision is proposed: its decider may be the one. It changes nothing in the application.
    const { disqualified } = arrivedOf(state, application);
    const whose = person ?? actor.id;
    return disqualified.includes(whose) ? [] : [{ type: 'DisqualificationRecorded', data: { person: whose, grounds } }];
  },

  AssessApplication({ application, criterion, score, grounds }, state, facts, context) {
    const { criteria = [] } = closedTerms(handled(state, application, context), facts, context);
    const known = criteria.map(({ key }) => key);
    if (!known.includes(criterion)) throw refuse('criterion-unknown', { criterion, known });
    return [{ type: 'ApplicationAssessed', data: { criterion, score, grounds, assessor: context.actor.id } }];
  },

  ProposeDecision({ application, outcome, amount, grounds, conditions }, state, facts, context) {
    const submitted = handled(state, application, context);
    const terms = closedTerms(submitted, facts, context);
    const ground = submitted.inadmissible ?? (submitted.isLate ? 'late' : undefined);
    if (ground && outcome !== 'inadmissible') throw refuse('outcome-inadmissible-only', { ground });
    nothingAwaited(submitted, context);
    if (outcome !== 'granted') {
      if (amount !== undefined) throw refuse('proposed-amount-without-grant');
    } else {
      if (!amount) throw refuse('proposed-amount-missing');
      if (!submitted.content) throw refuse('proposed-figures-missing');
      const largest = Math.min(submitted.content.amount, largestGrant(submitted.content, terms));
      if (amount > largest) throw refuse('proposed-amount-too-large', { amount, largest });
    }
    return [{ type: 'DecisionProposed', data: { presenter: context.actor.id, outcome, ...(amount && { amount }), grounds, conditions } }];
  },

  WithdrawDecisionProposal({ application, reason }, state, _facts, { actor }) {
    const submitted = arrivedOf(state, application);
    fit(submitted, actor.id);
    if (!submitted.proposal) throw refuse('nothing-proposed');
    return [{ type: 'DecisionProposalWithdrawn', data: { reason } }];
  },
};

/** An application that can change, in the hands of somebody who may handle it. */
function handled(state: ApplicationFacts, application: string, { actor }: DecideContext): ArrivedApplication {
  const submitted = unlocked(arrivedOf(state, application));
  fit(submitted, actor.id);
  return submitted;
}

function fit({ disqualified }: ArrivedApplication, person: string) {
  if (disqualified.includes(person)) throw refuse('handler-disqualified');
}

/** The terms, once the application cannot be amended any more. */
function closedTerms({ call }: ArrivedApplication, facts: { readonly call: CallFacts }, { at }: DecideContext) {
  const terms = termsOf(facts.call, call);
  const closes = deadline(terms);
  if (closes !== undefined && !hasClosed(terms, at)) throw refuse('application-call-still-open', { closes: helsinkiClock(closes) });
  return terms;
}

function asked(known: Readonly<Record<string, Asked>>, id: string, due: Day, { at }: DecideContext) {
  if (entry(known, id)) throw refuse('asked-already', { id });
  if (lastInstant(due) < at) throw refuse('due-passed', { due });
}

function askedFor(known: Readonly<Record<string, Asked>>, id: string): Asked {
  const found = entry(known, id);
  if (!found) throw refuse('not-asked', { id });
  return found;
}

/** Nothing is proposed while the applicant still has time to answer what was asked. */
function nothingAwaited({ supplements, hearings }: ArrivedApplication, { at }: { at: Instant }) {
  const awaited = [...Object.values(supplements), ...Object.values(hearings)].find(
    ({ due, isAnswered }) => !isAnswered && at <= lastInstant(due),
  );
  if (awaited) throw refuse('answer-awaited', { due: awaited.due });
}

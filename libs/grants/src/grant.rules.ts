import type { ApplicationFacts } from '#applications/application.facts';
import type { AllocationFacts, Decision } from '#decisions/allocation.facts';
import type { DecideContext } from '#kernel/decider';
import { isFarDay, usualDays } from '#kernel/due-day';
import type { NewEvent } from '#kernel/event-schema';
import { dayOf, type Day } from '#kernel/helsinki-time';
import type { Cents } from '#kernel/money';
import { lastInstant } from '#kernel/when';
import { entry } from '#kernel/keyed';
import { termOn, type TermsFacts } from '#terms/terms.facts';
import type { TermName } from '#terms/terms.events';
import type { grantEvents } from './grant.events.js';
import { isDisqualified } from './batching.facts.js';
import { refuse } from './grant.refusals.js';
import { repaidBy, type GrantFacts, type OpenedGrant, type Report } from './grant.facts.js';
import { settlement, type Settlement } from './money.rules.js';

/** What the life of a grant stands on beside its own stream. */
export interface AroundGrant {
  readonly allocation: AllocationFacts;
  readonly application: ApplicationFacts;
  readonly terms: TermsFacts;
}

/** What each command of a grant comes to, on what it stands on. */
export type GrantDecides<Commands> = {
  readonly [Name in keyof Commands]: (
    command: Commands[Name],
    state: GrantFacts,
    facts: AroundGrant,
    context: DecideContext,
  ) => readonly NewEvent<typeof grantEvents>[];
};

/** A file that was opened and is not closed. */
export function opened(state: GrantFacts, grant: string): OpenedGrant {
  if (state.stage === 'absent') throw refuse('grant-unknown', { grant });
  if (state.stage === 'closed') throw refuse('grant-closed');
  return state;
}

/** The organisation's own. Of another's nobody is told more than that it is not theirs. */
export function own(state: GrantFacts, grant: string, organisation: string): OpenedGrant {
  const found = opened(state, grant);
  if (found.applicant !== organisation) throw refuse('grant-unknown', { grant });
  return found;
}

/** A grant that is accepted and goes on. */
export function accepted(grant: OpenedGrant): OpenedGrant {
  if (grant.stage === 'settled') throw refuse('grant-settled');
  if (grant.stage !== 'accepted') throw refuse('grant-not-accepted');
  return grant;
}

/** The decision that the file is of. */
export function decisionOf({ allocation }: AroundGrant, grant: string): Decision {
  const decision = entry(allocation.decisions, grant);
  if (!decision) throw refuse('grant-without-decision', { grant });
  return decision;
}

/** What the grant is bound to: what is granted, with corrections, less what it was reduced by. */
export function ceiling({ decided }: Decision, { reduced }: OpenedGrant): Cents {
  return decided - reduced;
}

/** Somebody who may handle the matter. */
export function handler({ application }: AroundGrant, { actor }: DecideContext): string {
  if (isDisqualified(application, actor.id)) throw refuse('grant-handler-disqualified');
  return actor.id;
}

/** Somebody who may decide in it: who presented the decision decides nothing in its life. */
export function decider(facts: AroundGrant, grant: string, context: DecideContext): string {
  if (decisionOf(facts, grant).presenter === context.actor.id) throw refuse('grant-decider-presented');
  return handler(facts, context);
}

/** A term that a day needs. */
export function term({ terms }: AroundGrant, name: TermName, day: Day): number {
  const value = termOn(terms, name, day);
  if (value === undefined) throw refuse('term-not-set', { term: name, day });
  return value;
}

/** Something that happened, and not on a day to come. */
export function happened(day: Day, { at }: DecideContext): Day {
  if (day > dayOf(at)) throw refuse('grant-day-in-future', { day });
  return day;
}

/** A day to come, and not so far away that it is a slip of the pen. */
export function requireDue(due: Day, isFarDayMeant: boolean | undefined, context: DecideContext) {
  if (lastInstant(due) < context.at) throw refuse('grant-due-passed', { due });
  requireNear(due, isFarDayMeant, context);
}

/** A day no further away than so many days, unless that is meant. */
export function requireNear(due: Day, isFarDayMeant: boolean | undefined, { at }: DecideContext, days = usualDays) {
  if (isFarDay(due, at, days) && !isFarDayMeant) throw refuse('grant-due-far-away', { due, days });
}

/** A hearing about this that is over: answered, or its day has passed. */
export function heard({ hearings }: OpenedGrant, id: string, concern: string, { at }: DecideContext) {
  const hearing = entry(hearings, id);
  if (!hearing || hearing.isWithdrawn || hearing.concern !== concern) throw refuse('grantee-not-heard', { hearing: id });
  if (!hearing.isAnswered && at <= lastInstant(hearing.due)) throw refuse('grantee-still-heard', { due: hearing.due });
}

/** The final report, where both inspections of it are done. */
export function inspectedFinal({ reports }: OpenedGrant): Required<Pick<Report, 'finance'>> | undefined {
  const report = Object.values(reports).find(({ kind, isReturned }) => kind === 'final' && !isReturned);
  return report?.finance && report.substanceBy !== undefined ? { finance: report.finance } : undefined;
}

/** What is accepted of its inspected final report; no costs at all where there is none. */
export function acceptedOf(grant: OpenedGrant): Omit<NonNullable<Report['finance']>, 'inspector'> {
  return inspectedFinal(grant)?.finance ?? { acceptedCosts: 0, income: 0, otherFunding: 0 };
}

/** What the grant comes to by its inspected final report; by no costs at all where payments were terminated without one. */
export function settlementOf(grant: OpenedGrant, decision: Decision, paid: Cents): Settlement {
  if (!inspectedFinal(grant) && !grant.isTerminated) throw refuse('final-report-not-inspected');
  const terms = { granted: ceiling(decision, grant), share: decision.share, shareOf: decision.shareOf };
  return settlement(terms, acceptedOf(grant), { paid, repaid: repaidBy(grant) });
}

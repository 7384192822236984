import type { DecisionOutcome } from '#applications/application.events';
import type { ApplicationFacts, ArrivedApplication, Proposal } from '#applications/application.facts';
import type { CallTerms } from '#calls/call.events';
import { deadline, shareBase } from '#calls/call.facts';
import type { CommandsOf } from '#kernel/decider';
import { isFarDay, usualDaysOfUse } from '#kernel/due-day';
import type { EventData } from '#kernel/event-schema';
import { helsinkiClock, type Instant } from '#kernel/helsinki-time';
import { repeated } from '#kernel/keyed';
import type { Language } from '#kernel/localized-text';
import { partsOf, shareOf, type Cents } from '#kernel/money';
import { firstInstant } from '#kernel/when';
import type { allocationEvents, PlannedInstalment, WeighedInstalment } from './allocation.events.js';
import type { Decision } from './allocation.facts.js';
import { refuse } from './allocation.refusals.js';

type Commands = CommandsOf<typeof import('./allocation.commands.js')>;

type DecisionContent = Pick<
  EventData<typeof allocationEvents, 'GrantDecided'>,
  'amount' | 'share' | 'shareOf' | 'eligibleCosts' | 'income' | 'purpose' | 'periodOfUse' | 'paymentPlan'
>;

/** An application that was proposed as the decider saw it, by somebody else, and that neither may not handle. */
export function decidable(
  key: string,
  application: ApplicationFacts | undefined,
  seen: number,
  decider: string,
): ArrivedApplication & { readonly proposal: Proposal } {
  if (application?.stage === 'withdrawn') throw refuse('decision-application-withdrawn');
  if (application?.stage !== 'submitted') throw refuse('decision-application-unknown', { application: key });
  const { proposal, disqualified } = application;
  if (!proposal) throw refuse('decision-not-proposed');
  if (proposal.revision > seen) throw refuse('decision-application-moved', { seen, proposed: proposal.revision });
  if (proposal.presenter === decider) throw refuse('decider-presented');
  if (disqualified.includes(decider)) throw refuse('decider-disqualified');
  if (disqualified.includes(proposal.presenter)) throw refuse('presenter-disqualified');
  return { ...application, proposal };
}

/** What is granted, for what and when: nothing but the outcome where nothing is. */
export function content(command: Commands['DecideGrant'], application: ArrivedApplication, terms: CallTerms): DecisionContent {
  const { outcome, amount, purpose } = command;
  if ((application.isLate || application.inadmissible) && outcome !== 'inadmissible') throw refuse('decision-inadmissible-only');
  if (outcome !== 'granted') {
    if (amount !== undefined) throw refuse('decision-amount-without-grant');
    return { paymentPlan: [] };
  }
  const { share = terms.largestShare ?? 10_000, periodOfUse = terms.periodOfUse } = command;
  const basis = { ...grantable(amount, share, application, terms), share };
  if (purpose === undefined) throw refuse('decision-purpose-missing');
  return { ...basis, purpose, periodOfUse: period(periodOfUse, terms), paymentPlan: planned(basis.amount, command.paymentPlan ?? atOnce) };
}

/** What a correction changes. An amount is only raised, and every amount keeps under the same ceilings as the first. */
export function correction(
  command: Commands['CorrectDecision'],
  decision: Decision,
  application: ApplicationFacts | undefined,
  terms: CallTerms,
  decider: string,
) {
  const { application: _, ground, reason: _reason, deciderName: _name, isFarDayMeant: _meant, paymentPlan, ...said } = command;
  if (decision.presenter === decider) throw refuse('decider-presented');
  if (application?.stage !== 'submitted') throw refuse('decision-application-unknown', { application: command.application });
  if (application.disqualified.includes(decider)) throw refuse('decider-disqualified');
  const becomes = said.outcome ?? decision.outcome;
  if (becomes !== decision.outcome && (ground === 'clerical-error' || decision.outcome === 'granted'))
    throw refuse('correction-turns-decision');
  if (becomes !== 'granted') {
    if (said.amount !== undefined || said.share !== undefined || paymentPlan) throw refuse('decision-amount-without-grant');
    return said;
  }
  const amount = said.amount ?? decision.decided;
  if (amount < decision.decided) throw refuse('correction-lowers', { amount, decided: decision.decided });
  if (amount > decision.decided && decision.isReleased) throw refuse('correction-after-release');
  const turns = decision.outcome !== 'granted';
  const { share = turns ? (terms.largestShare ?? 10_000) : decision.share } = said;
  if (amount !== decision.decided || share !== decision.share) grantable(amount, share, application, terms);
  if (turns && said.purpose === undefined) throw refuse('decision-purpose-missing');
  const periodOfUse = said.periodOfUse ?? (turns ? terms.periodOfUse : undefined);
  const plan = paymentPlan ?? (amount === decision.decided ? undefined : weighed(decision.paymentPlan));
  return {
    ...said,
    ...(turns && { share, shareOf: terms.shareOf ?? ('eligible-costs' as const) }),
    ...((periodOfUse || turns) && { periodOfUse: period(periodOfUse, terms) }),
    ...(plan && { paymentPlan: planned(amount, plan) }),
  };
}

/** That no day which a decision sets is a slip of the pen: further away than grants are usually used and paid. */
export function requireNear({ periodOfUse, paymentPlan = [], isFarDayMeant }: Commands['DecideGrant' | 'CorrectDecision'], at: Instant) {
  const days = [periodOfUse?.to, ...paymentPlan.map(({ plannedFor }) => plannedFor)];
  const day = days.find((one) => one !== undefined && isFarDay(one, at, usualDaysOfUse));
  if (day !== undefined && !isFarDayMeant) throw refuse('decision-day-far-away', { day, days: usualDaysOfUse });
}

/** Whether a decision is another than what was proposed. */
export function departs(
  { outcome, amount, conditions }: { readonly outcome: DecisionOutcome; readonly amount?: Cents; readonly conditions: readonly string[] },
  proposal: Proposal,
): boolean {
  return outcome !== proposal.outcome || amount !== proposal.amount || conditions.join('\n') !== proposal.conditions.join('\n');
}

/** The instalments of an amount by their weights: they add up to it. */
export function planned(amount: Cents, plan: readonly WeighedInstalment[]): readonly PlannedInstalment[] {
  const instalment = repeated(plan.map((one) => one.instalment));
  if (instalment !== undefined) throw refuse('instalment-twice', { instalment });
  if (plan.every(({ weight }) => weight === 0)) throw refuse('instalments-without-weight');
  const parts = partsOf(
    amount,
    plan.map(({ weight }) => weight),
  );
  return plan.map(({ weight: _, ...rest }, index) => ({ ...rest, amount: parts[index] as Cents }));
}

/** One authentic language, and each of the others once. */
export function translated(language: Language, translations: readonly { readonly language: Language }[]) {
  const twice = repeated([language, ...translations.map((one) => one.language)]);
  if (twice) throw refuse('decision-language-twice', { language: twice });
}

const atOnce: readonly WeighedInstalment[] = [{ instalment: 'whole', weight: 1 }];

/** An amount under its ceilings, and what they are made of. */
function grantable(amount: Cents | undefined, share: number, { content: said }: ArrivedApplication, terms: CallTerms) {
  if (!amount) throw refuse('decision-amount-missing');
  if (!said) throw refuse('decision-figures-missing');
  const largestShare = terms.largestShare ?? 10_000;
  if (share > largestShare) throw refuse('decision-share-too-large', { share, largest: largestShare });
  const eligibleCosts = said.eligibleCosts.reduce((sum, line) => sum + line.amount, 0);
  const largest = Math.min(said.amount, shareOf(shareBase(terms, eligibleCosts, said.income), share));
  if (amount > largest) throw refuse('decision-amount-too-large', { amount, largest });
  return { amount, shareOf: terms.shareOf ?? 'eligible-costs', eligibleCosts, income: said.income } as const;
}

/** The period of use, which begins after the call has closed, as that of its terms does. */
function period(of: { readonly from: string; readonly to: string } | undefined, terms: CallTerms) {
  if (!of) throw refuse('decision-period-missing');
  if (of.from > of.to) throw refuse('decision-period-reversed', of);
  const closes = deadline(terms);
  if (closes !== undefined && firstInstant(of.from) <= closes)
    throw refuse('decision-period-before-closing', { from: of.from, closes: helsinkiClock(closes) });
  return of;
}

/** A plan that was decided, as the weights of another amount. */
function weighed(plan: readonly PlannedInstalment[]): readonly WeighedInstalment[] {
  if (plan.length === 0) return atOnce;
  return plan.map(({ amount, ...rest }) => ({ ...rest, weight: amount }));
}

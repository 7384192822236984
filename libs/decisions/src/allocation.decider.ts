import { applicationFacts } from '#applications/application.facts';
import { caseNumberFacts, caseNumberKey } from '#applications/case-number.facts';
import { callFacts, type CallFacts } from '#calls/call.facts';
import { canonicalJson } from '#kernel/canonical-json';
import { contentHash } from '#kernel/content-hash';
import { need, type CommandsOf, type Decider, type Needs } from '#kernel/decider';
import type { EventData } from '#kernel/event-schema';
import type { Instant } from '#kernel/helsinki-time';
import { callOfMatter } from '#kernel/matter';
import type { Cents } from '#kernel/money';
import { valueAt } from '#kernel/timeline';
import { firstInstant } from '#kernel/when';
import { entry, omit } from '#kernel/keyed';
import type { allocationEvents } from './allocation.events.js';
import {
  allocationFacts,
  committed,
  committedBy,
  followed,
  reservedFrom,
  type AllocationFacts,
  type Decision,
} from './allocation.facts.js';
import { refuse } from './allocation.refusals.js';
import { isBeyond } from './appropriation.rules.js';
import { content, correction, decidable, departs, requireNear, translated } from './decision.rules.js';

type Commands = CommandsOf<typeof import('./allocation.commands.js')>;

const callReserved = need(callFacts, ({ call }: { call: string }) => call);
const itsCall = need(callFacts, ({ application }: { application: string }) => callOfMatter(application));
const itsApplication = need(applicationFacts, ({ application }: { application: string }) => application);
/** Whose the case number is that the decision gives. */
const itsNumber = need(caseNumberFacts, ({ caseNumber }: Commands['DecideGrant']) => caseNumber && caseNumberKey(caseNumber));
const needs = {
  SetAppropriation: { call: callReserved },
  AdjustAppropriation: { call: callReserved },
  DecideGrant: { call: itsCall, application: itsApplication, numbered: itsNumber },
  CorrectDecision: { call: itsCall, application: itsApplication },
} satisfies Needs<Commands>;

/** The money of one call and the decisions on it: one stream, so that the ceiling is one invariant. */
export const allocation: Decider<Commands, AllocationFacts, typeof allocationEvents, typeof needs> = {
  ...allocationFacts,
  key: callKey,
  belongs: (command) => ({ call: callKey(command), ...('application' in command && { matter: command.application }) }),
  needs,

  decide: {
    SetAppropriation({ call: key, ...data }, { amounts }, { call }) {
      ofCall(key, call);
      if (amounts.length > 0) throw refuse('appropriation-set');
      moreThanZero(data.amount);
      return [{ type: 'AppropriationSet', data }];
    },

    AdjustAppropriation({ call: key, amount, reason, effectiveAt }, state, { call }, { at }) {
      ofCall(key, call);
      isSet(state);
      moreThanZero(amount);
      const bound = committed(state);
      if (amount < bound) throw refuse('appropriation-below-committed', { amount, committed: bound });
      if (amount === valueAt(state.amounts, effectiveAt ? firstInstant(effectiveAt) : at)) return [];
      return [{ type: 'AppropriationAdjusted', data: { amount, reason }, ...(effectiveAt && { effectiveAt }) }];
    },

    DecideGrant(command, state, facts, { at, actor }) {
      const { application: key, applicationRevision, outcome, conditions, grounds, language, translations, departure } = command;
      const call = ofCall(callOfMatter(key), facts.call);
      isSet(state);
      if (entry(state.decisions, key)) throw refuse('already-decided', { application: key });
      const application = decidable(key, facts.application, applicationRevision, actor.id);
      const { proposal, region, applicant } = application;
      const caseNumber = command.caseNumber ?? application.caseNumber;
      if (caseNumber === undefined) throw refuse('decision-case-number-missing');
      if (caseNumber !== application.caseNumber && facts.numbered.application !== key)
        throw refuse('decision-case-number-not-its-own', { caseNumber });
      translated(language, translations);
      const said = content(command, application, call.terms);
      requireNear(command, at);
      if (departs({ outcome, conditions, ...said }, proposal) !== (departure !== undefined))
        throw refuse(departure === undefined ? 'departure-unsaid' : 'departure-from-nothing');
      withinAppropriation(state, said.amount ?? 0, at);
      const data = {
        application: key,
        region,
        applicant,
        outcome,
        ...said,
        conditions,
        grounds,
        language,
        translations,
        caseNumber,
        presenter: proposal.presenter,
        presenterName: command.presenterName,
        decider: actor.id,
        deciderName: command.deciderName,
        applicationRevision,
        ...(departure !== undefined && { departure }),
      };
      return [{ type: 'GrantDecided', data }];
    },

    DissentFromDecision({ application, dissent }, state, _facts, { actor }) {
      const decision = decided(state, application);
      if (decision.presenter !== actor.id) throw refuse('dissent-by-presenter');
      if (decision.dissent === dissent) return [];
      if (decision.dissent !== undefined) throw refuse('dissented-already');
      return [{ type: 'PresenterDissented', data: { application, presenter: actor.id, dissent } }];
    },

    CorrectDecision(command, state, facts, { at, actor }) {
      const decision = decided(state, command.application);
      const call = ofCall(callOfMatter(command.application), facts.call);
      const said = correction(command, decision, facts.application, call.terms, actor.id);
      requireNear(command, at);
      withinAppropriation(state, (said.amount ?? decision.decided) - decision.decided, at);
      const { application, ground, reason, deciderName } = command;
      const data = { application, ground, reason, ...said };
      if (isCorrectedSo(decision, data)) return [];
      return [{ type: 'DecisionCorrected', data: { ...data, decider: actor.id, deciderName } }];
    },

    ReduceGrant(data, state) {
      returnable(decided(state, data.application), data.reducedBy);
      return data.reducedBy === 0 ? [] : [{ type: 'GrantReduced', data }];
    },

    ReleaseGrant({ application, released: given, ground }, state) {
      const decision = decided(state, application);
      const released = given ?? committedBy(decision);
      returnable(decision, released);
      return [{ type: 'GrantReleased', data: { application, released, ground } }];
    },
  },
};

/** Whether the last correction said the same, and what follows of it is so already. */
function isCorrectedSo(decision: Decision, data: Omit<EventData<typeof allocationEvents, 'DecisionCorrected'>, 'decider' | 'deciderName'>) {
  if (decision.corrected !== contentHash(omit(data, ...followed))) return false;
  return followed.every((name) => data[name] === undefined || canonicalJson({ is: data[name] }) === canonicalJson({ is: decision[name] }));
}

function callKey(command: { readonly call: string } | { readonly application: string }): string {
  return 'call' in command ? command.call : callOfMatter(command.application);
}

function ofCall(key: string, call: CallFacts) {
  if (call.stage === 'absent') throw refuse('allocation-call-unknown', { call: key });
  if (call.stage === 'cancelled') throw refuse('allocation-call-cancelled', { call: key });
  return call;
}

function isSet({ amounts }: AllocationFacts) {
  if (amounts.length === 0) throw refuse('appropriation-not-set');
}

function moreThanZero(amount: Cents) {
  if (amount === 0) throw refuse('appropriation-zero');
}

/** The ceiling: what is decided on a call never passes what is reserved for it. */
function withinAppropriation(state: AllocationFacts, more: Cents, at: Instant) {
  const left = reservedFrom(state, at) - committed(state);
  if (isBeyond(more, left)) throw refuse('appropriation-exceeded', { amount: more, left: Math.max(0, left) });
}

function decided({ decisions }: AllocationFacts, application: string): Decision {
  const decision = entry(decisions, application);
  if (!decision) throw refuse('decision-unknown', { application });
  return decision;
}

/** No more returns to the appropriation than the decision binds of it. */
function returnable(decision: Decision, amount: Cents) {
  const bound = committedBy(decision);
  if (amount > bound) throw refuse('return-too-large', { amount, committed: bound });
}

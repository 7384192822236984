import type { DecisionOutcome } from '#applications/application.events';
import { contentHash } from '#kernel/content-hash';
import type { Fold } from '#kernel/decider';
import type { EventData } from '#kernel/event-schema';
import { unchanged } from '#kernel/chosen-events';
import type { EventOf } from '#kernel/envelope';
import type { Day } from '#kernel/helsinki-time';
import type { Cents } from '#kernel/money';
import { entry } from '#kernel/keyed';
import { grantEvents } from './grant.events.js';

type DataOf<Type extends keyof typeof grantEvents> = EventData<typeof grantEvents, Type>;

export interface Payment {
  readonly stage: 'requested' | 'decided' | 'batched' | 'sent' | 'confirmed' | 'rejected';
  readonly instalment: string;
  readonly amount: Cents;
  readonly decider?: string;
  /** The batch that it is in, or was in last. */
  readonly batch?: string;
  /** Whether the bank rejected it before. */
  readonly wasRejected?: true;
  readonly paidOn?: Day;
}

export interface Recovery {
  readonly parts: readonly { readonly payment: string; readonly amount: Cents }[];
  readonly bearsInterest: boolean;
  readonly due?: Day;
  readonly received: readonly { readonly amount: Cents; readonly receivedOn: Day }[];
  readonly interest: Cents;
  readonly waived: Cents;
}

export interface Report {
  readonly kind: DataOf<'ReportSubmitted'>['kind'];
  readonly costs: Cents;
  readonly isReturned: boolean;
  readonly substanceBy?: string;
  readonly finance?: Pick<DataOf<'ReportFinanceInspected'>, 'acceptedCosts' | 'income' | 'otherFunding' | 'inspector'>;
}

export interface Hearing {
  readonly concern: DataOf<'GrantHearingOpened'>['concern'];
  readonly due: Day;
  readonly isAnswered: boolean;
  /** The hash of the last statement. */
  readonly statement?: string;
  readonly isWithdrawn?: true;
}

/** The life of one grant so far. Its decision stands in the allocation of its call. */
export interface OpenedGrant {
  readonly stage: 'opened' | 'notified' | 'accepted' | 'declined' | 'settled' | 'closed';
  readonly outcome: DecisionOutcome;
  readonly applicant: string;
  readonly region: string;
  readonly notice?: DataOf<'DecisionNotified'>;
  /** As the latest change of it says; the decision's own without one. */
  readonly periodOfUse?: { readonly from: Day; readonly to: Day };
  readonly changes: Readonly<Record<string, { readonly parts: readonly string[]; readonly isDecided: boolean }>>;
  /** What the grant was reduced by: it is bound to less before the appropriation gets it. */
  readonly reduced: Cents;
  readonly reports: Readonly<Record<string, Report>>;
  readonly hearings: Readonly<Record<string, Hearing>>;
  readonly payments: Readonly<Record<string, Payment>>;
  readonly isSuspended: boolean;
  readonly isTerminated: boolean;
  readonly repayments: Readonly<Record<string, Cents>>;
  readonly recoveries: Readonly<Record<string, Recovery>>;
  readonly rectifications: Readonly<Record<string, { readonly isLate: boolean; readonly outcome?: string }>>;
  readonly appealBy?: Day;
  readonly appeals: Readonly<Record<string, { readonly isDecided: boolean }>>;
  readonly isFinal: boolean;
}
export type GrantFacts = { readonly stage: 'absent' } | OpenedGrant;

type Change = (grant: OpenedGrant) => Partial<OpenedGrant>;

export const grantFacts: Fold<GrantFacts, typeof grantEvents> = {
  category: 'grant',
  events: grantEvents,
  initial: { stage: 'absent' },
  evolve: {
    GrantOpened: (_, { data }) => ({ ...data, ...unused, stage: 'opened' }),
    DecisionNotified: (grant, { data }) => changed(grant, () => ({ stage: 'notified', notice: data })),
    GrantAccepted: (grant) => changed(grant, () => ({ stage: 'accepted' })),
    GrantDeclined: (grant) => changed(grant, () => ({ stage: 'declined' })),
    ChangeRequested: (grant, { data: { change, parts } }) =>
      changed(grant, ({ changes }) => ({ changes: { ...changes, [change]: { parts: parts.map(({ part }) => part), isDecided: false } } })),
    ChangeDecided: (grant, { data: { change, parts, periodOfUse } }) =>
      changed(grant, ({ changes }) => ({
        changes: { ...changes, [change]: { parts: parts.map(({ part }) => part), isDecided: true } },
        ...(periodOfUse && { periodOfUse }),
      })),
    ReductionDecided: (grant, { data: { reducedBy } }) => changed(grant, ({ reduced }) => ({ reduced: reduced + reducedBy })),
    ReportSubmitted: (grant, { data: { report, kind, costs } }) =>
      withReport(grant, report, () => ({ kind, costs: costs.reduce((sum, { amount }) => sum + amount, 0), isReturned: false })),
    ReportReturned: (grant, { data: { report } }) => withReport(grant, report, ({ kind, costs }) => ({ kind, costs, isReturned: true })),
    ReportSubstanceInspected: (grant, { data: { report, inspector } }) =>
      withReport(grant, report, (one) => ({ ...one, substanceBy: inspector })),
    ReportFinanceInspected: (grant, { data: { report, findings: _, ...finance } }) =>
      withReport(grant, report, (one) => ({ ...one, finance })),
    GrantHearingOpened: (grant, { data: { hearing, concern, due } }) =>
      changed(grant, ({ hearings }) => ({ hearings: { ...hearings, [hearing]: { concern, due, isAnswered: false } } })),
    GrantHearingDueCorrected: (grant, { data: { hearing, due } }) => withHearing(grant, hearing, { due }),
    GrantHearingWithdrawn: (grant, { data: { hearing } }) => withHearing(grant, hearing, { isWithdrawn: true }),
    GrantStatementGiven: (grant, { data }) => withHearing(grant, data.hearing, { isAnswered: true, statement: contentHash(data) }),
    PaymentRequested: (grant, { data: { payment, instalment, amount } }) =>
      withPayment(grant, payment, () => ({ stage: 'requested', instalment, amount })),
    PaymentDecided: (grant, { data: { payment, amount, decider } }) =>
      withPayment(grant, payment, (one) => ({ ...one, stage: 'decided', amount, decider })),
    PaymentBatched: (grant, { data: { payment, batch } }) => withPayment(grant, payment, (one) => ({ ...one, stage: 'batched', batch })),
    PaymentLeftOut: (grant, { data: { payment, batch } }) => leftOut(grant, payment, batch),
    PaymentSent: (grant, { data: { payment } }) => withPayment(grant, payment, (one) => ({ ...one, stage: 'sent' })),
    PaymentConfirmed: (grant, { data: { payment, paidOn } }) =>
      withPayment(grant, payment, (one) => ({ ...one, stage: 'confirmed', paidOn })),
    PaymentRejected: (grant, { data: { payment } }) =>
      withPayment(grant, payment, (one) => ({ ...one, stage: 'rejected', wasRejected: true })),
    PaymentSuspended: (grant) => changed(grant, () => ({ isSuspended: true })),
    PaymentResumed: (grant) => changed(grant, () => ({ isSuspended: false })),
    PaymentTerminated: (grant) => changed(grant, () => ({ isTerminated: true })),
    RepaymentReceived: (grant, { data: { repayment, amount } }) =>
      changed(grant, ({ repayments }) => ({ repayments: { ...repayments, [repayment]: amount } })),
    RecoveryDecided: (grant, { data: { recovery, parts, bearsInterest, due } }) =>
      withRecovery(grant, recovery, () => ({ parts, bearsInterest, ...(due && { due }), received: [], interest: 0, waived: 0 })),
    RecoveryDueCorrected: (grant, { data: { recovery, due } }) => withRecovery(grant, recovery, (one) => ({ ...one, due })),
    RecoveryReceived: (grant, { data: { recovery, amount, receivedOn, interest } }) =>
      withRecovery(grant, recovery, (one) => ({
        ...one,
        received: [...one.received, { amount, receivedOn }],
        interest: one.interest + interest,
      })),
    RecoveryWaived: (grant, { data: { recovery, amount } }) =>
      withRecovery(grant, recovery, (one) => ({ ...one, waived: one.waived + amount })),
    RectificationRequested: (grant, { data: { request, isLate } }) =>
      changed(grant, ({ rectifications }) => ({ rectifications: { ...rectifications, [request]: { isLate } } })),
    RectificationDecided: (grant, { data: { request, outcome, appealBy } }) =>
      changed(grant, ({ rectifications }) => ({
        rectifications: { ...rectifications, [request]: { isLate: entry(rectifications, request)?.isLate === true, outcome } },
        appealBy,
      })),
    AppealLodged: (grant, { data: { appeal } }) =>
      changed(grant, ({ appeals }) => ({ appeals: { ...appeals, [appeal]: { isDecided: false } } })),
    CourtDecisionRecorded: (grant, { data: { appeal } }) =>
      changed(grant, ({ appeals }) => ({ appeals: { ...appeals, [appeal]: { isDecided: true } } })),
    DecisionBecameFinal: (grant) => changed(grant, () => ({ isFinal: true })),
    GrantSettled: (grant) => changed(grant, () => ({ stage: 'settled' })),
    GrantClosed: (grant) => changed(grant, () => ({ stage: 'closed' })),
    ...unchanged('PartnerAgreementRecorded'),
  },
};

/** The grant after these of its events, of which only type and data count. */
export function grantAfter(events: readonly Pick<EventOf<typeof grantEvents>, 'type' | 'data'>[]): GrantFacts {
  const evolve = grantFacts.evolve as Readonly<Record<string, (state: GrantFacts, event: object) => GrantFacts>>;
  return events.reduce((state, one) => (entry(evolve, one.type) as (typeof evolve)[string])(state, one), grantFacts.initial);
}

/** What was decided to be paid: what the bank rejected is not. */
export function paidBy({ payments }: OpenedGrant): Cents {
  return sum(Object.values(payments).map(({ stage, amount }) => (stage === 'requested' || stage === 'rejected' ? 0 : amount)));
}

/** What came back, without interest. */
export function repaidBy({ repayments, recoveries }: OpenedGrant): Cents {
  return sum([...Object.values(repayments), ...Object.values(recoveries).flatMap(({ received }) => received.map(({ amount }) => amount))]);
}

/** What of a recovery is neither received nor waived. */
export function openOf({ parts, received, waived }: Recovery): Cents {
  return sum(parts.map(({ amount }) => amount)) - sum(received.map(({ amount }) => amount)) - waived;
}

function sum(amounts: readonly Cents[]): Cents {
  return amounts.reduce((total, amount) => total + amount, 0);
}

const unused = {
  changes: {},
  reduced: 0,
  reports: {},
  hearings: {},
  payments: {},
  isSuspended: false,
  isTerminated: false,
  repayments: {},
  recoveries: {},
  rectifications: {},
  appeals: {},
  isFinal: false,
} as const;

function changed(facts: GrantFacts, change: Change): GrantFacts {
  const grant = facts as OpenedGrant;
  return { ...grant, ...change(grant) };
}

function withHearing(facts: GrantFacts, id: string, change: Partial<Hearing>): GrantFacts {
  return changed(facts, ({ hearings }) => ({ hearings: { ...hearings, [id]: { ...(entry(hearings, id) as Hearing), ...change } } }));
}

function withPayment(facts: GrantFacts, id: string, change: (payment: Payment) => Payment): GrantFacts {
  return changed(facts, ({ payments }) => ({ payments: { ...payments, [id]: change(entry(payments, id) as Payment) } }));
}

/** A payment that was in that very batch waits for another; one that never was in it stays as it is. */
function leftOut(facts: GrantFacts, id: string, batch: string): GrantFacts {
  const one = facts.stage === 'absent' ? undefined : entry(facts.payments, id);
  if (one?.stage !== 'batched' || one.batch !== batch) return facts;
  const { batch: _, ...rest } = one;
  return withPayment(facts, id, () => ({ ...rest, stage: one.wasRejected ? 'rejected' : 'decided' }));
}

function withRecovery(facts: GrantFacts, id: string, change: (recovery: Recovery) => Recovery): GrantFacts {
  return changed(facts, ({ recoveries }) => ({ recoveries: { ...recoveries, [id]: change(entry(recoveries, id) as Recovery) } }));
}

function withReport(facts: GrantFacts, id: string, change: (report: Report) => Report): GrantFacts {
  return changed(facts, ({ reports }) => ({ reports: { ...reports, [id]: change(entry(reports, id) as Report) } }));
}

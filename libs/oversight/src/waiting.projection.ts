import type { Role } from '#access/policy';
import { applicationEvents, type AskedKind } from '#applications/application.events';
import { allocationEvents } from '#decisions/allocation.events';
import { only } from '#kernel/chosen-events';
import { effectiveAt, streamKey, type EventOf, type Recorded } from '#kernel/envelope';
import type { Day, Instant } from '#kernel/helsinki-time';
import { pick } from '#kernel/keyed';
import { callOfMatter } from '#kernel/matter';
import type { Projection } from '#kernel/projection';
import type { RegionCode } from '#kernel/region';
import { firstInstant } from '#kernel/when';
import { batchEvents } from '#payments/batch.events';
import { planEvents } from '#plans/plan.events';
import { grantEvents } from '#grants/grant.events';

/** What waits for somebody, with the roles in which it is done. */
export const waitingRoles = {
  'comment-plan': ['agency-coordinator'],
  'answer-comment': ['regional-coordinator'],
  'submit-application': ['applicant-signatory'],
  'register-application': ['ministry-registrar'],
  'answer-supplement': ['applicant-signatory'],
  'state-on-application': ['applicant-signatory'],
  'propose-decision': ['ministry-presenter'],
  'decide-application': ['ministry-decider'],
  'notify-decision': ['ministry-registrar'],
  'accept-grant': ['applicant-signatory'],
  'state-on-grant': ['applicant-signatory'],
  'decide-change': ['ministry-decider'],
  'submit-final-report': ['applicant-signatory'],
  'submit-report-again': ['applicant-signatory'],
  'inspect-substance': ['ministry-presenter'],
  'inspect-finance': ['ministry-presenter'],
  'decide-payment': ['ministry-decider'],
  'send-payment': ['ministry-presenter'],
  'release-batch': ['ministry-decider', 'ministry-presenter'],
  'confirm-payment': ['ministry-registrar'],
  'receive-recovery': ['ministry-registrar'],
  'decide-rectification': ['ministry-decider'],
  'settle-grant': ['ministry-decider'],
  'close-grant': ['ministry-decider'],
} as const satisfies Readonly<Record<string, readonly Role[]>>;
export type WaitingKind = keyof typeof waitingRoles;

/** What is done about that which was asked of an applicant. */
const answersTo = { supplement: 'answer-supplement', hearing: 'state-on-application' } as const satisfies Record<AskedKind, WaitingKind>;

/** Something that waits since an instant. */
export interface Waiting {
  readonly kind: WaitingKind;
  /** The comment, request, hearing, report, payment, batch … that it is about. */
  readonly of?: string;
  readonly since: Instant;
  readonly due?: Day;
  /** Persons who may not do it, for they did what it is held against. */
  readonly notBy: readonly string[];
}

/** All that waits in one matter, from the draft of its plan to the closing of its grant; or in a batch of payments, which is of no call and region. */
export interface WaitingRow {
  readonly call?: string;
  readonly region?: RegionCode;
  readonly applicant?: string;
  /** Whether anything waits in it. */
  readonly isWaiting: boolean;
  readonly waiting: readonly Waiting[];
  /** Persons who do nothing in it. */
  readonly disqualified: readonly string[];
  /** Who presented its decision: they decide nothing in its life. */
  readonly presenter?: string;
  /** Whether its decision is final, and whether its grant needs no more settling: it is closed once both are so. */
  readonly isFinal: boolean;
  readonly isEnded: boolean;
  /** Which reports are final ones. */
  readonly finalReports: readonly string[];
  /** Payments that would wait to be sent, were they not in a batch. */
  readonly inBatches: readonly { readonly batch: string; readonly waiting: Waiting }[];
}

const events = {
  ...only(
    planEvents,
    'PlanDrafted',
    'PlanSubmittedForComment',
    'PlanCommented',
    'PlanCommentAnswered',
    'PlanCommentWithdrawn',
    'PlanFinalised',
  ),
  ...only(
    applicationEvents,
    ...(['ApplicationStarted', 'ApplicationSubmitted', 'ApplicationReceived', 'ApplicationWithdrawn'] as const),
    ...(['SupplementRequested', 'ApplicationSupplemented', 'HearingOpened', 'StatementGiven'] as const),
    ...(['DueDayCorrected', 'RequestWithdrawn'] as const),
    ...(['DisqualificationRecorded', 'DecisionProposed', 'DecisionProposalWithdrawn'] as const),
  ),
  ...only(allocationEvents, 'GrantDecided'),
  ...only(
    grantEvents,
    ...([
      'DecisionNotified',
      'GrantAccepted',
      'GrantDeclined',
      'ChangeRequested',
      'ChangeDecided',
      'ReportSubmitted',
      'ReportReturned',
    ] as const),
    ...(['ReportSubstanceInspected', 'ReportFinanceInspected', 'PaymentRequested'] as const),
    ...(['GrantHearingOpened', 'GrantHearingDueCorrected', 'GrantHearingWithdrawn', 'GrantStatementGiven'] as const),
    ...([
      'PaymentDecided',
      'PaymentSent',
      'PaymentConfirmed',
      'PaymentRejected',
      'RecoveryDecided',
      'RecoveryDueCorrected',
      'RecoveryReceived',
    ] as const),
    ...(['PaymentBatched', 'PaymentLeftOut'] as const),
    ...([
      'RecoveryWaived',
      'RectificationRequested',
      'RectificationDecided',
      'DecisionBecameFinal',
      'GrantSettled',
      'GrantClosed',
    ] as const),
  ),
  ...only(batchEvents, 'PaymentBatchPrepared', 'PaymentBatchReleased', 'PaymentBatchCancelled'),
};
type Event = EventOf<typeof events>;

const empty: WaitingRow = {
  isWaiting: false,
  waiting: [],
  disqualified: [],
  isFinal: false,
  isEnded: false,
  finalReports: [],
  inBatches: [],
};
/** What is waited for, beside its kind and since when. */
type About = Partial<Pick<Waiting, 'of' | 'due' | 'notBy'>>;

export const waiting: Projection<
  WaitingRow,
  typeof events,
  never,
  'PlanDrafted' | 'ApplicationStarted' | 'ApplicationReceived' | 'PaymentBatchPrepared'
> = {
  name: 'waiting',
  version: 2,
  events,
  indexes: ['isWaiting'],
  key: (event: Event) => (event.type === 'GrantDecided' ? event.data.application : streamKey(event.stream)),
  upserts: {
    PlanDrafted: (row, event, key) => row ?? opened(key, event.data),
    ApplicationStarted: (row, event, key) => waits(of(row, key, event.data), event, 'submit-application'),
    ApplicationReceived: (row, event, key) =>
      waits(done(done(of(row, key, event.data), 'submit-application'), 'register-application'), event, 'propose-decision'),
    PaymentBatchPrepared: (_, event, batch) => {
      const { preparer, executeOn } = event.data;
      return waits(empty, event, 'release-batch', { of: batch, due: executeOn, notBy: [preparer] });
    },
  },
  on: {
    PlanSubmittedForComment: (row, event) => waits(row, event, 'comment-plan'),
    PlanCommented: (row, event) => waits(done(row, 'comment-plan'), event, 'answer-comment', { of: event.data.comment }),
    PlanCommentAnswered: (row, event) => done(row, 'answer-comment', event.data.comment),
    PlanCommentWithdrawn: (row, event) => done(row, 'answer-comment', event.data.comment),
    PlanFinalised: (row) => done(row, 'comment-plan'),

    ApplicationSubmitted: (row, event) => waits(done(row, 'submit-application'), event, 'register-application'),
    ApplicationWithdrawn: nothing,
    SupplementRequested: (row, event) => waits(row, event, 'answer-supplement', { of: event.data.supplement, due: event.data.due }),
    ApplicationSupplemented: (row, event) => done(row, 'answer-supplement', event.data.supplement),
    HearingOpened: (row, event) => waits(row, event, 'state-on-application', { of: event.data.hearing, due: event.data.due }),
    StatementGiven: (row, event) => done(row, 'state-on-application', event.data.hearing),
    DueDayCorrected: (row, { data: { asked, id, due } }) => dueOn(row, answersTo[asked], id, due),
    RequestWithdrawn: (row, { data: { asked, id } }) => done(row, answersTo[asked], id),
    DisqualificationRecorded: (row, event) => ({ ...row, disqualified: [...row.disqualified, event.data.person] }),
    DecisionProposed: (row, event) => {
      const { presenter } = event.data;
      return waits({ ...done(row, 'propose-decision'), presenter }, event, 'decide-application', { notBy: [presenter] });
    },
    DecisionProposalWithdrawn: (row, event) => waits(done(row, 'decide-application'), event, 'propose-decision'),

    // What was asked of the applicant before is not waited for any more.
    GrantDecided: (row, event) => waits({ ...nothing(row), isEnded: event.data.outcome !== 'granted' }, event, 'notify-decision'),
    DecisionNotified: (row, event) => {
      const { acceptBy } = event.data;
      const told = done(row, 'notify-decision');
      return acceptBy === undefined ? told : waits(told, event, 'accept-grant', { due: acceptBy });
    },
    // A refusal that was rectified is used, too.
    GrantAccepted: (row, event) => waits({ ...done(row, 'accept-grant'), isEnded: false }, event, 'submit-final-report'),
    GrantDeclined: (row, event) => closable({ ...done(row, 'accept-grant'), isEnded: true }, event),
    ChangeRequested: (row, event) => waits(row, event, 'decide-change', { of: event.data.change, ...byAnother(row) }),
    ChangeDecided: (row, event) => done(row, 'decide-change', event.data.change),
    ReportSubmitted: (row, event) => {
      const { report, kind } = event.data;
      const told = done(kind === 'final' ? done(row, 'submit-final-report') : row, 'submit-report-again', report);
      const known = kind === 'final' ? { ...told, finalReports: [...told.finalReports, report] } : told;
      return waits(waits(known, event, 'inspect-substance', { of: report }), event, 'inspect-finance', { of: report });
    },
    ReportReturned: (row, event) => {
      const { report } = event.data;
      return waits(done(done(row, 'inspect-substance', report), 'inspect-finance', report), event, 'submit-report-again', { of: report });
    },
    ReportSubstanceInspected: (row, event) => inspected(row, event, 'inspect-substance', 'inspect-finance'),
    ReportFinanceInspected: (row, event) => inspected(row, event, 'inspect-finance', 'inspect-substance'),
    GrantHearingOpened: (row, event) => waits(row, event, 'state-on-grant', { of: event.data.hearing, due: event.data.due }),
    GrantHearingDueCorrected: (row, { data: { hearing, due } }) => dueOn(row, 'state-on-grant', hearing, due),
    GrantHearingWithdrawn: (row, event) => done(row, 'state-on-grant', event.data.hearing),
    GrantStatementGiven: (row, event) => done(row, 'state-on-grant', event.data.hearing),
    PaymentRequested: (row, event) => waits(row, event, 'decide-payment', { of: event.data.payment, ...byAnother(row) }),
    PaymentDecided: (row, event) => {
      const { payment, decider } = event.data;
      return waits(done(row, 'decide-payment', payment), event, 'send-payment', { of: payment, notBy: [decider] });
    },
    PaymentBatched: (row, event) => {
      const { payment, batch } = event.data;
      const batched = row.waiting.filter((one) => one.kind === 'send-payment' && one.of === payment);
      return { ...done(row, 'send-payment', payment), inBatches: [...row.inBatches, ...batched.map((one) => ({ batch, waiting: one }))] };
    },
    PaymentLeftOut: (row, event) => {
      const { payment, batch } = event.data;
      const isIt = (one: WaitingRow['inBatches'][number]) => one.batch === batch && one.waiting.of === payment;
      const again = row.inBatches.filter(isIt).map(({ waiting: one }) => one);
      return withWaiting({ ...row, inBatches: row.inBatches.filter((one) => !isIt(one)) }, [...row.waiting, ...again]);
    },
    PaymentSent: (row, event) => {
      const { payment } = event.data;
      const inBatches = row.inBatches.filter(({ waiting: one }) => one.of !== payment);
      return waits(done({ ...row, inBatches }, 'send-payment', payment), event, 'confirm-payment', { of: payment });
    },
    PaymentConfirmed: (row, event) => done(row, 'confirm-payment', event.data.payment),
    // It can be sent again, with another batch.
    PaymentRejected: (row, event) => {
      const { payment } = event.data;
      return waits(done(row, 'confirm-payment', payment), event, 'send-payment', { of: payment });
    },
    RecoveryDecided: (row, event) => {
      const { recovery, due } = event.data;
      return waits(row, event, 'receive-recovery', { of: recovery, ...(due !== undefined && { due }) });
    },
    RecoveryDueCorrected: (row, { data: { recovery, due } }) => dueOn(row, 'receive-recovery', recovery, due),
    RecoveryReceived: (row, event) => done(row, 'receive-recovery', event.data.recovery),
    RecoveryWaived: (row, event) => done(row, 'receive-recovery', event.data.recovery),
    RectificationRequested: (row, event) => waits(row, event, 'decide-rectification', { of: event.data.request, ...byAnother(row) }),
    RectificationDecided: (row, event) => {
      const { request, outcome } = event.data;
      const decided = done(row, 'decide-rectification', request);
      // A refusal that was turned into a grant is accepted without a day of its own.
      return outcome === 'changed' && row.isEnded ? waits(decided, event, 'accept-grant') : decided;
    },
    DecisionBecameFinal: (row, event) => closable({ ...row, isFinal: true }, event),
    GrantSettled: (row, event) => closable({ ...done(row, 'settle-grant'), isEnded: true }, event),
    GrantClosed: nothing,

    PaymentBatchReleased: nothing,
    PaymentBatchCancelled: nothing,
  },
};

function opened(key: string, { region, applicant }: { readonly region: RegionCode; readonly applicant?: string }): WaitingRow {
  return { ...empty, call: callOfMatter(key), region, ...(applicant !== undefined && { applicant }) };
}

/** The matter with its applicant; what waited for another one, whose draft was in its place, does not wait for them. */
function of(row: WaitingRow | undefined, key: string, whose: { readonly region: RegionCode; readonly applicant: string }): WaitingRow {
  if (!row) return opened(key, whose);
  const isAnothers = row.applicant !== undefined && row.applicant !== whose.applicant;
  return isAnothers ? { ...opened(key, whose), disqualified: row.disqualified } : { ...row, ...pick(whose, 'region', 'applicant') };
}

function waits(row: WaitingRow, event: Recorded, kind: WaitingKind, about: About = {}): WaitingRow {
  const since = firstInstant(effectiveAt(event));
  return withWaiting(row, [...done(row, kind, about.of).waiting, { kind, since, notBy: [], ...about }]);
}

/** Nobody waits for it any more; with an id, for that one only. */
function done(row: WaitingRow, kind: WaitingKind, id?: string): WaitingRow {
  return withWaiting(
    row,
    row.waiting.filter((one) => one.kind !== kind || (id !== undefined && one.of !== id)),
  );
}

/** It waits until another day. */
function dueOn(row: WaitingRow, kind: WaitingKind, id: string, due: Day): WaitingRow {
  return { ...row, waiting: row.waiting.map((one) => (one.kind === kind && one.of === id ? { ...one, due } : one)) };
}

function nothing(row: WaitingRow): WaitingRow {
  return withWaiting(row, []);
}

function withWaiting(row: WaitingRow, all: readonly Waiting[]): WaitingRow {
  return { ...row, waiting: all, isWaiting: all.length > 0 };
}

/** One part of an inspection is done; the other is for somebody else. After both of the final report the grant can be settled. */
function inspected(
  row: WaitingRow,
  event: EventOf<typeof events, 'ReportSubstanceInspected' | 'ReportFinanceInspected'>,
  kind: WaitingKind,
  other: WaitingKind,
): WaitingRow {
  const { report, inspector } = event.data;
  const rest = done(row, kind, report);
  const all = rest.waiting.map((one) => (one.kind === other && one.of === report ? { ...one, notBy: [inspector] } : one));
  const next = withWaiting(rest, all);
  const isBoth = !all.some((one) => one.kind === other && one.of === report);
  return isBoth && row.finalReports.includes(report) ? waits(next, event, 'settle-grant', byAnother(row)) : next;
}

function closable(row: WaitingRow, event: Event): WaitingRow {
  return row.isFinal && row.isEnded ? waits(row, event, 'close-grant', byAnother(row)) : row;
}

function byAnother({ presenter }: WaitingRow): About {
  return { notBy: presenter === undefined ? [] : [presenter] };
}

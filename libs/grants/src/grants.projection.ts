import type { DecisionOutcome } from '#applications/application.events';
import { datedBy, streamKey, type EventOf } from '#kernel/envelope';
import type { Projection } from '#kernel/projection';
import type { RegionCode } from '#kernel/region';
import { callOfMatter } from '#kernel/matter';
import type { Dated } from '#kernel/timeline';
import { grantEvents } from './grant.events.js';

type GrantEvent = EventOf<typeof grantEvents>;
type ToldOf<Event extends GrantEvent> = Event extends GrantEvent
  ? { readonly type: Event['type']; readonly data: Event['data']; readonly role: string }
  : never;
/** What happened, and in which role somebody did it; personal texts sealed. */
export type Told = ToldOf<GrantEvent>;

/** The file of a decision: all that happened to it, in the order in which it was recorded. */
export interface GrantRow {
  readonly call: string;
  readonly region: RegionCode;
  readonly applicant: string;
  readonly outcome: DecisionOutcome;
  readonly told: readonly Dated<Told>[];
}

export const grants: Projection<GrantRow, typeof grantEvents, 'GrantOpened'> = {
  name: 'grants',
  version: 2,
  readableSince: 1,
  events: grantEvents,
  indexes: ['call', 'region', 'applicant'],
  key: (event: GrantEvent) => streamKey(event.stream),
  starts: {
    GrantOpened: (event, key) => {
      const { region, applicant, outcome } = event.data;
      return tell({ call: callOfMatter(key), region, applicant, outcome, told: [] }, event);
    },
  },
  on: {
    DecisionNotified: tell,
    GrantAccepted: tell,
    GrantDeclined: tell,
    PartnerAgreementRecorded: tell,
    ChangeRequested: tell,
    ChangeDecided: tell,
    ReductionDecided: tell,
    ReportSubmitted: tell,
    ReportReturned: tell,
    ReportSubstanceInspected: tell,
    ReportFinanceInspected: tell,
    GrantHearingOpened: tell,
    GrantHearingDueCorrected: tell,
    GrantHearingWithdrawn: tell,
    GrantStatementGiven: tell,
    PaymentRequested: tell,
    PaymentDecided: tell,
    PaymentBatched: tell,
    PaymentLeftOut: tell,
    PaymentSent: tell,
    PaymentConfirmed: tell,
    PaymentRejected: tell,
    PaymentSuspended: tell,
    PaymentResumed: tell,
    PaymentTerminated: tell,
    RepaymentReceived: tell,
    RecoveryDecided: tell,
    RecoveryDueCorrected: tell,
    RecoveryReceived: tell,
    RecoveryWaived: tell,
    RectificationRequested: tell,
    RectificationDecided: tell,
    AppealLodged: tell,
    CourtDecisionRecorded: tell,
    DecisionBecameFinal: tell,
    GrantSettled: tell,
    GrantClosed: tell,
  },
};

function tell(row: GrantRow, event: GrantEvent): GrantRow {
  const { type, data, metadata } = event;
  return { ...row, told: [...row.told, datedBy(event, { type, data, role: metadata.actor.role } as Told)] };
}

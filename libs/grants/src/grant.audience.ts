import type { Audience } from '#access/audience';
import { mayRead, type Claims } from '#access/policy';
import type { Publicity } from '#kernel/event-schema';
import type { grantEvents } from './grant.events.js';
import { grantFacts, type GrantFacts } from './grant.facts.js';

type GrantEvent = keyof typeof grantEvents;

/** What is done to a grant is public: decisions, money, and what it comes to. What passes before a decision is not. */
const published: readonly string[] = [
  'GrantOpened',
  'DecisionNotified',
  'GrantAccepted',
  'GrantDeclined',
  'ChangeDecided',
  'ReductionDecided',
  'PaymentDecided',
  'PaymentConfirmed',
  'PaymentSuspended',
  'PaymentResumed',
  'PaymentTerminated',
  'RepaymentReceived',
  'RecoveryDecided',
  'RecoveryDueCorrected',
  'RecoveryReceived',
  'RecoveryWaived',
  'RectificationDecided',
  'CourtDecisionRecorded',
  'DecisionBecameFinal',
  'GrantSettled',
  'GrantClosed',
] satisfies GrantEvent[];

/** What inspectors note is the ministry's own until a decision stands on it. */
const ofMinistry: readonly string[] = ['ReportSubstanceInspected', 'ReportFinanceInspected'] satisfies GrantEvent[];

/** How much of an event the reader sees: the grantee and its region all but what inspectors note, the ministry and the analysts all. */
export function seesOfGrant(
  { applicant, region }: { readonly applicant: string; readonly region: string },
  reader: Claims | undefined,
  event: string,
): Publicity | undefined {
  if (mayRead('secret parts of applications', reader)) return 'secret';
  if (mayRead('handling of applications', reader)) return 'internal';
  if (mayRead('files of grants', reader, { region, organisation: applicant })) return ofMinistry.includes(event) ? undefined : 'secret';
  return published.includes(event) ? 'public' : undefined;
}

export const grantAudience: Audience<GrantFacts, typeof grantEvents> = {
  fold: grantFacts,
  sees: (state, reader, event = '') => (state.stage === 'absent' ? undefined : seesOfGrant(state, reader, event)),
};

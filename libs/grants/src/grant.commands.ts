import { processRole } from '#access/policy';
import { commandOf, isFarDayMeant } from '#edge/commands';
import { field, hinted, optionally, required } from '#kernel/event-schema';
import { omit, pick } from '#kernel/keyed';
import { KeyText, MatterText } from '#kernel/schemas';
import { grantEvents } from './grant.events.js';

const { DecisionNotified, GrantAccepted, GrantDeclined, PartnerAgreementRecorded, ChangeRequested, ChangeDecided } = grantEvents;
const { ReductionDecided, ReportSubmitted, ReportReturned, ReportSubstanceInspected, ReportFinanceInspected } = grantEvents;
const { GrantHearingDueCorrected, GrantHearingWithdrawn } = grantEvents;
const { GrantHearingOpened, GrantStatementGiven, RectificationRequested, RectificationDecided } = grantEvents;
const { AppealLodged, CourtDecisionRecorded } = grantEvents;

export const whichGrant = { grant: field(MatterText, { fi: 'Avustus', sv: 'Understöd', en: 'Grant' }) };
export const grantee = { organisation: field(KeyText, { fi: 'Avustuksen saaja', sv: 'Understödstagare', en: 'The grantee' }) };
const signatoryName = required(GrantAccepted.fields.signatory);

export class OpenGrant extends commandOf('Opens the file of a decision, once it fell.', { by: [processRole] }, whichGrant) {}

export class NotifyDecision extends commandOf(
  'Records that a decision was notified. When it counts as received, and the days that follow from it, are counted by the terms of that day.',
  { by: ['ministry-registrar'] },
  { ...whichGrant, ...pick(DecisionNotified.fields, 'channel', 'sentOn') },
) {}

export class AcceptGrant extends commandOf(
  'Accepts a grant with its conditions, in time.',
  { by: ['applicant-signatory'] },
  { ...whichGrant, ...grantee, signatoryName },
) {}

export class DeclineGrant extends commandOf(
  'Declines a grant, for good: its money returns to the appropriation.',
  { by: ['applicant-signatory'] },
  { ...whichGrant, ...grantee, reason: GrantDeclined.fields.reason, signatoryName },
) {}

export class RecordPartnerAgreement extends commandOf(
  'Records an agreement with a partner that uses a part of the grant.',
  { by: ['applicant-signatory'] },
  { ...whichGrant, ...grantee, ...PartnerAgreementRecorded.fields },
) {}

export class RequestChange extends commandOf(
  'Asks for a change of a grant, part by part.',
  { by: ['applicant-signatory'] },
  { ...whichGrant, ...grantee, ...ChangeRequested.fields },
) {}

export class DecideChange extends commandOf(
  'Decides on a change request, each of its parts.',
  { by: ['ministry-decider'] },
  {
    ...whichGrant,
    ...omit(ChangeDecided.fields, 'decider'),
    periodOfUse: hinted(ChangeDecided.fields.periodOfUse, 'Given where the part of time is accepted, and only there.'),
    isFarDayMeant,
  },
) {}

export class DecideReduction extends commandOf(
  'Reduces a grant, never below what is paid of it. The money returns to the appropriation.',
  { by: ['ministry-decider'] },
  { ...whichGrant, ...omit(ReductionDecided.fields, 'decider') },
) {}

export class SubmitReport extends commandOf(
  'Submits a report, or a returned one anew.',
  { by: ['applicant-signatory'] },
  { ...whichGrant, ...grantee, ...omit(ReportSubmitted.fields, 'person', 'signatory'), signatoryName },
) {}

export class ReturnReport extends commandOf(
  'Returns a report that is not inspected yet, so that it is submitted anew.',
  { by: ['ministry-presenter'] },
  { ...whichGrant, ...omit(ReportReturned.fields, 'inspector') },
) {}

export class InspectReportSubstance extends commandOf(
  'Inspects the substance of a report; its finances are inspected by another person.',
  { by: ['ministry-presenter'] },
  { ...whichGrant, ...omit(ReportSubstanceInspected.fields, 'inspector') },
) {}

export class InspectReportFinance extends commandOf(
  'Inspects the finances of a report; its substance is inspected by another person.',
  { by: ['ministry-presenter'] },
  { ...whichGrant, ...omit(ReportFinanceInspected.fields, 'inspector') },
) {}

export class HearGrantee extends commandOf(
  'Asks the grantee to be heard before payments are suspended or terminated, or money recovered.',
  { by: ['ministry-presenter'] },
  { ...whichGrant, ...GrantHearingOpened.fields, isFarDayMeant },
) {}

export class CorrectGrantHearingDue extends commandOf(
  'Corrects the day by which the grantee is to state, with the reason, while there is no statement.',
  { by: ['ministry-presenter'] },
  { ...whichGrant, ...GrantHearingDueCorrected.fields, isFarDayMeant },
) {}

export class WithdrawGrantHearing extends commandOf(
  'Withdraws a hearing, with the reason, while there is no statement.',
  { by: ['ministry-presenter'] },
  { ...whichGrant, ...GrantHearingWithdrawn.fields },
) {}

export class GiveGrantStatement extends commandOf(
  'Gives the grantee’s statement in a hearing.',
  { by: ['applicant-signatory'] },
  { ...whichGrant, ...grantee, ...pick(GrantStatementGiven.fields, 'hearing', 'text') },
) {}

export class RequestRectification extends commandOf(
  'Asks for rectification of a decision. What comes late is recorded as late.',
  { by: ['applicant-signatory', 'ministry-registrar'] },
  {
    ...whichGrant,
    ...grantee,
    ...pick(RectificationRequested.fields, 'request', 'demands'),
    arrivedOn: hinted(optionally(RectificationRequested.fields.arrivedOn), 'Given by the registrar for what came another way.'),
  },
) {}

export class DecideRectification extends commandOf(
  'Decides on a request for rectification. Where it changes the decision, that is corrected first.',
  { by: ['ministry-decider'] },
  { ...whichGrant, ...omit(RectificationDecided.fields, 'appealBy', 'decider') },
) {}

export class RecordAppeal extends commandOf(
  'Records that the decision was appealed against.',
  { by: ['ministry-registrar'] },
  { ...whichGrant, ...AppealLodged.fields },
) {}

export class RecordCourtDecision extends commandOf(
  'Records what a court decided on an appeal.',
  { by: ['ministry-registrar'] },
  { ...whichGrant, ...CourtDecisionRecorded.fields },
) {}

export class RecordFinality extends commandOf(
  'Records that a decision became final, once nobody can contest it any more.',
  { by: [processRole] },
  whichGrant,
) {}

export class SettleGrant extends commandOf(
  'Settles a grant by its inspected final report, once what it comes to is paid and what is over it has come back.',
  { by: ['ministry-decider'] },
  whichGrant,
) {}

export class CloseGrant extends commandOf(
  'Closes the file of a decision: of a grant that is settled or declined, or of what was not granted once it is final.',
  { by: ['ministry-decider'] },
  whichGrant,
) {}

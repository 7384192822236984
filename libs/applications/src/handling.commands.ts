import { processRole } from '#access/policy';
import { commandOf, isFarDayMeant } from '#edge/commands';
import { hinted, optional, optionally, required } from '#kernel/event-schema';
import { omit, pick } from '#kernel/keyed';
import { KeyText } from '#kernel/schemas';
import { applicant, whichApplication } from './application.commands.js';
import { givenContent, otherArrival } from './application-content.events.js';
import { applicationEvents } from './application.events.js';

const { SupplementRequested, ApplicationSupplemented, HearingOpened, StatementGiven } = applicationEvents;
const { DueDayCorrected, RequestWithdrawn } = applicationEvents;
const { DisqualificationRecorded, ApplicationAssessed, DecisionProposed, DecisionProposalWithdrawn } = applicationEvents;

export class RequestSupplement extends commandOf(
  'Asks the applicant to supplement the application by the end of a day.',
  { by: ['ministry-presenter'] },
  {
    ...whichApplication,
    ...omit(SupplementRequested.fields, 'presenter'),
    supplement: hinted(SupplementRequested.fields.supplement, 'An id of the request, new in this application.'),
    isFarDayMeant,
  },
) {}

export class SupplementApplication extends commandOf(
  'Answers a supplement request. After its due day it is recorded as late, and the application stays as it was.',
  { by: ['applicant-signatory', 'ministry-registrar'] },
  {
    ...whichApplication,
    ...applicant,
    ...pick(ApplicationSupplemented.fields, 'text'),
    supplement: hinted(ApplicationSupplemented.fields.supplement, 'The request that it answers.'),
    content: hinted(optionally(givenContent), 'The new content of the application, all of it, where it changes.'),
    arrival: otherArrival,
  },
) {}

export class OpenHearing extends commandOf(
  'Asks the applicant to be heard on something by the end of a day.',
  { by: ['ministry-presenter'] },
  {
    ...whichApplication,
    ...omit(HearingOpened.fields, 'presenter'),
    hearing: hinted(HearingOpened.fields.hearing, 'An id of the hearing, new in this application.'),
    isFarDayMeant,
  },
) {}

export class GiveStatement extends commandOf(
  'Gives the applicant’s statement in a hearing. After its due day it is recorded as late.',
  { by: ['applicant-signatory', 'ministry-registrar'] },
  { ...whichApplication, ...applicant, ...pick(StatementGiven.fields, 'hearing', 'text'), arrival: otherArrival },
) {}

export class CorrectDueDay extends commandOf(
  'Corrects the day by which the applicant is to answer a request that is not answered yet, with the reason.',
  { by: ['ministry-presenter'] },
  { ...whichApplication, ...DueDayCorrected.fields, isFarDayMeant },
) {}

export class WithdrawRequest extends commandOf(
  'Withdraws a supplement request or a hearing that is not answered yet, with the reason: nothing waits for it any more.',
  { by: ['ministry-presenter'] },
  { ...whichApplication, ...RequestWithdrawn.fields },
) {}

export class RecordEarlierArrival extends commandOf(
  'Records that an application arrived earlier, and another way, than is on record. The earliest arrival that is shown counts; what stood before stays readable.',
  { by: ['ministry-registrar'] },
  { ...whichApplication, arrival: hinted(required(otherArrival), 'Where, when and from what it is seen.') },
) {}

export class RecordDisqualification extends commandOf(
  'Records that a person may not handle an application: neither assess, present, decide nor inspect it.',
  { by: ['ministry-registrar', 'ministry-presenter', 'ministry-decider'] },
  {
    ...whichApplication,
    person: hinted(
      optional(KeyText, DisqualificationRecorded.fields.person.description),
      'The id by which events name the person; the sender without it.',
    ),
    grounds: hinted(
      required(DisqualificationRecorded.fields.grounds),
      'Seen by those who handle the application; sealed under the person’s key.',
    ),
  },
) {}

export class AssessApplication extends commandOf(
  'Assesses a submitted application by a criterion of the call, once the call has closed.',
  { by: ['ministry-presenter'] },
  { ...whichApplication, ...omit(ApplicationAssessed.fields, 'assessor') },
) {}

export class ProposeDecision extends commandOf(
  'Proposes a decision, once it is assessed by every criterion unless it is inadmissible, and locks the application until it is decided or the proposal is withdrawn.',
  { by: ['ministry-presenter'] },
  {
    ...whichApplication,
    ...omit(DecisionProposed.fields, 'presenter'),
    amount: hinted(
      DecisionProposed.fields.amount,
      'Of a grant: not more than is applied for, nor than the largest share of the eligible costs.',
    ),
  },
) {}

export class WithdrawDecisionProposal extends commandOf(
  'Withdraws the proposal of a decision, so that the application can change again.',
  { by: ['ministry-presenter'] },
  { ...whichApplication, ...DecisionProposalWithdrawn.fields },
) {}

export class RecordApplicationDecided extends commandOf(
  'Records that a decision on an application fell: its proposal can be withdrawn no more.',
  { by: [processRole] },
  whichApplication,
) {}

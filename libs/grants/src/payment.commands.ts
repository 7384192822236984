import { processRole } from '#access/policy';
import { commandOf, isFarDayMeant } from '#edge/commands';
import { field } from '#kernel/event-schema';
import { omit, pick } from '#kernel/keyed';
import { textUpTo } from '#kernel/schemas';
import { grantee, whichGrant } from './grant.commands.js';
import { paymentEvents } from './payment.events.js';

const { PaymentRequested, PaymentDecided, PaymentBatched, PaymentConfirmed, PaymentRejected, PaymentSuspended, PaymentResumed } =
  paymentEvents;
const { PaymentTerminated, RepaymentReceived, RecoveryDecided, RecoveryDueCorrected, RecoveryReceived, RecoveryWaived } = paymentEvents;

const inBatch = { ...whichGrant, ...PaymentBatched.fields };
const person = (of: { readonly fi: string; readonly sv: string; readonly en: string }) => field(textUpTo(200), of, 'internal');

export class RequestPayment extends commandOf(
  'Asks for a payment of an instalment of the decision.',
  { by: ['applicant-signatory'] },
  { ...whichGrant, ...grantee, ...PaymentRequested.fields },
) {}

export class DecidePayment extends commandOf(
  'Decides on a payment, of what was asked for at most. The last instalment is paid after both inspections of the final report.',
  { by: ['ministry-decider'] },
  { ...whichGrant, ...omit(PaymentDecided.fields, 'decider') },
) {}

export class PutPaymentInBatch extends commandOf(
  'Puts a payment into a batch, or says why it is left out: a payment is in one batch at a time.',
  { by: [processRole] },
  { ...inBatch, preparer: person({ fi: 'Maksuaineiston valmistelijan tunnus', sv: 'Beredarens id', en: 'Id of who prepared the batch' }) },
) {}

export class SendPaymentOfBatch extends commandOf(
  'Sends a payment with its batch, which was released, or says why it is left out.',
  { by: [processRole] },
  {
    ...inBatch,
    preparer: person({ fi: 'Maksuaineiston valmistelijan tunnus', sv: 'Beredarens id', en: 'Id of who prepared the batch' }),
    releaser: person({ fi: 'Maksuaineiston vapauttajan tunnus', sv: 'Frisläpparens id', en: 'Id of who released the batch' }),
  },
) {}

export class TakePaymentOutOfBatch extends commandOf(
  'Takes a payment out of a batch that was cancelled: it can go into another.',
  { by: [processRole] },
  inBatch,
) {}

export class RecordPaymentSent extends commandOf(
  'Records that a decided payment was sent another way than in a batch. Who decided it does not send it.',
  { by: ['ministry-presenter'] },
  { ...whichGrant, payment: PaymentDecided.fields.payment },
) {}

export class ConfirmPayment extends commandOf(
  'Records the day on which a payment that was sent was paid.',
  { by: ['ministry-registrar', processRole] },
  { ...whichGrant, ...omit(PaymentConfirmed.fields, 'batch') },
) {}

export class RecordPaymentRejected extends commandOf(
  'Records that the bank rejected a payment: it is not paid, and can go into a new batch, or be asked for anew.',
  { by: ['ministry-registrar', processRole] },
  { ...whichGrant, ...omit(PaymentRejected.fields, 'batch') },
) {}

export class SuspendPayments extends commandOf(
  'Suspends payments, once the grantee was heard.',
  { by: ['ministry-decider'] },
  { ...whichGrant, ...omit(PaymentSuspended.fields, 'decider') },
) {}

export class ResumePayments extends commandOf(
  'Resumes payments that were suspended.',
  { by: ['ministry-decider'] },
  { ...whichGrant, ...omit(PaymentResumed.fields, 'decider') },
) {}

export class TerminatePayments extends commandOf(
  'Ends payments for good, once the grantee was heard.',
  { by: ['ministry-decider'] },
  { ...whichGrant, ...omit(PaymentTerminated.fields, 'decider') },
) {}

export class RecordRepayment extends commandOf(
  'Records what the grantee repaid of their own accord.',
  { by: ['ministry-registrar'] },
  { ...whichGrant, ...RepaymentReceived.fields },
) {}

export class DecideRecovery extends commandOf(
  'Decides to recover money of payments, once the grantee was heard.',
  { by: ['ministry-decider'] },
  { ...whichGrant, ...omit(RecoveryDecided.fields, 'decider'), isFarDayMeant },
) {}

export class CorrectRecoveryDue extends commandOf(
  'Corrects the day by which a recovery is to be paid, with the reason, while some of it is still to come.',
  { by: ['ministry-decider'] },
  { ...whichGrant, ...RecoveryDueCorrected.fields, isFarDayMeant },
) {}

export class RecordRecoveryReceived extends commandOf(
  'Records what came back of a recovery; its interest is counted by the published rates.',
  { by: ['ministry-registrar'] },
  { ...whichGrant, ...pick(RecoveryReceived.fields, 'recovery', 'amount', 'receivedOn') },
) {}

export class WaiveRecovery extends commandOf(
  'Waives what is left of a recovery, or a part of it.',
  { by: ['ministry-decider'] },
  { ...whichGrant, ...omit(RecoveryWaived.fields, 'decider') },
) {}

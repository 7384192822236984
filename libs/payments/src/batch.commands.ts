import { processRole } from '#access/policy';
import { commandOf } from '#edge/commands';
import { field, listOf } from '#kernel/event-schema';
import { omit, pick } from '#kernel/keyed';
import { KeyText } from '#kernel/schemas';
import { batchEvents, PaymentToPrepare } from './batch.events.js';

const { PaymentBatchPrepared, PaymentBatchCollected, PaymentBatchCancelled, PaymentBatchFixed } = batchEvents;
const { PaymentFileStaged, PaymentStatusReceived } = batchEvents;
const which = { batch: field(KeyText, { fi: 'Maksuaineisto', sv: 'Betalningsomgång', en: 'Batch' }) };

export class PreparePaymentBatch extends commandOf(
  'Prepares a batch of payments that were decided, or that the bank rejected: each goes to the confirmed account of its payee.',
  { by: ['ministry-presenter'] },
  {
    ...which,
    payments: field(listOf(PaymentToPrepare, { minItems: 1 }), PaymentBatchPrepared.fields.payments.description),
    ...pick(PaymentBatchPrepared.fields, 'executeOn'),
  },
) {}

export class CollectPaymentBatch extends commandOf(
  'Records that every payment of a batch is in it, or left out.',
  { by: [processRole] },
  { ...which, ...PaymentBatchCollected.fields },
) {}

export class ReleasePaymentBatch extends commandOf(
  'Releases a batch: its payments are sent. Who prepared it does not release it.',
  { by: ['ministry-decider', 'ministry-presenter'] },
  which,
) {}

export class CancelPaymentBatch extends commandOf(
  'Cancels a batch before it is released: its payments can go into another.',
  { by: ['ministry-decider', 'ministry-presenter'] },
  { ...which, ...PaymentBatchCancelled.fields },
) {}

export class FixPaymentBatch extends commandOf(
  'Records that every payment of a released batch is sent, or left out: the file is made of those that are sent.',
  { by: [processRole] },
  { ...which, ...PaymentBatchFixed.fields },
) {}

export class RecordPaymentFileStaged extends commandOf(
  'Records which file a batch has, before it is let out.',
  { by: [processRole] },
  { ...which, ...PaymentFileStaged.fields },
) {}

export class RecordPaymentFileWritten extends commandOf('Records that the file of a batch was let out.', { by: [processRole] }, which) {}

export class RecordPaymentStatus extends commandOf(
  'Records what the bank says of the payments of a batch.',
  { by: [processRole] },
  { ...which, ...omit(PaymentStatusReceived.fields, 'answer') },
) {}

import { paymentEvents, type LeftOutBecause } from '#grants/payment.events';
import { only } from '#kernel/chosen-events';
import { datedBy, streamKey, type EventOf, type Revision } from '#kernel/envelope';
import type { EventData } from '#kernel/event-schema';
import type { Day, Instant } from '#kernel/helsinki-time';
import type { Projection } from '#kernel/projection';
import { withEntry, type Timeline } from '#kernel/timeline';
import { batchEvents } from './batch.events.js';
import { paymentKey, type WhichPayment } from './batch.facts.js';
import { messageId } from './batch.rules.js';

const events = { ...batchEvents, ...only(paymentEvents, 'PaymentConfirmed', 'PaymentRejected') };
type Event = EventOf<typeof events>;
type DataOf<Type extends keyof typeof batchEvents> = EventData<typeof batchEvents, Type>;

export const batchStages = ['prepared', 'collected', 'cancelled', 'released', 'fixed', 'staged', 'written'] as const;
export type BatchStage = (typeof batchStages)[number];
export const batchPaymentStates = ['prepared', 'batched', 'left-out', 'sent', 'confirmed', 'rejected'] as const;
export type BatchPaymentState = (typeof batchPaymentStates)[number];

type Prepared = DataOf<'PaymentBatchPrepared'>['payments'][number];
/** A payment of a batch, and how far it is in it. */
export interface BatchPayment extends Prepared {
  /** Whether the bank has accepted or rejected it. */
  readonly isAnswered?: true;
  readonly states: Timeline<{ readonly state: BatchPaymentState; readonly because?: LeftOutBecause; readonly reason?: string }>;
}

/** A batch of payments, how far it is, and what the bank says of it. */
export interface PaymentBatchRow {
  readonly stage: BatchStage;
  readonly stages: Timeline<BatchStage>;
  readonly since: Instant;
  readonly executeOn: Day;
  readonly releasedAt?: Instant;
  readonly payments: readonly BatchPayment[];
  /** The id of its message: by it the bank’s answers find it. */
  readonly message: string;
  readonly file?: Omit<DataOf<'PaymentFileStaged'>, 'message'>;
  readonly answers: Timeline<DataOf<'PaymentStatusReceived'>['answer']>;
  /** The event folded last of those that the service acts on. */
  readonly because: string;
  /** The revision of the batch: the row folds events of its grants, too. */
  readonly ofBatch: Revision;
}

export const paymentBatches: Projection<PaymentBatchRow, typeof events, 'PaymentBatchPrepared'> = {
  name: 'payment-batches',
  version: 2,
  events,
  indexes: ['since', 'stage', 'message'],
  key: (event: Event) =>
    event.type === 'PaymentConfirmed' || event.type === 'PaymentRejected' ? (event.data.batch ?? []) : streamKey(event.stream),
  starts: {
    PaymentBatchPrepared: (event, batch) => {
      const { payments, executeOn } = event.data;
      const row: PaymentBatchRow = {
        stage: 'prepared',
        stages: [],
        since: event.metadata.recordedAt,
        executeOn,
        payments: payments.map((one) => ({ ...one, states: [datedBy(event, { state: 'prepared' })] })),
        message: messageId(batch),
        answers: [],
        because: event.id,
        ofBatch: event.revision,
      };
      return come(row, event, 'prepared');
    },
  },
  on: {
    PaymentBatchCollected: (row, event) => come(leaving(row, event, event.data.leftOut, 'batched'), event, 'collected'),
    PaymentBatchReleased: (row, event) => ({ ...come(row, event, 'released'), releasedAt: event.metadata.recordedAt }),
    PaymentBatchCancelled: (row, event) => {
      const leftOut = row.payments.map(({ grant, payment }) => ({ grant, payment, because: 'batch-cancelled' as const }));
      return come(leaving(row, event, leftOut, 'left-out'), event, 'cancelled');
    },
    PaymentBatchFixed: (row, event) => come(leaving(row, event, event.data.leftOut, 'sent'), event, 'fixed'),
    PaymentFileStaged: (row, event) => {
      const { message: _, ...file } = event.data;
      return { ...come(row, event, 'staged'), file };
    },
    PaymentFileWritten: (row, event) => come(row, event, 'written'),
    PaymentStatusReceived: (row, event) => {
      const { answer, payments } = event.data;
      const final = new Set(payments.filter((one) => one.answer !== 'pending').map(paymentKey));
      return {
        ...row,
        ofBatch: event.revision,
        answers: withEntry(row.answers, datedBy(event, answer)),
        payments: row.payments.map((one) => (final.has(paymentKey(one)) ? { ...one, isAnswered: true } : one)),
      };
    },
    PaymentConfirmed: (row, event) => withState(row, event, { state: 'confirmed' }),
    PaymentRejected: (row, event) => withState(row, event, { state: 'rejected', reason: event.data.reason }),
  },
};

/** Those that are in the file. */
export function sentOf({ payments }: PaymentBatchRow): readonly BatchPayment[] {
  return payments.filter(({ states }) => ['sent', 'confirmed', 'rejected'].includes(states.at(-1)?.value.state ?? ''));
}

function come(row: PaymentBatchRow, event: Event, stage: BatchStage): PaymentBatchRow {
  return { ...row, stage, stages: withEntry(row.stages, datedBy(event, stage)), because: event.id, ofBatch: event.revision };
}

/** Those that are named are left out, the others go on, but for those that were left out before. */
function leaving(
  row: PaymentBatchRow,
  event: Event,
  leftOut: readonly (WhichPayment & { readonly because: LeftOutBecause })[],
  state: BatchPaymentState,
): PaymentBatchRow {
  const because = new Map(leftOut.map((one) => [paymentKey(one), one.because]));
  const payments = row.payments.map((one) => {
    if (one.states.at(-1)?.value.state === 'left-out') return one;
    const why = because.get(paymentKey(one));
    return { ...one, states: withEntry(one.states, datedBy(event, why ? { state: 'left-out' as const, because: why } : { state })) };
  });
  return { ...row, payments };
}

function withState(
  row: PaymentBatchRow,
  event: Extract<Event, { type: 'PaymentConfirmed' | 'PaymentRejected' }>,
  value: BatchPayment['states'][number]['value'],
): PaymentBatchRow {
  const key = paymentKey({ grant: streamKey(event.stream), payment: event.data.payment });
  const payments = row.payments.map((one) =>
    paymentKey(one) === key ? { ...one, states: withEntry(one.states, datedBy(event, value)) } : one,
  );
  return { ...row, payments };
}

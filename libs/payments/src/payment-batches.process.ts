import type { BatchedCommands } from '#grants/batching.facts';
import { paymentEvents, type LeftOutBecause } from '#grants/payment.events';
import { only } from '#kernel/chosen-events';
import type { CommandsOf } from '#kernel/decider';
import { streamKey, type EventOf } from '#kernel/envelope';
import { dayOf, dayStart, type Instant } from '#kernel/helsinki-time';
import { entry } from '#kernel/keyed';
import type { Due, Process } from '#kernel/process';
import { batchEvents, type AnsweredPayment } from './batch.events.js';
import { paymentKey, without, type WhichPayment } from './batch.facts.js';

const events = {
  ...batchEvents,
  ...only(paymentEvents, 'PaymentBatched', 'PaymentLeftOut', 'PaymentSent', 'PaymentConfirmed', 'PaymentRejected'),
};
type Event = EventOf<typeof events>;
type Commands = BatchedCommands & Pick<CommandsOf<typeof import('./batch.commands.js')>, 'CollectPaymentBatch' | 'FixPaymentBatch'>;

/** A batch as far as it is to be collected, sent and answered. */
interface PaymentBatchesRow {
  readonly stage: 'collecting' | 'collected' | 'cancelled' | 'sending' | 'fixed';
  readonly because: string;
  readonly since: Instant;
  readonly preparer: string;
  readonly releaser?: string;
  /** Those that are in it, as far as it is known. */
  readonly payments: readonly WhichPayment[];
  /** What their grants have answered at this stage: that they are in it, or why they are left out. */
  readonly answered: Readonly<Record<string, LeftOutBecause | 'taken'>>;
  /** What the bank says of a payment, and its grant does not know yet. */
  readonly told: Readonly<Record<string, AnsweredPayment & { readonly because: string; readonly since: Instant }>>;
}

/**
 * Takes the payments of a batch out of their grants: asks for each before the batch can be released, and sends each once it
 * is. What their grants answer makes the batch whole. Then tells the grants what the bank says.
 */
export const paymentBatches: Process<PaymentBatchesRow, typeof events, 'PaymentBatchPrepared', Commands> = {
  name: 'payment-batching',
  version: 1,
  events,
  key: (event: Event) => {
    if ('batch' in event.data && event.data.batch !== undefined) return event.data.batch;
    return event.stream.startsWith('paymentBatch-') ? streamKey(event.stream) : [];
  },
  starts: {
    PaymentBatchPrepared: (event) => ({
      ...at(event),
      stage: 'collecting',
      preparer: event.data.preparer,
      payments: event.data.payments.map(({ grant, payment }) => ({ grant, payment })),
      answered: {},
      told: {},
    }),
  },
  on: {
    PaymentBatched: (row, event) => answered(row, event, 'taken'),
    PaymentLeftOut: (row, event) => answered(row, event, event.data.because),
    PaymentSent: (row, event) => answered(row, event, 'taken'),
    PaymentBatchCollected: (row, event) => ({
      ...row,
      ...at(event),
      stage: 'collected',
      payments: without(row.payments, event.data.leftOut),
      answered: {},
    }),
    PaymentBatchCancelled: (row, event) => ({
      ...row,
      ...at(event),
      stage: 'cancelled',
      // Once it was collected all that is left is in it.
      answered:
        row.stage === 'collected' ? Object.fromEntries(row.payments.map((one) => [paymentKey(one), 'taken'] as const)) : row.answered,
    }),
    PaymentBatchReleased: (row, event) => ({ ...row, ...at(event), stage: 'sending', releaser: event.data.releaser }),
    PaymentBatchFixed: (row, event) => ({
      ...row,
      ...at(event),
      stage: 'fixed',
      payments: without(row.payments, event.data.leftOut),
      answered: {},
    }),
    PaymentFileStaged: (row) => row,
    PaymentFileWritten: (row) => row,
    PaymentStatusReceived: (row, event) => ({
      ...row,
      told: {
        ...row.told,
        ...Object.fromEntries(
          event.data.payments
            .filter(({ answer }) => answer !== 'pending')
            .map((one) => [paymentKey(one), { ...one, ...at(event) }] as const),
        ),
      },
    }),
    PaymentConfirmed: heard,
    PaymentRejected: heard,
  },
  due: (row, batch) => {
    const { stage, because, since, payments, preparer, releaser = '' } = row;
    const due = (id: string, command: Due<Commands>['command']): Due<Commands> => ({ id, at: since, because, command });
    const open = payments.filter((one) => entry(row.answered, paymentKey(one)) === undefined);
    const leftOut = payments.flatMap((one) => {
      const answer = entry(row.answered, paymentKey(one));
      return answer === undefined || answer === 'taken' ? [] : [{ ...one, because: answer }];
    });
    switch (stage) {
      case 'collecting':
        return open.length > 0
          ? open.map((one) => due(`put ${paymentKey(one)}`, { type: 'PutPaymentInBatch', content: { ...one, batch, preparer } }))
          : [due('collect', { type: 'CollectPaymentBatch', content: { batch, leftOut } })];
      case 'sending':
        return open.length > 0
          ? open.map((one) =>
              due(`send ${paymentKey(one)}`, { type: 'SendPaymentOfBatch', content: { ...one, batch, preparer, releaser } }),
            )
          : [due('fix', { type: 'FixPaymentBatch', content: { batch, leftOut } })];
      case 'cancelled':
        return payments
          .filter((one) => entry(row.answered, paymentKey(one)) === 'taken')
          .map((one) => due(`take ${paymentKey(one)}`, { type: 'TakePaymentOutOfBatch', content: { ...one, batch } }));
      case 'collected':
        return [];
      case 'fixed':
        return Object.values(row.told).map(toTell);
    }
  },
};

function at({ id, metadata }: Event) {
  return { because: id, since: metadata.recordedAt };
}

function answered(
  row: PaymentBatchesRow,
  event: Extract<Event, { type: 'PaymentBatched' | 'PaymentLeftOut' | 'PaymentSent' }>,
  answer: LeftOutBecause | 'taken',
): PaymentBatchesRow {
  const key = paymentKey({ grant: streamKey(event.stream), payment: event.data.payment });
  return { ...row, answered: { ...row.answered, [key]: answer } };
}

function heard(row: PaymentBatchesRow, event: Extract<Event, { type: 'PaymentConfirmed' | 'PaymentRejected' }>): PaymentBatchesRow {
  const key = paymentKey({ grant: streamKey(event.stream), payment: event.data.payment });
  return { ...row, told: Object.fromEntries(Object.entries(row.told).filter(([one]) => one !== key)) };
}

/** A payment counts as paid on the day on which it is, and not before. */
function toTell({ grant, payment, answer, reason, paidOn, because, since }: PaymentBatchesRow['told'][string]): Due<Commands> {
  const key = paymentKey({ grant, payment });
  if (answer === 'rejected')
    return {
      id: `reject ${key}`,
      at: since,
      because,
      command: { type: 'RecordPaymentRejected', content: { grant, payment, reason: reason ?? '–' } },
    };
  const day = paidOn ?? dayOf(since);
  const start = dayStart(day);
  return {
    id: `confirm ${key} ${day}`,
    at: start > since ? start : since,
    because,
    command: { type: 'ConfirmPayment', content: { grant, payment, paidOn: day } },
  };
}

import { only } from '#kernel/chosen-events';
import { datedBy, streamKey, type EventOf, type Recorded } from '#kernel/envelope';
import { callOfMatter } from '#kernel/matter';
import type { Cents } from '#kernel/money';
import type { Projection } from '#kernel/projection';
import { withEntry, type Timeline } from '#kernel/timeline';
import { paymentEvents } from './payment.events.js';

const events = only(
  paymentEvents,
  'PaymentRequested',
  'PaymentDecided',
  'PaymentBatched',
  'PaymentLeftOut',
  'PaymentSent',
  'PaymentConfirmed',
  'PaymentRejected',
);

export const paymentStages = ['requested', 'decided', 'batched', 'sent', 'confirmed', 'rejected'] as const;
export type PaymentStage = (typeof paymentStages)[number];

/** A payment of a grant and how far it is. */
export interface PaymentRow {
  readonly grant: string;
  readonly call: string;
  readonly payment: string;
  readonly instalment: string;
  /** How far it is by all that is known: the index of what waits. */
  readonly stage: PaymentStage;
  /** The batch that it is in now. */
  readonly batch?: string;
  readonly stages: Timeline<{ readonly stage: PaymentStage; readonly amount: Cents; readonly paidOn?: string }>;
}

export const payments: Projection<PaymentRow, typeof events, 'PaymentRequested'> = {
  name: 'payments',
  version: 2,
  events,
  indexes: ['grant', 'stage'],
  key: (event: EventOf<typeof events>) => `${streamKey(event.stream)}/${event.data.payment}`,
  starts: {
    PaymentRequested: (event) => {
      const { payment, instalment, amount } = event.data;
      const grant = streamKey(event.stream);
      return come({ grant, call: callOfMatter(grant), payment, instalment, stage: 'requested', stages: [] }, event, 'requested', {
        amount,
      });
    },
  },
  on: {
    PaymentDecided: (row, event) => come(row, event, 'decided', { amount: event.data.amount }),
    PaymentBatched: (row, event) => ({ ...come(row, event, 'batched'), batch: event.data.batch }),
    PaymentLeftOut: (row, event) => {
      if (row.stage !== 'batched' || row.batch !== event.data.batch) return row;
      const { batch: _, ...rest } = row;
      return come(rest, event, row.stages.some(({ value }) => value.stage === 'rejected') ? 'rejected' : 'decided');
    },
    PaymentSent: (row, event) => come(row, event, 'sent'),
    PaymentConfirmed: (row, event) => come(row, event, 'confirmed', { paidOn: event.data.paidOn }),
    PaymentRejected: (row, event) => come(row, event, 'rejected'),
  },
};

function come(
  row: PaymentRow,
  event: Recorded,
  stage: PaymentStage,
  more: Partial<Pick<PaymentRow['stages'][number]['value'], 'amount' | 'paidOn'>> = {},
): PaymentRow {
  const amount = row.stages.at(-1)?.value.amount ?? 0;
  return { ...row, stage, stages: withEntry(row.stages, datedBy(event, { amount, ...more, stage })) };
}

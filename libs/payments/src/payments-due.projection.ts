import { paymentEvents } from '#grants/payment.events';
import { only } from '#kernel/chosen-events';
import { datedBy, streamKey, type EventOf } from '#kernel/envelope';
import { forEver, type Instant } from '#kernel/helsinki-time';
import { callOfMatter } from '#kernel/matter';
import type { Cents } from '#kernel/money';
import type { Projection } from '#kernel/projection';
import { withEntry, type Timeline } from '#kernel/timeline';
import { firstInstant } from '#kernel/when';
import { paymentKey } from './batch.facts.js';

const events = only(paymentEvents, 'PaymentDecided', 'PaymentBatched', 'PaymentLeftOut', 'PaymentSent', 'PaymentRejected');
type Event = EventOf<typeof events>;

/** What a payment that was decided waits for: to go into a batch, or, once the bank rejected it, into another. */
export const dueStates = ['decided', 'rejected'] as const;
export type DueState = (typeof dueStates)[number];

/** A payment that was decided, and whether it waits to be sent. */
export interface PaymentDueRow {
  readonly grant: string;
  readonly call: string;
  readonly payment: string;
  readonly amount: Cents;
  /** After this instant it does not wait any more, by all that is known. Before it may have been under way in between. */
  readonly waitsUntil: Instant;
  /** The batch that it is in. */
  readonly batch?: string;
  readonly states: Timeline<{ readonly state: DueState | 'under-way'; readonly reason?: string }>;
}

export const paymentsDue: Projection<PaymentDueRow, typeof events, never, 'PaymentDecided'> = {
  name: 'payments-due',
  version: 2,
  events,
  indexes: ['waitsUntil', 'call'],
  key: (event: Event) => paymentKey({ grant: streamKey(event.stream), payment: event.data.payment }),
  upserts: {
    PaymentDecided: (_, event) => {
      const grant = streamKey(event.stream);
      const { payment, amount } = event.data;
      return come({ grant, call: callOfMatter(grant), payment, amount, waitsUntil: forEver, states: [] }, event, { state: 'decided' });
    },
  },
  on: {
    PaymentBatched: (row, event) => ({ ...come(row, event, { state: 'under-way' }), batch: event.data.batch }),
    PaymentLeftOut: (row, event) => {
      if (row.batch !== event.data.batch || row.waitsUntil === forEver) return row;
      const before = row.states.findLast(({ value }) => value.state !== 'under-way');
      return come(row, event, before?.value ?? { state: 'decided' });
    },
    PaymentSent: (row, event) => come(row, event, { state: 'under-way' }),
    PaymentRejected: (row, event) => come(row, event, { state: 'rejected', reason: event.data.reason }),
  },
};

function come(row: PaymentDueRow, event: Event, value: PaymentDueRow['states'][number]['value']): PaymentDueRow {
  const states = withEntry(row.states, datedBy(event, value));
  const last = states.at(-1);
  return { ...row, waitsUntil: last?.value.state === 'under-way' ? firstInstant(last.effectiveAt) : forEver, states };
}

import type { Audience } from '#access/audience';
import { mayRead } from '#access/policy';
import { unchanged } from '#kernel/chosen-events';
import { batchEvents } from './batch.events.js';

/** Those who pay, and who audits it. What became of a payment is told in its grant. */
export const batchAudience: Audience<Readonly<Record<never, never>>, typeof batchEvents> = {
  fold: {
    category: 'paymentBatch',
    events: batchEvents,
    initial: {},
    evolve: unchanged(
      'PaymentBatchPrepared',
      'PaymentBatchCollected',
      'PaymentBatchReleased',
      'PaymentBatchCancelled',
      'PaymentBatchFixed',
      'PaymentFileStaged',
      'PaymentFileWritten',
      'PaymentStatusReceived',
    ),
  },
  sees: (_, reader) => (mayRead('batches of payments', reader) ? 'internal' : undefined),
};

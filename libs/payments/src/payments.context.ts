import type { Context } from '#edge/context';
import { accountAudience } from './account.audience.js';
import { payeeAccount } from './account.decider.js';
import { accountRefusals } from './account.refusals.js';
import { batchAudience } from './batch.audience.js';
import { paymentBatch } from './batch.decider.js';
import { batchRefusals } from './batch.refusals.js';
import { payeeAccounts } from './payee-accounts.projection.js';
import { paymentBatches as batching } from './payment-batches.process.js';
import { paymentBatches } from './payment-batches.projection.js';
import { paymentsDue } from './payments-due.projection.js';

export const paymentsContext: Context = {
  name: 'payments',
  decides: [
    { decider: payeeAccount, refusals: accountRefusals, audience: accountAudience },
    { decider: paymentBatch, refusals: batchRefusals, audience: batchAudience },
  ],
  projections: [payeeAccounts, paymentBatches, paymentsDue],
  processes: [batching],
};

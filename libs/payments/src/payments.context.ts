import type { Context } from '#edge/context';
import { accountAudience } from './account.audience.js';
import * as accountCommands from './account.commands.js';
import { payeeAccount } from './account.decider.js';
import { accountRefusals } from './account.refusals.js';
import { bankFileViews, BankFiles } from './bank-files.service.js';
import { batchAudience } from './batch.audience.js';
import * as batchCommands from './batch.commands.js';
import { paymentBatch } from './batch.decider.js';
import { batchRefusals } from './batch.refusals.js';
import { payeeAccounts } from './payee-accounts.projection.js';
import { paymentBatches as batching } from './payment-batches.process.js';
import { paymentBatches } from './payment-batches.projection.js';
import { PaymentBatchesResolver } from './payment-batches.resolver.js';
import { paymentsDue } from './payments-due.projection.js';

export const paymentsContext: Context = {
  name: 'payments',
  decides: [
    { decider: payeeAccount, commands: accountCommands, refusals: accountRefusals, audience: accountAudience },
    { decider: paymentBatch, commands: batchCommands, refusals: batchRefusals, audience: batchAudience },
  ],
  projections: [payeeAccounts, paymentBatches, paymentsDue],
  processes: [batching],
  services: [{ views: bankFileViews, start: (parts) => BankFiles.start(parts) }],
  resolvers: [PaymentBatchesResolver],
};

import type { ContextEdge } from '#edge/context-edge';
import * as accountCommands from './account.commands.js';
import { payeeAccount } from './account.decider.js';
import { bankFileViews, BankFiles } from './bank-files.service.js';
import * as batchCommands from './batch.commands.js';
import { paymentBatch } from './batch.decider.js';
import { PaymentBatchesResolver } from './payment-batches.resolver.js';
import { paymentsContext } from './payments.context.js';

export const paymentsEdge: ContextEdge = {
  context: paymentsContext,
  commands: [
    { decider: payeeAccount, module: accountCommands },
    { decider: paymentBatch, module: batchCommands },
  ],
  services: [{ views: bankFileViews, start: (parts) => BankFiles.start(parts) }],
  resolvers: [PaymentBatchesResolver],
};

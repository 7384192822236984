import type { Context } from '#edge/context';
import { finality } from './finality.process.js';
import { grantReminders } from './grant-reminders.process.js';
import { grantOpening } from './grant-opening.process.js';
import { appropriationUse } from './appropriation-use.projection.js';
import { AppropriationUseResolver, CallYearsOfUseResolver } from './appropriation-use.resolver.js';
import { DecisionRegisterResolver } from './decision-register.resolver.js';
import { grantDocuments } from './grant.document.js';
import { grantAudience } from './grant.audience.js';
import * as grantCommands from './grant.commands.js';
import { grant } from './grant.decider.js';
import { grantRefusals } from './grant.refusals.js';
import { grants } from './grants.projection.js';
import { CallGrantsResolver, GrantDocumentsResolver, GrantsResolver } from './grants.resolver.js';
import { moneyReturn } from './money-return.process.js';
import * as paymentCommands from './payment.commands.js';
import { payments } from './payments.projection.js';
import { waiting } from './waiting.projection.js';
import { WaitingResolver } from './waiting.resolver.js';

export const grantsContext: Context = {
  name: 'grants',
  decides: [
    {
      decider: grant,
      commands: { ...grantCommands, ...paymentCommands },
      refusals: grantRefusals,
      audience: grantAudience,
    },
  ],
  projections: [grants, payments, waiting, appropriationUse],
  processes: [grantOpening, moneyReturn, finality, grantReminders],
  documents: grantDocuments,
  resolvers: [
    AppropriationUseResolver,
    CallYearsOfUseResolver,
    CallGrantsResolver,
    DecisionRegisterResolver,
    GrantDocumentsResolver,
    GrantsResolver,
    WaitingResolver,
  ],
};

import type { Context } from '#edge/context';
import { finality } from './finality.process.js';
import { grantReminders } from './grant-reminders.process.js';
import { grantOpening } from './grant-opening.process.js';
import { grantDocuments } from './grant.document.js';
import { grantAudience } from './grant.audience.js';
import { grant } from './grant.decider.js';
import { grantRefusals } from './grant.refusals.js';
import { grants } from './grants.projection.js';
import { moneyReturn } from './money-return.process.js';
import { payments } from './payments.projection.js';

export const grantsContext: Context = {
  name: 'grants',
  decides: [{ decider: grant, refusals: grantRefusals, audience: grantAudience }],
  projections: [grants, payments],
  processes: [grantOpening, moneyReturn, finality, grantReminders],
  documents: grantDocuments,
};

import type { Context } from '#edge/context';
import { allocationAudience } from './allocation.audience.js';
import * as allocationCommands from './allocation.commands.js';
import { allocation } from './allocation.decider.js';
import { allocationRefusals } from './allocation.refusals.js';
import { appropriations } from './appropriations.projection.js';
import { AppropriationWarningsResolver } from './appropriation-warnings.resolver.js';
import { AppropriationsResolver } from './appropriations.resolver.js';
import { decisionRecording } from './decision-recording.process.js';
import { decisions } from './decisions.projection.js';
import { CallDecisionsResolver, DecisionsResolver, RegionalDecisionsResolver } from './decisions.resolver.js';

export const decisionsContext: Context = {
  name: 'decisions',
  decides: [{ decider: allocation, commands: allocationCommands, refusals: allocationRefusals, audience: allocationAudience }],
  projections: [appropriations, decisions],
  resolvers: [AppropriationsResolver, AppropriationWarningsResolver, CallDecisionsResolver, DecisionsResolver, RegionalDecisionsResolver],
  processes: [decisionRecording],
};

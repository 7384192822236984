import type { ContextEdge } from '#edge/context-edge';
import * as allocationCommands from './allocation.commands.js';
import { allocation } from './allocation.decider.js';
import { AppropriationWarningsResolver } from './appropriation-warnings.resolver.js';
import { AppropriationsResolver } from './appropriations.resolver.js';
import { CallDecisionsResolver, DecisionsResolver, RegionalDecisionsResolver } from './decisions.resolver.js';
import { decisionsContext } from './decisions.context.js';

export const decisionsEdge: ContextEdge = {
  context: decisionsContext,
  commands: [{ decider: allocation, module: allocationCommands }],
  resolvers: [AppropriationsResolver, AppropriationWarningsResolver, CallDecisionsResolver, DecisionsResolver, RegionalDecisionsResolver],
};

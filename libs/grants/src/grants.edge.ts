import type { ContextEdge } from '#edge/context-edge';
import * as grantCommands from './grant.commands.js';
import { grant } from './grant.decider.js';
import { CallGrantsResolver, GrantDocumentsResolver, GrantsResolver, RegionalGrantsResolver } from './grants.resolver.js';
import * as paymentCommands from './payment.commands.js';
import { grantsContext } from './grants.context.js';

export const grantsEdge: ContextEdge = {
  context: grantsContext,
  commands: [{ decider: grant, module: { ...grantCommands, ...paymentCommands } }],
  resolvers: [CallGrantsResolver, GrantDocumentsResolver, GrantsResolver, RegionalGrantsResolver],
};

import type { ContextEdge } from '#edge/context-edge';
import * as ethicalPrinciplesCommands from './ethical-principles.commands.js';
import { ethicalPrinciples } from './ethical-principles.decider.js';
import { EthicalPrinciplesResolver } from './ethical-principles.resolver.js';
import { ethicsContext } from './ethics.context.js';

export const ethicsEdge: ContextEdge = {
  context: ethicsContext,
  commands: [{ decider: ethicalPrinciples, module: ethicalPrinciplesCommands }],
  resolvers: [EthicalPrinciplesResolver],
};

import type { ContextEdge } from '#edge/context-edge';
import * as guidanceCommands from './guidance.commands.js';
import { guidance } from './guidance.decider.js';
import { GuidancesResolver, SupportStructuresResolver } from './guidances.resolver.js';
import * as operatingModelCommands from './operating-model.commands.js';
import { operatingModel } from './operating-model.decider.js';
import { OperatingModelsResolver, OperatingModelVersionsResolver } from './operating-models.resolver.js';
import { guidanceContext } from './guidance.context.js';

export const guidanceEdge: ContextEdge = {
  context: guidanceContext,
  commands: [
    { decider: operatingModel, module: operatingModelCommands },
    { decider: guidance, module: guidanceCommands },
  ],
  resolvers: [OperatingModelsResolver, OperatingModelVersionsResolver, GuidancesResolver, SupportStructuresResolver],
};

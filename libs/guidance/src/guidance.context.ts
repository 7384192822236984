import type { Context } from '#edge/context';
import { guidanceAudience } from './guidance.audience.js';
import * as guidanceCommands from './guidance.commands.js';
import { guidance } from './guidance.decider.js';
import { guidanceRefusals } from './guidance.refusals.js';
import { guidances } from './guidances.projection.js';
import { GuidancesResolver, SupportStructuresResolver } from './guidances.resolver.js';
import { operatingModelAudience } from './operating-model.audience.js';
import * as operatingModelCommands from './operating-model.commands.js';
import { operatingModel } from './operating-model.decider.js';
import { operatingModelRefusals } from './operating-model.refusals.js';
import { operatingModels } from './operating-models.projection.js';
import { OperatingModelsResolver, OperatingModelVersionsResolver } from './operating-models.resolver.js';
import { supportStructures } from './support-structures.projection.js';

export const guidanceContext: Context = {
  name: 'guidance',
  decides: [
    {
      decider: operatingModel,
      commands: operatingModelCommands,
      refusals: operatingModelRefusals,
      audience: operatingModelAudience,
    },
    { decider: guidance, commands: guidanceCommands, refusals: guidanceRefusals, audience: guidanceAudience },
  ],
  projections: [operatingModels, guidances, supportStructures],
  resolvers: [OperatingModelsResolver, OperatingModelVersionsResolver, GuidancesResolver, SupportStructuresResolver],
};

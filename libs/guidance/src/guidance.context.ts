import type { Context } from '#edge/context';
import { operatingModelAudience } from './operating-model.audience.js';
import * as operatingModelCommands from './operating-model.commands.js';
import { operatingModel } from './operating-model.decider.js';
import { operatingModelRefusals } from './operating-model.refusals.js';
import { operatingModels } from './operating-models.projection.js';
import { OperatingModelsResolver, OperatingModelVersionsResolver } from './operating-models.resolver.js';

export const guidanceContext: Context = {
  name: 'guidance',
  decides: [
    {
      decider: operatingModel,
      commands: operatingModelCommands,
      refusals: operatingModelRefusals,
      audience: operatingModelAudience,
    },
  ],
  projections: [operatingModels],
  resolvers: [OperatingModelsResolver, OperatingModelVersionsResolver],
};

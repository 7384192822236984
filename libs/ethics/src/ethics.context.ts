import type { Context } from '#edge/context';
import { ethicalPrinciplesAudience } from './ethical-principles.audience.js';
import * as ethicalPrinciplesCommands from './ethical-principles.commands.js';
import { ethicalPrinciples } from './ethical-principles.decider.js';
import { ethicalPrinciplesView } from './ethical-principles.projection.js';
import { ethicalPrinciplesRefusals } from './ethical-principles.refusals.js';
import { EthicalPrinciplesResolver } from './ethical-principles.resolver.js';

export const ethicsContext: Context = {
  name: 'ethics',
  decides: [
    {
      decider: ethicalPrinciples,
      commands: ethicalPrinciplesCommands,
      refusals: ethicalPrinciplesRefusals,
      audience: ethicalPrinciplesAudience,
    },
  ],
  projections: [ethicalPrinciplesView],
  resolvers: [EthicalPrinciplesResolver],
};

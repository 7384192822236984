import type { ContextEdge } from '#edge/context-edge';
import { AppropriationUseResolver, CallYearsOfUseResolver } from './appropriation-use.resolver.js';
import { DecisionRegisterResolver } from './decision-register.resolver.js';
import { WaitingResolver } from './waiting.resolver.js';
import { oversightContext } from './oversight.context.js';

export const oversightEdge: ContextEdge = {
  context: oversightContext,
  commands: [],
  resolvers: [AppropriationUseResolver, CallYearsOfUseResolver, DecisionRegisterResolver, WaitingResolver],
};

import type { ContextEdge } from '#edge/context-edge';
import * as providerCommands from './provider.commands.js';
import { provider } from './provider.decider.js';
import { OfferedServicesResolver } from './offered-services.resolver.js';
import { ProvidersResolver, RegionalServicesResolver, ServicesResolver } from './services.resolver.js';
import { servicesContext } from './services.context.js';

export const servicesEdge: ContextEdge = {
  context: servicesContext,
  commands: [{ decider: provider, module: providerCommands }],
  resolvers: [ServicesResolver, ProvidersResolver, RegionalServicesResolver, OfferedServicesResolver],
};

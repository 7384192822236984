import type { Context } from '#edge/context';
import { providerAudience } from './provider.audience.js';
import * as providerCommands from './provider.commands.js';
import { provider } from './provider.decider.js';
import { providerRefusals } from './provider.refusals.js';
import { providers } from './providers.projection.js';
import { OfferedServicesResolver } from './offered-services.resolver.js';
import { ProvidersResolver, RegionalServicesResolver, ServicesResolver } from './services.resolver.js';

export const servicesContext: Context = {
  name: 'services',
  decides: [{ decider: provider, commands: providerCommands, refusals: providerRefusals, audience: providerAudience }],
  projections: [providers],
  resolvers: [ServicesResolver, ProvidersResolver, RegionalServicesResolver, OfferedServicesResolver],
};

import type { Context } from '#edge/context';
import { providerAudience } from './provider.audience.js';
import { provider } from './provider.decider.js';
import { providerRefusals } from './provider.refusals.js';
import { providers } from './providers.projection.js';

export const servicesContext: Context = {
  name: 'services',
  decides: [{ decider: provider, refusals: providerRefusals, audience: providerAudience }],
  projections: [providers],
};

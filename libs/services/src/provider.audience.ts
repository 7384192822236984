import type { Audience } from '#access/audience';
import { unchanged } from '#kernel/chosen-events';
import { providerEvents } from './provider.events.js';

/** Providers and their services are public. */
export const providerAudience: Audience<undefined, typeof providerEvents> = {
  fold: {
    category: 'provider',
    events: providerEvents,
    initial: undefined,
    evolve: unchanged(
      'ProviderRegistered',
      'ServiceOffered',
      'ServiceRevised',
      'ServiceEnded',
      'EthicalPrinciplesCommitted',
      'EthicalCommitmentWithdrawn',
    ),
  },
  isWhole: true,
  sees: () => 'public',
};

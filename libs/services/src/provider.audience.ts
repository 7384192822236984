import type { Audience } from '#access/audience';
import { unchanged } from '#kernel/chosen-events';
import { effectiveAt } from '#kernel/envelope';
import { dayOf } from '#kernel/helsinki-time';
import { entry } from '#kernel/keyed';
import { lastRegionOf, type MunicipalityCode } from '#kernel/municipality';
import { firstInstant } from '#kernel/when';
import { providerEvents } from './provider.events.js';

/** The municipalities of each service, as it was described last. */
type Places = Readonly<Record<string, readonly MunicipalityCode[]>>;

/** Providers and their services are public. What happens to a service concerns the regions of its municipalities. */
export const providerAudience: Audience<Places, typeof providerEvents> = {
  fold: {
    category: 'provider',
    events: providerEvents,
    initial: {},
    evolve: {
      ServiceOffered: (places, { data: { service, municipalities } }) => ({ ...places, [service]: municipalities }),
      ServiceRevised: (places, { data: { service, municipalities } }) => ({ ...places, [service]: municipalities }),
      ...unchanged('ProviderRegistered', 'ServiceEnded', 'EthicalPrinciplesCommitted', 'EthicalCommitmentWithdrawn'),
    },
  },
  isWhole: true,
  sees: () => 'public',
  concerns: (before, event) => {
    if (!('service' in event.data)) return [];
    const { service, municipalities = [] }: { readonly service: string; readonly municipalities?: readonly MunicipalityCode[] } =
      event.data;
    // Where it is moved away from is concerned, too.
    const codes = [...(entry(before, service) ?? []), ...municipalities];
    const day = dayOf(firstInstant(effectiveAt(event)));
    return [...new Set(codes.flatMap((code) => lastRegionOf(code, day) ?? []))];
  },
};

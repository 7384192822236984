import type { Audience } from '#access/audience';
import type { ethicalPrinciplesEvents } from './ethical-principles.events.js';
import { ethicalPrinciplesFacts, type EthicalPrinciplesFacts } from './ethical-principles.facts.js';

/** Ethical principles are public. */
export const ethicalPrinciplesAudience: Audience<EthicalPrinciplesFacts, typeof ethicalPrinciplesEvents> = {
  fold: ethicalPrinciplesFacts,
  isWhole: true,
  sees: () => 'public',
};

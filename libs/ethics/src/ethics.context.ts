import type { Context } from '#edge/context';
import { ethicalPrinciplesAudience } from './ethical-principles.audience.js';
import { ethicalPrinciples } from './ethical-principles.decider.js';
import { ethicalPrinciplesView } from './ethical-principles.projection.js';
import { ethicalPrinciplesRefusals } from './ethical-principles.refusals.js';

export const ethicsContext: Context = {
  name: 'ethics',
  decides: [
    { decider: ethicalPrinciples, refusals: ethicalPrinciplesRefusals, audience: ethicalPrinciplesAudience },
  ],
  projections: [ethicalPrinciplesView],
};

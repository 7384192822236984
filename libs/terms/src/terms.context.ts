import type { Context } from '#edge/context';
import { termsAudience } from './terms.audience.js';
import { terms } from './terms.decider.js';
import { termsInForce } from './terms-in-force.projection.js';

export const termsContext: Context = {
  name: 'terms',
  decides: [{ decider: terms, refusals: {}, audience: termsAudience }],
  projections: [termsInForce],
};

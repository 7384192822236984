import type { Context } from '#edge/context';
import { termsAudience } from './terms.audience.js';
import * as termsCommands from './terms.commands.js';
import { terms } from './terms.decider.js';
import { termsInForce } from './terms-in-force.projection.js';
import { TermsResolver } from './terms.resolver.js';

export const termsContext: Context = {
  name: 'terms',
  decides: [{ decider: terms, commands: termsCommands, refusals: {}, audience: termsAudience }],
  projections: [termsInForce],
  resolvers: [TermsResolver],
};

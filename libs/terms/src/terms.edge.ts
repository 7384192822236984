import type { ContextEdge } from '#edge/context-edge';
import * as termsCommands from './terms.commands.js';
import { terms } from './terms.decider.js';
import { TermsResolver } from './terms.resolver.js';
import { termsContext } from './terms.context.js';

export const termsEdge: ContextEdge = {
  context: termsContext,
  commands: [{ decider: terms, module: termsCommands }],
  resolvers: [TermsResolver],
};

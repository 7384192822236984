import type { ContextEdge } from '#edge/context-edge';
import * as callCommands from './call.commands.js';
import { call } from './call.decider.js';
import { CallsResolver } from './calls.resolver.js';
import { callsContext } from './calls.context.js';

export const callsEdge: ContextEdge = {
  context: callsContext,
  commands: [{ decider: call, module: callCommands }],
  resolvers: [CallsResolver],
};

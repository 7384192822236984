import type { ContextEdge } from '#edge/context-edge';
import { FollowUpResolver } from './follow-up.resolver.js';
import { followUpContext } from './follow-up.context.js';

export const followUpEdge: ContextEdge = {
  context: followUpContext,
  commands: [],
  resolvers: [FollowUpResolver],
};

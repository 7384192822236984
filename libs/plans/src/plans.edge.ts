import type { ContextEdge } from '#edge/context-edge';
import { CallPlansResolver } from './call-plans.resolver.js';
import { PlanAnswersResolver, PlanCommentsResolver } from './plan-comments.resolver.js';
import * as planCommands from './plan.commands.js';
import { plan } from './plan.decider.js';
import { PlansResolver, PlanVersionsResolver, RegionalPlansResolver } from './plans.resolver.js';
import { plansContext } from './plans.context.js';

export const plansEdge: ContextEdge = {
  context: plansContext,
  commands: [{ decider: plan, module: planCommands }],
  resolvers: [PlansResolver, PlanVersionsResolver, PlanCommentsResolver, PlanAnswersResolver, CallPlansResolver, RegionalPlansResolver],
};

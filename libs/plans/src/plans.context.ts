import type { Context } from '#edge/context';
import { CallPlansResolver } from './call-plans.resolver.js';
import { planCommentReminders } from './plan-comment-reminders.process.js';
import { planComments } from './plan-comments.projection.js';
import { PlanAnswersResolver, PlanCommentsResolver } from './plan-comments.resolver.js';
import { planAudience } from './plan.audience.js';
import * as planCommands from './plan.commands.js';
import { plan } from './plan.decider.js';
import { planRefusals } from './plan.refusals.js';
import { plans } from './plans.projection.js';
import { PlansResolver, PlanVersionsResolver, RegionalPlansResolver } from './plans.resolver.js';

export const plansContext: Context = {
  name: 'plans',
  decides: [{ decider: plan, commands: planCommands, refusals: planRefusals, audience: planAudience }],
  projections: [plans, planComments],
  processes: [planCommentReminders],
  resolvers: [PlansResolver, PlanVersionsResolver, PlanCommentsResolver, PlanAnswersResolver, CallPlansResolver, RegionalPlansResolver],
};

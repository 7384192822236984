import type { Context } from '#edge/context';
import { planCommentReminders } from './plan-comment-reminders.process.js';
import { planComments } from './plan-comments.projection.js';
import { planAudience } from './plan.audience.js';
import { plan } from './plan.decider.js';
import { planRefusals } from './plan.refusals.js';
import { plans } from './plans.projection.js';

export const plansContext: Context = {
  name: 'plans',
  decides: [{ decider: plan, refusals: planRefusals, audience: planAudience }],
  projections: [plans, planComments],
  processes: [planCommentReminders],
};

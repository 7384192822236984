import { Module } from '@nestjs/common';
import { commandMutations } from '#edge/command-mutations';
import { CallPlansResolver } from './call-plans.resolver.js';
import { PlanAnswersResolver, PlanCommentsResolver } from './plan-comments.resolver.js';
import * as planCommands from './plan.commands.js';
import { PlansResolver, PlanVersionsResolver } from './plans.resolver.js';

@Module({
  providers: [
    PlansResolver,
    PlanVersionsResolver,
    PlanCommentsResolver,
    PlanAnswersResolver,
    CallPlansResolver,
    commandMutations(planCommands),
  ],
})
export class PlansModule {}

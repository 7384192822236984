import { Args, Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CallType } from '#calls/call.types';
import { PageArgs, type ConnectionOf } from '#edge/connection';
import { RegionCodeEnum } from '#edge/region.type';
import type { RequestContext } from '#edge/request-context';
import type { RegionCode } from '#kernel/region';
import { commentsOn, PlanCommentTimesType, timesOf } from './plan-comment.types.js';
import { planStepsOf } from './plan-steps.rules.js';
import { PlanStepType } from './plan-step.types.js';
import { seesDraftsOf } from './plan.audience.js';
import { PlanConnection, plansOf, plansPage, PlanType } from './plan.types.js';

@Resolver(() => CallType)
export class CallPlansResolver {
  @ResolveField(() => PlanConnection, { description: 'The plans that you may see, in the order of regions.' })
  plans(@Parent() { id, moment }: CallType, @Args() page: PageArgs, @Context() context: RequestContext): Promise<ConnectionOf<PlanType>> {
    return plansPage({ call: id }, page, moment, context);
  }

  @ResolveField(() => [PlanStepType], {
    nullable: true,
    description:
      'What a region has still to do about its plan, and by when, the most urgent first; null where its drafts are not yours to see.',
  })
  async planSteps(
    @Parent() { id, stage, terms, moment }: CallType,
    @Args('region', { type: () => RegionCodeEnum }) region: RegionCode,
    @Context() context: RequestContext,
  ): Promise<readonly PlanStepType[] | undefined> {
    if (!seesDraftsOf({ region }, context.caller)) return undefined;
    if (stage === 'planned' || stage === 'cancelled') return [];
    const drafted = await plansOf({ call: id, region }, moment, context);
    if (drafted.length === 0) return planStepsOf(terms, undefined, moment.asOf);
    const comments = await commentsOn(
      drafted.map((plan) => plan.id),
      moment,
    );
    return drafted.flatMap((plan) => {
      const waitingComments = comments.filter(({ planId, state }) => planId === plan.id && state === 'waiting').length;
      const isSubmitted = plan.versions.some(({ submitted }) => submitted !== undefined);
      return planStepsOf(terms, { isSubmitted, isFinal: plan.stage === 'final', waitingComments }, moment.asOf).map((step) => ({
        ...step,
        plan: plan.id,
      }));
    });
  }

  @ResolveField(() => PlanCommentTimesType, { description: 'How the comments on the plans that you may see were answered.' })
  async planCommentTimes({ id, moment }: CallType, _args: unknown, context: RequestContext): Promise<PlanCommentTimesType> {
    const seen = await plansOf({ call: id }, moment, context);
    return timesOf(
      await commentsOn(
        seen.map((plan) => plan.id),
        moment,
      ),
    );
  }
}

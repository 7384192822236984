import { Inject } from '@nestjs/common';
import { Args, ArgsType, Context, Field, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CallType, callOf } from '#calls/call.types';
import { Cacheable } from '#edge/cacheable';
import { RegionalStateType } from '#network/regional-state.types';
import { organisationOf, OrganisationType } from '#organisations/organisation.types';
import { PageArgs, type ConnectionOf } from '#edge/connection';
import { RegionCodeEnum } from '#edge/region.type';
import type { RequestContext } from '#edge/request-context';
import { KeyScalar } from '#edge/scalars';
import { AtArgs, ListAtArgs, Views } from '#edge/views';
import { matterKey } from '#kernel/matter';
import type { RegionCode } from '#kernel/region';
import { commentsOn, PlanCommentType } from './plan-comment.types.js';
import { planComments } from './plan-comments.projection.js';
import { differenceOf } from './plan-difference.rules.js';
import { PlanDifferenceType } from './plan-difference.types.js';
import type { PlanTexts } from './plan.facts.js';
import { goalsOf, planAt, PlanConnection, plansPage, PlanType, PlanVersionType, RegionalGoalType } from './plan.types.js';
import { plans } from './plans.projection.js';

@ArgsType()
export class PlansArgs {
  @Field(() => KeyScalar, { nullable: true })
  call?: string;

  @Field(() => RegionCodeEnum, { nullable: true })
  region?: RegionCode;
}

@Resolver(() => PlanType)
export class PlansResolver {
  constructor(@Inject(Views) private readonly views: Views) {}

  @Cacheable()
  @Query(() => PlanType, { nullable: true, description: 'A plan with its whole story; null where there is none that you may see.' })
  async plan(
    @Args('call', { type: () => KeyScalar }) call: string,
    @Args('region', { type: () => RegionCodeEnum }) region: RegionCode,
    @Args() at: AtArgs,
    @Context() context: RequestContext,
    @Args('applicant', { type: () => KeyScalar, nullable: true, description: 'Where the call has one application per applicant.' })
    applicant?: string,
  ): Promise<PlanType | undefined> {
    const moment = await this.views.moment(at, context, plans, planComments);
    const row = await moment.rows(plans).get(matterKey({ call, region, ...(applicant != null && { applicant }) }));
    return row?.region === region ? planAt(row, moment, context.caller) : undefined;
  }

  @Cacheable()
  @Query(() => PlanConnection, { description: 'The plans that you may see, in the order of regions.' })
  async plans(
    @Args() page: PageArgs,
    @Args() at: ListAtArgs,
    @Args() which: PlansArgs,
    @Context() context: RequestContext,
  ): Promise<ConnectionOf<PlanType>> {
    const moment = await this.views.momentOfList(at, context, plans, planComments);
    return plansPage(which, page, moment, context);
  }

  @ResolveField(() => CallType, { nullable: true })
  call({ callId, moment }: PlanType, _args: unknown, context: RequestContext): Promise<CallType | undefined> {
    return callOf(callId, moment, context);
  }

  @ResolveField(() => OrganisationType, {
    nullable: true,
    description: 'Whose plan it is, where the call has one application per applicant.',
  })
  async applicant({ applicantId, moment }: PlanType, _args: unknown, context: RequestContext): Promise<OrganisationType | undefined> {
    return applicantId === undefined ? undefined : organisationOf(applicantId, moment, context);
  }

  @ResolveField(() => [PlanCommentType], { description: 'The comments on all its versions, in the order in which they were made.' })
  comments({ id, moment }: PlanType): Promise<readonly PlanCommentType[]> {
    return commentsOn([id], moment);
  }

  @ResolveField(() => PlanDifferenceType, {
    nullable: true,
    description: 'How a later version differs from an earlier one; null where you see no such versions.',
  })
  async difference(
    @Parent() { id, versions, moment }: PlanType,
    @Args('from', { type: () => Int, description: 'The earlier version.' }) from: number,
    @Args('to', { type: () => Int, description: 'The later version.' }) to: number,
  ): Promise<PlanDifferenceType | undefined> {
    const [earlier, later] = [from, to].map((wanted) => versions.find(({ version }) => version === wanted));
    if (!earlier || !later || from > to) return undefined;
    const comments = (await commentsOn([id], moment)).filter(({ version }) => from <= version && version < to);
    return { sections: differenceOf(textsIn(earlier), textsIn(later)), comments };
  }
}

@Resolver(() => RegionalStateType)
export class RegionalPlansResolver {
  @ResolveField(() => PlanConnection, { description: 'Its plans that you may see, in the order of calls.' })
  plans(
    @Parent() { code, moment }: RegionalStateType,
    @Args() page: PageArgs,
    @Context() context: RequestContext,
  ): Promise<ConnectionOf<PlanType>> {
    return plansPage({ region: code }, page, moment, context);
  }

  @ResolveField(() => [RegionalGoalType], { description: 'What it aims at by its plans that you may see, and how far that is reached.' })
  goals({ code, moment }: RegionalStateType, _args: unknown, context: RequestContext): Promise<readonly RegionalGoalType[]> {
    return goalsOf({ region: code }, moment, context);
  }
}

@Resolver(() => PlanVersionType)
export class PlanVersionsResolver {
  @ResolveField(() => [PlanCommentType], { description: 'The comments on this version, in the order in which they were made.' })
  async comments({ version, plan: { id, moment } }: PlanVersionType): Promise<readonly PlanCommentType[]> {
    return (await commentsOn([id], moment)).filter((comment) => comment.version === version);
  }
}

function textsIn({ sections }: PlanVersionType): PlanTexts {
  return Object.fromEntries(sections.map(({ section, text }) => [section, text]));
}

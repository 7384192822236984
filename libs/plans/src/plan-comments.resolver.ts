import { Inject } from '@nestjs/common';
import { Args, Context, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { mayRead } from '#access/policy';
import { Cacheable } from '#edge/cacheable';
import { connection, PageArgs, type ConnectionOf } from '#edge/connection';
import type { RequestContext } from '#edge/request-context';
import { ListAtArgs, Views, type Moment } from '#edge/views';
import { justAfter } from '#kernel/helsinki-time';
import type { Where } from '#view-store/view-store';
import { commentAt, PlanAnswerType, PlanCommentConnection, PlanCommentType } from './plan-comment.types.js';
import { planComments, type PlanCommentRow } from './plan-comments.projection.js';
import { planAt, plansOf, PlanType } from './plan.types.js';
import { plans } from './plans.projection.js';
import { PlansArgs } from './plans.resolver.js';

const nameDescription = 'Null where the name was not given, was forgotten, or is not yours to see.';

@Resolver(() => PlanCommentType)
export class PlanCommentsResolver {
  constructor(@Inject(Views) private readonly views: Views) {}

  @Cacheable()
  @Query(() => PlanCommentConnection, {
    description: 'The comments that wait for the region’s answer, on the plans that you may see; the one that has waited longest first.',
  })
  async waitingPlanComments(
    @Args() page: PageArgs,
    @Args() at: ListAtArgs,
    @Args() which: PlansArgs,
    @Context() context: RequestContext,
  ): Promise<ConnectionOf<PlanCommentType>> {
    const moment = await this.views.momentOfList(at, context, plans, planComments);
    const where = {
      ...(await this.seen(which, moment, context)),
      since: { to: moment.asOf },
      waitsUntil: { from: justAfter(moment.asOf) },
    };
    return connection(moment.rows(planComments), page, { where, orderBy: 'since' }, (row) => commentAt(row, moment));
  }

  /** Every comment is on a version that was submitted: who sees submitted plans sees them all, a region its own, an applicant those on its plans. */
  private async seen({ call, region }: PlansArgs, moment: Moment, context: RequestContext): Promise<Where<PlanCommentRow>> {
    const { caller } = context;
    const asked = { ...(call != null && { call }), ...(region != null && { region }) };
    if (mayRead('drafts of plans', caller) || mayRead('plans submitted for comment', caller)) return asked;
    const own = caller?.region;
    if (own !== undefined && mayRead('drafts of plans', caller, { region: own }))
      return { ...asked, region: { in: (region ?? own) === own ? [own] : [] } };
    return { ...asked, plan: { in: (await plansOf(asked, moment, context)).map(({ id }) => id) } };
  }

  @ResolveField(() => PlanType, { nullable: true })
  async plan({ planId, moment }: PlanCommentType, _args: unknown, context: RequestContext): Promise<PlanType | undefined> {
    const row = await context.load(moment.rows(plans), planId);
    return row && planAt(row, moment, context.caller);
  }

  @ResolveField(() => String, { nullable: true, description: `Who commented. ${nameDescription}` })
  authorName(comment: PlanCommentType, _args: unknown, context: RequestContext): Promise<string | null> {
    return nameIn(comment, this.views, context);
  }
}

@Resolver(() => PlanAnswerType)
export class PlanAnswersResolver {
  constructor(@Inject(Views) private readonly views: Views) {}

  @ResolveField(() => String, { nullable: true, description: `Who answered. ${nameDescription}` })
  authorName(answer: PlanAnswerType, _args: unknown, context: RequestContext): Promise<string | null> {
    return nameIn(answer, this.views, context);
  }
}

async function nameIn(
  { planId, moment, sealedName }: Pick<PlanCommentType, 'planId' | 'moment' | 'sealedName'>,
  views: Views,
  context: RequestContext,
): Promise<string | null> {
  const plan = await context.load(moment.rows(plans), planId);
  const maySee = mayRead('names in plans', context.caller, { region: plan?.region, organisation: plan?.applicant });
  return maySee ? views.open(sealedName) : null;
}

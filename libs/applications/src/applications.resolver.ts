import { Inject } from '@nestjs/common';
import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CallType, toldTotals } from '#calls/call.types';
import { Cacheable } from '#edge/cacheable';
import { organisationOf, OrganisationType } from '#organisations/organisation.types';
import { connection, PageArgs, type ConnectionOf } from '#edge/connection';
import { RegionCodeEnum } from '#edge/region.type';
import type { RequestContext } from '#edge/request-context';
import { MatterScalar } from '#edge/scalars';
import { AtArgs, Views, type Moment } from '#edge/views';
import type { RegionCode } from '#kernel/region';
import { RegionalStateType } from '#network/regional-state.types';
import { PlanContentType, planContentOf } from '#plans/plan.types';
import { storyAt } from './application-story.answer.js';
import { applicationStory, type ApplicationStoryRow } from './application-story.projection.js';
import { ApplicationStoryType } from './application-story.types.js';
import { applicationAt, ApplicationConnection, ApplicationType, CallApplicationConnection } from './application.types.js';
import { applications, type ApplicationRow } from './applications.projection.js';

@Resolver(() => CallType)
export class CallApplicationsResolver {
  @ResolveField(() => CallApplicationConnection, { description: 'The applications that are public, in the order of regions.' })
  async applications(
    @Parent() call: CallType,
    @Args() page: PageArgs,
    @Context() { caller }: RequestContext,
    @Args('region', { type: () => RegionCodeEnum, nullable: true }) region?: RegionCode | null,
  ): Promise<CallApplicationConnection> {
    const { id, moment } = call;
    const found = await publicApplications({ call: id, ...(region && { region }) }, page, moment, caller);
    const { applied: knownTotal } = toldTotals(call);
    if (knownTotal === undefined) return { ...found, isComplete: true };
    const here = region
      ? await moment.rows<ApplicationRow>(applications).count({ call: id, publicSince: { to: moment.asOf } })
      : found.totalCount;
    return { ...found, isComplete: here >= knownTotal, knownTotal };
  }
}

@Resolver(() => RegionalStateType)
export class RegionalApplicationsResolver {
  @ResolveField(() => ApplicationConnection, { description: 'Its applications that are public, in the order of calls.' })
  applications(
    @Parent() { code, moment }: RegionalStateType,
    @Args() page: PageArgs,
    @Context() { caller }: RequestContext,
  ): Promise<ConnectionOf<ApplicationType>> {
    return publicApplications({ region: code }, page, moment, caller);
  }
}

@Resolver(() => ApplicationType)
export class ApplicationsResolver {
  constructor(@Inject(Views) private readonly views: Views) {}

  @Cacheable()
  @Query(() => ApplicationType, { nullable: true, description: 'An application. A draft is shown to its region and its applicant only.' })
  async application(
    @Args('id', { type: () => MatterScalar }) id: string,
    @Args() at: AtArgs,
    @Context() context: RequestContext,
  ): Promise<ApplicationType | undefined> {
    const moment = await this.views.moment(at, context, applications, applicationStory);
    const row = await moment.rows<ApplicationRow>(applications).get(id);
    return row && applicationAt(row, moment, context.caller);
  }

  @ResolveField(() => OrganisationType, { nullable: true, description: 'Who applied; null where the public record does not say it.' })
  async applicant(
    { applicantId, moment }: ApplicationType,
    _args: unknown,
    context: RequestContext,
  ): Promise<OrganisationType | undefined> {
    return applicantId === undefined ? undefined : organisationOf(applicantId, moment, context);
  }

  @ResolveField(() => PlanContentType, {
    nullable: true,
    description:
      'The version of the project plan that it refers to: a part of the application, seen by all who see it. Null where it refers to none.',
  })
  async plan({ id, planVersion, moment }: ApplicationType, _args: unknown, context: RequestContext): Promise<PlanContentType | undefined> {
    return planVersion === undefined ? undefined : planContentOf(id, planVersion, moment, context);
  }

  @ResolveField(() => ApplicationStoryType, { description: 'Its whole story.' })
  async story({ id, moment, sight }: ApplicationType, _args: unknown, context: RequestContext): Promise<ApplicationStoryType> {
    const row = await context.load(moment.rows<ApplicationStoryRow>(applicationStory), id);
    return storyAt(row ?? { told: [] }, moment.asOf, sight, (text) => this.views.open(text));
  }
}

function publicApplications(
  which: { readonly call?: string; readonly region?: RegionCode },
  page: PageArgs,
  moment: Moment,
  caller: RequestContext['caller'],
): Promise<ConnectionOf<ApplicationType>> {
  const question = { where: { ...which, publicSince: { to: moment.asOf } }, orderBy: 'region' } as const;
  return connection(moment.rows<ApplicationRow>(applications), page, question, (row) => applicationAt(row, moment, caller));
}

import { Inject } from '@nestjs/common';
import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { DecisionOutcome } from '#applications/application.events';
import { CallType, completeness } from '#calls/call.types';
import { Cacheable } from '#edge/cacheable';
import { connection, PageArgs, type ConnectionOf } from '#edge/connection';
import { enumOf } from '#edge/graphql-enum';
import { RegionCodeEnum } from '#edge/region.type';
import type { RequestContext } from '#edge/request-context';
import { KeyScalar, MatterScalar } from '#edge/scalars';
import { AtArgs, ListAtArgs, Views, type Moment } from '#edge/views';
import type { RegionCode } from '#kernel/region';
import { RegionalStateType } from '#network/regional-state.types';
import { organisationOf, OrganisationType } from '#organisations/organisation.types';
import { CallDecisionConnection, decisionAt, GrantDecisionConnection, GrantDecisionType } from './decision.types.js';
import { decisions, type DecisionRow } from './decisions.projection.js';

type Outcome = DecisionRow['outcome'];

@Resolver(() => GrantDecisionType)
export class DecisionsResolver {
  constructor(@Inject(Views) private readonly views: Views) {}

  @Cacheable()
  @Query(() => GrantDecisionConnection, { description: 'The register of decisions, the latest first.' })
  async decisions(
    @Args() page: PageArgs,
    @Args() at: ListAtArgs,
    @Context() context: RequestContext,
    @Args('call', { type: () => KeyScalar, nullable: true }) call?: string,
    @Args('region', { type: () => RegionCodeEnum, nullable: true }) region?: RegionCode,
    @Args('outcome', { type: () => enumOf(DecisionOutcome), nullable: true, description: 'As it stands now.' }) outcome?: Outcome,
  ): Promise<ConnectionOf<GrantDecisionType>> {
    const moment = await this.views.momentOfList(at, context, decisions);
    return listed(moment, page, context, { ...(call != null && { call }), ...(region && { region }), ...(outcome && { outcome }) });
  }

  @Cacheable()
  @Query(() => GrantDecisionType, { nullable: true, description: 'The decision on an application.' })
  async decision(
    @Args('application', { type: () => MatterScalar }) application: string,
    @Args() at: AtArgs,
    @Context() context: RequestContext,
  ): Promise<GrantDecisionType | undefined> {
    const moment = await this.views.moment(at, context, decisions);
    const row = await moment.rows<DecisionRow>(decisions).get(application);
    return row && decisionAt(row, moment, context.caller);
  }

  @ResolveField(() => OrganisationType, { nullable: true, description: 'Who applied.' })
  applicant({ applicantId, moment }: GrantDecisionType, _args: unknown, context: RequestContext): Promise<OrganisationType | undefined> {
    return organisationOf(applicantId, moment, context);
  }

  @ResolveField(() => String, { nullable: true, description: 'Who presented it; null once the person was forgotten.' })
  presenterName({ sealed }: GrantDecisionType): Promise<string | null> {
    return this.views.open(sealed.presenterName);
  }

  @ResolveField(() => String, { nullable: true, description: 'Who decided; null once the person was forgotten.' })
  deciderName({ sealed }: GrantDecisionType): Promise<string | null> {
    return this.views.open(sealed.deciderName);
  }
}

@Resolver(() => CallType)
export class CallDecisionsResolver {
  @ResolveField(() => CallDecisionConnection, { description: 'What was decided on its applications, the latest first.' })
  async decisions(@Parent() call: CallType, @Args() page: PageArgs, @Context() context: RequestContext): Promise<CallDecisionConnection> {
    const found = await listed(call.moment, page, context, { call: call.id });
    return { ...found, ...completeness(found.totalCount, call) };
  }
}

@Resolver(() => RegionalStateType)
export class RegionalDecisionsResolver {
  @ResolveField(() => GrantDecisionConnection, { description: 'What was decided on its applications, the latest first.' })
  decisions(
    @Parent() { code, moment }: RegionalStateType,
    @Args() page: PageArgs,
    @Context() context: RequestContext,
  ): Promise<ConnectionOf<GrantDecisionType>> {
    return listed(moment, page, context, { region: code });
  }
}

function listed(
  moment: Moment,
  page: PageArgs,
  { caller }: RequestContext,
  where: { readonly call?: string; readonly region?: RegionCode; readonly outcome?: Outcome },
): Promise<ConnectionOf<GrantDecisionType>> {
  return connection(
    moment.rows<DecisionRow>(decisions),
    page,
    { where: { ...where, decidedAt: { to: moment.asOf } }, orderBy: 'decidedAt', descending: true },
    (row) => decisionAt(row, moment, caller),
  );
}

import { ResolveField, Resolver } from '@nestjs/graphql';
import { mayRead } from '#access/policy';
import type { RequestContext } from '#edge/request-context';
import { RegionalStateType } from '#network/regional-state.types';
import { organisationOf, OrganisationType } from '#organisations/organisation.types';
import { communications } from './communications.projection.js';
import { developmentActions } from './development-actions.projection.js';
import {
  communicationsAt,
  CommunicationType,
  developmentActionsAt,
  DevelopmentActionType,
  MunicipalNeedAndSupplyType,
  needAndSupplyAt,
  reachAt,
  ReachOfChannelType,
  RegionalSurveyType,
  surveysAt,
} from './insight.types.js';
import { regionalSurveys } from './regional-surveys.projection.js';

@Resolver(() => RegionalStateType)
export class RegionalInsightResolver {
  @ResolveField(() => [RegionalSurveyType], { description: 'The surveys of need and supply until then, the latest first.' })
  async surveys({ code, moment }: RegionalStateType, _args: unknown, context: RequestContext): Promise<readonly RegionalSurveyType[]> {
    const row = await context.load(moment.rows(regionalSurveys), code);
    return row ? surveysAt(row, moment, mayRead('small counts', context.caller, { region: code })) : [];
  }

  @ResolveField(() => [MunicipalNeedAndSupplyType], {
    description: 'What support is needed against what there is, by municipality: of those of which something was recorded.',
  })
  async needAndSupply(
    { code, moment }: RegionalStateType,
    _args: unknown,
    context: RequestContext,
  ): Promise<readonly MunicipalNeedAndSupplyType[]> {
    const row = await context.load(moment.rows(regionalSurveys), code);
    return row ? needAndSupplyAt(row, moment, mayRead('small counts', context.caller, { region: code })) : [];
  }

  @ResolveField(() => [DevelopmentActionType], {
    description: 'What it does so that support matches the need, by the day until which it is due.',
  })
  async developmentActions(
    { code, moment }: RegionalStateType,
    _args: unknown,
    context: RequestContext,
  ): Promise<readonly DevelopmentActionType[]> {
    const row = await context.load(moment.rows(developmentActions), code);
    return row ? developmentActionsAt(row, moment) : [];
  }

  @ResolveField(() => [CommunicationType], { description: 'How it is told of digital support, published and planned, by day.' })
  async communications(
    { code, moment }: RegionalStateType,
    _args: unknown,
    context: RequestContext,
  ): Promise<readonly CommunicationType[]> {
    const row = await context.load(moment.rows(communications), code);
    return row ? communicationsAt(row, moment) : [];
  }

  @ResolveField(() => [ReachOfChannelType], { description: 'Whom what was published reached, by channel.' })
  async reach({ code, moment }: RegionalStateType, _args: unknown, context: RequestContext): Promise<readonly ReachOfChannelType[]> {
    const row = await context.load(moment.rows(communications), code);
    return row ? reachAt(row, moment) : [];
  }
}

@Resolver(() => DevelopmentActionType)
export class DevelopmentActionsResolver {
  @ResolveField(() => OrganisationType, { nullable: true, description: 'The organisation that does it.' })
  async responsible(
    { responsibleId, moment }: DevelopmentActionType,
    _args: unknown,
    context: RequestContext,
  ): Promise<OrganisationType | undefined> {
    return responsibleId === undefined ? undefined : organisationOf(responsibleId, moment, context);
  }
}

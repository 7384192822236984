import { Inject } from '@nestjs/common';
import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Cacheable } from '#edge/cacheable';
import type { RequestContext } from '#edge/request-context';
import { KeyScalar } from '#edge/scalars';
import { AtArgs, Views } from '#edge/views';
import { RegionalStateType } from '#network/regional-state.types';
import { indicatorDefinitions } from './indicator-definitions.projection.js';
import { indicatorAt, IndicatorOfRegionType, indicatorsOf, IndicatorType } from './indicator.types.js';

@Resolver(() => IndicatorType)
export class IndicatorsResolver {
  constructor(@Inject(Views) private readonly views: Views) {}

  @Cacheable()
  @Query(() => IndicatorType, { nullable: true, description: 'What is measured, and how, through the versions of its definition.' })
  async indicator(
    @Args('id', { type: () => KeyScalar }) id: string,
    @Args() at: AtArgs,
    @Context() context: RequestContext,
  ): Promise<IndicatorType | undefined> {
    const moment = await this.views.moment(at, context, indicatorDefinitions);
    const row = await moment.rows(indicatorDefinitions).get(id);
    return row && indicatorAt(row, moment);
  }
}

@Resolver(() => RegionalStateType)
export class RegionalIndicatorsResolver {
  @ResolveField(() => [IndicatorOfRegionType], { description: 'What indicators came to in it over time.' })
  indicators(
    @Parent() { code, moment }: RegionalStateType,
    @Context() context: RequestContext,
    @Args('indicator', { type: () => KeyScalar, nullable: true }) indicator?: string,
    @Args('isBrokenDown', {
      type: () => Boolean,
      nullable: true,
      description: 'With true also what is told by municipality, form, topic, language and age; without it what is of the whole region.',
    })
    isBrokenDown?: boolean,
  ): Promise<readonly IndicatorOfRegionType[]> {
    return indicatorsOf(code, moment, context, { indicator: indicator ?? null, isBrokenDown: isBrokenDown ?? null });
  }
}

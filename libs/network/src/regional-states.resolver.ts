import { Inject } from '@nestjs/common';
import { Args, Context, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Cacheable } from '#edge/cacheable';
import { municipalityOf, MunicipalityType } from '#edge/municipality.type';
import { RegionCodeEnum } from '#edge/region.type';
import type { RequestContext } from '#edge/request-context';
import { AtArgs, Views } from '#edge/views';
import { dayOf } from '#kernel/helsinki-time';
import { municipalitiesOf } from '#kernel/municipality';
import { regionCodes, type RegionCode } from '#kernel/region';
import { coordinatorAt, networkAt, NetworkCoordinatorType, NetworkType } from './network.types.js';
import { networks } from './networks.projection.js';
import { programmeRegions } from './programme-regions.projection.js';
import { isInProgrammeAt, periodsAt, ProgrammePeriodType, regionalStates, RegionalStateType } from './regional-state.types.js';

@Resolver(() => RegionalStateType)
export class RegionalStatesResolver {
  constructor(@Inject(Views) private readonly views: Views) {}

  @Cacheable()
  @Query(() => RegionalStateType, { description: 'A region, and what there is of digital support in it at the time asked for.' })
  async region(
    @Args('code', { type: () => RegionCodeEnum }) code: RegionCode,
    @Args() at: AtArgs,
    @Context() context: RequestContext,
  ): Promise<RegionalStateType> {
    const moment = await this.views.moment(at, context, programmeRegions, networks);
    return regionalStates([code], moment)[0] as RegionalStateType;
  }

  @Cacheable()
  @Query(() => [RegionalStateType], {
    description: 'All regions of Finland, in the order of their codes: those that take no part in the programme, too.',
  })
  async regions(@Args() at: AtArgs, @Context() context: RequestContext): Promise<readonly RegionalStateType[]> {
    const moment = await this.views.moment(at, context, programmeRegions, networks);
    return regionalStates(regionCodes, moment);
  }

  @Cacheable()
  @Query(() => MunicipalityType, {
    nullable: true,
    description: 'A municipality with its region at the time asked for; null of a code that none ever had.',
  })
  async municipality(
    @Args('code') code: string,
    @Args() at: AtArgs,
    @Context() context: RequestContext,
  ): Promise<MunicipalityType | undefined> {
    return municipalityOf(code, (await this.views.moment(at, context)).asOf);
  }

  @ResolveField(() => [MunicipalityType], { description: 'The municipalities that belong to it then, in the order of their codes.' })
  municipalities({ code, moment: { asOf } }: RegionalStateType): readonly MunicipalityType[] {
    return municipalitiesOf(code, dayOf(asOf)).flatMap((one) => municipalityOf(one.code, asOf) ?? []);
  }

  @ResolveField(() => Boolean, { description: 'Whether it takes part in the programme, as far as is known.' })
  async isInProgramme({ code, moment }: RegionalStateType, _args: unknown, context: RequestContext): Promise<boolean> {
    const row = await context.load(moment.rows(programmeRegions), code);
    return row !== undefined && isInProgrammeAt(row, moment.asOf);
  }

  @ResolveField(() => [ProgrammePeriodType], { description: 'When it took part in the programme, until then.' })
  async programmePeriods(
    { code, moment }: RegionalStateType,
    _args: unknown,
    context: RequestContext,
  ): Promise<readonly ProgrammePeriodType[]> {
    const row = await context.load(moment.rows(programmeRegions), code);
    return row ? periodsAt(row, moment.asOf) : [];
  }

  @ResolveField(() => [NetworkType], { description: 'Its networks: its own, and those of its parts.' })
  async networks({ moment, networkRows }: RegionalStateType): Promise<readonly NetworkType[]> {
    return (await networkRows()).flatMap((row) => networkAt(row, moment) ?? []);
  }

  @ResolveField(() => NetworkCoordinatorType, { nullable: true, description: 'Who coordinates the network of the whole region.' })
  async coordinator({ moment, networkRows }: RegionalStateType): Promise<NetworkCoordinatorType | undefined> {
    const [first] = (await networkRows()).flatMap((row) => (row.level === 'region' ? (coordinatorAt(row, moment) ?? []) : []));
    return first;
  }
}

import { Inject } from '@nestjs/common';
import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { municipalityOf, MunicipalityType } from '#edge/municipality.type';
import { regionOf, RegionCodeEnum } from '#edge/region.type';
import type { RequestContext } from '#edge/request-context';
import { AtArgs, Views } from '#edge/views';
import { dayOf } from '#kernel/helsinki-time';
import { municipalitiesOf } from '#kernel/municipality';
import { regionCodes, type RegionCode } from '#kernel/region';
import { networkAt, NetworkCoordinatorType, NetworkType } from './network.types.js';
import { networks } from './networks.projection.js';
import { programmeRegions } from './programme-regions.projection.js';
import { periodsAt, ProgrammePeriodType, RegionalStateType } from './regional-state.types.js';

/** More networks than a region ever has. */
const mostNetworks = 1_000;

@Resolver(() => RegionalStateType)
export class RegionalStatesResolver {
  constructor(@Inject(Views) private readonly views: Views) {}

  @Query(() => RegionalStateType, { description: 'A region, and what there is of digital support in it at the time asked for.' })
  async region(
    @Args('code', { type: () => RegionCodeEnum }) code: RegionCode,
    @Args() at: AtArgs,
    @Context() context: RequestContext,
  ): Promise<RegionalStateType> {
    return { ...regionOf(code), moment: await this.views.moment(at, context, programmeRegions, networks) };
  }

  @Query(() => [RegionalStateType], {
    description: 'All regions of Finland, in the order of their codes: those that take no part in the programme, too.',
  })
  async regions(@Args() at: AtArgs, @Context() context: RequestContext): Promise<readonly RegionalStateType[]> {
    const moment = await this.views.moment(at, context, programmeRegions, networks);
    return regionCodes.map((code) => ({ ...regionOf(code), moment }));
  }

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
  municipalities(@Parent() { code, moment: { asOf } }: RegionalStateType): readonly MunicipalityType[] {
    return municipalitiesOf(code, dayOf(asOf)).flatMap((one) => municipalityOf(one.code, asOf) ?? []);
  }

  @ResolveField(() => Boolean, { description: 'Whether it takes part in the programme, as far as is known.' })
  async isInProgramme(@Parent() region: RegionalStateType, @Context() context: RequestContext): Promise<boolean> {
    return (await periodsOf(region, context)).some(({ until }) => until === undefined);
  }

  @ResolveField(() => [ProgrammePeriodType], { description: 'When it took part in the programme, until then.' })
  programmePeriods(@Parent() region: RegionalStateType, @Context() context: RequestContext): Promise<readonly ProgrammePeriodType[]> {
    return periodsOf(region, context);
  }

  @ResolveField(() => [NetworkType], { description: 'Its networks: its own, and those of its parts.' })
  networks(@Parent() region: RegionalStateType): Promise<readonly NetworkType[]> {
    return networksOf(region);
  }

  @ResolveField(() => NetworkCoordinatorType, { nullable: true, description: 'Who coordinates the network of the whole region.' })
  async coordinator(@Parent() region: RegionalStateType): Promise<NetworkCoordinatorType | undefined> {
    return (await networksOf(region)).find(({ level, coordinator }) => level === 'region' && coordinator)?.coordinator;
  }
}

async function periodsOf({ code, moment }: RegionalStateType, context: RequestContext): Promise<readonly ProgrammePeriodType[]> {
  const row = await context.load(moment.rows(programmeRegions), code);
  return row ? periodsAt(row, moment.asOf) : [];
}

const found = new WeakMap<RegionalStateType, Promise<readonly NetworkType[]>>();

/** Its networks, read once for all that is asked of them. */
function networksOf(region: RegionalStateType): Promise<readonly NetworkType[]> {
  const known = found.get(region) ?? readNetworks(region);
  found.set(region, known);
  return known;
}

async function readNetworks({ code: region, moment }: RegionalStateType): Promise<readonly NetworkType[]> {
  const rows = await moment.rows(networks).find({ where: { region, since: { to: moment.asOf } }, orderBy: 'region', limit: mostNetworks });
  return rows.flatMap((row) => networkAt(row, moment) ?? []);
}

import { Inject } from '@nestjs/common';
import { Args, Context, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Cacheable } from '#edge/cacheable';
import { connection, PageArgs, type ConnectionOf } from '#edge/connection';
import { enumOf } from '#edge/graphql-enum';
import { RegionCodeEnum } from '#edge/region.type';
import type { RequestContext } from '#edge/request-context';
import { KeyScalar } from '#edge/scalars';
import { AtArgs, ListAtArgs, Views } from '#edge/views';
import type { RegionCode } from '#kernel/region';
import { organisationOf, OrganisationType } from '#organisations/organisation.types';
import { NetworkLevel } from './network.events.js';
import {
  MembersOfKindType,
  networkAt,
  NetworkConnection,
  NetworkCoordinatorType,
  NetworkMemberType,
  NetworkType,
} from './network.types.js';
import { networks } from './networks.projection.js';

@Resolver(() => NetworkType)
export class NetworksResolver {
  constructor(@Inject(Views) private readonly views: Views) {}

  @Cacheable()
  @Query(() => NetworkType, { nullable: true, description: 'A network with its coordinator, its members and its meetings.' })
  async network(
    @Args('id', { type: () => KeyScalar }) id: string,
    @Args() at: AtArgs,
    @Context() context: RequestContext,
  ): Promise<NetworkType | undefined> {
    const moment = await this.views.moment(at, context, networks);
    const row = await moment.rows(networks).get(id);
    return row && networkAt(row, moment);
  }

  @Cacheable()
  @Query(() => NetworkConnection, { description: 'The networks, in the order of their ids.' })
  async networks(
    @Args() page: PageArgs,
    @Args() at: ListAtArgs,
    @Context() context: RequestContext,
    @Args('level', { type: () => enumOf(NetworkLevel), nullable: true }) level?: NetworkLevel,
    @Args('region', { type: () => RegionCodeEnum, nullable: true }) region?: RegionCode,
  ): Promise<ConnectionOf<NetworkType>> {
    const moment = await this.views.momentOfList(at, context, networks);
    const where = { since: { to: moment.asOf }, ...(level && { level }), ...(region && { region }) };
    return connection(moment.rows(networks), page, { where }, (row) => networkAt(row, moment));
  }

  @ResolveField(() => [MembersOfKindType], { description: 'How many members of each kind there are, the most frequent kind first.' })
  async membersByKind({ members }: NetworkType, _args: unknown, context: RequestContext): Promise<readonly MembersOfKindType[]> {
    const organisations = await Promise.all(members.map(({ organisationId, moment }) => organisationOf(organisationId, moment, context)));
    const byKind = Map.groupBy(
      organisations.flatMap((organisation) => organisation?.kind ?? []),
      (kind) => kind,
    );
    return [...byKind]
      .map(([kind, those]) => ({ kind, count: those.length }))
      .sort((a, b) => b.count - a.count || a.kind.localeCompare(b.kind));
  }
}

@Resolver(() => NetworkCoordinatorType)
export class NetworkCoordinatorsResolver {
  constructor(@Inject(Views) private readonly views: Views) {}

  @ResolveField(() => OrganisationType, { nullable: true, description: 'The organisation that coordinates.' })
  organisation(
    { organisationId, moment }: NetworkCoordinatorType,
    _args: unknown,
    context: RequestContext,
  ): Promise<OrganisationType | undefined> {
    return organisationOf(organisationId, moment, context);
  }

  @ResolveField(() => String, {
    nullable: true,
    description: 'Whom to ask for. Null where no name was given, or the person was forgotten.',
  })
  contactName({ sealedName }: NetworkCoordinatorType): Promise<string | null> {
    return this.views.open(sealedName);
  }
}

@Resolver(() => NetworkMemberType)
export class NetworkMembersResolver {
  @ResolveField(() => OrganisationType, { nullable: true })
  organisation(
    { organisationId, moment }: NetworkMemberType,
    _args: unknown,
    context: RequestContext,
  ): Promise<OrganisationType | undefined> {
    return organisationOf(organisationId, moment, context);
  }
}

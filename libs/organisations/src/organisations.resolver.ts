import { Inject } from '@nestjs/common';
import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import { Cacheable } from '#edge/cacheable';
import { connection, connectionOfList, PageArgs, type ConnectionOf } from '#edge/connection';
import type { RequestContext } from '#edge/request-context';
import { RegionCodeEnum } from '#edge/region.type';
import { KeyScalar } from '#edge/scalars';
import { AtArgs, ListAtArgs, Views, type Moment } from '#edge/views';
import type { RegionCode } from '#kernel/region';
import { enumOf } from '#edge/graphql-enum';
import type { Where } from '#view-store/view-store';
import { OrganisationKind } from './organisation.events.js';
import { collations, inOrderOfNames, nameKey } from './organisations.rules.js';
import { organisationAt, OrganisationConnection, OrganisationType } from './organisation.types.js';
import { organisations, type OrganisationRow } from './organisations.projection.js';

@Resolver(() => OrganisationType)
export class OrganisationsResolver {
  constructor(@Inject(Views) private readonly views: Views) {}

  @Cacheable()
  @Query(() => OrganisationType, { nullable: true, description: 'An organisation under its name of the day.' })
  async organisation(
    @Args('id', { type: () => KeyScalar }) id: string,
    @Args() at: AtArgs,
    @Context() context: RequestContext,
  ): Promise<OrganisationType | undefined> {
    const moment = await this.views.moment(at, context, organisations);
    const row = await moment.rows(organisations).get(id);
    return row && organisationAt(row, moment);
  }

  @Cacheable()
  @Query(() => OrganisationConnection, { description: 'The organisations of the register, in the order of their ids.' })
  async organisations(
    @Args() page: PageArgs,
    @Args() at: ListAtArgs,
    @Context() context: RequestContext,
    @Args('kind', { type: () => enumOf(OrganisationKind), nullable: true }) kind?: OrganisationKind,
    @Args('region', { type: () => RegionCodeEnum, nullable: true }) region?: RegionCode,
  ): Promise<ConnectionOf<OrganisationType>> {
    const moment = await this.views.momentOfList(at, context, organisations);
    return connection(moment.rows(organisations), page, { where: thoseOf(moment, kind, region) }, (row) => organisationAt(row, moment));
  }

  @Cacheable()
  @Query(() => OrganisationConnection, {
    description: 'The organisations by their names of the day in the caller’s language, in the order of its alphabet.',
  })
  async organisationsByName(
    @Args() page: PageArgs,
    @Args() at: ListAtArgs,
    @Context() context: RequestContext,
    @Args('kind', { type: () => enumOf(OrganisationKind), nullable: true }) kind?: OrganisationKind,
    @Args('region', { type: () => RegionCodeEnum, nullable: true }) region?: RegionCode,
  ): Promise<ConnectionOf<OrganisationType>> {
    const moment = await this.views.momentOfList(at, context, organisations);
    const rows = await moment.rows(organisations).find({ where: thoseOf(moment, kind, region), limit: most });
    const found = rows.flatMap((row) => organisationAt(row, moment) ?? []);
    const [language = 'fi', ...others] = context.languages;
    return connectionOfList(
      inOrderOfNames(found, [language, ...others]),
      page,
      (one) => nameKey(one, [language, ...others]),
      (one) => one,
      collations[language],
    );
  }
}

function thoseOf({ asOf }: Moment, kind?: OrganisationKind, region?: RegionCode): Where<OrganisationRow> {
  return { since: { to: asOf }, ...(kind && { kind }), ...(region && { region }) };
}

/** More organisations than these are not on the register. */
const most = 10_000;

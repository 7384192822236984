import { Inject } from '@nestjs/common';
import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import { connection, PageArgs, type ConnectionOf } from '#edge/connection';
import type { RequestContext } from '#edge/request-context';
import { RegionCodeEnum } from '#edge/region.type';
import { KeyScalar } from '#edge/scalars';
import { AtArgs, ListAtArgs, Views } from '#edge/views';
import type { RegionCode } from '#kernel/region';
import { enumOf } from '#edge/graphql-enum';
import { OrganisationKind } from './organisation.events.js';
import { organisationAt, OrganisationConnection, OrganisationType } from './organisation.types.js';
import { organisations } from './organisations.projection.js';

@Resolver(() => OrganisationType)
export class OrganisationsResolver {
  constructor(@Inject(Views) private readonly views: Views) {}

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

  @Query(() => OrganisationConnection, { description: 'The organisations of the register, in the order of their ids.' })
  async organisations(
    @Args() page: PageArgs,
    @Args() at: ListAtArgs,
    @Context() context: RequestContext,
    @Args('kind', { type: () => enumOf(OrganisationKind), nullable: true }) kind?: OrganisationKind,
    @Args('region', { type: () => RegionCodeEnum, nullable: true }) region?: RegionCode,
  ): Promise<ConnectionOf<OrganisationType>> {
    const moment = await this.views.momentOfList(at, context, organisations);
    const where = { since: { to: moment.asOf }, ...(kind && { kind }), ...(region && { region }) };
    return connection(moment.rows(organisations), page, { where }, (row) => organisationAt(row, moment));
  }
}

import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { connection, PageArgs, type ConnectionOf } from '#edge/connection';
import { RegionCodeEnum } from '#edge/region.type';
import { KeyScalar } from '#edge/scalars';
import { AtArgs, ListAtArgs, Views } from '#edge/views';
import type { RegionCode } from '#kernel/region';
import type { Collection } from '#read-store/read-store';
import { OrganisationKindEnum } from './organisation.commands.js';
import type { OrganisationKind } from './organisation.events.js';
import { organisationAt, OrganisationConnection, OrganisationType } from './organisation.types.js';
import { organisations, type OrganisationRow } from './organisations.projection.js';

@Resolver(() => OrganisationType)
export class OrganisationsResolver {
  private readonly rows: Collection<OrganisationRow>;

  constructor(@Inject(Views) private readonly views: Views) {
    this.rows = views.rows(organisations);
  }

  @Query(() => OrganisationType, { nullable: true, description: 'An organisation under its name of the day.' })
  async organisation(@Args('id', { type: () => KeyScalar }) id: string, @Args() { after, asOf }: AtArgs): Promise<OrganisationType | undefined> {
    const at = await this.views.at(after, asOf, organisations);
    const row = await this.rows.get(id);
    return row && organisationAt(row, at);
  }

  @Query(() => OrganisationConnection, { description: 'The organisations of the register, in the order of their ids.' })
  async organisations(
    @Args() page: PageArgs,
    @Args() { afterPosition, asOf }: ListAtArgs,
    @Args('kind', { type: () => OrganisationKindEnum, nullable: true }) kind?: OrganisationKind,
    @Args('region', { type: () => RegionCodeEnum, nullable: true }) region?: RegionCode,
  ): Promise<ConnectionOf<OrganisationType>> {
    const at = await this.views.at(afterPosition, asOf, organisations);
    return connection(this.rows, page, { where: { since: { to: at }, ...(kind && { kind }), ...(region && { region }) } }, (row) => organisationAt(row, at));
  }
}

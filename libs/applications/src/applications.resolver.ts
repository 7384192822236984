import { Inject } from '@nestjs/common';
import { Args, Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CallType } from '#calls/call.types';
import { organisationAt, organisationRows, OrganisationType } from '#calls/organisation.types';
import { connection, PageArgs, type ConnectionOf } from '#edge/connection';
import { RegionCodeEnum } from '#edge/region.type';
import type { RequestContext } from '#edge/request-context';
import { Views } from '#edge/views';
import type { RegionCode } from '#kernel/region';
import type { Collection } from '#read-store/read-store';
import { applicationAt, ApplicationConnection, ApplicationType } from './application.types.js';
import { applications, type ApplicationRow } from './applications.projection.js';

@Resolver(() => CallType)
export class CallApplicationsResolver {
  private readonly rows: Collection<ApplicationRow>;

  constructor(@Inject(Views) views: Views) {
    this.rows = views.rows(applications);
  }

  @ResolveField(() => ApplicationConnection, { description: 'The applications that are public, in the order of regions.' })
  applications(
    @Parent() { id, asOf }: CallType,
    @Args() page: PageArgs,
    @Args('region', { type: () => RegionCodeEnum, nullable: true }) region?: RegionCode,
  ): Promise<ConnectionOf<ApplicationType>> {
    const where = { call: id, since: { to: asOf }, ...(region && { region }) };
    return connection(this.rows, page, { where, orderBy: 'region' }, (row) => applicationAt(row, asOf));
  }
}

@Resolver(() => ApplicationType)
export class ApplicantResolver {
  private readonly organisations: ReturnType<typeof organisationRows>;

  constructor(@Inject(Views) views: Views) {
    this.organisations = organisationRows(views);
  }

  @ResolveField(() => OrganisationType, { nullable: true, description: 'Who applied, where the source says so.' })
  async applicant(@Parent() { applicantId, asOf }: ApplicationType, @Context() context: RequestContext): Promise<OrganisationType | undefined> {
    const row = applicantId && (await context.load(this.organisations, applicantId));
    return row ? organisationAt(row, asOf) : undefined;
  }
}

import { Args, Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CallType } from '#calls/call.types';
import { organisationOf, OrganisationType } from '#calls/organisation.types';
import { connection, PageArgs, type ConnectionOf } from '#edge/connection';
import { RegionCodeEnum } from '#edge/region.type';
import type { RequestContext } from '#edge/request-context';
import type { RegionCode } from '#kernel/region';
import { applicationAt, ApplicationConnection, ApplicationType } from './application.types.js';
import { applications, type ApplicationRow } from './applications.projection.js';

@Resolver(() => CallType)
export class CallApplicationsResolver {
  @ResolveField(() => ApplicationConnection, { description: 'The applications that are public, in the order of regions.' })
  applications(
    @Parent() { id, moment }: CallType,
    @Args() page: PageArgs,
    @Args('region', { type: () => RegionCodeEnum, nullable: true }) region?: RegionCode,
  ): Promise<ConnectionOf<ApplicationType>> {
    const where = { call: id, since: { to: moment.asOf }, ...(region && { region }) };
    return connection(moment.rows<ApplicationRow>(applications), page, { where, orderBy: 'region' }, (row) => applicationAt(row, moment));
  }
}

@Resolver(() => ApplicationType)
export class ApplicantResolver {
  @ResolveField(() => OrganisationType, { nullable: true, description: 'Who applied, where the source says so.' })
  async applicant(@Parent() { applicantId, moment }: ApplicationType, @Context() context: RequestContext): Promise<OrganisationType | undefined> {
    return applicantId === undefined ? undefined : organisationOf(applicantId, moment, context);
  }
}

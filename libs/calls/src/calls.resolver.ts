import { Inject } from '@nestjs/common';
import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { mayRead } from '#access/policy';
import { connection, PageArgs, type ConnectionOf } from '#edge/connection';
import type { RequestContext } from '#edge/request-context';
import { CentsScalar, KeyScalar } from '#edge/scalars';
import { AtArgs, ListAtArgs, Views } from '#edge/views';
import { shareOf } from '#kernel/money';
import type { Collection } from '#read-store/read-store';
import { CallKindEnum } from './call.commands.js';
import type { CallKind } from './call.events.js';
import { callAt, CallConnection, CallContactType, CallType } from './call.types.js';
import { calls, type CallRow } from './calls.projection.js';
import { organisationAt, OrganisationType } from './organisation.types.js';
import { organisations, type OrganisationRow } from './organisations.projection.js';

@Resolver(() => CallType)
export class CallsResolver {
  private readonly rows: Collection<CallRow>;
  private readonly organisations: Collection<OrganisationRow>;

  constructor(@Inject(Views) private readonly views: Views) {
    this.rows = views.rows(calls);
    this.organisations = views.rows(organisations);
  }

  @Query(() => CallType, { nullable: true, description: 'A call. One that is not published is shown to the ministry and the analysts only.' })
  async call(
    @Args('id', { type: () => KeyScalar }) id: string,
    @Args() { after, asOf }: AtArgs,
    @Context() { caller }: RequestContext,
  ): Promise<CallType | undefined> {
    const at = await this.views.at(after, asOf, calls, organisations);
    const row = await this.rows.get(id);
    return row && callAt(row, at, mayRead('calls that are not published', caller));
  }

  @Query(() => CallConnection, { description: 'The calls, the one that opens last first.' })
  async calls(
    @Args() page: PageArgs,
    @Args() { afterPosition, asOf }: ListAtArgs,
    @Context() { caller }: RequestContext,
    @Args('kind', { type: () => CallKindEnum, nullable: true }) kind?: CallKind,
  ): Promise<ConnectionOf<CallType>> {
    const at = await this.views.at(afterPosition, asOf, calls, organisations);
    const seesDrafts = mayRead('calls that are not published', caller);
    const where = { ...(kind && { kind }), [seesDrafts ? 'since' : 'publicSince']: { to: at } };
    return connection(this.rows, page, { where, orderBy: 'opens', descending: true }, (row) => callAt(row, at, seesDrafts));
  }

  @ResolveField(() => OrganisationType, { nullable: true, description: 'The organisation that grants, under its name of the time asked for.' })
  async organiser(@Parent() { organiserId, asOf }: CallType, @Context() context: RequestContext): Promise<OrganisationType | undefined> {
    const row = await context.load(this.organisations, organiserId);
    return row && organisationAt(row, asOf);
  }

  @ResolveField(() => [CallContactType])
  contacts(@Parent() { sealedContacts }: CallType): Promise<CallContactType[]> {
    return Promise.all(
      sealedContacts.map(async ({ contact, office, name, email, phone }) => ({
        contact,
        office,
        name: await this.views.open(name),
        email: await this.views.open(email),
        phone: await this.views.open(phone),
      })),
    );
  }

  @ResolveField(() => CentsScalar, { nullable: true, description: 'The largest grant for these eligible costs by the largest share, rounded down to the cent; null where the share is not known.' })
  largestGrant(@Parent() { terms: { largestShare } }: CallType, @Args('eligibleCosts', { type: () => CentsScalar }) eligibleCosts: number): number | undefined {
    return largestShare === undefined ? undefined : shareOf(eligibleCosts, largestShare);
  }
}

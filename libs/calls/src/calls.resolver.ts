import { Inject } from '@nestjs/common';
import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { mayRead } from '#access/policy';
import { Cacheable } from '#edge/cacheable';
import { connection, PageArgs, type ConnectionOf } from '#edge/connection';
import { LocalizedTextType } from '#edge/localized-text.type';
import type { RequestContext } from '#edge/request-context';
import { CentsScalar, KeyScalar } from '#edge/scalars';
import { AtArgs, ListAtArgs, Views } from '#edge/views';
import type { LocalizedText } from '#kernel/localized-text';
import { shareOf } from '#kernel/money';
import { enumOf } from '#edge/graphql-enum';
import { CallKind } from './call.events.js';
import { shareBase } from './call.facts.js';
import { callAt, CallConnection, CallContactType, callOf, CallType, DutyType, SourceStatementType } from './call.types.js';
import { calls } from './calls.projection.js';
import { named, organisationOf, OrganisationType } from '#organisations/organisation.types';

@Resolver(() => CallType)
export class CallsResolver {
  constructor(@Inject(Views) private readonly views: Views) {}

  @Cacheable()
  @Query(() => CallType, {
    nullable: true,
    description: 'A call. One that is not published is shown to the ministry and the analysts only.',
  })
  async call(
    @Args('id', { type: () => KeyScalar }) id: string,
    @Args() at: AtArgs,
    @Context() context: RequestContext,
  ): Promise<CallType | undefined> {
    return callOf(id, await this.views.moment(at, context, calls), context);
  }

  @Cacheable()
  @Query(() => CallConnection, { description: 'The calls, the one that opens last first.' })
  async calls(
    @Args() page: PageArgs,
    @Args() at: ListAtArgs,
    @Context() context: RequestContext,
    @Args('kind', { type: () => enumOf(CallKind), nullable: true }) kind?: CallKind,
  ): Promise<ConnectionOf<CallType>> {
    const moment = await this.views.momentOfList(at, context, calls);
    const seesDrafts = mayRead('calls that are not published', context.caller);
    const where = { ...(kind && { kind }), [seesDrafts ? 'since' : 'publicSince']: { to: moment.asOf } };
    return connection(moment.rows(calls), page, { where, orderBy: 'opens', descending: true }, (row) => callAt(row, moment, seesDrafts));
  }

  @ResolveField(() => OrganisationType, {
    nullable: true,
    description: 'The organisation that grants, under its name of the time asked for.',
  })
  organiser({ organiserId, moment }: CallType, _args: unknown, context: RequestContext): Promise<OrganisationType | undefined> {
    return organisationOf(organiserId, moment, context);
  }

  @ResolveField(() => [LocalizedTextType], { description: 'Its goals. Organisations have the names that they had when it was planned.' })
  goals({ written: { goals, said }, moment }: CallType, _args: unknown, context: RequestContext): Promise<LocalizedText[]> {
    return Promise.all(goals.map((goal) => named(goal, said, moment, context)));
  }

  @ResolveField(() => [DutyType], { description: 'The duties of the regional coordinator.' })
  duties({ written: { duties, said }, moment }: CallType, _args: unknown, context: RequestContext): Promise<DutyType[]> {
    return Promise.all(duties.map(async (duty) => ({ ...duty, text: await named(duty.text, said, moment, context) })));
  }

  @ResolveField(() => [SourceStatementType])
  statements({ written: { statements }, moment }: CallType, _args: unknown, context: RequestContext): Promise<SourceStatementType[]> {
    return Promise.all(
      statements.map(async (one) => ({ ...one, statement: await named(one.statement, one.effectiveAt, moment, context) })),
    );
  }

  @ResolveField(() => [CallContactType])
  contacts({ sealedContacts }: CallType): Promise<CallContactType[]> {
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

  @ResolveField(() => CentsScalar, {
    nullable: true,
    description:
      'The largest grant for these eligible costs and this income by the largest share, rounded down to the cent; null where the share is not known.',
  })
  largestGrant(
    @Parent() { terms }: CallType,
    @Args('eligibleCosts', { type: () => CentsScalar }) eligibleCosts: number,
    @Args('income', { type: () => CentsScalar, defaultValue: 0 }) income: number,
  ): number | undefined {
    return terms.largestShare === undefined ? undefined : shareOf(shareBase(terms, eligibleCosts, income), terms.largestShare);
  }
}

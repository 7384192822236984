import { Inject } from '@nestjs/common';
import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import { connection, PageArgs, type ConnectionOf } from '#edge/connection';
import type { RequestContext } from '#edge/request-context';
import { KeyScalar } from '#edge/scalars';
import { ListAtArgs, Views } from '#edge/views';
import type { Stored } from '#kernel/projection';
import { DecisionRegisterConnection, registerEntries, type DecisionRegisterEntryType } from './decision-register.types.js';
import { grants, type GrantRow } from './grants.projection.js';

@Resolver()
export class DecisionRegisterResolver {
  constructor(@Inject(Views) private readonly views: Views) {}

  @Query(() => DecisionRegisterConnection, {
    description: 'The public register of decisions: what is published of each, the same for everyone.',
  })
  async decisionRegister(
    @Args() page: PageArgs,
    @Args() at: ListAtArgs,
    @Context() context: RequestContext,
    @Args('call', { type: () => KeyScalar, nullable: true }) call?: string,
  ): Promise<ConnectionOf<DecisionRegisterEntryType>> {
    const moment = await this.views.momentOfList(at, context, grants);
    const found = await connection(moment.rows<GrantRow>(grants), page, { where: call == null ? {} : { call } }, (row) => row);
    const entries = await registerEntries(
      found.edges.map(({ node }) => node),
      moment,
      context,
    );
    const byId = new Map(entries.map((entry) => [entry.application, entry]));
    const edges = found.edges.flatMap(({ cursor, node }: { cursor: string; node: Stored<GrantRow> }) => {
      const entry = byId.get(node._id);
      return entry ? [{ cursor, node: entry }] : [];
    });
    return { ...found, edges };
  }
}

import { Inject } from '@nestjs/common';
import { Args, Context, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { mayRead } from '#access/policy';
import { Cacheable } from '#edge/cacheable';
import { connectionOfList, PageArgs, type ConnectionOf } from '#edge/connection';
import { enumOf } from '#edge/graphql-enum';
import type { RequestContext } from '#edge/request-context';
import { KeyScalar } from '#edge/scalars';
import { AtArgs, ListAtArgs, Views } from '#edge/views';
import { organisationOf, OrganisationType } from '#organisations/organisation.types';
import { GuidanceReader, SupportStructureKind } from './guidance.events.js';
import {
  guidanceAt,
  GuidanceConnection,
  GuidanceType,
  supportStructureAt,
  SupportStructureConnection,
  SupportStructureType,
} from './guidance.types.js';
import { guidances } from './guidances.projection.js';
import { supportStructures } from './support-structures.projection.js';

/** More guidance, and more support structures, than the agency ever has. */
const most = 10_000;

@Resolver(() => GuidanceType)
export class GuidancesResolver {
  constructor(@Inject(Views) private readonly views: Views) {}

  @Cacheable()
  @Query(() => GuidanceType, { nullable: true, description: 'Guidance with its versions; what was retired says so.' })
  async guidance(
    @Args('id', { type: () => KeyScalar }) id: string,
    @Args() at: AtArgs,
    @Context() context: RequestContext,
  ): Promise<GuidanceType | undefined> {
    const moment = await this.views.moment(at, context, guidances);
    const row = await moment.rows(guidances).get(id);
    return row && guidanceAt(row, moment);
  }

  @Cacheable()
  @Query(() => GuidanceConnection, { description: 'The guidance in use at the time asked for, in the order of ids.' })
  async guidances(
    @Args() page: PageArgs,
    @Args() at: ListAtArgs,
    @Context() context: RequestContext,
    @Args('reader', {
      type: () => enumOf(GuidanceReader),
      nullable: true,
      description: 'For whom it is; what is for everyone is found, too.',
    })
    reader?: GuidanceReader | null,
    @Args('retired', { type: () => Boolean, nullable: true, description: 'With true only what was taken out of use.' })
    retired?: boolean | null,
  ): Promise<ConnectionOf<GuidanceType>> {
    const moment = await this.views.momentOfList(at, context, guidances);
    const rows = await moment.rows(guidances).find({ where: { since: { to: moment.asOf } }, limit: most });
    const isFor = ({ readers }: GuidanceType) => reader == null || readers.some((who) => who === reader || who === 'everyone');
    const those = rows
      .flatMap((row) => guidanceAt(row, moment) ?? [])
      .filter((one) => (one.retired !== undefined) === (retired === true) && isFor(one));
    return inOrderOfIds(those, page);
  }
}

@Resolver(() => SupportStructureType)
export class SupportStructuresResolver {
  constructor(@Inject(Views) private readonly views: Views) {}

  @Cacheable()
  @Query(() => SupportStructureType, {
    nullable: true,
    description: 'A support structure as it was adopted; a draft is shown to those who make it.',
  })
  async supportStructure(
    @Args('id', { type: () => KeyScalar }) id: string,
    @Args() at: AtArgs,
    @Context() context: RequestContext,
  ): Promise<SupportStructureType | undefined> {
    const moment = await this.views.moment(at, context, supportStructures);
    const row = await moment.rows(supportStructures).get(id);
    return row && supportStructureAt(row, moment, seesDrafts(context));
  }

  @Cacheable()
  @Query(() => SupportStructureConnection, { description: 'The support structures, in the order of their ids.' })
  async supportStructures(
    @Args() page: PageArgs,
    @Args() at: ListAtArgs,
    @Context() context: RequestContext,
    @Args('kind', { type: () => enumOf(SupportStructureKind), nullable: true }) kind?: SupportStructureKind | null,
  ): Promise<ConnectionOf<SupportStructureType>> {
    const moment = await this.views.momentOfList(at, context, supportStructures);
    const rows = await moment.rows(supportStructures).find({ limit: most });
    const those = rows
      .flatMap((row) => supportStructureAt(row, moment, seesDrafts(context)) ?? [])
      .filter((one) => kind == null || one.kind === kind);
    return inOrderOfIds(those, page);
  }

  @ResolveField(() => [OrganisationType], { description: 'The organisations that made it together.' })
  async coAuthors(
    { coAuthorIds, moment }: SupportStructureType,
    _args: unknown,
    context: RequestContext,
  ): Promise<readonly OrganisationType[]> {
    return (await Promise.all(coAuthorIds.map((id) => organisationOf(id, moment, context)))).flatMap((one) => one ?? []);
  }
}

function inOrderOfIds<Node extends { readonly id: string }>(nodes: readonly Node[], page: PageArgs): ConnectionOf<Node> {
  return connectionOfList(
    nodes,
    page,
    ({ id }) => ({ value: id, id }),
    (node) => node,
  );
}

function seesDrafts({ caller }: RequestContext): boolean {
  return mayRead('drafts of support structures', caller, caller);
}

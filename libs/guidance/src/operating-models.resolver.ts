import { Inject } from '@nestjs/common';
import { Args, Context, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Cacheable } from '#edge/cacheable';
import { connection, PageArgs, type ConnectionOf } from '#edge/connection';
import { regionOf, RegionCodeEnum } from '#edge/region.type';
import type { RequestContext } from '#edge/request-context';
import { KeyScalar } from '#edge/scalars';
import { AtArgs, ListAtArgs, Views } from '#edge/views';
import type { LocalizedText } from '#kernel/localized-text';
import type { RegionCode } from '#kernel/region';
import { operatingModelAudience } from './operating-model.audience.js';
import {
  EvaluationType,
  FeedbackType,
  operatingModelAt,
  OperatingModelConnection,
  OperatingModelType,
  ProposalType,
  SectionType,
  shown,
  thenOf,
  VersionType,
} from './operating-model.types.js';
import { named } from '#organisations/organisation.types';
import { operatingModels } from './operating-models.projection.js';

const RegionArg = () => Args('region', { type: () => RegionCodeEnum, nullable: true });

@Resolver(() => OperatingModelType)
export class OperatingModelsResolver {
  constructor(@Inject(Views) private readonly views: Views) {}

  @Cacheable()
  @Query(() => OperatingModelType, { nullable: true, description: 'An operating model with its version of the day.' })
  async operatingModel(
    @Args('id', { type: () => KeyScalar }) id: string,
    @Args() at: AtArgs,
    @Context() context: RequestContext,
  ): Promise<OperatingModelType | undefined> {
    const moment = await this.views.moment(at, context, operatingModels);
    const row = await moment.rows(operatingModels).get(id);
    return row && operatingModelAt(row, moment);
  }

  @Cacheable()
  @Query(() => OperatingModelConnection, { description: 'The operating models, in the order of their ids.' })
  async operatingModels(
    @Args() page: PageArgs,
    @Args() at: ListAtArgs,
    @Context() context: RequestContext,
  ): Promise<ConnectionOf<OperatingModelType>> {
    const moment = await this.views.momentOfList(at, context, operatingModels);
    return connection(moment.rows(operatingModels), page, {}, (row) => operatingModelAt(row, moment));
  }

  @ResolveField(() => [FeedbackType], { description: 'What regions had said by the time asked for.' })
  feedback(
    @Parent() { row, moment: { asOf } }: OperatingModelType,
    @Args('version', { type: () => Int, nullable: true }) version?: number,
    @RegionArg() region?: RegionCode,
  ): FeedbackType[] {
    const isAsked = (one: { version: number }) => version == null || one.version === version;
    return thenOf(row.feedback, asOf, region)
      .filter(({ value }) => isAsked(value))
      .map(({ value, effectiveAt }) => ({ ...value, region: regionOf(value.region), given: effectiveAt }));
  }

  @ResolveField(() => [EvaluationType], { description: 'The evaluations of the regional role that there were at the time asked for.' })
  evaluations(@Parent() { row, moment: { asOf } }: OperatingModelType, @RegionArg() region?: RegionCode): EvaluationType[] {
    return thenOf(row.evaluations, asOf, region).map(shown);
  }

  @ResolveField(() => [ProposalType], {
    description: 'The evaluations that wait for the ministry’s word. Shown to the ministry and the agency only; to others none.',
  })
  proposedEvaluations({ row, moment: { asOf } }: OperatingModelType, _args: unknown, { caller }: RequestContext): ProposalType[] {
    return operatingModelAudience.sees(operatingModelAudience.fold.initial, caller) === 'internal'
      ? thenOf(row.proposals, asOf).map(shown)
      : [];
  }
}

@Resolver(() => VersionType)
export class OperatingModelVersionsResolver {
  @ResolveField(() => [SectionType], { description: 'Its sections. Organisations have the names that they had when it became valid.' })
  async sections(
    @Parent() { written, validFrom, moment }: VersionType,
    @Context() context: RequestContext,
    @Args('key', { type: () => KeyScalar, nullable: true, description: 'Only the section of this key.' }) key?: string | null,
  ): Promise<SectionType[]> {
    const then = (text: LocalizedText) => named(text, validFrom, moment, context);
    return Promise.all(
      written
        .filter((section) => key == null || section.key === key)
        .map(async ({ heading, text, items, ...section }) => ({
          ...section,
          heading: await then(heading),
          text: await then(text),
          ...(items && { items: await Promise.all(items.map(async (item) => ({ ...item, text: await then(item.text) }))) }),
        })),
    );
  }
}

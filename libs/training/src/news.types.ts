import { Field, ObjectType } from '@nestjs/graphql';
import { connectionType } from '#edge/connection';
import { objectOf } from '#edge/records';
import { regionOf, RegionType } from '#edge/region.type';
import { KeyScalar, WhenScalar } from '#edge/scalars';
import { omit } from '#kernel/keyed';
import type { Stored } from '#kernel/projection';
import { newsEvents } from './news.events.js';
import type { NewsRow } from './news.projection.js';

@ObjectType('News', { description: 'A piece of news of the agency on digital support.' })
export class NewsType extends objectOf(omit(newsEvents.NewsPublished.fields, 'regions')) {
  @Field(() => KeyScalar)
  id!: string;

  @Field(() => [RegionType], { description: 'The regions that it is about; none where it is about all.' })
  regions!: readonly RegionType[];

  @Field(() => WhenScalar)
  published!: string;
}

export const NewsConnection = connectionType(NewsType, 'News');

export function newsOf({ _id: id, title, text, address, regions, published }: Stored<NewsRow>): NewsType {
  return { id, title, text, ...(address && { address }), regions: regions.map(regionOf), published };
}

import { Inject } from '@nestjs/common';
import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import { Cacheable } from '#edge/cacheable';
import { connection, PageArgs, type ConnectionOf } from '#edge/connection';
import type { RequestContext } from '#edge/request-context';
import { ListAtArgs, Views } from '#edge/views';
import { newsItems, type NewsRow } from './news.projection.js';
import { NewsConnection, newsOf, NewsType } from './news.types.js';

@Resolver(() => NewsType)
export class NewsResolver {
  constructor(@Inject(Views) private readonly views: Views) {}

  @Cacheable()
  @Query(() => NewsConnection, { description: 'The agency’s news that was published by the time asked for, the latest first.' })
  async news(@Args() page: PageArgs, @Args() at: ListAtArgs, @Context() context: RequestContext): Promise<ConnectionOf<NewsType>> {
    const moment = await this.views.momentOfList(at, context, newsItems);
    return connection(
      moment.rows<NewsRow>(newsItems),
      page,
      { where: { since: { to: moment.asOf } }, orderBy: 'since', descending: true },
      newsOf,
    );
  }
}

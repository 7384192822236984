import { Inject } from '@nestjs/common';
import { Args, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Cacheable } from '#edge/cacheable';
import type { RequestContext } from '#edge/request-context';
import { Views } from '#edge/views';
import { entry } from '#kernel/keyed';
import type { Language } from '#kernel/localized-text';
import { organisationOf, OrganisationType } from '#organisations/organisation.types';
import { organisations } from '#organisations/organisations.projection';
import data from '../data/sources.json' with { type: 'json' };
import { SourcePageType } from './source.types.js';

interface Page {
  readonly title: string;
  readonly publisher: string;
  readonly language: string;
  readonly published?: string;
  readonly readOn?: string;
  readonly readAfter?: string;
  readonly text: readonly string[];
}
const pages: Readonly<Record<string, Page>> = data.pages;

@Resolver(() => SourcePageType)
export class SourcesResolver {
  constructor(@Inject(Views) private readonly views: Views) {}

  @Cacheable()
  @Query(() => SourcePageType, { nullable: true, description: 'A page that the public record was read from, with its text.' })
  source(@Args('id', { type: () => String }) id: string): SourcePageType | undefined {
    const page = entry(pages, id);
    return page && pageType(id, page);
  }

  @Cacheable()
  @Query(() => [SourcePageType], {
    description:
      'The pages that the public record was read from. A source «outside: …» is none of them: it says itself where it was found.',
  })
  sources(): SourcePageType[] {
    return Object.entries(pages).map(([id, page]) => pageType(id, page));
  }

  @ResolveField(() => OrganisationType, { nullable: true, description: 'Whose page it is, under its name of today.' })
  async publisher({ publisherId }: SourcePageType, _args: unknown, context: RequestContext): Promise<OrganisationType | undefined> {
    return organisationOf(publisherId, await this.views.moment({}, context, organisations), context);
  }
}

function pageType(id: string, { publisher, language, text, ...page }: Page): SourcePageType {
  return { ...page, id, publisherId: publisher, language: language as Language, text: text.join('\n') };
}

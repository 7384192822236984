import { Inject } from '@nestjs/common';
import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import { Cacheable } from '#edge/cacheable';
import type { RequestContext } from '#edge/request-context';
import { KeyScalar } from '#edge/scalars';
import { AtArgs, Views } from '#edge/views';
import { ethicalPrinciplesView } from './ethical-principles.projection.js';
import { ethicalPrinciplesAt, EthicalPrinciplesType } from './ethical-principles.types.js';

@Resolver(() => EthicalPrinciplesType)
export class EthicalPrinciplesResolver {
  constructor(@Inject(Views) private readonly views: Views) {}

  @Cacheable()
  @Query(() => EthicalPrinciplesType, { nullable: true, description: 'The ethical principles of digital support, through their versions.' })
  async ethicalPrinciples(
    @Args('id', { type: () => KeyScalar }) id: string,
    @Args() at: AtArgs,
    @Context() context: RequestContext,
  ): Promise<EthicalPrinciplesType | undefined> {
    const moment = await this.views.moment(at, context, ethicalPrinciplesView);
    const row = await moment.rows(ethicalPrinciplesView).get(id);
    return row && ethicalPrinciplesAt(row, moment);
  }
}

import { Inject } from '@nestjs/common';
import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import { Cacheable } from '#edge/cacheable';
import { PageArgs, type ConnectionOf } from '#edge/connection';
import type { RequestContext } from '#edge/request-context';
import { KeyScalar } from '#edge/scalars';
import { ListAtArgs, Views } from '#edge/views';
import { DecisionRegisterConnection, registerPage, type DecisionRegisterEntryType } from './decision-register.types.js';

@Resolver()
export class DecisionRegisterResolver {
  constructor(@Inject(Views) private readonly views: Views) {}

  @Cacheable()
  @Query(() => DecisionRegisterConnection, {
    description: 'The public register of decisions: what is published of each, the same for everyone.',
  })
  async decisionRegister(
    @Args() page: PageArgs,
    @Args() at: ListAtArgs,
    @Context() context: RequestContext,
    @Args('call', { type: () => KeyScalar, nullable: true }) call?: string,
  ): Promise<ConnectionOf<DecisionRegisterEntryType>> {
    const moment = await this.views.momentOfList(at, context, { name: 'grants' });
    return registerPage(call == null ? {} : { call }, page, moment, context);
  }
}

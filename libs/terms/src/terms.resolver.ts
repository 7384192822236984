import { Inject } from '@nestjs/common';
import { Args, Context, Field, Int, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { Cacheable } from '#edge/cacheable';
import type { RequestContext } from '#edge/request-context';
import { enumOf } from '#edge/graphql-enum';
import { KeyScalar, WhenScalar } from '#edge/scalars';
import { AtArgs, Views } from '#edge/views';
import { entryAt } from '#kernel/timeline';
import { TermName, termNames } from './terms.events.js';
import { termsInForce, type TermsInForceRow } from './terms-in-force.projection.js';

@ObjectType('TermInForce', { description: 'A number that decisions go by.' })
class TermInForceType {
  @Field(() => enumOf(TermName), { nullable: true, description: 'Null of the rate of interest.' })
  term?: TermName;

  @Field(() => Int, {
    description: 'Basis points of rates and of the addition to them, cents of the largest return that is left, days of the others.',
  })
  value!: number;

  @Field(() => WhenScalar, { description: 'From when it holds.' })
  effectiveAt!: string;

  @Field(() => String)
  publishedIn!: string;
}

@ObjectType('TermsInForce', { description: 'The numbers that decisions go by, as they hold at the time asked for.' })
class TermsInForceType {
  @Field(() => TermInForceType, { nullable: true, description: 'The reference rate of interest for a year.' })
  interestRate?: TermInForceType;

  @Field(() => [TermInForceType])
  terms!: readonly TermInForceType[];
}

@Resolver()
export class TermsResolver {
  constructor(@Inject(Views) private readonly views: Views) {}

  @Cacheable()
  @Query(() => TermsInForceType, { description: 'Which numbers decisions go by: rates of interest, limits and times.' })
  async termsInForce(
    @Args('id', { type: () => KeyScalar, defaultValue: 'state-grants' }) id: string,
    @Args() at: AtArgs,
    @Context() context: RequestContext,
  ): Promise<TermsInForceType> {
    const moment = await this.views.moment(at, context, termsInForce);
    const row = await moment.rows<TermsInForceRow>(termsInForce).get(id);
    const rate = row && entryAt(row.rates, moment.asOf);
    return {
      ...(rate && { interestRate: { ...rate.value, effectiveAt: rate.effectiveAt } }),
      terms: termNames.flatMap((term) => {
        const entry = row && entryAt(row.terms[term] ?? [], moment.asOf);
        return entry ? [{ term, ...entry.value, effectiveAt: entry.effectiveAt }] : [];
      }),
    };
  }
}

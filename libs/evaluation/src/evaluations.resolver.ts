import { Inject } from '@nestjs/common';
import { Args, Context, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Cacheable } from '#edge/cacheable';
import type { RequestContext } from '#edge/request-context';
import { KeyScalar } from '#edge/scalars';
import { AtArgs, Views } from '#edge/views';
import { RegionalStateType } from '#network/regional-state.types';
import { submittedLast } from './evaluation.facts.js';
import {
  EvaluationFrameworkType,
  frameworkAt,
  nationalEvaluationOf,
  NationalEvaluationType,
  selfEvaluationsOf,
  SelfEvaluationType,
} from './evaluation.types.js';
import { evaluationFrameworks } from './frameworks.projection.js';
import { nationalEvaluations } from './national-evaluations.projection.js';

/** More national evaluations than there ever are. */
const mostEvaluations = 1_000;

@Resolver(() => EvaluationFrameworkType)
export class EvaluationsResolver {
  constructor(@Inject(Views) private readonly views: Views) {}

  @Cacheable()
  @Query(() => EvaluationFrameworkType, { nullable: true, description: 'By what regions evaluate themselves, through its versions.' })
  async evaluationFramework(
    @Args('id', { type: () => KeyScalar }) id: string,
    @Args() at: AtArgs,
    @Context() context: RequestContext,
  ): Promise<EvaluationFrameworkType | undefined> {
    const moment = await this.views.moment(at, context, evaluationFrameworks);
    const row = await moment.rows(evaluationFrameworks).get(id);
    return row && frameworkAt(row, moment);
  }

  @Cacheable()
  @Query(() => [NationalEvaluationType], { description: 'How the whole country does, as the agency published it, the latest first.' })
  async nationalEvaluations(@Args() at: AtArgs, @Context() context: RequestContext): Promise<readonly NationalEvaluationType[]> {
    const moment = await this.views.moment(at, context, nationalEvaluations);
    const rows = await moment
      .rows(nationalEvaluations)
      .find({ where: { since: { to: moment.asOf } }, orderBy: 'since', descending: true, limit: mostEvaluations });
    return rows.map(nationalEvaluationOf);
  }
}

@Resolver(() => RegionalStateType)
export class RegionalEvaluationsResolver {
  @ResolveField(() => SelfEvaluationType, {
    nullable: true,
    description: 'The self-evaluation that was submitted last, with the agency’s feedback and what is improved.',
  })
  async selfEvaluation(
    { code, moment }: RegionalStateType,
    _args: unknown,
    context: RequestContext,
  ): Promise<SelfEvaluationType | undefined> {
    return submittedLast(await selfEvaluationsOf(code, moment, context));
  }

  @ResolveField(() => [SelfEvaluationType], { description: 'Its self-evaluations that you may see, the one that started last first.' })
  selfEvaluations({ code, moment }: RegionalStateType, _args: unknown, context: RequestContext): Promise<readonly SelfEvaluationType[]> {
    return selfEvaluationsOf(code, moment, context);
  }
}

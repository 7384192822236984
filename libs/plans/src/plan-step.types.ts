import { Field, Int, ObjectType } from '@nestjs/graphql';
import { graphqlEnum } from '#edge/graphql-enum';
import { InstantScalar, MatterScalar } from '#edge/scalars';
import { planSteps, type PlanStep } from './plan-steps.rules.js';

const PlanStepEnum = graphqlEnum('PlanStepKind', planSteps, 'What the owners of a plan have to do.');

@ObjectType('PlanStep', { description: 'Something that the owners of a plan have to do.' })
export class PlanStepType implements PlanStep {
  @Field(() => PlanStepEnum)
  step!: PlanStep['step'];

  @Field(() => InstantScalar, { nullable: true, description: 'The last instant that is in time; null where there is none.' })
  by?: string;

  @Field(() => Int, { nullable: true, description: 'How many comments it concerns.' })
  comments?: number;

  @Field(() => MatterScalar, { nullable: true, description: 'The id of the plan; null where it has not been drafted.' })
  plan?: string;
}

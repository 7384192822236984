import { Field, Int, ObjectType } from '@nestjs/graphql';
import { MatterScalar, WhenScalar } from '#edge/scalars';

@ObjectType('SelectionComparison', { description: 'How the applications to be granted make a whole.' })
export class SelectionComparisonType {
  @Field(() => [MatterScalar])
  applications!: readonly string[];

  @Field(() => String)
  breadth!: string;

  @Field(() => String)
  diversity!: string;

  @Field(() => String)
  complementarity!: string;

  @Field(() => Int)
  inhabitants!: number;

  @Field(() => WhenScalar)
  effectiveAt!: string;
}

import { Field, Int, ObjectType } from '@nestjs/graphql';
import { CallType } from '#calls/call.types';
import { CentsScalar } from '#edge/scalars';
import type { Used } from './appropriation-use.projection.js';

@ObjectType('YearOfUse', { description: 'What was done with an appropriation in a calendar year.' })
export class YearOfUseType implements Used {
  @Field(() => Int)
  year!: number;

  @Field(() => CentsScalar, { description: 'What was granted, with corrections.' })
  decided!: number;

  @Field(() => CentsScalar, { description: 'What returned to the appropriation: reduced, declined, not used.' })
  returned!: number;

  @Field(() => CentsScalar, { description: 'What was paid, by the day of payment.' })
  paid!: number;

  @Field(() => CentsScalar, { description: 'What came back of it, without interest, by the day on which it did.' })
  repaid!: number;
}

@ObjectType('CallUse', { description: 'The use of a call’s appropriation, year by year; `call.appropriation` says what is left.' })
export class CallUseType {
  @Field(() => CallType)
  call!: CallType;

  @Field(() => [YearOfUseType])
  years!: readonly YearOfUseType[];
}

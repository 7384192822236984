import { Field, Int, ObjectType } from '@nestjs/graphql';
import { CallType } from '#calls/call.types';
import { CentsScalar } from '#edge/scalars';
import type { Instant } from '#kernel/helsinki-time';
import { firstInstant } from '#kernel/when';
import type { AppropriationUseRow, Movement, Use, Used } from './appropriation-use.projection.js';

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

/** What was used in each year by the instant, the first year first. */
export function usedByYear({ movements }: AppropriationUseRow, asOf: Instant): readonly YearOfUseType[] {
  const until = movements.filter(({ effectiveAt: at }) => firstInstant(at) <= asOf).map(({ value }) => value);
  const years = [...new Set(until.map(({ year }) => year))].sort((a, b) => a - b);
  return years.map((year) => ({ year, ...sums(until.filter((one) => one.year === year)) }));
}

function sums(movements: readonly Movement[]): Used {
  const sum = (use: Use) => movements.reduce((all, one) => (one.use === use ? all + one.amount : all), 0);
  return { decided: sum('decided'), returned: sum('returned'), paid: sum('paid'), repaid: sum('repaid') };
}

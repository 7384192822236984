import { Field, ObjectType } from '@nestjs/graphql';
import { objectOf } from '#edge/records';
import { CentsScalar, InstantScalar, RevisionScalar, WhenScalar } from '#edge/scalars';
import type { Moment } from '#edge/views';
import { valueAt } from '#kernel/timeline';
import { allocationEvents } from './allocation.events.js';
import type { AppropriationRow } from './appropriations.projection.js';

@ObjectType('DatedAmount', { description: 'An amount from its time on.' })
class DatedAmountType {
  @Field(() => WhenScalar)
  effectiveAt!: string;

  @Field(() => InstantScalar)
  recordedAt!: string;

  @Field(() => CentsScalar)
  amount!: number;

  @Field(() => String, { nullable: true, description: 'Why it was adjusted.' })
  reason?: string;

  @Field(() => [String], { description: 'The pages it was read from.' })
  source!: readonly string[];
}

@ObjectType('Appropriation', { description: 'The money reserved for the grants of a call.' })
export class AppropriationType extends objectOf(allocationEvents.AppropriationSet.fields) {
  @Field(() => [DatedAmountType], { description: 'All amounts through time.' })
  amounts!: DatedAmountType[];

  @Field(() => RevisionScalar)
  revision!: number;
}

/** The appropriation as it was at the instant; undefined before it was reserved. */
export function appropriationAt({ amounts, ...row }: AppropriationRow, { asOf }: Pick<Moment, 'asOf'>): AppropriationType | undefined {
  const current = valueAt(amounts, asOf);
  return (
    current && {
      ...row,
      amount: current.amount,
      amounts: amounts.map(({ value, source = [], ...times }) => ({ ...times, ...value, source })),
    }
  );
}

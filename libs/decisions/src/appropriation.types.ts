import { Field, ObjectType } from '@nestjs/graphql';
import { dated, objectOf, recorded, sourced } from '#edge/records';
import { CentsScalar } from '#edge/scalars';
import { RevisionField, StreamRevision } from '#edge/stream-revision';
import type { Moment } from '#edge/views';
import { pick } from '#kernel/keyed';
import { valueAt } from '#kernel/timeline';
import { allocationEvents } from './allocation.events.js';
import type { Stored } from '#kernel/projection';
import { appropriations, usedAt, type AppropriationRow } from './appropriations.projection.js';

@ObjectType('DatedAmount', { description: 'An amount from its time on.' })
class DatedAmountType extends objectOf({ ...pick(allocationEvents.AppropriationSet.fields, 'amount'), ...dated, ...recorded, ...sourced }) {
  @Field(() => String, { nullable: true, description: 'Why it was adjusted.' })
  reason?: string;
}

@ObjectType('Appropriation', { description: 'The money reserved for the grants of a call.' })
export class AppropriationType extends objectOf(allocationEvents.AppropriationSet.fields) {
  @Field(() => [DatedAmountType], { description: 'All amounts through time.' })
  amounts!: DatedAmountType[];

  @Field(() => CentsScalar, { description: 'What was granted of it, with corrections.' })
  decided!: number;

  @Field(() => CentsScalar, { description: 'What of that has returned to it: reduced, declined, not used.' })
  returned!: number;

  @Field(() => CentsScalar, { description: 'What can still be granted of it.' })
  left!: number;

  @RevisionField()
  revision!: StreamRevision;
}

/** The appropriation as it was at the instant; undefined before it was reserved. */
export function appropriationAt(row: Stored<AppropriationRow>, { asOf }: Pick<Moment, 'asOf'>): AppropriationType | undefined {
  const { amounts, movements: _, ...about } = row;
  const current = valueAt(amounts, asOf);
  const { decided, returned } = usedAt(row, asOf);
  return (
    current && {
      ...about,
      revision: new StreamRevision(`allocation-${row._id}`, row.revision),
      amount: current.amount,
      decided,
      returned,
      left: current.amount - decided + returned,
      amounts: amounts.map(({ value, source = [], ...times }) => ({ ...times, ...value, source })),
    }
  );
}

/** More calls than there ever are money for. */
const mostAppropriations = 1_000;

/** The appropriations that there were at the moment, by the ids of their calls. */
export async function appropriationsAt(moment: Moment): Promise<ReadonlyMap<string, AppropriationType>> {
  const rows = await moment.rows(appropriations).find({ limit: mostAppropriations });
  return new Map(
    rows.flatMap((row) => {
      const found = appropriationAt(row, moment);
      return found ? [[row._id, found] as const] : [];
    }),
  );
}

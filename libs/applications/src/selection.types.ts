import { Field, ObjectType } from '@nestjs/graphql';
import { objectOf } from '#edge/records';
import { WhenScalar } from '#edge/scalars';
import { omit } from '#kernel/event-schema';
import { selectionEvents } from './selection.events.js';

@ObjectType('SelectionComparison', { description: 'How the applications to be granted make a whole.' })
export class SelectionComparisonType extends objectOf(omit(selectionEvents.SelectionCompared.fields, 'presenter')) {
  @Field(() => WhenScalar)
  effectiveAt!: string;
}

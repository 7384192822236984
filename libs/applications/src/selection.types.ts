import { ObjectType } from '@nestjs/graphql';
import { dated, objectOf } from '#edge/records';
import { omit } from '#kernel/keyed';
import { selectionEvents } from './selection.events.js';

@ObjectType('SelectionComparison', { description: 'How the applications to be granted make a whole.' })
export class SelectionComparisonType extends objectOf({ ...omit(selectionEvents.SelectionCompared.fields, 'presenter'), ...dated }) {}

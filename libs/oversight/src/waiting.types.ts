import { Field, ObjectType } from '@nestjs/graphql';
import { graphqlEnum } from '#edge/graphql-enum';
import { RegionType } from '#edge/region.type';
import { DayScalar, InstantScalar, KeyScalar, MatterScalar } from '#edge/scalars';
import { waitingRoles, type WaitingKind } from './waiting.projection.js';

const WaitingKindEnum = graphqlEnum('WaitingKind', Object.keys(waitingRoles) as WaitingKind[], 'What waits to be done.');

@ObjectType('WaitingTask', { description: 'Something that waits for the caller to do it.' })
export class WaitingTaskType {
  @Field(() => WaitingKindEnum)
  kind!: WaitingKind;

  @Field(() => String, { description: 'The role in which it is done.' })
  role!: string;

  @Field(() => MatterScalar, {
    nullable: true,
    description: 'The matter: the key of its plan, its application and its grant; null of a batch of payments, which is of many.',
  })
  matter?: string;

  @Field(() => KeyScalar, { nullable: true })
  call?: string;

  @Field(() => RegionType, { nullable: true })
  region?: RegionType;

  @Field(() => KeyScalar, { nullable: true, description: 'The comment, request, hearing, report, payment or batch that it is about.' })
  of?: string;

  @Field(() => InstantScalar)
  since!: string;

  @Field(() => DayScalar, { nullable: true, description: 'The last day, all of it in Helsinki.' })
  due?: string;

  @Field(() => Boolean)
  isOverdue!: boolean;
}

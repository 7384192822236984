import { Field, Int, ObjectType } from '@nestjs/graphql';
import { EffectEnum } from '#edge/command-mutations';
import { PositionScalar } from '#edge/scalars';
import type { Receipt } from '#event-store/handle';

@ObjectType('OfferedServiceLine', { description: 'What became of a line of a file of services.' })
export class OfferedServiceLineType {
  @Field(() => Int, { description: 'Its number in the file; that of the columns is 1.' })
  line!: number;

  @Field(() => String, { description: 'The id of the service.' })
  service!: string;

  @Field(() => EffectEnum, { nullable: true, description: 'Null where it was not recorded.' })
  effect?: Receipt['effect'];

  @Field(() => String, { nullable: true, description: 'Why it was not recorded.' })
  code?: string;

  @Field(() => String, { nullable: true, description: 'Why it was not recorded, in the language of the request.' })
  message?: string;
}

@ObjectType('OfferedServices', { description: 'What became of a file of services: what stands is kept, whatever became of the others.' })
export class OfferedServicesType {
  @Field(() => Int, { description: 'How many were recorded, now or when the file was sent before.' })
  recorded!: number;

  @Field(() => Int, { description: 'How many were so already.' })
  unchanged!: number;

  @Field(() => Int)
  failed!: number;

  @Field(() => PositionScalar, { nullable: true, description: 'Give it as `after` to a question, to see there what was recorded.' })
  position?: string;

  @Field(() => [OfferedServiceLineType])
  lines!: readonly OfferedServiceLineType[];
}

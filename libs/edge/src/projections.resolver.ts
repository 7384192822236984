import { Inject } from '@nestjs/common';
import { Field, Float, Int, ObjectType, Query, registerEnumType, Resolver } from '@nestjs/graphql';
import type { ProjectionStatus } from '#views/run/projection-runner';
import { PositionScalar, RevisionScalar, UuidScalar } from './scalars.js';
import { Views } from './views.js';

enum State {
  CATCHING_UP = 'catching-up',
  LIVE = 'live',
  FOLLOWED = 'followed',
  UNATTENDED = 'unattended',
  REBUILDING = 'rebuilding',
  PAUSED = 'paused',
  STOPPED = 'stopped',
}
registerEnumType(State, { name: 'ProjectionState', description: 'What a projection is doing.' });

@ObjectType('PausedAt', { description: 'The event that a projection could not fold, and why.' })
class PausedAtType {
  @Field(() => UuidScalar)
  event!: string;

  @Field(() => String)
  type!: string;

  @Field(() => String)
  stream!: string;

  @Field(() => RevisionScalar)
  revision!: number;

  @Field(() => PositionScalar)
  position!: string;

  @Field(() => String)
  reason!: string;
}

@ObjectType('ProjectionStatus', { description: 'How far a view is behind the log.' })
class ProjectionStatusType {
  @Field(() => String)
  name!: string;

  @Field(() => Int, { description: 'Of the projection whose rows are served.' })
  version!: number;

  @Field(() => State)
  state!: ProjectionStatus['state'];

  @Field(() => PositionScalar, { nullable: true })
  position?: string;

  @Field(() => Int, { description: 'Events that were read from the log and are not folded yet.' })
  lagEvents!: number;

  @Field(() => Float, { description: 'Since the oldest of them was recorded; 0 where there is none.' })
  lagSeconds!: number;

  @Field(() => PausedAtType, { nullable: true })
  paused?: PausedAtType;
}

@Resolver()
export class ProjectionsResolver {
  constructor(@Inject(Views) private readonly views: Views) {}

  @Query(() => [ProjectionStatusType], { description: 'How the views stand. For auditors, analysts and presenters.' })
  projections(): readonly ProjectionStatus[] {
    return this.views.status();
  }
}

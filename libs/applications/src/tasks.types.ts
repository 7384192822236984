import { Field, ObjectType } from '@nestjs/graphql';
import { graphqlEnum } from '#edge/graphql-enum';
import { DayScalar, InstantScalar, KeyScalar, MatterScalar } from '#edge/scalars';
import { taskKinds, type TaskKind } from './open-tasks.projection.js';
import { ApplicationType } from './application.types.js';

const TaskKindEnum = graphqlEnum('TaskKind', taskKinds, 'What is to be done on an application.');

@ObjectType('ApplicationTask', { description: 'What the applicant’s side must do next, and by when.' })
export class ApplicationTaskType {
  @Field(() => TaskKindEnum)
  kind!: TaskKind;

  @Field(() => MatterScalar, { nullable: true, description: 'Null where it is to be started.' })
  application?: string;

  @Field(() => KeyScalar, { nullable: true, description: 'The request or hearing that it answers.' })
  of?: string;

  @Field(() => DayScalar, { nullable: true, description: 'The last day, all of it in Helsinki.' })
  due?: string;

  @Field(() => InstantScalar, {
    nullable: true,
    description: 'The last instant in time: the end of the due day, or the deadline of the call; null where it is not known.',
  })
  dueAt?: string;

  @Field(() => Boolean)
  isOverdue!: boolean;
}

@ObjectType('DeskItem', { description: 'An application that waits for its presenter.' })
export class DeskItemType {
  @Field(() => ApplicationType)
  application!: ApplicationType;

  @Field(() => InstantScalar)
  since!: string;

  @Field(() => [String], { description: 'The criteria of the call by which it has not been assessed.' })
  toAssess!: readonly string[];

  @Field(() => DayScalar, { nullable: true, description: 'Until the end of this day the applicant may still answer what was asked.' })
  answerUntil?: string;
}

import { Field, Int, ObjectType } from '@nestjs/graphql';
import { connectionType } from '#edge/connection';
import { graphqlEnum } from '#edge/graphql-enum';
import { LocalizedTextType } from '#edge/localized-text.type';
import { objectOf, recorded } from '#edge/records';
import { regionOf, RegionType } from '#edge/region.type';
import { KeyScalar } from '#edge/scalars';
import { RevisionField, StreamRevision } from '#edge/stream-revision';
import type { Moment } from '#edge/views';
import { omit } from '#kernel/keyed';
import type { LocalizedText } from '#kernel/localized-text';
import type { Stored } from '#kernel/projection';
import { entryAt, isThen, valueAt } from '#kernel/timeline';
import type { RegionalAttendance } from './training.rules.js';
import { trainingEvents, type Attendance } from './training.events.js';
import { trainingStages, type TrainingRow, type TrainingStage } from './trainings.projection.js';

export const TrainingStageEnum = graphqlEnum('TrainingStage', trainingStages, 'How far training has come.');

@ObjectType('TrainingAttendance', { description: 'How many people of a region took part.' })
class TrainingAttendanceType {
  @Field(() => RegionType)
  region!: RegionType;

  @Field(() => Int)
  participants!: number;
}

@ObjectType('RecordedAttendance', { description: 'Who took part, as it was told at a time: what was corrected stays readable.' })
class RecordedAttendanceType extends objectOf(recorded) {
  @Field(() => [TrainingAttendanceType])
  attendance!: readonly TrainingAttendanceType[];

  @Field(() => String, { nullable: true, description: 'Why the figures before were corrected.' })
  correction?: string;
}

@ObjectType('RegionalAttendance', { description: 'How much a region took part in training.' })
export class RegionalAttendanceType {
  @Field(() => RegionType)
  region!: RegionType;

  @Field(() => Int, { description: 'How many trainings somebody of the region took part in.' })
  trainings!: number;

  @Field(() => Int)
  participants!: number;
}

@ObjectType('Training', { description: 'Training for those who arrange digital support, as it was at the time asked for.' })
export class TrainingType extends objectOf(omit(trainingEvents.TrainingScheduled.fields, 'names', 'guidance', 'regions')) {
  @Field(() => KeyScalar)
  id!: string;

  @Field(() => LocalizedTextType)
  name!: LocalizedText;

  @Field(() => [RegionType], { description: 'The regions that it is for; none where it is for all.' })
  regions!: readonly RegionType[];

  @Field(() => TrainingStageEnum)
  stage!: TrainingStage;

  @Field(() => String, { nullable: true, description: 'Why it was cancelled.' })
  cancelledBecause?: string;

  @Field(() => [TrainingAttendanceType], { nullable: true, description: 'Who took part, by region; null before it was held.' })
  attendance?: readonly TrainingAttendanceType[];

  @Field(() => Int, { nullable: true, description: 'How many took part in all; null before it was held.' })
  participants?: number;

  @Field(() => [RecordedAttendanceType], {
    description: 'The figures as they were recorded and corrected until then, the first ones first.',
  })
  attendanceHistory!: readonly RecordedAttendanceType[];

  @RevisionField()
  revision!: StreamRevision;

  moment!: Moment;
  guidanceId?: string;
}

export const TrainingConnection = connectionType(TrainingType, 'Training');

/** The training as it was at the moment; undefined before it was announced. */
export function trainingAt(row: Stored<TrainingRow>, moment: Moment): TrainingType | undefined {
  const { asOf } = moment;
  const schedule = valueAt(row.schedules, asOf);
  if (!schedule) return undefined;
  const { names: name, guidance, regions, ...content } = schedule;
  const stage = valueAt(row.stages, asOf) ?? 'scheduled';
  const held = entryAt(row.attendances, asOf)?.value.attendance;
  return {
    ...content,
    id: row._id,
    name,
    regions: regions.map(regionOf),
    stage,
    ...(stage === 'cancelled' && row.cancelledBecause && { cancelledBecause: row.cancelledBecause }),
    ...(held && { attendance: held.map(attendanceType), participants: held.reduce((sum, { participants }) => sum + participants, 0) }),
    attendanceHistory: row.attendances.filter(isThen(asOf)).map(({ value: { attendance, correction }, recordedAt }) => ({
      attendance: attendance.map(attendanceType),
      recordedAt,
      ...(correction && { correction }),
    })),
    revision: new StreamRevision(`training-${row._id}`, row.revision),
    moment,
    ...(guidance && { guidanceId: guidance }),
  };
}

export function regionalAttendanceType({ region, ...counts }: RegionalAttendance): RegionalAttendanceType {
  return { region: regionOf(region), ...counts };
}

function attendanceType({ region, participants }: Attendance): TrainingAttendanceType {
  return { region: regionOf(region), participants };
}

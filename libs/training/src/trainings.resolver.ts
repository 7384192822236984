import { Inject } from '@nestjs/common';
import { Args, ArgsType, Context, Field, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Cacheable } from '#edge/cacheable';
import { connection, PageArgs, type ConnectionOf } from '#edge/connection';
import type { RequestContext } from '#edge/request-context';
import { DayScalar, KeyScalar } from '#edge/scalars';
import { AtArgs, fewRowsAt, ListAtArgs, Views, type Moment } from '#edge/views';
import { guidanceOf, GuidanceType } from '#guidance/guidance.types';
import { valueAt } from '#kernel/timeline';
import { firstInstant, lastInstant } from '#kernel/when';
import { RegionalStateType } from '#network/regional-state.types';
import type { Where } from '#view-store/view-store';
import { attendanceByRegion } from './training.rules.js';
import { RegionalAttendanceType, regionalAttendanceType, trainingAt, TrainingConnection, TrainingType } from './training.types.js';
import { trainings, type TrainingRow } from './trainings.projection.js';

@ArgsType()
class BetweenArgs {
  @Field(() => DayScalar, { nullable: true, description: 'Only those that start on this day or later.' })
  from?: string | null;

  @Field(() => DayScalar, { nullable: true, description: 'Only those that start on this day or earlier.' })
  to?: string | null;
}

@Resolver(() => TrainingType)
export class TrainingsResolver {
  constructor(@Inject(Views) private readonly views: Views) {}

  @Cacheable()
  @Query(() => TrainingType, { nullable: true, description: 'Training with who took part in it, by region.' })
  async training(
    @Args('id', { type: () => KeyScalar }) id: string,
    @Args() at: AtArgs,
    @Context() context: RequestContext,
  ): Promise<TrainingType | undefined> {
    const moment = await this.views.moment(at, context, trainings);
    const row = await moment.rows(trainings).get(id);
    return row && trainingAt(row, moment);
  }

  @Cacheable()
  @Query(() => TrainingConnection, { description: 'The trainings, the one that starts last first.' })
  async trainings(
    @Args() page: PageArgs,
    @Args() at: ListAtArgs,
    @Args() between: BetweenArgs,
    @Context() context: RequestContext,
  ): Promise<ConnectionOf<TrainingType>> {
    const moment = await this.views.momentOfList(at, context, trainings);
    return connection(
      moment.rows<TrainingRow>(trainings),
      page,
      { where: whereOf(between, moment), orderBy: 'starts', descending: true },
      (row) => trainingAt(row, moment),
    );
  }

  @Cacheable()
  @Query(() => [RegionalAttendanceType], {
    description: 'How much each region took part in the trainings that were held: those regions of which somebody did.',
  })
  async trainingAttendance(
    @Args() at: AtArgs,
    @Args() between: BetweenArgs,
    @Context() context: RequestContext,
  ): Promise<readonly RegionalAttendanceType[]> {
    return (await attendanceIn(await this.views.moment(at, context, trainings), between)).map(regionalAttendanceType);
  }

  @ResolveField(() => GuidanceType, { nullable: true, description: 'The guidance that it teaches.' })
  async guidance({ guidanceId, moment }: TrainingType, _args: unknown, context: RequestContext): Promise<GuidanceType | undefined> {
    return guidanceId === undefined ? undefined : guidanceOf(guidanceId, moment, context);
  }
}

@Resolver(() => RegionalStateType)
export class RegionalTrainingResolver {
  @ResolveField(() => RegionalAttendanceType, { description: 'How much it took part in the agency’s training.' })
  async trainingAttendance(@Parent() { code, moment }: RegionalStateType, @Args() between: BetweenArgs): Promise<RegionalAttendanceType> {
    const found = (await attendanceIn(moment, between)).find(({ region }) => region === code);
    return regionalAttendanceType(found ?? { region: code, trainings: 0, participants: 0 });
  }
}

/** The rows are read once for all regions that are asked about. */
async function attendanceIn(moment: Moment, { from, to }: BetweenArgs) {
  const { asOf } = moment;
  const rows = [...(await fewRowsAt<TrainingRow>(moment, trainings)).values()].filter(
    ({ since, starts }) => since <= asOf && (from == null || starts >= firstInstant(from)) && (to == null || starts <= lastInstant(to)),
  );
  return attendanceByRegion(rows.map(({ attendances }) => valueAt(attendances, asOf)?.attendance ?? []));
}

function whereOf({ from, to }: BetweenArgs, { asOf }: Moment): Where<TrainingRow> {
  return {
    since: { to: asOf },
    ...((from != null || to != null) && {
      starts: { ...(from != null && { from: firstInstant(from) }), ...(to != null && { to: lastInstant(to) }) },
    }),
  };
}

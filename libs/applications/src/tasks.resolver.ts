import { Inject } from '@nestjs/common';
import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { mayRead, organisationsOf } from '#access/policy';
import { fail } from '#access/tokens';
import { callOf, CallType } from '#calls/call.types';
import { Cacheable } from '#edge/cacheable';
import { RegionCodeEnum } from '#edge/region.type';
import type { RequestContext } from '#edge/request-context';
import { AtArgs, Views, type Moment } from '#edge/views';
import type { Stored } from '#kernel/projection';
import type { RegionCode } from '#kernel/region';
import { lastInstant } from '#kernel/when';
import { isOwnApplication } from './application.audience.js';
import { applicationAt } from './application.types.js';
import { applications, type ApplicationRow } from './applications.projection.js';
import { openTasks, tasksAt, type OpenTasksRow } from './open-tasks.projection.js';
import { ApplicationTaskType, DeskItemType } from './tasks.types.js';

/** More applications than these are nobody's at once. */
const most = 1_000;

@Resolver(() => CallType)
export class TasksResolver {
  constructor(@Inject(Views) private readonly views: Views) {}

  @Cacheable()
  @Query(() => [ApplicationTaskType], {
    description: 'What the caller’s region or organisation must do next on its applications, the most urgent first.',
  })
  async ownTasks(@Args() at: AtArgs, @Context() context: RequestContext): Promise<readonly ApplicationTaskType[]> {
    const { caller } = context;
    if (!caller) throw fail('sign-in-needed');
    const moment = await this.views.moment(at, context, openTasks, applications);
    const rows = moment.rows<OpenTasksRow>(openTasks);
    const [ofRegion, ofOrganisation] = await Promise.all([
      caller.region === undefined ? [] : rows.find({ where: { region: caller.region as never }, limit: most }),
      caller.organisation === undefined ? [] : rows.find({ where: { applicant: { in: organisationsOf(caller) } }, limit: most }),
    ]);
    const own = [...new Map([...ofRegion, ...ofOrganisation].map((row) => [row._id, row])).values()].filter(({ region, applicant }) =>
      isOwnApplication({ stage: 'draft', region, applicant }, caller),
    );
    const tasks = await Promise.all(own.map(async (row) => tasksOf(row, await callOf(row.call, moment, context), moment)));
    return tasks.flat().sort(byUrgency);
  }

  @ResolveField(() => [ApplicationTaskType], {
    nullable: true,
    description:
      'What a region must do next on its applications in this call, the most urgent first, be it to start one; null where its drafts are not yours to see.',
  })
  async applicationTasks(
    @Parent() call: CallType,
    @Args('region', { type: () => RegionCodeEnum }) region: RegionCode,
    @Context() context: RequestContext,
  ): Promise<readonly ApplicationTaskType[] | undefined> {
    const { id, stage, terms, moment } = call;
    if (!mayRead('drafts of applications', context.caller, { region })) return undefined;
    const found = await moment.rows<OpenTasksRow>(openTasks).find({ where: { call: id, region }, limit: most });
    const begun = found.filter(({ tasks }) => tasks.some(({ since }) => since <= moment.asOf));
    const dueAt = terms.closesAt;
    const canStart = begun.length === 0 && stage === 'published' && (dueAt === undefined || moment.asOf <= dueAt);
    if (canStart) return [{ kind: 'start-application', ...(dueAt && { dueAt }), isOverdue: false }];
    return begun.flatMap((row) => tasksOf(row, call, moment)).sort(byUrgency);
  }

  @ResolveField(() => [DeskItemType], {
    description: 'The applications that wait for their presenter, the one that has waited longest first.',
  })
  async presenterDesk({ id, stage, moment, terms }: CallType, _args: unknown, context: RequestContext): Promise<readonly DeskItemType[]> {
    if (stage === 'cancelled') return [];
    const rows = await moment.rows<OpenTasksRow>(openTasks).find({ where: { call: id }, limit: most });
    const items = await Promise.all(
      rows.map(async (row) => {
        const [waiting] = tasksAt(row, moment.asOf, ['handle']);
        const found = waiting && (await context.load(moment.rows<ApplicationRow>(applications), row._id));
        const application = found && applicationAt(found, moment, context.caller);
        if (!application) return [];
        const assessed = row.assessed.filter(({ since }) => since <= moment.asOf).map(({ criterion }) => criterion);
        const answerUntil = tasksAt(row, moment.asOf, ['answer-supplement', 'give-statement'])
          .flatMap(({ due }) => (due !== undefined && moment.asOf <= lastInstant(due) ? [due] : []))
          .sort()
          .at(-1);
        const toAssess = (terms.criteria ?? []).map(({ key }) => key).filter((key) => !assessed.includes(key));
        return [{ application, since: waiting.since, toAssess, ...(answerUntil && { answerUntil }) }];
      }),
    );
    return items.flat().sort((a, b) => a.since.localeCompare(b.since) || a.application.id.localeCompare(b.application.id));
  }
}

/** What the applicant's side has to do on the application; nothing in a call that was cancelled. */
function tasksOf(row: Stored<OpenTasksRow>, call: CallType | undefined, { asOf }: Moment): readonly ApplicationTaskType[] {
  if (call?.stage === 'cancelled') return [];
  return tasksAt(row, asOf, ['submit-draft', 'answer-supplement', 'give-statement']).map(({ kind, of, due }) => {
    const dueAt = due === undefined ? call?.terms.closesAt : lastInstant(due);
    return {
      kind,
      application: row._id,
      ...(of && { of }),
      ...(due && { due }),
      ...(dueAt && { dueAt }),
      isOverdue: dueAt !== undefined && dueAt < asOf,
    };
  });
}

function byUrgency(a: ApplicationTaskType, b: ApplicationTaskType): number {
  return (a.dueAt ?? '9').localeCompare(b.dueAt ?? '9') || (a.application ?? '').localeCompare(b.application ?? '');
}

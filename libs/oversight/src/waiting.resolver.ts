import { Inject } from '@nestjs/common';
import { Args, ArgsType, Context, Field, Query, Resolver } from '@nestjs/graphql';
import { actingRole } from '#access/policy';
import { fail } from '#access/tokens';
import { callOf, type CallType } from '#calls/call.types';
import { Cacheable } from '#edge/cacheable';
import { regionOf } from '#edge/region.type';
import type { RequestContext } from '#edge/request-context';
import { AsOfScalar, PositionScalar } from '#edge/scalars';
import { Views } from '#edge/views';
import { dayOf } from '#kernel/helsinki-time';
import { waiting, waitingRoles, type Waiting, type WaitingRow } from './waiting.projection.js';
import { WaitingTaskType } from './waiting.types.js';

/** More matters than these are nobody's at once. */
const most = 5_000;

@ArgsType()
class WaitingArgs {
  @Field(() => PositionScalar, { nullable: true, description: 'Answer only once the view has folded everything up to this position.' })
  after?: string | null;

  @Field(() => AsOfScalar, { nullable: true, description: 'What waited as it was known then; a day means its end in Helsinki.' })
  knownAt?: string | null;
}

@Resolver()
export class WaitingResolver {
  constructor(@Inject(Views) private readonly views: Views) {}

  @Cacheable()
  @Query(() => [WaitingTaskType], {
    description:
      'What waits for the caller, in every role that they have and over all calls: for a signatory of their organisation, for a coordinator in their region, for others wherever they are not disqualified and did not do what it is held against. The most urgent first.',
  })
  async waitingForMe(@Args() { after, knownAt }: WaitingArgs, @Context() context: RequestContext): Promise<readonly WaitingTaskType[]> {
    const { caller } = context;
    if (!caller) throw fail('sign-in-needed');
    const moment = await this.views.moment({ after, knownAt }, context, waiting);
    const rows = await moment.rows<WaitingRow>(waiting).find({ where: { isWaiting: true }, limit: most });
    const found = rows.flatMap((row) => {
      const scope = { region: row.region, organisation: row.applicant };
      return row.waiting.flatMap((one) => {
        const role = actingRole(waitingRoles[one.kind], caller, scope);
        return role === undefined || [...row.disqualified, ...one.notBy].includes(caller.id) ? [] : [{ row, one, role }];
      });
    });
    const today = dayOf(moment.asOf);
    const tasks = await Promise.all(
      found.map(async ({ row, one, role }): Promise<readonly WaitingTaskType[]> => {
        const call = row.call === undefined ? undefined : await callOf(row.call, moment, context);
        if (call?.stage === 'cancelled') return [];
        const { kind, of, since, due = dueByCall(one, call) } = one;
        const where = row.call !== undefined && row.region && { matter: row._id, call: row.call, region: regionOf(row.region) };
        return [
          {
            kind,
            role,
            since,
            ...where,
            ...(of !== undefined && { of }),
            ...(due !== undefined && { due }),
            isOverdue: due !== undefined && due < today,
          },
        ];
      }),
    );
    return tasks
      .flat()
      .sort(
        (a, b) =>
          (a.due ?? '9').localeCompare(b.due ?? '9') || a.since.localeCompare(b.since) || (a.matter ?? '').localeCompare(b.matter ?? ''),
      );
  }
}

/** The day until which the terms of the call give time. */
function dueByCall({ kind }: Waiting, call: CallType | undefined): string | undefined {
  if (kind === 'submit-final-report') return call?.terms.reporting?.to;
  if (kind === 'comment-plan') return call?.terms.planComments?.to;
  return kind === 'submit-application' && call?.terms.closesAt !== undefined ? dayOf(call.terms.closesAt) : undefined;
}

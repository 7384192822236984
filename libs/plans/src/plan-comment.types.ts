import { Field, Int, ObjectType } from '@nestjs/graphql';
import { connectionType } from '#edge/connection';
import { graphqlEnum } from '#edge/graphql-enum';
import { dated, objectOf } from '#edge/records';
import { KeyScalar, WhenScalar } from '#edge/scalars';
import type { Moment } from '#edge/views';
import { type Sealed } from '#kernel/event-schema';
import { pick } from '#kernel/keyed';
import type { Stored } from '#kernel/projection';
import { type Dated, isThen } from '#kernel/timeline';
import { planComments, type PlanCommentRow } from './plan-comments.projection.js';
import { planEvents } from './plan.events.js';

const commentStates = ['waiting', 'answered', 'withdrawn'] as const;
const PlanCommentStateEnum = graphqlEnum('PlanCommentState', commentStates, 'What came of a comment.');

@ObjectType('PlanAnswer', { description: 'The region’s answer to a comment.' })
export class PlanAnswerType extends objectOf({ ...pick(planEvents.PlanCommentAnswered.fields, 'resolvedBy', 'text'), ...dated }) {
  planId!: string;
  moment!: Moment;
  sealedName?: Sealed;
}

@ObjectType('PlanWithdrawal', { description: 'Why the agency withdrew a comment.' })
class PlanWithdrawalType extends objectOf({ ...pick(planEvents.PlanCommentWithdrawn.fields, 'reason'), ...dated }) {}

@ObjectType('PlanComment', { description: 'The agency’s comment on a section of a version.' })
export class PlanCommentType extends objectOf(pick(planEvents.PlanCommented.fields, 'version', 'section', 'kind', 'text')) {
  @Field(() => KeyScalar)
  id!: string;

  @Field(() => WhenScalar)
  effectiveAt!: string;

  @Field(() => PlanCommentStateEnum)
  state!: (typeof commentStates)[number];

  @Field(() => PlanAnswerType, { nullable: true })
  answer?: PlanAnswerType;

  @Field(() => PlanWithdrawalType, { nullable: true })
  withdrawal?: PlanWithdrawalType;

  @Field(() => Int, { nullable: true, description: 'Whole minutes from the comment to its answer; null while there is none.' })
  minutesToAnswer?: number;

  moment!: Moment;
  planId!: string;
  sealedName?: Sealed;
}

export const PlanCommentConnection = connectionType(PlanCommentType, 'PlanComment');

@ObjectType('PlanCommentTimes', { description: 'How the comments on a call’s plans are answered.' })
export class PlanCommentTimesType {
  @Field(() => Int)
  made!: number;

  @Field(() => Int)
  answered!: number;

  @Field(() => Int)
  waiting!: number;

  @Field(() => Int, { nullable: true, description: 'Half of the answers came in so many minutes or sooner.' })
  medianMinutesToAnswer?: number;

  @Field(() => Int, { nullable: true })
  longestMinutesToAnswer?: number;
}

/** More comments than these are made in no call. */
const mostComments = 10_000;

/** The comments on these plans as they stood at the instant, in the order in which they were made. */
export async function commentsOn(plans: readonly string[], moment: Moment): Promise<readonly PlanCommentType[]> {
  const rows = await moment.rows(planComments).find({ where: { plan: { in: plans } }, orderBy: 'since', limit: mostComments });
  const inOrder = rows.toSorted((a, b) => Number(a.since > b.since) - Number(a.since < b.since) || a.madeAtRevision - b.madeAtRevision);
  return inOrder.flatMap((row) => commentAt(row, moment) ?? []);
}

/** The comment as it stood at the instant; undefined before it was made. Who sees the plan sees the comments on it. */
export function commentAt(row: Stored<PlanCommentRow>, moment: Moment): PlanCommentType | undefined {
  const then = <Value>(dated: Dated<Value> | undefined) => (dated && isThen(moment.asOf)(dated) ? dated : undefined);
  const [made, answer, withdrawal] = [then(row.made), then(row.answer), then(row.withdrawal)];
  if (!made) return undefined;
  const { comment: id, version, section, kind, text, authorName } = made.value;
  return {
    id,
    version,
    section,
    kind,
    text,
    effectiveAt: made.effectiveAt,
    state: answer ? 'answered' : withdrawal ? 'withdrawn' : 'waiting',
    ...(answer && { answer: answerOf(answer, row.plan, moment), minutesToAnswer: minutesBetween(row.since, row.waitsUntil) }),
    ...(withdrawal && { withdrawal: { effectiveAt: withdrawal.effectiveAt, reason: withdrawal.value.reason } }),
    moment,
    planId: row.plan,
    ...(authorName && { sealedName: authorName }),
  };
}

function answerOf(
  { value: { resolvedBy, text, authorName }, effectiveAt }: NonNullable<PlanCommentRow['answer']>,
  planId: string,
  moment: Moment,
): PlanAnswerType {
  return {
    effectiveAt,
    ...(resolvedBy !== undefined && { resolvedBy }),
    ...(text !== undefined && { text }),
    planId,
    moment,
    ...(authorName && { sealedName: authorName }),
  };
}

/** How soon comments were answered. */
export function timesOf(comments: readonly PlanCommentType[]): PlanCommentTimesType {
  const times = comments.flatMap(({ minutesToAnswer }) => minutesToAnswer ?? []).sort((a, b) => a - b);
  const [medianMinutesToAnswer, longestMinutesToAnswer] = [times[Math.ceil(times.length / 2) - 1], times.at(-1)];
  return {
    made: comments.length,
    answered: times.length,
    waiting: comments.filter(({ state }) => state === 'waiting').length,
    ...(medianMinutesToAnswer !== undefined && { medianMinutesToAnswer }),
    ...(longestMinutesToAnswer !== undefined && { longestMinutesToAnswer }),
  };
}

function minutesBetween(from: string, to: string): number {
  return Math.floor((Date.parse(to) - Date.parse(from)) / 60_000);
}

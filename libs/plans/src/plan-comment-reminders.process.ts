import { callEvents, type CallTerms } from '#calls/call.events';
import { streamKey, type EventOf } from '#kernel/envelope';
import { morningBefore, type Instant } from '#kernel/helsinki-time';
import { entry } from '#kernel/keyed';
import type { LocalizedText } from '#kernel/localized-text';
import { callOfMatter } from '#kernel/matter';
import type { Due, Process } from '#kernel/process';
import { allBut, only } from '#kernel/chosen-events';
import type { RegionCode } from '#kernel/region';
import { lastInstant, type When } from '#kernel/when';
import { notificationEvents } from '#notifications/notification.events';
import { notificationDue, notifying, streamAbout, type RequestCommands } from '#notifications/notification.facts';
import { planEvents } from './plan.events.js';

/** How many days after a comment the region is reminded of it, at nine o'clock, while it waits. */
const reminderDays = [3, 7];

const events = {
  ...only(callEvents, 'CallPlanned', 'CallPlanRevised', 'CallTermsAmended', 'CallDeadlineExtended', 'CallCancelled'),
  ...allBut(planEvents, 'PlanRevised', 'PlanSubmittedForComment', 'PlanFinalised', 'GoalSet', 'GoalProgressAssessed'),
  ...only(notificationEvents, 'NotificationRequested'),
};
type Event<Type extends keyof typeof events> = EventOf<typeof events, Type>;

interface WaitingComment {
  readonly plan: string;
  readonly comment: string;
  readonly at: Instant;
  /** The event that made it. */
  readonly because: string;
}

/** What waits for answers in a call. */
interface PlanCommentRemindersRow {
  readonly name: LocalizedText;
  readonly isCancelled: boolean;
  readonly closes?: When;
  /** The region of each plan. */
  readonly regions: Readonly<Record<string, RegionCode>>;
  readonly waiting: readonly WaitingComment[];
  /** The ids of the notifications that were asked for. */
  readonly requested: readonly string[];
}

/** Notifies a region of the comments on its plan, once for each day of comments, and reminds it of those that wait for an answer. */
export const planCommentReminders: Process<PlanCommentRemindersRow, typeof events, 'CallPlanned', RequestCommands> = {
  name: 'plan-comment-reminders',
  version: 2,
  readableSince: 1,
  events,
  key: (event: Event<keyof typeof events>) => {
    const stream = streamAbout(event);
    if (stream.startsWith('plan-')) return callOfMatter(streamKey(stream));
    return stream.startsWith('call-') ? streamKey(stream) : [];
  },
  starts: {
    CallPlanned: ({ data: { names, terms } }) =>
      withTerms({ name: names, isCancelled: false, regions: {}, waiting: [], requested: [] }, terms),
  },
  on: {
    CallPlanRevised: (row, { data }) => ({ ...row, name: data.names ?? row.name }),
    CallTermsAmended: (row, { data: { terms } }) => withTerms(row, terms),
    CallDeadlineExtended: (row, { data }) => withTerms(row, data),
    CallCancelled: (row) => ({ ...row, isCancelled: true }),
    PlanDrafted: (row, { stream, data: { region } }) => ({ ...row, regions: { ...row.regions, [streamKey(stream)]: region } }),
    PlanCommented: (row, { id, stream, data: { comment }, metadata: { recordedAt } }) => ({
      ...row,
      waiting: [...row.waiting, { plan: streamKey(stream), comment, at: recordedAt, because: id }],
    }),
    PlanCommentAnswered: withoutComment,
    PlanCommentWithdrawn: withoutComment,
    NotificationRequested: (row, { stream }) => ({ ...row, requested: [...row.requested, streamKey(stream)] }),
  },
  ...notifying((row: PlanCommentRemindersRow, call) => {
    const { isCancelled, closes, waiting } = row;
    if (isCancelled || closes === undefined) return [];
    return firstOfEachDay(waiting).flatMap((one) => notifications(row, call, closes, one));
  }),
};

function notifications(
  { name, regions }: PlanCommentRemindersRow,
  call: string,
  closes: When,
  { plan, at, because }: WaitingComment,
): readonly Due<RequestCommands>[] {
  const about = {
    about: `plan-${plan}`,
    call,
    matter: plan,
    name,
    deadline: closes,
    to: { region: entry(regions, plan) as RegionCode },
    until: lastInstant(closes),
    because,
  };
  const day = morningBefore(at, 0);
  return [
    notificationDue({ ...about, kind: 'plan-commented', occasion: day, at }),
    ...reminderDays.map((days) =>
      notificationDue({ ...about, kind: 'plan-comments-wait', occasion: `${day} and ${days} days`, at: morningBefore(at, -days) }),
    ),
  ];
}

/** The first of the comments on each plan of each day: one word about all of them is enough. */
function firstOfEachDay(waiting: readonly WaitingComment[]): readonly WaitingComment[] {
  const day = ({ plan, at }: WaitingComment) => `${plan} ${morningBefore(at, 0)}`;
  return waiting.filter((one, index) => waiting.findIndex((other) => day(other) === day(one)) === index);
}

function withTerms(row: PlanCommentRemindersRow, { closes }: Pick<CallTerms, 'closes'>): PlanCommentRemindersRow {
  const { closes: _, ...rest } = row;
  return { ...rest, ...(closes !== undefined && { closes }) };
}

function withoutComment(
  row: PlanCommentRemindersRow,
  { stream, data }: Event<'PlanCommentAnswered' | 'PlanCommentWithdrawn'>,
): PlanCommentRemindersRow {
  return { ...row, waiting: row.waiting.filter(({ plan, comment }) => plan !== streamKey(stream) || comment !== data.comment) };
}

import { callEvents, type CallTerms } from '#calls/call.events';
import { streamKey, type EventOf } from '#kernel/envelope';
import type { Instant } from '#kernel/helsinki-time';
import { entry } from '#kernel/keyed';
import type { LocalizedText } from '#kernel/localized-text';
import { callOfMatter } from '#kernel/matter';
import type { Due, Process } from '#kernel/process';
import { allBut, only } from '#kernel/chosen-events';
import type { RegionCode } from '#kernel/region';
import { lastInstant } from '#kernel/when';
import { notificationEvents, type NotificationKind } from '#notifications/notification.events';
import { morningsBefore, notificationDue, notifying, streamAbout, type RequestCommands } from '#notifications/notification.facts';
import { applicationEvents, type AskedKind } from './application.events.js';

/** How many days before a deadline the region and the applicant are reminded, at nine o'clock: then, and on the day itself. */
const leadDays = [3, 0];
/** By what they are reminded of what was asked. */
const reminderOf = { supplement: 'supplement-due', hearing: 'statement-due' } as const satisfies Record<AskedKind, NotificationKind>;
/** By what they are told at once that something is asked of them. */
const noticeOf: Partial<Record<NotificationKind, NotificationKind>> = {
  'supplement-due': 'supplement-requested',
  'statement-due': 'hearing-opened',
};

const events = {
  ...only(callEvents, 'CallPlanned', 'CallPlanRevised', 'CallTermsAmended', 'CallDeadlineExtended', 'CallCancelled'),
  ...allBut(
    applicationEvents,
    'ApplicationRecordedFromSource',
    'ApplicationRevised',
    'LateApplicationRecorded',
    'ApplicationAmended',
    'DisqualificationRecorded',
    'EarlierArrivalRecorded',
    'ApplicationAssessed',
    'DecisionProposed',
    'DecisionProposalWithdrawn',
    'ApplicationDecided',
  ),
  ...only(notificationEvents, 'NotificationRequested'),
};
type Event = EventOf<typeof events>;

/** Something that waits for the applicant's side: a draft for its submission, or what was asked for its answer. */
interface Waiting {
  readonly kind: NotificationKind;
  readonly application: string;
  /** The request or hearing. */
  readonly of?: string;
  /** The due day of what was asked; a draft is due when the call closes. */
  readonly due?: string;
  /** Set where the day was corrected: they are told at once, again. */
  readonly isCorrected?: true;
  readonly since: Instant;
  readonly because: string;
}

/** What waits in one call: the drafts of all its applicants are due when it closes. */
interface ApplicationRemindersRow {
  readonly name: LocalizedText;
  readonly closes?: string;
  readonly isCancelled: boolean;
  readonly whose: Readonly<Record<string, { readonly region: RegionCode; readonly applicant: string }>>;
  readonly waiting: readonly Waiting[];
  /** The ids of the notifications that were asked for. */
  readonly requested: readonly string[];
}

/** Tells a region and its applicant what is asked of them, and reminds them of it until it is answered; and of a draft until it is submitted. */
export const applicationReminders: Process<ApplicationRemindersRow, typeof events, 'CallPlanned', RequestCommands> = {
  name: 'application-reminders',
  version: 4,
  readableSince: 2,
  events,
  key: (event: Event) => {
    const stream = streamAbout(event);
    const key = streamKey(stream);
    if (stream.startsWith('application-')) return callOfMatter(key);
    return stream.startsWith('call-') ? key : [];
  },
  starts: {
    CallPlanned: ({ data: { names, terms } }) =>
      withTerms({ name: names, isCancelled: false, whose: {}, waiting: [], requested: [] }, terms),
  },
  on: {
    CallPlanRevised: (row, { data }) => ({ ...row, name: data.names ?? row.name }),
    CallTermsAmended: (row, { data: { terms } }) => withTerms(row, terms),
    CallDeadlineExtended: (row, { data }) => withTerms(row, data),
    CallCancelled: (row) => ({ ...row, isCancelled: true }),

    ApplicationStarted: (row, event) => waits(withWhose(row, event), event, { kind: 'application-in-draft' }),
    ApplicationSubmitted: (row, event) => without(row, event, 'application-in-draft'),
    ApplicationReceived: (row, event) => without(withWhose(row, event), event, 'application-in-draft'),
    SupplementRequested: (row, event) => waits(row, event, { kind: 'supplement-due', of: event.data.supplement, due: event.data.due }),
    ApplicationSupplemented: (row, event) => without(row, event, 'supplement-due', event.data.supplement),
    HearingOpened: (row, event) => waits(row, event, { kind: 'statement-due', of: event.data.hearing, due: event.data.due }),
    StatementGiven: (row, event) => without(row, event, 'statement-due', event.data.hearing),
    DueDayCorrected: (row, event) => {
      const { asked, id, due } = event.data;
      const kind = reminderOf[asked];
      const isOf = (one: Waiting) => one.application === streamKey(event.stream) && one.kind === kind && one.of === id;
      return row.waiting.some(isOf)
        ? waits({ ...row, waiting: row.waiting.filter((one) => !isOf(one)) }, event, { kind, of: id, due, isCorrected: true })
        : row;
    },
    RequestWithdrawn: (row, event) => without(row, event, reminderOf[event.data.asked], event.data.id),
    ApplicationWithdrawn: (row, event) => ({
      ...row,
      waiting: row.waiting.filter(({ application }) => application !== streamKey(event.stream)),
    }),

    NotificationRequested: (row, { stream }) => ({ ...row, requested: [...row.requested, streamKey(stream)] }),
  },
  ...notifying((row: ApplicationRemindersRow, call) => (row.isCancelled ? [] : row.waiting.flatMap((one) => reminders(row, call, one)))),
};

/** For the region and the applicant one at once where something is asked, and one on each of the mornings that follow, until the next one or the deadline. */
function reminders(
  { name, whose, closes }: ApplicationRemindersRow,
  call: string,
  { kind, application, of, due, isCorrected, since, because }: Waiting,
): readonly Due<RequestCommands>[] {
  const deadline = due ?? closes;
  const owners = entry(whose, application);
  if (deadline === undefined || !owners) return [];
  const toBoth = (told: NotificationKind, occasion: string, at: Instant, until: Instant): readonly Due<RequestCommands>[] =>
    [{ region: owners.region }, { organisation: owners.applicant }].map((to) =>
      notificationDue({
        kind: told,
        to,
        about: `application-${application}`,
        call,
        matter: application,
        name,
        deadline,
        occasion,
        at,
        until,
        because,
      }),
    );
  const notice = noticeOf[kind];
  const mornings = morningsBefore(deadline, leadDays).filter(({ at, until }) => since <= at && at <= until);
  return [
    ...(notice ? toBoth(notice, isCorrected ? `${of} until ${deadline}` : (of ?? ''), since, lastInstant(deadline)) : []),
    ...mornings.flatMap(({ days, at, until }) => toBoth(kind, `${of ?? 'draft'} by ${deadline} less ${days} days`, at, until)),
  ];
}

function withTerms({ closes: _, ...row }: ApplicationRemindersRow, { closes }: Pick<CallTerms, 'closes'>): ApplicationRemindersRow {
  return { ...row, ...(closes !== undefined && { closes }) };
}

function withWhose(
  row: ApplicationRemindersRow,
  { stream, data: { region, applicant } }: EventOf<typeof applicationEvents, 'ApplicationStarted' | 'ApplicationReceived'>,
): ApplicationRemindersRow {
  return { ...row, whose: { ...row.whose, [streamKey(stream)]: { region, applicant } } };
}

function waits(
  row: ApplicationRemindersRow,
  { stream, id, metadata }: Event,
  one: Pick<Waiting, 'kind' | 'of' | 'due' | 'isCorrected'>,
): ApplicationRemindersRow {
  return { ...row, waiting: [...row.waiting, { ...one, application: streamKey(stream), since: metadata.recordedAt, because: id }] };
}

function without(row: ApplicationRemindersRow, { stream }: Event, kind: NotificationKind, of?: string): ApplicationRemindersRow {
  return { ...row, waiting: row.waiting.filter((one) => one.application !== streamKey(stream) || one.kind !== kind || one.of !== of) };
}

import { streamKey, type EventOf, type Recorded } from '#kernel/envelope';
import type { LocalizedText } from '#kernel/localized-text';
import type { Due, Process } from '#kernel/process';
import { allBut, only } from '#kernel/chosen-events';
import { regionCodes } from '#kernel/region';
import { notificationEvents, type NotificationKind } from '#notifications/notification.events';
import { morningsBefore, notificationDue, notifying, streamAbout, type RequestCommands } from '#notifications/notification.facts';
import { callEvents, type CallTerms } from './call.events.js';

/** How many days before a deadline the regions are reminded of it, at nine o'clock. */
const leadDays = [7, 1];

const events = {
  ...allBut(callEvents, 'CallMaterialPublished', 'CallContactNamed', 'SelectionRecordedFromSource', 'SourceStatementRecorded'),
  ...only(notificationEvents, 'NotificationRequested'),
};

/** What there is to be reminded of in a call, by its latest terms. */
export interface CallRemindersRow {
  readonly name: LocalizedText;
  readonly isOpen: boolean;
  readonly commentsEnd?: string;
  readonly closes?: string;
  /** The event that set the deadlines, or published the call. */
  readonly because: string;
  /** The ids of the notifications that were asked for. */
  readonly requested: readonly string[];
}

/** Reminds every region before a call's comment window and its application period end. */
export const callReminders: Process<CallRemindersRow, typeof events, 'CallPlanned', RequestCommands> = {
  name: 'call-reminders',
  version: 2,
  readableSince: 1,
  events,
  key: (event: EventOf<typeof events>) => {
    const stream = streamAbout(event);
    return stream.startsWith('call-') ? streamKey(stream) : [];
  },
  starts: {
    CallPlanned: (event) => withTerms({ name: event.data.names, isOpen: false, because: event.id, requested: [] }, event, event.data.terms),
  },
  on: {
    CallPlanRevised: (row, { data }) => ({ ...row, name: data.names ?? row.name }),
    CallPublished: (row, { id }) => ({ ...row, isOpen: true, because: id }),
    CallTermsAmended: (row, event) => withTerms(row, event, event.data.terms),
    CallDeadlineExtended: (row, { id, data: { closes } }) => ({ ...row, closes, because: id }),
    CallClosed: (row) => ({ ...row, isOpen: false }),
    CallCancelled: (row) => ({ ...row, isOpen: false }),
    NotificationRequested: (row, { stream }) => ({ ...row, requested: [...row.requested, streamKey(stream)] }),
  },
  ...notifying((row: CallRemindersRow, call) =>
    row.isOpen
      ? [...reminders(row, call, 'call-comment-window-ends', row.commentsEnd), ...reminders(row, call, 'call-applications-end', row.closes)]
      : [],
  ),
};

/** For each region and lead time one, until the next one's time has come or the deadline has passed. */
function reminders(
  { name, because }: CallRemindersRow,
  call: string,
  kind: NotificationKind,
  deadline: string | undefined,
): readonly Due<RequestCommands>[] {
  if (deadline === undefined) return [];
  return morningsBefore(deadline, leadDays).flatMap(({ days, at, until }) => {
    const occasion = `${deadline} less ${days} days`;
    return regionCodes.map((region) =>
      notificationDue({ kind, to: { region }, about: `call-${call}`, call, name, deadline, occasion, at, until, because }),
    );
  });
}

function withTerms(
  { commentsEnd: _, closes: __, ...row }: CallRemindersRow,
  { id }: Recorded,
  { planComments, closes }: CallTerms,
): CallRemindersRow {
  return { ...row, because: id, ...(planComments && { commentsEnd: planComments.to }), ...(closes !== undefined && { closes }) };
}

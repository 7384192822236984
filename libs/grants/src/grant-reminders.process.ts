import { callEvents } from '#calls/call.events';
import { allocationEvents } from '#decisions/allocation.events';
import { only } from '#kernel/chosen-events';
import { streamKey, type EventOf } from '#kernel/envelope';
import type { Day, Instant } from '#kernel/helsinki-time';
import { entry } from '#kernel/keyed';
import type { LocalizedText } from '#kernel/localized-text';
import { callOfMatter } from '#kernel/matter';
import type { Due, Process } from '#kernel/process';
import type { RegionCode } from '#kernel/region';
import { notificationEvents, type NotificationKind } from '#notifications/notification.events';
import { morningsBefore, notificationDue, notifying, streamAbout, type RequestCommands } from '#notifications/notification.facts';
import { grantEvents } from './grant.events.js';

/** How many days before its day the region and the grantee are reminded of each, at nine o'clock. */
const leadDays = {
  'grant-acceptance-due': [7, 1],
  'period-of-use-ends': [60, 14],
  'final-report-due': [28, 7, 1],
  'appeal-time-ends': [7],
} satisfies Partial<Record<NotificationKind, readonly number[]>>;
type Kind = keyof typeof leadDays;

const events = {
  ...only(callEvents, 'CallPlanned', 'CallPlanRevised', 'CallTermsAmended', 'CallCancelled'),
  ...only(allocationEvents, 'GrantDecided', 'DecisionCorrected'),
  ...only(
    grantEvents,
    ...(['DecisionNotified', 'GrantAccepted', 'GrantDeclined', 'ChangeDecided', 'ReportSubmitted', 'RectificationDecided'] as const),
    ...(['AppealLodged', 'DecisionBecameFinal', 'GrantSettled', 'GrantClosed'] as const),
  ),
  ...only(notificationEvents, 'NotificationRequested'),
};
type Event = EventOf<typeof events>;

/** A day that waits for the grantee’s side. */
interface Waiting {
  readonly kind: Kind;
  readonly grant: string;
  /** Missing for the final report: it is due when the terms of the call say. */
  readonly due?: Day;
  readonly since: Instant;
  readonly because: string;
}

/** What waits in the grants of one call. */
interface GrantRemindersRow {
  readonly name: LocalizedText;
  /** The last day of the final reports. */
  readonly reporting?: Day;
  readonly isCancelled: boolean;
  readonly whose: Readonly<
    Record<string, { readonly region: RegionCode; readonly applicant: string; readonly periodOfUse?: { readonly to: Day } }>
  >;
  readonly waiting: readonly Waiting[];
  /** The ids of the notifications that were asked for. */
  readonly requested: readonly string[];
}

/** Reminds a grantee and its region of the days of their grant: acceptance, the end of its use, the final report, appeal. */
export const grantReminders: Process<GrantRemindersRow, typeof events, 'CallPlanned', RequestCommands> = {
  name: 'grant-reminders',
  version: 1,
  events,
  key: (event: Event) => {
    const stream = streamAbout(event);
    if (stream.startsWith('grant-')) return callOfMatter(streamKey(stream));
    return stream.startsWith('call-') || stream.startsWith('allocation-') ? streamKey(stream) : [];
  },
  starts: {
    CallPlanned: ({ data: { names, terms } }) =>
      withReporting({ name: names, isCancelled: false, whose: {}, waiting: [], requested: [] }, terms.reporting),
  },
  on: {
    CallPlanRevised: (row, { data }) => ({ ...row, name: data.names ?? row.name }),
    CallTermsAmended: (row, { data: { terms } }) => withReporting(row, terms.reporting),
    CallCancelled: (row) => ({ ...row, isCancelled: true }),
    GrantDecided: (row, { data: { application, region, applicant, periodOfUse } }) => ({
      ...row,
      whose: { ...row.whose, [application]: { region, applicant, ...(periodOfUse && { periodOfUse }) } },
    }),
    DecisionCorrected: (row, event) => prolonged(row, event, event.data.application, event.data.periodOfUse),
    DecisionNotified: (row, event) =>
      event.data.acceptBy === undefined ? row : waits(row, event, 'grant-acceptance-due', event.data.acceptBy),
    GrantAccepted: (row, event) => {
      const period = entry(row.whose, streamKey(event.stream))?.periodOfUse;
      const accepted = waits(without(row, event, 'grant-acceptance-due'), event, 'final-report-due');
      return period ? waits(accepted, event, 'period-of-use-ends', period.to) : accepted;
    },
    GrantDeclined: nothing,
    ChangeDecided: (row, event) => prolonged(row, event, streamKey(event.stream), event.data.periodOfUse),
    ReportSubmitted: (row, event) =>
      event.data.kind === 'final' ? without(without(row, event, 'final-report-due'), event, 'period-of-use-ends') : row,
    RectificationDecided: (row, event) =>
      event.data.outcome === 'changed' ? row : waits(row, event, 'appeal-time-ends', event.data.appealBy),
    AppealLodged: (row, event) => without(row, event, 'appeal-time-ends'),
    DecisionBecameFinal: (row, event) => without(row, event, 'appeal-time-ends'),
    GrantSettled: nothing,
    GrantClosed: nothing,
    NotificationRequested: (row, { stream }) => ({ ...row, requested: [...row.requested, streamKey(stream)] }),
  },
  ...notifying((row: GrantRemindersRow, call) => (row.isCancelled ? [] : row.waiting.flatMap((one) => reminders(row, call, one)))),
};

function reminders(row: GrantRemindersRow, call: string, { kind, grant, due, since, because }: Waiting): readonly Due<RequestCommands>[] {
  const deadline = due ?? row.reporting;
  const owners = entry(row.whose, grant);
  if (deadline === undefined || !owners) return [];
  return morningsBefore(deadline, leadDays[kind])
    .filter(({ at, until }) => since <= at && at <= until)
    .flatMap(({ days, at, until }) =>
      [{ region: owners.region }, { organisation: owners.applicant }].map((to) =>
        notificationDue({
          kind,
          to,
          about: `grant-${grant}`,
          call,
          matter: grant,
          name: row.name,
          deadline,
          occasion: `${deadline} less ${days} days`,
          at,
          until,
          because,
        }),
      ),
    );
}

function waits(row: GrantRemindersRow, event: Event, kind: Kind, due?: Day): GrantRemindersRow {
  const { id, stream, metadata } = event;
  const one = { kind, grant: streamKey(stream), ...(due !== undefined && { due }), since: metadata.recordedAt, because: id };
  return { ...row, waiting: [...without(row, event, kind).waiting, one] };
}

function without(row: GrantRemindersRow, { stream }: Event, kind: Kind): GrantRemindersRow {
  return { ...row, waiting: row.waiting.filter((one) => one.grant !== streamKey(stream) || one.kind !== kind) };
}

function nothing(row: GrantRemindersRow, { stream }: Event): GrantRemindersRow {
  return { ...row, waiting: row.waiting.filter(({ grant }) => grant !== streamKey(stream)) };
}

/** The period of use ends on another day. */
function prolonged(
  row: GrantRemindersRow,
  { id, metadata }: Event,
  grant: string,
  period: { readonly to: Day } | undefined,
): GrantRemindersRow {
  const known = entry(row.whose, grant);
  if (!period || !known) return row;
  const moved = { since: metadata.recordedAt, because: id, due: period.to };
  return {
    ...row,
    whose: { ...row.whose, [grant]: { ...known, periodOfUse: period } },
    waiting: row.waiting.map((one) => (one.grant === grant && one.kind === 'period-of-use-ends' ? { ...one, ...moved } : one)),
  };
}

function withReporting({ reporting: _, ...row }: GrantRemindersRow, reporting: { readonly to: Day } | undefined): GrantRemindersRow {
  return { ...row, ...(reporting && { reporting: reporting.to }) };
}

import { datedBy, streamKey, type EventOf } from '#kernel/envelope';
import type { Instant } from '#kernel/helsinki-time';
import type { LocalizedText } from '#kernel/localized-text';
import type { Projection } from '#kernel/projection';
import type { RegionCode } from '#kernel/region';
import { withEntry, type Timeline } from '#kernel/timeline';
import { notificationEvents, type NotificationKind } from './notification.events.js';
import { mailboxKey, sendingBy, type Sending } from './notification.facts.js';

/** Who is reminded and notified of what, and how far that has come. */
export interface ReminderRow {
  readonly kind: NotificationKind;
  readonly region?: RegionCode;
  readonly organisation?: string;
  /** The key of the mailbox that it goes to. */
  readonly mailbox: string;
  readonly about: string;
  readonly call?: string;
  readonly name: LocalizedText;
  readonly deadline?: string;
  readonly until: Instant;
  /** When it was asked for. */
  readonly since: Instant;
  readonly sending: Timeline<Sending>;
  /** The event folded last. */
  readonly because: string;
}

type Event = EventOf<typeof notificationEvents>;

export const reminders: Projection<ReminderRow, typeof notificationEvents, 'NotificationRequested'> = {
  name: 'reminders',
  version: 2,
  readableSince: 1,
  events: notificationEvents,
  indexes: ['since', 'mailbox', 'region', 'call'],
  key: (event: Event) => streamKey(event.stream),
  starts: {
    NotificationRequested: (event) => {
      const { metadata, data, id } = event;
      return {
        ...data,
        mailbox: mailboxKey(data),
        ...(metadata.call !== undefined && { call: metadata.call }),
        since: metadata.recordedAt,
        sending: [datedBy(event, sendingBy.NotificationRequested(event))],
        because: id,
      };
    },
  },
  on: {
    NotificationSendingStarted: (row, event) => sent(row, event, sendingBy.NotificationSendingStarted(event)),
    NotificationSent: (row, event) => sent(row, event, sendingBy.NotificationSent(event)),
    NotificationFailed: (row, event) => sent(row, event, sendingBy.NotificationFailed(event)),
    NotificationUncertain: (row, event) => sent(row, event, sendingBy.NotificationUncertain(event)),
    NotificationGivenUp: (row, event) => sent(row, event, sendingBy.NotificationGivenUp(event)),
    NotificationResendDecided: (row, event) => sent(row, event, sendingBy.NotificationResendDecided(event)),
  },
};

function sent(row: ReminderRow, event: Event, sending: Sending): ReminderRow {
  return { ...row, sending: withEntry(row.sending, datedBy(event, sending)), because: event.id };
}

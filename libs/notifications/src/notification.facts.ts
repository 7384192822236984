import type { CommandsOf, Fold } from '#kernel/decider';
import { derivedId } from '#kernel/derived-id';
import type { EventOf, Recorded } from '#kernel/envelope';
import type { EventData } from '#kernel/event-schema';
import { instantOf, morningBefore, type Instant } from '#kernel/helsinki-time';
import type { LocalizedText } from '#kernel/localized-text';
import type { Due } from '#kernel/process';
import type { RegionCode } from '#kernel/region';
import { lastInstant } from '#kernel/when';
import { notificationEvents, type NotificationKind } from './notification.events.js';

/** Whom a notification is for, and whose a mailbox is: a region or an organisation. */
export type Addressee = { readonly region: RegionCode } | { readonly organisation: string };

/** The key of the addressee's mailbox. */
export function mailboxKey({ region, organisation }: { readonly region?: RegionCode; readonly organisation?: string }): string {
  return region === undefined ? `organisation-${organisation}` : `region-${region}`;
}

/** A notification that a process wants to be sent. */
export interface Wanted extends Pick<Due, 'at' | 'because'> {
  readonly kind: NotificationKind;
  readonly to: Addressee;
  /** The stream that it is about, `call-coordination-2019`. */
  readonly about: string;
  readonly call?: string;
  readonly matter?: string;
  /** What it is about by its name. */
  readonly name: LocalizedText;
  /** An instant or a Helsinki day. */
  readonly deadline?: string;
  /** Tells apart notifications of one kind, about one stream, to one addressee: there is one for each. */
  readonly occasion: string;
  readonly until: Instant;
}

const namespace = 'b3c7d6a4-1f0e-5c39-9d52-0a7e5f4c2b18';

/** The id of the notification: the same again for the same occasion. */
export function notificationId({ kind, to, about, occasion }: Pick<Wanted, 'kind' | 'to' | 'about' | 'occasion'>): string {
  return derivedId(namespace, `${kind} ${mailboxKey(to)} ${about} ${occasion}`);
}

/** The stream that an event of a reminding process is about: that of the notification's subject, or its own. */
export function streamAbout(event: Recorded): string {
  return event.type === 'NotificationRequested' ? (event as Event<'NotificationRequested'>).data.about : event.stream;
}

/** The command of processes that want notifications to be sent. */
export type RequestCommands = Pick<CommandsOf<typeof import('./notification.commands.js')>, 'RequestNotification'>;

/** What a process has due so that the notification is sent, once. */
export function notificationDue(wanted: Wanted): Due<RequestCommands> {
  const { at, until, because, occasion: _, to, ...content } = wanted;
  const notification = notificationId(wanted);
  return {
    id: notification,
    at,
    until,
    because,
    command: { type: 'RequestNotification', content: { ...content, ...to, notification, until } },
  };
}

/** What a process does that asks for notifications: each once, as long as its row wants it told. */
export function notifying<Row extends { readonly requested: readonly string[] }>(
  wanted: (row: Row, key: string) => readonly Due<RequestCommands>[],
) {
  return {
    due: (row: Row, key: string) => wanted(row, key).filter(({ id }) => !row.requested.includes(id)),
    notifies: (row: Row, key: string) => wanted(row, key).map(({ id }) => id),
  };
}

/** The mornings on which one is reminded, at nine o'clock so many days before the deadline: each until the next one, the last until the deadline. */
export function morningsBefore(
  deadline: string,
  leadDays: readonly number[],
): readonly { readonly days: number; readonly at: Instant; readonly until: Instant }[] {
  const last = lastInstant(deadline);
  return leadDays.map((days, index) => {
    const next = leadDays[index + 1];
    return { days, at: morningBefore(last, days), until: next === undefined ? last : instantOf(Date.parse(morningBefore(last, next)) - 1) };
  });
}

/** How far a notification has come. */
export type Sending = { readonly attempt: number } & (
  | { readonly stage: 'waiting'; readonly next: Instant; readonly trouble?: string }
  | { readonly stage: 'sending' }
  | {
      readonly stage: 'sent';
      readonly channel: EventData<typeof notificationEvents, 'NotificationSent'>['channel'];
      readonly messageId: string;
    }
  | { readonly stage: 'uncertain' | 'given-up'; readonly trouble: string }
);

/** A notification as decisions see it. */
export type NotificationFacts =
  { readonly stage: 'absent' } | (Sending & { readonly kind: NotificationKind; readonly to: Addressee; readonly until: Instant });
type Known = Exclude<NotificationFacts, { stage: 'absent' }>;

type Event<Type extends keyof typeof notificationEvents> = EventOf<typeof notificationEvents, Type>;

/** How far it has come by the event. */
export const sendingBy = {
  NotificationRequested: (event: Event<'NotificationRequested'>): Sending => ({
    stage: 'waiting',
    attempt: 0,
    next: event.metadata.recordedAt,
  }),
  NotificationSendingStarted: ({ data: { attempt } }: Event<'NotificationSendingStarted'>): Sending => ({ stage: 'sending', attempt }),
  NotificationSent: ({ data }: Event<'NotificationSent'>): Sending => ({ stage: 'sent', ...data }),
  NotificationFailed: ({ data }: Event<'NotificationFailed'>): Sending => ({ stage: 'waiting', ...data }),
  NotificationUncertain: ({ data }: Event<'NotificationUncertain'>): Sending => ({ stage: 'uncertain', ...data }),
  NotificationGivenUp: ({ data }: Event<'NotificationGivenUp'>): Sending => ({ stage: 'given-up', ...data }),
  NotificationResendDecided: (event: Event<'NotificationResendDecided'>): Sending => ({
    stage: 'waiting',
    attempt: event.data.attempt,
    next: event.metadata.recordedAt,
  }),
};

const changed = (state: NotificationFacts, sending: Sending): NotificationFacts => ({
  ...sending,
  kind: (state as Known).kind,
  to: (state as Known).to,
  until: (state as Known).until,
});

export const notificationFacts: Fold<NotificationFacts, typeof notificationEvents> = {
  category: 'notification',
  events: notificationEvents,
  initial: { stage: 'absent' },
  evolve: {
    NotificationRequested: (_, event) => {
      const { kind, region, organisation, until } = event.data;
      return {
        ...sendingBy.NotificationRequested(event),
        kind,
        to: region === undefined ? { organisation: organisation as string } : { region },
        until,
      };
    },
    NotificationSendingStarted: (state, event) => changed(state, sendingBy.NotificationSendingStarted(event)),
    NotificationSent: (state, event) => changed(state, sendingBy.NotificationSent(event)),
    NotificationFailed: (state, event) => changed(state, sendingBy.NotificationFailed(event)),
    NotificationUncertain: (state, event) => changed(state, sendingBy.NotificationUncertain(event)),
    NotificationGivenUp: (state, event) => changed(state, sendingBy.NotificationGivenUp(event)),
    NotificationResendDecided: (state, event) => changed(state, sendingBy.NotificationResendDecided(event)),
  },
};

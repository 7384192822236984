import type { Audience } from '#access/audience';
import { type Claims, mayRead, organisationsOf } from '#access/policy';
import type { RegionCode } from '#kernel/region';
import type { Where } from '#view-store/view-store';
import { kindsOfDrafts, notificationKinds, type notificationEvents } from './notification.events.js';
import { mailboxKey, notificationFacts, type NotificationFacts } from './notification.facts.js';
import type { ReminderRow } from './reminders.projection.js';

const kindsForAll = notificationKinds.filter((kind) => !kindsOfDrafts.includes(kind));

/** Those whom it is for, and those who see to it that it arrives; of a draft only those who may know of it. */
export const notificationAudience: Audience<NotificationFacts, typeof notificationEvents> = {
  fold: notificationFacts,
  isWhole: true,
  sees: (state, reader) =>
    state.stage !== 'absent' && mayRead(kindsOfDrafts.includes(state.kind) ? 'notifications of drafts' : 'notifications', reader, state.to)
      ? 'internal'
      : undefined,
};

/** The same as a question: the rows that the reader sees. */
export function remindersSeen(reader: Claims | undefined): Where<ReminderRow> {
  if (mayRead('notifications of drafts', reader)) return {};
  if (mayRead('notifications', reader)) return { kind: { in: kindsForAll } };
  const { region } = reader ?? {};
  const own = [
    ...(region ? [{ region: region as RegionCode }] : []),
    ...organisationsOf(reader ?? {}).map((organisation) => ({ organisation })),
  ];
  return { mailbox: { in: own.filter((to) => mayRead('notifications', reader, to)).map(mailboxKey) } };
}

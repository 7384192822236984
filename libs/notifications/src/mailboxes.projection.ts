import { datedBy, streamKey, type EventOf } from '#kernel/envelope';
import type { Sealed } from '#kernel/event-schema';
import type { Language } from '#kernel/localized-text';
import type { Projection } from '#kernel/projection';
import { withEntry, type Timeline } from '#kernel/timeline';
import { mailboxEvents } from './mailbox.events.js';

/** An address, sealed, and how one writes to it. */
export interface Mailbox {
  readonly person: string;
  readonly address?: Sealed;
  readonly languages: readonly Language[];
}

/** Where notifications are sent, by the key of the mailbox; null where it was removed. */
export interface MailboxRow {
  readonly named: Timeline<Mailbox | null>;
}

export const mailboxes: Projection<MailboxRow, typeof mailboxEvents, never, 'MailboxNamed'> = {
  name: 'mailboxes',
  version: 1,
  events: mailboxEvents,
  key: (event: EventOf<typeof mailboxEvents>) => streamKey(event.stream),
  upserts: {
    MailboxNamed: (row, event) => {
      const { region: _region, organisation: _organisation, ...named } = event.data;
      return { named: withEntry(row?.named ?? [], datedBy(event, named)) };
    },
  },
  on: { MailboxRemoved: ({ named }, event) => ({ named: withEntry(named, datedBy(event, null)) }) },
};

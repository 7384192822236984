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
  readonly revision: number;
}

export const mailboxes: Projection<MailboxRow, typeof mailboxEvents> = {
  name: 'mailboxes',
  version: 1,
  events: mailboxEvents,
  key: (event: EventOf<typeof mailboxEvents>) => streamKey(event.stream),
  on: {
    MailboxNamed: (row, event) => {
      const { region: _region, organisation: _organisation, ...named } = event.data;
      return { named: withEntry(row?.named ?? [], datedBy(event, named)), revision: event.revision };
    },
    MailboxRemoved: (row, event) => row && { named: withEntry(row.named, datedBy(event, null)), revision: event.revision },
  },
};

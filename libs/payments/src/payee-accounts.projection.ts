import { datedBy, streamKey, type EventOf } from '#kernel/envelope';
import type { Sealed } from '#kernel/event-schema';
import type { Projection } from '#kernel/projection';
import { withEntry, type Timeline } from '#kernel/timeline';
import { accountEvents } from './account.events.js';

/** An account, sealed. */
export interface PayeeAccount {
  readonly account: number;
  readonly iban?: Sealed;
  readonly holder?: Sealed;
  readonly isConfirmed: boolean;
}

/** The accounts of an organisation: each as it was named, and again as it was confirmed. */
export interface PayeeAccountsRow {
  readonly named: Timeline<PayeeAccount>;
}

export const payeeAccounts: Projection<PayeeAccountsRow, typeof accountEvents, never, 'PayeeAccountNamed'> = {
  name: 'payee-accounts',
  version: 1,
  events: accountEvents,
  key: (event: EventOf<typeof accountEvents>) => streamKey(event.stream),
  upserts: {
    PayeeAccountNamed: (row, event) => {
      const { organisation: _organisation, person: _person, ...named } = event.data;
      return { named: withEntry(row?.named ?? [], datedBy(event, { ...named, isConfirmed: false })) };
    },
  },
  on: {
    PayeeAccountConfirmed: ({ named }, event) => {
      const last = named.at(-1)?.value as PayeeAccount;
      return { named: withEntry(named, datedBy(event, { ...last, isConfirmed: true })) };
    },
  },
};

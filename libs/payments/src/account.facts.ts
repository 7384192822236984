import type { Fold } from '#kernel/decider';
import type { Sealed } from '#kernel/event-schema';
import { accountEvents } from './account.events.js';

/** The account that an organisation named last; number 0: none. */
export interface AccountFacts {
  readonly account: number;
  readonly isConfirmed: boolean;
  readonly iban?: Sealed;
  readonly holder?: Sealed;
}

export const accountFacts: Fold<AccountFacts, typeof accountEvents> = {
  category: 'payeeAccount',
  events: accountEvents,
  initial: { account: 0, isConfirmed: false },
  evolve: {
    PayeeAccountNamed: (_, { data: { account, iban, holder } }) => ({
      account,
      isConfirmed: false,
      ...(iban && { iban }),
      ...(holder && { holder }),
    }),
    PayeeAccountConfirmed: (facts) => ({ ...facts, isConfirmed: true }),
  },
};

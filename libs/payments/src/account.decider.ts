import type { CommandsOf, Decider } from '#kernel/decider';
import { isIban, spelledIban } from '#kernel/iban';
import type { accountEvents } from './account.events.js';
import { accountFacts, type AccountFacts } from './account.facts.js';
import { refuse } from './account.refusals.js';

type Commands = CommandsOf<typeof import('./account.commands.js')>;

/** Where an organisation is paid: named by its signatory, confirmed by the ministry. */
export const payeeAccount: Decider<Commands, AccountFacts, typeof accountEvents> = {
  ...accountFacts,
  key: ({ organisation }) => organisation,
  needs: {},
  opens: (_, { iban, holder }) => [iban, holder],
  decide: {
    NamePayeeAccount({ organisation, iban: written, holder }, state, _facts, { opened }) {
      const iban = spelledIban(written);
      if (!isIban(iban)) throw refuse('iban-wrong');
      if (state.account > 0 && opened(state.iban) === iban && opened(state.holder) === holder) return [];
      const account = state.account + 1;
      return [
        { type: 'PayeeAccountNamed', data: { organisation, account, person: `payeeAccount-${organisation}--${account}`, iban, holder } },
      ];
    },

    ConfirmPayeeAccount({ account, evidence }, state) {
      if (account !== state.account) throw refuse('payee-account-changed', { account, latest: state.account });
      return state.isConfirmed ? [] : [{ type: 'PayeeAccountConfirmed', data: { account, evidence } }];
    },
  },
};

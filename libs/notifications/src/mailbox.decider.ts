import type { CommandsOf, Decider } from '#kernel/decider';
import { mailboxEvents } from './mailbox.events.js';
import { refuse } from './mailbox.refusals.js';
import { mailboxKey } from './notification.facts.js';

type Commands = CommandsOf<typeof import('./mailbox.commands.js')>;
interface State {
  readonly isNamed: boolean;
  /** How often one was named: each address is sealed under a key of its own, and forgotten alone. */
  readonly times: number;
}

/** Where the notifications of a region or an organisation are sent. */
export const mailbox: Decider<Commands, State, typeof mailboxEvents> = {
  category: 'mailbox',
  events: mailboxEvents,
  key: (command) => mailboxKey(command),
  belongs: ({ region }) => (region ? { region } : {}),
  needs: {},
  initial: { isNamed: false, times: 0 },

  decide: {
    NameMailbox({ region, organisation, address, languages = [] }, { times }) {
      if ((region === undefined) === (organisation === undefined)) throw refuse('mailbox-of-one');
      const written = languages.length === 0 ? (['fi', 'sv'] as const) : [...new Set(languages)];
      const whose = region ? { region } : { organisation: organisation as string };
      return [{ type: 'MailboxNamed', data: { ...whose, person: `${mailboxKey(whose)}--${times + 1}`, address, languages: written } }];
    },

    RemoveMailbox({ region, organisation }, { isNamed }) {
      if ((region === undefined) === (organisation === undefined)) throw refuse('mailbox-of-one');
      return isNamed ? [{ type: 'MailboxRemoved', data: {} }] : [];
    },
  },

  evolve: {
    MailboxNamed: ({ times }) => ({ isNamed: true, times: times + 1 }),
    MailboxRemoved: (state) => ({ ...state, isNamed: false }),
  },
};

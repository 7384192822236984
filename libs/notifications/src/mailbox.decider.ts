import type { CommandsOf, Decider } from '#kernel/decider';
import { canonicalJson } from '#kernel/canonical-json';
import type { EventData } from '#kernel/event-schema';
import { mailboxEvents } from './mailbox.events.js';
import { refuse } from './mailbox.refusals.js';
import { mailboxKey } from './notification.facts.js';

type Commands = CommandsOf<typeof import('./mailbox.commands.js')>;
interface State {
  readonly named?: EventData<typeof mailboxEvents, 'MailboxNamed'>;
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
  initial: { times: 0 },
  opens: (_, { named }) => [named?.address],

  decide: {
    NameMailbox({ region, organisation, address, languages = [] }, { named, times }, _facts, { opened }) {
      if ((region === undefined) === (organisation === undefined)) throw refuse('mailbox-of-one');
      const written = languages.length === 0 ? (['fi', 'sv'] as const) : [...new Set(languages)];
      const whose = region ? { region } : { organisation: organisation as string };
      if (named && opened(named.address) === address && canonicalJson(named.languages) === canonicalJson(written)) return [];
      return [{ type: 'MailboxNamed', data: { ...whose, person: `${mailboxKey(whose)}--${times + 1}`, address, languages: written } }];
    },

    RemoveMailbox({ region, organisation }, { named }) {
      if ((region === undefined) === (organisation === undefined)) throw refuse('mailbox-of-one');
      return named ? [{ type: 'MailboxRemoved', data: {} }] : [];
    },
  },

  evolve: {
    MailboxNamed: ({ times }, { data }) => ({ named: data, times: times + 1 }),
    MailboxRemoved: ({ times }) => ({ times }),
  },
};

import type { Audience } from '#access/audience';
import { mayRead } from '#access/policy';
import { unchanged } from '#kernel/chosen-events';
import { mailboxEvents } from './mailbox.events.js';
import type { Addressee } from './notification.facts.js';

/** Those whose it is, and those who may name it for them. */
export const mailboxAudience: Audience<Partial<Addressee>, typeof mailboxEvents> = {
  fold: {
    category: 'mailbox',
    events: mailboxEvents,
    initial: {},
    evolve: {
      MailboxNamed: (_, { data: { region, organisation } }) => (region ? { region } : { organisation: organisation as string }),
      ...unchanged('MailboxRemoved'),
    },
  },
  isWhole: true,
  sees: (whose, reader) => (mayRead('mailboxes', reader, whose) ? 'internal' : undefined),
};

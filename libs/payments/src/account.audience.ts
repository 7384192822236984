import type { Audience } from '#access/audience';
import { mayRead } from '#access/policy';
import { unchanged } from '#kernel/chosen-events';
import { accountEvents } from './account.events.js';

interface Whose {
  readonly organisation?: string;
}

/** Those whose it is, and those who pay. */
export const accountAudience: Audience<Whose, typeof accountEvents> = {
  fold: {
    category: 'payeeAccount',
    events: accountEvents,
    initial: {},
    evolve: { PayeeAccountNamed: (_, { data: { organisation } }) => ({ organisation }), ...unchanged('PayeeAccountConfirmed') },
  },
  sees: (whose, reader) => (mayRead('accounts of payees', reader, whose) ? 'secret' : undefined),
};

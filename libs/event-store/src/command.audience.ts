import type { Audience } from '#access/audience';
import { mayRead } from '#access/policy';
import { commandEvents } from './command.events.js';

/** How a command was answered that changed nothing, who sent it, and what it wanted; and who tried what they may not. */
export const commandAudience: Audience<undefined, typeof commandEvents> = {
  fold: {
    category: 'command',
    events: commandEvents,
    initial: undefined,
    evolve: { AttemptForbidden: () => undefined, CommandHadNoEffect: () => undefined, CommandRefused: () => undefined },
  },
  sees: (_, reader) => (mayRead('what the system keeps of itself', reader) ? 'secret' : undefined),
};

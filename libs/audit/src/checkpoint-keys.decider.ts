import type { CommandsOf, Decider } from '#kernel/decider';
import { checkpointKeyEvents } from './checkpoint-keys.events.js';
import { refuse } from './checkpoint-keys.refusals.js';

type Commands = CommandsOf<typeof import('./checkpoint-keys.commands.js')>;

/** The stream that has all rotations. */
export const checkpointKeyStream = 'audit-checkpoint-keys';

/** Each key follows the last one. Whether both have signed that is known to who records it, and to everybody who reads it. */
export const checkpointKeys: Decider<Commands, readonly string[], typeof checkpointKeyEvents> = {
  category: 'audit',
  events: checkpointKeyEvents,
  key: () => 'checkpoint-keys',
  needs: {},
  initial: [],
  decide: {
    RotateCheckpointKey: ({ from, to, statement }, keys) => {
      const last = keys.at(-1) ?? from;
      if (to === last) return [];
      if (from !== last) throw refuse('checkpoint-key-signs-no-more', { from, last });
      if (keys.includes(to)) throw refuse('checkpoint-key-known', { to });
      return [{ type: 'CheckpointKeyRotated', data: { from, to, statement } }];
    },
  },
  evolve: { CheckpointKeyRotated: (keys, { data: { from, to } }) => [...(keys.length === 0 ? [from] : keys), to] },
};

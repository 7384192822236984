import type { Audience } from '#access/audience';
import { unchanged } from '#kernel/chosen-events';
import { networkEvents } from './network.events.js';

/** Networks are public. */
export const networkAudience: Audience<undefined, typeof networkEvents> = {
  fold: {
    category: 'network',
    events: networkEvents,
    initial: undefined,
    evolve: unchanged(
      'NetworkFounded',
      'CoordinatorAppointed',
      'CoordinatorReplaced',
      'MemberJoined',
      'MemberRoleChanged',
      'MemberLeft',
      'NetworkMeetingHeld',
    ),
  },
  isWhole: true,
  sees: () => 'public',
};

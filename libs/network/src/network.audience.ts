import type { Audience } from '#access/audience';
import { networkEvents } from './network.events.js';

const nothing = () => undefined;

/** Networks are public. */
export const networkAudience: Audience<undefined, typeof networkEvents> = {
  fold: {
    category: 'network',
    events: networkEvents,
    initial: undefined,
    evolve: {
      NetworkFounded: nothing,
      CoordinatorAppointed: nothing,
      CoordinatorReplaced: nothing,
      MemberJoined: nothing,
      MemberRoleChanged: nothing,
      MemberLeft: nothing,
      NetworkMeetingHeld: nothing,
    },
  },
  sees: () => 'public',
};

import type { Audience } from '#access/audience';
import { mayRead } from '#access/policy';
import { isFromPublicRecord } from '#kernel/envelope';
import { allocationEvents } from './allocation.events.js';

/** Whether the last event told what was public already. */
interface State {
  readonly isPublic: boolean;
}

/** The money of a call may be reserved before the call is published, which this stream does not know: its events are for those who see such calls. */
export const allocationAudience: Audience<State, typeof allocationEvents> = {
  fold: {
    category: 'allocation',
    events: allocationEvents,
    initial: { isPublic: false },
    evolve: {
      AppropriationSet: (_, event) => ({ isPublic: isFromPublicRecord(event) }),
      AppropriationAdjusted: (_, event) => ({ isPublic: isFromPublicRecord(event) }),
    },
  },
  sees: ({ isPublic }, reader) => (isPublic || mayRead('calls that are not published', reader) ? 'public' : undefined),
};

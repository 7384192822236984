import type { Audience } from '#access/audience';
import { mayRead } from '#access/policy';
import { isFromPublicRecord } from '#kernel/envelope';
import { allocationEvents } from './allocation.events.js';

/** Whether the last event told what is public. */
interface State {
  readonly isPublic: boolean;
}

const told = (): State => ({ isPublic: true });

/**
 * A decision is public from the moment on at which it falls, but for how it was prepared.
 * The money of a call may be reserved before the call is published, which this stream does not know: that is for those who see such calls.
 */
export const allocationAudience: Audience<State, typeof allocationEvents> = {
  fold: {
    category: 'allocation',
    events: allocationEvents,
    initial: { isPublic: false },
    evolve: {
      AppropriationSet: (_, event) => ({ isPublic: isFromPublicRecord(event) }),
      AppropriationAdjusted: (_, event) => ({ isPublic: isFromPublicRecord(event) }),
      GrantDecided: told,
      PresenterDissented: told,
      DecisionCorrected: told,
      GrantReduced: told,
      GrantReleased: told,
    },
  },
  sees: ({ isPublic }, reader) => {
    if (mayRead('handling of applications', reader)) return 'internal';
    return isPublic || mayRead('calls that are not published', reader) ? 'public' : undefined;
  },
};

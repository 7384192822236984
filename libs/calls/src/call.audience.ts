import type { Audience } from '#access/audience';
import { mayRead } from '#access/policy';
import { isFromPublicRecord } from '#kernel/envelope';
import { unchanged } from '#kernel/chosen-events';
import { callEvents } from './call.events.js';

/** Whether the call is public: once it is published, or when it was recorded from the public record. */
interface State {
  readonly isPublic: boolean;
}

export const callAudience: Audience<State, typeof callEvents> = {
  fold: {
    category: 'call',
    events: callEvents,
    initial: { isPublic: false },
    evolve: {
      CallPlanned: (_, event) => ({ isPublic: isFromPublicRecord(event) }),
      CallPublished: () => ({ isPublic: true }),
      ...unchanged(
        'CallPlanRevised',
        'CallMaterialPublished',
        'CallContactNamed',
        'CallTermsAmended',
        'CallDeadlineExtended',
        'CallClosed',
        'CallCancelled',
        'SelectionRecordedFromSource',
        'SourceStatementRecorded',
      ),
    },
  },
  sees: ({ isPublic }, reader) => (isPublic || mayRead('calls that are not published', reader) ? 'public' : undefined),
};

import type { Audience } from '#access/audience';
import { isFromPublicRecord } from '#kernel/envelope';
import { applicationEvents } from './application.events.js';

/** Whether a public source told of the application. */
interface State {
  readonly isPublic: boolean;
}

export const applicationAudience: Audience<State, typeof applicationEvents> = {
  fold: {
    category: 'application',
    events: applicationEvents,
    initial: { isPublic: false },
    evolve: { ApplicationRecordedFromSource: (_, event) => ({ isPublic: isFromPublicRecord(event) }) },
  },
  sees: ({ isPublic }) => (isPublic ? 'public' : undefined),
};

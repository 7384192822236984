import type { Audience } from '#access/audience';
import { unchanged } from '#kernel/chosen-events';
import { programmeEvents } from './programme.events.js';

/** Which regions take part is public. */
export const programmeAudience: Audience<undefined, typeof programmeEvents> = {
  fold: {
    category: 'programme',
    events: programmeEvents,
    initial: undefined,
    evolve: unchanged('RegionJoinedProgramme', 'RegionLeftProgramme'),
  },
  isWhole: true,
  sees: () => 'public',
};

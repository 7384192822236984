import type { Audience } from '#access/audience';
import { unchanged } from '#kernel/chosen-events';
import { communicationEvents } from './communication.events.js';

/** Communication is public, as is what is planned of it. */
export const communicationAudience: Audience<undefined, typeof communicationEvents> = {
  fold: {
    category: 'communication',
    events: communicationEvents,
    initial: undefined,
    evolve: unchanged('CommunicationPlanned', 'CommunicationPublished'),
  },
  isWhole: true,
  sees: () => 'public',
};

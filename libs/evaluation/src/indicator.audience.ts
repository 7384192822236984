import type { Audience } from '#access/audience';
import { mayRead } from '#access/policy';
import { streamKey } from '#kernel/envelope';
import { indicatorEvents } from './indicator.events.js';

/** That a value was reported is public; how much it is, as the event has it, is told to those who may see small counts of the region. */
export const indicatorAudience: Audience<{ readonly region?: string }, typeof indicatorEvents> = {
  fold: {
    category: 'indicators',
    events: indicatorEvents,
    initial: {},
    evolve: { IndicatorReported: (_, { stream }) => ({ region: streamKey(stream) }) },
  },
  sees: (scope, reader) => (mayRead('small counts', reader, scope) ? 'internal' : 'public'),
};

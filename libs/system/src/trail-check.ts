import { existsSync } from 'node:fs';
import type { ThreadCalls } from '#engines/thread-calls';
import type { TrailCalls } from '#trail/trail-calls';
import type { Check } from './check-rounds.js';

/** Whether the index of the trail is what the log says, where there is one: what is missing from it is not on the trail. */
export function trailCheck(calls: Pick<ThreadCalls<TrailCalls>, 'call'>, index: string, everyMs: number): Check {
  return {
    name: 'trail',
    warning: 'the index of the trail was not what the log says: it is made anew',
    everyMs,
    find: async () => (existsSync(index) ? calls.call('indexFindings') : []),
  };
}

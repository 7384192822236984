import { parentPort, workerData } from 'node:worker_threads';
import { serveCalls, type Port } from '#engines/thread-calls';
import type { TrailCalls } from '#trail/trail-calls';
import { categories } from './contexts.js';
import { openLogAt } from './log-address.js';
import { trailCallsOf } from './trail-reading.js';
import type { TrailWorkerData } from './trail-thread.js';

const { log: address, index, longestMs } = workerData as TrailWorkerData;
let opened: Promise<TrailCalls> | undefined;
// With the first question, and again after the log could not be reached.
serveCalls(parentPort as Port, () => {
  opened ??= openLogAt(address, { readOnly: true, categories })
    .then((log) => trailCallsOf(log, index, longestMs).calls)
    .catch((error: unknown) => ((opened = undefined), Promise.reject(error as Error)));
  return opened;
});

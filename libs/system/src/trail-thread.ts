import { startedWorker, threadOf } from '#engines/worker-thread';
import { ThreadCalls } from '#engines/thread-calls';
import { failTrail } from '#trail/trail.failures';
import type { TrailCalls } from '#trail/trail-calls';
import type { LogAddress } from './log-address.js';
import type { Settings } from './settings.js';

export interface TrailWorkerData {
  readonly log: LogAddress;
  /** The file of the index. */
  readonly index: string;
  /** Longest time for which a question reads, in milliseconds. */
  readonly longestMs: number;
}

/** Reads the trail in a thread of its own, which is started with the first question. */
export function trailThread(
  { log, index }: Omit<TrailWorkerData, 'longestMs'>,
  { scanSeconds, scanMegabytes }: Pick<Settings, 'scanSeconds' | 'scanMegabytes'>,
): ThreadCalls<TrailCalls> {
  const start = () =>
    threadOf(
      startedWorker(import.meta.url, './trail-worker.js', {
        data: { log, index, longestMs: scanSeconds * 1_000 } satisfies TrailWorkerData,
        megabytes: scanMegabytes,
      }),
    );
  return new ThreadCalls<TrailCalls>(start, (reason) => failTrail('trail-unavailable', { reason }));
}

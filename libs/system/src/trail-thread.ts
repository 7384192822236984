import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { ThreadCalls, type Thread } from '#engines/thread-calls';
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

/** Where this file was compiled to, for when it runs from its source. */
const built = new URL('../../../dist/libs/system/src/trail-worker.js', import.meta.url);

/** Reads the trail in a thread of its own, which is started with the first question. */
export function trailThread(
  { log, index }: Omit<TrailWorkerData, 'longestMs'>,
  { scanSeconds, scanMegabytes }: Pick<Settings, 'scanSeconds' | 'scanMegabytes'>,
): ThreadCalls<TrailCalls> {
  const start = (): Thread => {
    const beside = new URL('./trail-worker.js', import.meta.url);
    const worker = new Worker(existsSync(fileURLToPath(beside)) ? beside : built, {
      workerData: { log, index, longestMs: scanSeconds * 1_000 } satisfies TrailWorkerData,
      resourceLimits: { maxOldGenerationSizeMb: scanMegabytes },
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    worker.unref();
    return {
      port: worker,
      onEnd: (ended) => {
        worker.once('error', (error: Error) => ended(error.message));
        worker.once('exit', () => ended('its thread ended'));
      },
      end: async () => void (await worker.terminate()),
    };
  };
  return new ThreadCalls<TrailCalls>(start, (reason) => failTrail('trail-unavailable', { reason }));
}

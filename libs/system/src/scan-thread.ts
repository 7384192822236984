import { startedWorker } from '#engines/worker-thread';
import { PrefixScans, type Connected } from '#views/past/prefix-scans';
import type { LogAddress } from './log-address.js';
import type { Settings } from './settings.js';

export interface ScanWorkerData {
  readonly log: LogAddress;
  /** Longest time for one scan, in milliseconds. */
  readonly longest: number;
  /** Whose disk takes the rows. */
  readonly folder: string;
}

/** Scans in a thread of its own, with bounds on time and memory, so that none of them stalls the server. */
export function scanThread(
  log: LogAddress,
  { scanSeconds, scanMegabytes, dataFolder }: Pick<Settings, 'scanSeconds' | 'scanMegabytes' | 'dataFolder'>,
): PrefixScans {
  return new PrefixScans((): Connected => {
    const worker = startedWorker(import.meta.url, './scan-worker.js', {
      data: { log, longest: scanSeconds * 1_000, folder: dataFolder } satisfies ScanWorkerData,
      megabytes: scanMegabytes,
    });
    return {
      port: worker,
      onEnd: (ended) => {
        worker.once('error', (error: NodeJS.ErrnoException) => ended(error.code === 'ERR_WORKER_OUT_OF_MEMORY'));
        worker.once('exit', () => ended(false));
      },
      end: async () => void (await worker.terminate()),
    };
  });
}

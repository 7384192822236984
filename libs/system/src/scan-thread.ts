import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { PrefixScans, type Connected } from '#views/past/prefix-scans';
import type { LogAddress } from './log-address.js';
import type { Settings } from './settings.js';

export interface ScanWorkerData {
  readonly log: LogAddress;
  /** Longest time for one scan, in milliseconds. */
  readonly longest: number;
}

/** Where this file was compiled to, for when it runs from its source. */
const built = new URL('../../../dist/libs/system/src/scan-worker.js', import.meta.url);

/** Scans in a thread of its own, with bounds on time and memory, so that none of them stalls the server. */
export function scanThread(log: LogAddress, { scanSeconds, scanMegabytes }: Pick<Settings, 'scanSeconds' | 'scanMegabytes'>): PrefixScans {
  return new PrefixScans((): Connected => {
    const beside = new URL('./scan-worker.js', import.meta.url);
    const worker = new Worker(existsSync(fileURLToPath(beside)) ? beside : built, {
      workerData: { log, longest: scanSeconds * 1_000 } satisfies ScanWorkerData,
      resourceLimits: { maxOldGenerationSizeMb: scanMegabytes },
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    worker.unref();
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

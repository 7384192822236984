import type { ControlCalls } from '#controls/control-calls';
import { ThreadCalls } from '#engines/thread-calls';
import { startedWorker, threadOf } from '#engines/worker-thread';
import type { LogAddress } from './log-address.js';
import type { Settings } from './settings.js';

export interface ControlsWorkerData {
  readonly log: LogAddress;
}

/** Puts the control questions to the log in a thread of their own, which is started with the first of them and keeps what it has read in mind. */
export function controlsThread(log: LogAddress, { scanMegabytes }: Pick<Settings, 'scanMegabytes'>): ThreadCalls<ControlCalls> {
  const start = () =>
    threadOf(
      startedWorker(import.meta.url, './controls-worker.js', {
        data: { log } satisfies ControlsWorkerData,
        megabytes: scanMegabytes,
      }),
    );
  return new ThreadCalls<ControlCalls>(start, (reason) => new Error(`the control questions were not answered: ${reason}`));
}

import { Worker } from 'node:worker_threads';
import { workerBeside } from '#engines/worker-thread';
import type { ControlReport } from '#controls/control-pass';
import { Failed, type Details } from '#kernel/refused';
import type { LogAddress } from './log-address.js';

export interface ControlsWorkerData {
  readonly log: LogAddress;
}

/** What the thread tells once it has read the log. */
export type ControlsTold =
  | { readonly report: ControlReport }
  | { readonly failed: { readonly code?: string; readonly details?: Details; readonly message: string } };

/** Puts the control questions to the log in a thread of their own, one pass at a time: who asks meanwhile is told what that pass finds. */
export class ControlsThread {
  private underway: Promise<ControlReport> | undefined;

  constructor(private readonly log: LogAddress) {}

  /** @throws what the log fails with */
  report(): Promise<ControlReport> {
    return (this.underway ??= reportOf({ log: this.log }).finally(() => (this.underway = undefined)));
  }
}

function reportOf(workerData: ControlsWorkerData): Promise<ControlReport> {
  const worker = new Worker(workerBeside(import.meta.url, './controls-worker.js'), {
    workerData,
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  return new Promise<ControlReport>((resolve, reject) => {
    worker.once('message', (told: ControlsTold) => {
      if ('report' in told) return resolve(told.report);
      const { code, details, message } = told.failed;
      reject(code === undefined ? new Error(`the control questions failed: ${message}`) : new Failed(code, details));
    });
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the thread of the control questions ended')));
  }).finally(() => worker.terminate());
}

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Thread } from './thread-calls.js';

/** The file of a worker that stands beside another of a library: where that was compiled to, also when it runs from its source. */
export function workerBeside(file: string, name: string): URL {
  const beside = new URL(name, file);
  if (existsSync(fileURLToPath(beside))) return beside;
  const libraries = beside.href.lastIndexOf('/libs/');
  return new URL(`${beside.href.slice(0, libraries)}/dist${beside.href.slice(libraries)}`);
}

/** The young generation of a thread. V8's own bound is for a heap of gigabytes: what a thread read at its start would stay in memory. */
const youngMegabytes = 8;

/** How a worker is started. */
export interface Starting {
  readonly data?: unknown;
  /** The most that it may hold. */
  readonly megabytes?: number;
}

/** Starts the worker of a library whose file stands beside another. It keeps no process alive. */
export function startedWorker(file: string, name: string, { data, megabytes }: Starting = {}): Worker {
  const worker = new Worker(workerBeside(file, name), {
    workerData: data,
    resourceLimits: {
      maxYoungGenerationSizeMb: youngMegabytes,
      ...(megabytes !== undefined && { maxOldGenerationSizeMb: megabytes }),
    },
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  worker.unref();
  return worker;
}

/** A worker as a thread of calls. */
export function threadOf(worker: Worker): Thread {
  return {
    port: worker,
    onEnd: (ended) => {
      worker.once('error', (error: Error) => ended(error.message));
      worker.once('exit', () => ended('its thread ended'));
    },
    end: async () => void (await worker.terminate()),
  };
}

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Worker } from 'node:worker_threads';
import type { Thread } from './thread-calls.js';

/** The file of a worker that stands beside another of a library: where that was compiled to, also when it runs from its source. */
export function workerBeside(file: string, name: string): URL {
  const beside = new URL(name, file);
  if (existsSync(fileURLToPath(beside))) return beside;
  const libraries = beside.href.lastIndexOf('/libs/');
  return new URL(`${beside.href.slice(0, libraries)}/dist${beside.href.slice(libraries)}`);
}

/** A worker as a thread of calls, which keeps no process alive. */
export function threadOf(worker: Worker): Thread {
  worker.unref();
  return {
    port: worker,
    onEnd: (ended) => {
      worker.once('error', (error: Error) => ended(error.message));
      worker.once('exit', () => ended('its thread ended'));
    },
    end: async () => void (await worker.terminate()),
  };
}

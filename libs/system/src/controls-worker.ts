import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { controlCalls, type ControlCalls } from '#controls/control-calls';
import { goesAfterOthers } from '#engines/background';
import { serveCalls, type Port } from '#engines/thread-calls';
import { definitionOf, controlQuestions } from './control-questions.js';
import type { ControlsWorkerData } from './controls-thread.js';
import { categories } from './contexts.js';
import { openLogAt } from './log-address.js';

goesAfterOthers();

/** Rests as long as this thread was busy since it rested last. */
let rested = performance.eventLoopUtilization();
async function rest(): Promise<void> {
  await sleep(performance.eventLoopUtilization(rested).active);
  rested = performance.eventLoopUtilization();
}

let opened: Promise<ControlCalls> | undefined;
// With the first question, and again after the log could not be reached.
serveCalls(parentPort as Port, () => {
  opened ??= openLogAt((workerData as ControlsWorkerData).log, { readOnly: true, categories })
    .then((log) => controlCalls(log, definitionOf, controlQuestions, rest))
    .catch((error: unknown) => ((opened = undefined), Promise.reject(error as Error)));
  return opened;
});

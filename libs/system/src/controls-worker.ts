import 'reflect-metadata';
import { parentPort, workerData } from 'node:worker_threads';
import { faultOf, type Port } from '#audit/audit-calls';
import { controlPass } from '#controls/control-pass';
import { definitionOf, controlQuestions } from './control-questions.js';
import type { ControlsTold, ControlsWorkerData } from './controls-thread.js';
import { categories } from './contexts.js';
import { openLogAt } from './log-address.js';

const port = parentPort as Port;
try {
  const log = await openLogAt((workerData as ControlsWorkerData).log, { readOnly: true, categories });
  try {
    port.postMessage({ report: await controlPass(log, definitionOf, controlQuestions) } satisfies ControlsTold);
  } finally {
    await log.close();
  }
} catch (error) {
  port.postMessage({ failed: faultOf(error) } satisfies ControlsTold);
}

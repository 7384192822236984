import 'reflect-metadata';
import { parentPort, workerData } from 'node:worker_threads';
import { Codec, type PersonKeys } from '#event-store/codec';
import { SqliteEventLog } from '#event-store/sqlite/sqlite-event-log';
import { PrefixScanner, type Port } from '#read-store/prefix-scanner';
import { systemClock } from '#read-store/system-clock';
import { eventDefinitions, processes, projections } from './contexts.js';
import type { ScanWorkerData } from './scan-thread.js';

/** The thread reads events and writes none: personal texts stay sealed. */
const noKeys: PersonKeys = {
  keyFor: () => Promise.reject(new TypeError('a scan seals nothing')),
  existingKey: () => Promise.resolve(undefined),
};

const { log, longest } = workerData as ScanWorkerData;
PrefixScanner.serve(parentPort as Port, {
  log: SqliteEventLog.open(log, { readOnly: true }),
  codec: new Codec(eventDefinitions, noKeys),
  clock: systemClock,
  projections: [...projections, ...processes],
  longest,
});

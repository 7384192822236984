import { parentPort, workerData } from 'node:worker_threads';
import type { EventLog } from '#event-store/event-log';
import { PrefixScanner, type Port } from '#views/past/prefix-scanner';
import { goesAfterOthers } from '#engines/background';
import { systemClock } from '#engines/system-clock';
import { openLogAt } from './log-address.js';
import { categories, categoriesOf, processes, projections } from './contexts.js';
import type { ScanWorkerData } from './scan-thread.js';
import { sealedCodec } from './sealed-codec.js';

goesAfterOthers();
const { log, longest, folder } = workerData as ScanWorkerData;
let opened: Promise<EventLog> | undefined;
PrefixScanner.serve(parentPort as Port, {
  // With the first question, and again after it could not be reached.
  open: () =>
    (opened ??= openLogAt(log, { readOnly: true, categories, categoriesOf }).catch(
      (error: unknown) => ((opened = undefined), Promise.reject(error as Error)),
    )),
  codec: sealedCodec(),
  clock: systemClock,
  projections: [...projections, ...processes],
  longest,
  folder,
});

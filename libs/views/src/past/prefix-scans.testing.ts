import { MessageChannel } from 'node:worker_threads';
import type { EventLog } from '#event-store/event-log';
import { PrefixScanner, type ScannerParts } from './prefix-scanner.js';
import { PrefixScans, type Kept } from './prefix-scans.js';

/** Scans by a scanner in the same thread, behind a channel as in a thread of its own. */
export function scansInThread(
  { log, ...parts }: Omit<ScannerParts, 'longest' | 'open'> & { readonly log: EventLog; readonly longest?: number },
  kept?: Kept,
  onEnd: () => void = () => undefined,
): PrefixScans {
  return new PrefixScans(() => {
    const { port1, port2 } = new MessageChannel();
    PrefixScanner.serve(port2, { longest: 30_000, open: async () => log, ...parts });
    return { port: port1, onEnd: () => undefined, end: async () => (onEnd(), port1.close()) };
  }, kept);
}

import { MessageChannel } from 'node:worker_threads';
import { PrefixScanner, type ScannerParts } from './prefix-scanner.js';
import { PrefixScans } from './prefix-scans.js';

/** Scans by a scanner in the same thread, behind a channel as in a thread of its own. */
export function scansInThread(parts: Omit<ScannerParts, 'longest'> & { readonly longest?: number }): PrefixScans {
  return new PrefixScans(() => {
    const { port1, port2 } = new MessageChannel();
    PrefixScanner.serve(port2, { longest: 30_000, ...parts });
    return { port: port1, onEnd: () => undefined, end: async () => port1.close() };
  });
}

import { readlinkSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { basename } from 'node:path';

/**
 * Has this thread take the processor after those that answer: what it does is long and nobody waits for the next
 * millisecond of it. On Linux; other systems do not give a thread a priority of its own by these means.
 */
export function goesAfterOthers(): void {
  try {
    setPriority(Number(basename(readlinkSync('/proc/thread-self'))), constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // The thread goes on as any other: slower for the others, and as right.
  }
}

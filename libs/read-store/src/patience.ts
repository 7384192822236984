import { setTimeout as sleep } from 'node:timers/promises';
import { CodedError } from '#kernel/refused';

const longestPauseMs = 30_000;

/** Waits longer after each failure, and not beyond the end that the signal tells. */
export async function pauseAfter(failures: number, signal: AbortSignal): Promise<void> {
  await sleep(Math.min(longestPauseMs, 250 * 2 ** failures), undefined, { signal, ref: false }).catch(() => undefined);
}

/** Why something failed, for those who operate it. */
export function reasonOf(error: unknown): string {
  if (error instanceof CodedError) return String(error.details['reason'] ?? error.code);
  return error instanceof Error ? error.message : String(error);
}

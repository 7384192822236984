import { setTimeout as sleep } from 'node:timers/promises';

const longestPauseMs = 30_000;

/** Waits longer after each failure (the first is number 0: a quarter of a second), and no longer than until the abort. */
export async function backoff(failures: number, stopping: AbortSignal): Promise<void> {
  await sleep(Math.min(longestPauseMs, 250 * 2 ** failures), undefined, { signal: stopping, ref: false }).catch(() => undefined);
}

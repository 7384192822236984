import { setTimeout as sleep } from 'node:timers/promises';

const longestPauseMs = 30_000;

/** Waits longer after each failure (the first is number 0: a quarter of a second), and not beyond the end that the signal tells. */
export async function pauseAfter(failures: number, signal: AbortSignal): Promise<void> {
  await sleep(Math.min(longestPauseMs, 250 * 2 ** failures), undefined, { signal, ref: false }).catch(() => undefined);
}

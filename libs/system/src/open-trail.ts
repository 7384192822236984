import { systemClock } from '#engines/system-clock';
import type { EventLog } from '#event-store/event-log';
import { trailCalls, type TrailCalls } from '#trail/trail-calls';
import { TrailIndex } from '#trail/trail-index';
import { deciders, processes, projections } from './contexts.js';
import { sealedCodec } from './sealed-codec.js';

/** The trail of a log, with its index in a file (in memory without a path). Closing it leaves the log open. */
export function openTrail(
  log: EventLog,
  path: string | undefined,
  longestMs: number,
): { readonly calls: TrailCalls; readonly close: () => void } {
  const index = new TrailIndex(log, path);
  const calls = trailCalls({
    log,
    index,
    codec: sealedCodec(),
    clock: systemClock,
    folds: deciders.map(({ decider }) => decider),
    projections: [...projections, ...processes],
    longestMs,
  });
  return { calls, close: () => index.close() };
}

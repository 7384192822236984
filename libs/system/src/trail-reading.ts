import { systemClock } from '#engines/system-clock';
import type { EventLog } from '#event-store/event-log';
import { trailCalls, type TrailCalls } from '#trail/trail-calls';
import { TrailIndex } from '#trail/trail-index';
import { deciders, processes, projections } from './contexts.js';
import { sealedCodec } from './sealed-codec.js';

/** What is asked of the trail of a log, with its index in a file; in memory without a path. */
export function trailCallsOf(log: EventLog, index: string | undefined, longestMs: number): { readonly calls: TrailCalls; close(): void } {
  const opened = new TrailIndex(log, index);
  const folds = deciders.map(({ decider }) => decider);
  const views = [...projections, ...processes];
  const calls = trailCalls({ log, index: opened, codec: sealedCodec(), clock: systemClock, folds, projections: views, longestMs });
  return { calls, close: () => opened.close() };
}

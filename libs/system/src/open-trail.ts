import { existsSync } from 'node:fs';
import { systemClock } from '#engines/system-clock';
import type { EventLog } from '#event-store/event-log';
import { Trail, type TrailAnswering } from '#trail/trail';
import { trailCalls, type TrailCalls } from '#trail/trail-calls';
import { TrailIndex } from '#trail/trail-index';
import { deciders, errorTexts, processes, projections } from './contexts.js';
import { DataFolder } from './data-folder.js';
import { logPlace, openLog } from './open-log.js';
import { scanThread } from './scan-thread.js';
import { sealedCodec } from './sealed-codec.js';
import type { Settings } from './settings.js';

const folds = deciders.map(({ decider }) => decider);
const views = [...projections, ...processes];

/** What is asked of the trail of a log, with its index in a file; in memory without a path. */
export function trailCallsOf(log: EventLog, index: string | undefined, longestMs: number): { readonly calls: TrailCalls; close(): void } {
  const opened = new TrailIndex(log, index);
  const calls = trailCalls({ log, index: opened, codec: sealedCodec(), clock: systemClock, folds, projections: views, longestMs });
  return { calls, close: () => opened.close() };
}

/** The trail, by what is asked of a log. */
export function trailBy(parts: Omit<TrailAnswering, 'deciders' | 'texts' | 'views'>): Trail {
  return new Trail({ ...parts, deciders: folds, texts: errorTexts, views: views.map(({ name }) => name) });
}

/** The trail of an installation, read by a tool, whether or not a server runs on it. It opens no sealed text. */
export async function openTrail(settings: Settings): Promise<{ readonly trail: Trail; close(): Promise<void> }> {
  const { logUrl, dataFolder, engineTimeoutSeconds, scanSeconds } = settings;
  const place = logPlace(logUrl ?? dataFolder, engineTimeoutSeconds * 1_000);
  const log = await openLog(place, { readOnly: true });
  const { trailIndex } = new DataFolder(dataFolder);
  // A tool makes no file that no server made.
  const opened = trailCallsOf(log, existsSync(trailIndex) ? trailIndex : undefined, scanSeconds * 1_000);
  const scans = scanThread(place.address, settings);
  const trail = trailBy({ calls: opened.calls, log, codec: sealedCodec(), scans });
  const close = async () => {
    opened.close();
    await Promise.all([scans.close(), log.close()]);
  };
  return { trail, close };
}

import { existsSync } from 'node:fs';
import { Trail, type TrailAnswering } from '#trail/trail';
import { deciders, processes, projections } from './contexts.js';
import { DataFolder } from './data-folder.js';
import { errorTexts } from './edges.js';
import { logPlace, openLog } from './open-log.js';
import { scanThread } from './scan-thread.js';
import { sealedCodec } from './sealed-codec.js';
import type { Settings } from './settings.js';
import { trailCallsOf } from './trail-reading.js';

/** The trail, by what is asked of a log. */
export function trailBy(parts: Omit<TrailAnswering, 'deciders' | 'texts' | 'views'>): Trail {
  const views = [...projections, ...processes].map(({ name }) => name);
  return new Trail({ ...parts, deciders: deciders.map(({ decider }) => decider), texts: errorTexts, views });
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

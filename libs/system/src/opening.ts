import { setTimeout as sleep } from 'node:timers/promises';
import { isAccessRefused, troubleText } from '#engines/outage';
import type { EngineName } from './engine-watch.js';
import { serveStatus, type StatusServer } from './status-server.js';
import type { Settings } from './settings.js';
import { explained, System, type Parts } from './system.js';
import { engineOf } from './usable.js';

const longestPauseMs = 10_000;

/** A system with what is served of it. */
export interface Running<Served> {
  readonly system: System;
  readonly served: Served;
}

/**
 * Opens the system, and begins to serve, as soon as its engines can be reached, in whatever order they are started and
 * wherever they go down meanwhile; answers orchestrators until then. Undefined where it was told to stop waiting.
 * @throws CannotStart where waiting would not help
 */
export async function openWhenReachable<Served>(
  parts: Parts,
  serve: (system: System) => Promise<Served>,
  signal: AbortSignal,
): Promise<Running<Served> | undefined> {
  const { settings, reporter } = parts;
  let down: EngineName | undefined;
  let told: string | undefined;
  let meanwhile: StatusServer | undefined;
  if (!settings.masterKey)
    reporter.warn(
      'DIGITUKI_MASTER_KEY is not set: personal data is encrypted under a development key that lies beside it in the data folder.',
    );
  try {
    for (let failures = 0; !signal.aborted; failures++) {
      let system: System | undefined;
      if (isOnServers(settings))
        meanwhile ??= await serveStatus(settings, {
          health: () => ({ status: 'not-ready', down: down ? [down] : [], paused: [], rebuilding: [] }),
        });
      try {
        system = await System.open({ ...parts, signal });
        if (signal.aborted) {
          await system.close();
          return undefined;
        }
        await meanwhile?.close();
        meanwhile = undefined;
        return { system, served: await serve(system) };
      } catch (error) {
        await system?.close();
        const found = isOnServers(settings) && !isAccessRefused(error) ? engineOf(error) : undefined;
        if (!found) throw explained(error);
        const trouble = String(error);
        if (trouble !== told)
          reporter.warn('an engine is down: waiting for it', {
            engine: found.engine,
            ...(settings[found.address] && { setting: found.setting }),
            reason: troubleText(error),
          });
        [down, told] = [found.engine, trouble];
        await sleep(Math.min(longestPauseMs, 500 * 2 ** failures), undefined, { signal }).catch(() => undefined);
      }
    }
    return undefined;
  } finally {
    await meanwhile?.close();
  }
}

/** Only servers come back by themselves. */
function isOnServers({ logUrl, viewsUrl }: Settings): boolean {
  return logUrl !== undefined || viewsUrl !== undefined;
}

import { setTimeout as sleep } from 'node:timers/promises';
import { Failed } from '#kernel/refused';
import type { EngineName } from './engine-watch.js';
import { serveStatus, type StatusServer } from './status-server.js';
import type { Settings } from './settings.js';
import { explained, System, type Parts } from './system.js';

/** What each engine that cannot be reached fails with. */
const unreachable: Readonly<Record<string, EngineName>> = { 'log-unavailable': 'log', 'log-uncertain': 'log', 'views-unavailable': 'views', 'keys-unavailable': 'keys' };

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
export async function openWhenReachable<Served>(parts: Parts, serve: (system: System) => Promise<Served>, signal: AbortSignal): Promise<Running<Served> | undefined> {
  const { settings, reporter } = parts;
  let down: EngineName | undefined;
  let meanwhile: StatusServer | undefined;
  try {
    for (let failures = 0; !signal.aborted; failures++) {
      let system: System | undefined;
      if (isOnServers(settings)) meanwhile ??= await serveStatus(settings, { health: () => ({ status: 'not-ready', down: down ? [down] : [], paused: [], rebuilding: [] }) });
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
        const engine = error instanceof Failed && isOnServers(settings) ? unreachable[error.code] : undefined;
        if (!engine) throw explained(error);
        if (engine !== down) reporter.warn('an engine is down: waiting for it', { engine, reason: String((error as Failed).details['reason'] ?? (error as Failed).code) });
        down = engine;
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

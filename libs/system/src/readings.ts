import type { Readings } from '#telemetry/metrics';
import type { System } from './system.js';

/** How the system stands, as the metrics tell it. */
export function readingsOf({ runner, handler, acting, watch, clock }: System, subscriptionConnections = 0): Readings {
  const [waiting, refused] = [acting?.waiting() ?? [], acting?.refused() ?? []];
  const count = (list: readonly { readonly process: string }[], name: string) => list.filter(({ process }) => process === name).length;
  const processes = (acting?.reactsTo ?? []).map((name) => ({ name, waiting: count(waiting, name), refused: count(refused, name) }));
  const engines = watch.names.map((name) => ({ name, isUp: watch.downSince(name) === undefined }));
  const shares = runner.shares.map((name) => ({ name, isHeld: runner.held.includes(name) }));
  const at = { waitingCommands: handler.waiting, subscriptionConnections, clockBehindSeconds: clock.secondsBehind };
  return { projections: runner.status(), processes, engines, shares, ...at };
}

import type { CheckedState } from '#audit/audit-state';
import type { Readings } from '#telemetry/metrics';
import type { System } from './system.js';

/** How the system stands, as the metrics tell it. */
export function readingsOf(system: System, subscriptionConnections = 0): Readings {
  const { runner, handler, acting, watch, clock } = system;
  const [waiting, refused] = [acting?.waiting() ?? [], acting?.refused() ?? []];
  const count = (list: readonly { readonly process: string }[], name: string) => list.filter(({ process }) => process === name).length;
  const processes = (acting?.reactsTo ?? []).map((name) => ({ name, waiting: count(waiting, name), refused: count(refused, name) }));
  const engines = watch.names.map((name) => ({ name, isUp: watch.downSince(name) === undefined }));
  const shares = runner.shares.map((name) => ({ name, isHeld: runner.held.includes(name) }));
  const audit = auditReadings(system.auditState());
  const at = { waitingCommands: handler.waiting, subscriptionConnections, clockBehindSeconds: clock.secondsBehind };
  return { projections: runner.status(), processes, engines, shares, ...at, audit };
}

function auditReadings(state: CheckedState | undefined): Readings['audit'] {
  if (!state) return undefined;
  const { leaves, verified, verifiedAt, findings, checks, witnesses, trouble } = state;
  return {
    leaves,
    verified,
    verifiedSeconds: verifiedAt === undefined ? undefined : Date.parse(verifiedAt) / 1_000,
    findings: findings.length,
    isTroubled: trouble !== undefined,
    checks: checks.map(({ name, findings: found }) => ({ name, findings: found.length })),
    witnesses: witnesses.map(({ url, trouble: reason }) => ({ url, isSigning: reason === undefined })),
  };
}

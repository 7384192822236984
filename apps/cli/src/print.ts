import type { Position } from '#kernel/envelope';
import type { ProjectionStatus } from '#views/run/projection-runner';
import type { Rebuilt, Verification } from '#views/rebuild/rebuilder';
import type { ImportResult } from '#public-record/import';

export interface StatusResult {
  readonly log: string;
  readonly head: Position;
  readonly projections: readonly ProjectionStatus[];
}
export interface RebuildResult {
  readonly rebuilt: readonly Rebuilt[];
  readonly standings: readonly ProjectionStatus[];
}
export type Verifications = readonly Verification[];

export const print = (text: string) => process.stdout.write(`${text}\n`);

export function printImport(result: unknown): void {
  const { recorded, known, refused } = result as ImportResult;
  print(`recorded ${recorded}, known before ${known}, refused ${refused.length}`);
  for (const { command, code, content } of refused) print(`refused: ${command} ${code} ${JSON.stringify(content)}`);
  if (refused.length > 0) process.exitCode = 1;
}

export function printStatus({ log, head, projections }: StatusResult): void {
  print(`log ${log}, at ${head}`);
  printStandings(projections);
}

export function printStandings(projections: readonly ProjectionStatus[]): void {
  const rows = projections.map(({ name, version, state, position, lagEvents, lagSeconds }) => [
    name,
    `v${version}`,
    state,
    position ?? '-',
    `${lagEvents} events`,
    `${lagSeconds.toFixed(1)} s`,
  ]);
  table([['view', 'version', 'state', 'position', 'behind', 'since'], ...rows]);
  for (const { name, paused } of projections) {
    if (!paused) continue;
    print(`${name} is paused at ${paused.type}, revision ${paused.revision} of ${paused.stream}: ${paused.reason}`);
    print(
      `  If a newer version of the program can fold it, start that and rebuild; else: digituki projections skip ${paused.event} --reason "…"`,
    );
  }
}

export function printRebuilt({ rebuilt, standings }: RebuildResult): void {
  for (const { projection, fromVersion, version, rows, differing } of rebuilt) {
    print(
      `${projection}: version ${fromVersion === version ? version : `${fromVersion} → ${version}`}, ${rows} rows, ${differing === 0 ? 'none differs from what was served' : `${differing} differ from what was served`}`,
    );
  }
  printStandings(standings);
}

export function printVerifications(verifications: Verifications): void {
  for (const { projection, position, rows, differing, differences, skipped, stoppedAt } of verifications) {
    print(`${projection}: ${rows} rows at ${position ?? '-'}, ${differences.length === 0 ? 'no difference' : `${differing} differ`}`);
    for (const difference of differences) print(`  ${JSON.stringify(difference)}`);
    for (const { event, stream, revision, reason } of skipped) print(`  leaves out ${event}, revision ${revision} of ${stream}: ${reason}`);
    if (stoppedAt) print(`  paused at ${stoppedAt.type}, revision ${stoppedAt.revision} of ${stoppedAt.stream}: ${stoppedAt.reason}`);
    if (differences.length > 0 || stoppedAt) process.exitCode = 1;
  }
}

function table(rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows)
    print(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
}

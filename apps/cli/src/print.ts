import type { Position } from '#kernel/envelope';
import type { ProjectionStatus, Verification } from '#read-store/projection-runner';
import type { ImportResult } from '#public-record/import';

export interface StatusResult {
  readonly log: string;
  readonly head: Position;
  readonly projections: readonly ProjectionStatus[];
}
export type Verifications = readonly Verification[];

const print = (text: string) => process.stdout.write(`${text}\n`);

export function printImport(result: unknown): void {
  const { recorded, known, refused } = result as ImportResult;
  print(`recorded ${recorded}, known before ${known}, refused ${refused.length}`);
  for (const { command, code, content } of refused) print(`refused: ${command} ${code} ${JSON.stringify(content)}`);
  if (refused.length > 0) process.exitCode = 1;
}

export function printStatus({ log, head, projections }: StatusResult): void {
  print(`log ${log}, at ${head}`);
  const rows = projections.map(({ name, version, state, position, lagEvents, lagSeconds }) => [name, `v${version}`, state, position ?? '-', `${lagEvents} events`, `${lagSeconds.toFixed(1)} s`]);
  table([['view', 'version', 'state', 'position', 'behind', 'since'], ...rows]);
  for (const { name, paused } of projections) {
    if (paused) print(`${name} is paused at ${paused.type}, revision ${paused.revision} of ${paused.stream}: ${paused.reason}`);
  }
}

export function printVerifications(verifications: Verifications): void {
  for (const { projection, position, rows, differences, stoppedAt } of verifications) {
    print(`${projection}: ${rows} rows at ${position ?? '-'}, ${differences.length === 0 ? 'no difference' : `${differences.length} or more differences`}`);
    for (const difference of differences) print(`  ${JSON.stringify(difference)}`);
    if (stoppedAt) print(`  paused at ${stoppedAt.type}, revision ${stoppedAt.revision} of ${stoppedAt.stream}: ${stoppedAt.reason}`);
    if (differences.length > 0 || stoppedAt) process.exitCode = 1;
  }
}

function table(rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows) print(row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd());
}

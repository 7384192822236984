import { existsSync, readFileSync } from 'node:fs';
import { allOf } from '#keys/copy-keys';
import type { WrappedKeys } from '#keys/key-store';
import { DataFolder } from '#system/data-folder';
import { openKeys } from '#system/open-keys';
import { CannotStart, readSettings } from '#system/settings';
import { print } from './print.js';

export interface ForgottenOptions {
  readonly replay?: string;
}

/** A line of the list. */
interface Forgotten {
  readonly id: string;
  readonly forgottenAt: string;
}

/**
 * Prints who was forgotten, a line of JSON each. The list is kept apart from the backups of the keys: one that is restored
 * has the keys of all who were forgotten since, and replaying the list forgets them again.
 */
export async function forgotten({ replay }: ForgottenOptions): Promise<void> {
  const lines = replay === undefined ? [] : linesOf(replay);
  const { keysUrl, dataFolder, engineTimeoutSeconds } = readSettings(process.env);
  const place = keysUrl ?? new DataFolder(dataFolder).keys;
  if (!keysUrl && !existsSync(place))
    throw new CannotStart(`There are no keys at ${place}: name their folder with DATA_DIR, or set KEYS_URL.`);
  const keys = await openKeys(place, { timeoutMs: engineTimeoutSeconds * 1_000 });
  try {
    for (const { id, forgottenAt } of lines) await keys.forget(id, forgottenAt);
    await printForgotten(keys);
  } finally {
    await keys.close();
  }
}

async function printForgotten(keys: WrappedKeys): Promise<void> {
  for await (const { id, forgottenAt } of allOf(keys))
    if (forgottenAt !== null) print(JSON.stringify({ id, forgottenAt } satisfies Forgotten));
}

/** All lines are read before anybody is forgotten. Keys of the system are no person’s. */
function linesOf(path: string): readonly Forgotten[] {
  if (!existsSync(path)) throw new CannotStart(`There is no list at ${path}.`);
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  return lines.map((line, index) => {
    const { id, forgottenAt } = parsed(line);
    if (
      typeof id !== 'string' ||
      !id.startsWith('person:') ||
      typeof forgottenAt !== 'string' ||
      !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(forgottenAt)
    )
      throw new CannotStart(
        `Line ${index + 1} of ${path} names nobody: {"id":"person:…","forgottenAt":"2026-01-31T12:00:00.000Z"}. Nobody was forgotten.`,
      );
    return { id, forgottenAt };
  });
}

function parsed(line: string): Partial<Record<keyof Forgotten, unknown>> {
  try {
    return (JSON.parse(line) as object | null) ?? {};
  } catch {
    return {};
  }
}

import { copyFileSync, existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { compareLogs, differenceText, type Summary } from '#event-store/log-content';
import { withoutCredentials } from '#engines/connection-string';
import { copyLog, type CopyResult } from '#system/copy-log';
import { DataFolder } from '#system/data-folder';
import { openKeys } from '#system/open-keys';
import { logPlace, openLog, type LogPlace } from '#system/open-log';
import { CannotStart, readSettings } from '#system/settings';
import { print } from './print.js';
import { done } from './progress.js';

export interface CopyOptions {
  readonly keysFrom?: string;
  readonly keysTo?: string;
}

interface KeyPlaces {
  readonly from: string;
  readonly to: string;
}

/** Copies a log and its keys, compares all that was copied, and says what to do next. */
export async function copy(fromAddress: string, toAddress: string, options: CopyOptions): Promise<void> {
  const [from, to] = [placeAt(fromAddress), placeAt(toAddress)];
  if (from.shown === to.shown) throw new CannotStart(`${from.shown} is named twice: name another place to copy to.`);
  if (from.kind === 'folder' && !existsSync(from.folder.log))
    throw new CannotStart(`There is no log at ${from.folder.log}: name the folder that holds one.`);
  const keys = keyPlaces(from, to, options);
  await closingAll(async (use) => {
    for (const folder of foldersToHold(from, to)) {
      folder.take();
      use({ close: () => folder.release() });
    }
    const source = {
      shown: from.shown,
      log: use(await openLog(from, { readOnly: true, checksTexts: true })),
      keys: keys && use(await openKeys(keys.from, { timeoutMs: timeoutMs() })),
    };
    const target = {
      shown: to.shown,
      log: use(await openLog(to, { checksTexts: true })),
      keys: keys && use(await openKeys(keys.to, { timeoutMs: timeoutMs() })),
    };
    const result = await done(copyLog(source, target));
    // Keys that are wrapped with a development key are of no use without it.
    if (
      keys &&
      from.kind === 'folder' &&
      to.kind === 'folder' &&
      existsSync(from.folder.developmentKey) &&
      !existsSync(to.folder.developmentKey)
    )
      copyFileSync(from.folder.developmentKey, to.folder.developmentKey);
    printResult(from, to, keys, result);
  });
}

/** Says whether two logs hold the same events, or where they first differ. */
export async function compare(addressOfA: string, addressOfB: string): Promise<void> {
  const [a, b] = [placeAt(addressOfA), placeAt(addressOfB)];
  await closingAll(async (use) => {
    const open = async (place: LogPlace) => use(await openLog(place, { readOnly: true, checksTexts: true }));
    const { a: inA, b: inB, first, differing } = await done(compareLogs(await open(a), await open(b)));
    print(`${summaryText(inA)} in ${a.shown}`);
    print(`${summaryText(inB)} in ${b.shown}`);
    print(
      first
        ? `not equal in ${differing} ${differing === 1 ? 'place' : 'places'}; the first: ${differenceText(first, a.shown, b.shown)}`
        : 'equal',
    );
    if (first) process.exitCode = 1;
  });
}

/** An address that holds a password can be given by the name of its setting: others see the arguments of a process. */
function placeAt(address: string): LogPlace {
  const named = address === 'EVENTSTORE_URL' ? process.env['EVENTSTORE_URL'] : address;
  if (!named)
    throw new CannotStart('EVENTSTORE_URL is not set: give the address of the log, such as esdb://user:password@host:2113?tls=true.');
  return logPlace(named, timeoutMs());
}

/** Of all settings only this one counts: the others are of one installation, and here are two. */
function timeoutMs(): number {
  return readSettings({ ENGINE_TIMEOUT_SECONDS: process.env['ENGINE_TIMEOUT_SECONDS'] }).engineTimeoutSeconds * 1_000;
}

/** The folders in which nobody may write meanwhile. A file of another name than in data folders is nobody’s to write. */
function foldersToHold(from: LogPlace, to: LogPlace): readonly DataFolder[] {
  const folderOf = (place: LogPlace) => (place.kind === 'folder' ? [place.folder] : []);
  const written = to.kind === 'file' && basename(to.shown) === 'log.db' ? [new DataFolder(dirname(to.shown))] : folderOf(to);
  return [...folderOf(from), ...written];
}

/** Where the keys are and where they go: beside a log in a folder, by KEYS_URL for one on a server. Undefined where they stay: a file is a log without keys. */
function keyPlaces(
  from: LogPlace,
  to: LogPlace,
  { keysFrom = usualKeys(from), keysTo = usualKeys(to) }: CopyOptions,
): KeyPlaces | undefined {
  const isAlone = (from.kind === 'file' && !keysFrom) || (to.kind === 'file' && !keysTo);
  if (isAlone) return undefined;
  if (!keysFrom) throw new CannotStart(`Where are the keys of ${from.shown}? Set KEYS_URL, or give --keys-from.`);
  if (!keysTo) throw new CannotStart(`Where shall the keys of ${to.shown} be? Set KEYS_URL, or give --keys-to.`);
  if (keysFrom === keysTo) return undefined;
  if (!keysFrom.includes('://') && !existsSync(keysFrom))
    throw new CannotStart(`There are no keys at ${keysFrom}: say with --keys-from where they are.`);
  return { from: keysFrom, to: keysTo };
}

function usualKeys(place: LogPlace): string | undefined {
  if (place.kind === 'folder') return place.folder.keys;
  return place.kind === 'server' ? process.env['KEYS_URL'] : undefined;
}

function printResult(from: LogPlace, to: LogPlace, keyPlaces: KeyPlaces | undefined, { found, copied, summary, keys }: CopyResult): void {
  print(`${copied} events copied${found > 0 ? `, ${found} were there already` : ''}`);
  for (const place of [from, to]) print(`${summaryText(summary)} in ${place.shown}`);
  if (keys && keyPlaces)
    print(
      `${keys.keys} keys in ${withoutCredentials(keyPlaces.to)}${keys.forgotten > 0 ? `, ${keys.forgotten} of them marks of who was forgotten` : ''}`,
    );
  else print('keys: not copied');
  print(
    `\nNext:\n${nextSteps(from, to)
      .map((step) => `- ${step}`)
      .join('\n')}`,
  );
}

function nextSteps(from: LogPlace, to: LogPlace): readonly string[] {
  const old = `Start nothing on ${from.shown} any more: what is recorded there now would be missing in the copy. Keep it until the new one is backed up.`;
  if (to.kind === 'file') return ['The file is a log without keys: keep those of the log apart from it.'];
  const masterKey =
    from.kind === 'folder' && existsSync(from.folder.developmentKey) ? `the key in ${from.folder.developmentKey}, in base64` : 'as before';
  if (to.kind === 'folder')
    return [
      `Unset EVENTSTORE_URL, MONGODB_URL and KEYS_URL; set DATA_DIR=${to.folder.path}; DIGITUKI_MASTER_KEY stays as it is.`,
      'Start: the views are rebuilt from the log.',
      old,
    ];
  return [
    'Set EVENTSTORE_URL and KEYS_URL to the addresses that you gave here.',
    'Set MONGODB_URL to a database that has no views of another log: they are rebuilt when a server starts.',
    `Set DIGITUKI_MASTER_KEY: ${masterKey}.`,
    old,
  ];
}

function summaryText({ events, sha256 }: Summary): string {
  return `${events} events, sha256 ${sha256},`;
}

type Use = <Part extends { close(): unknown }>(part: Part) => Part;

/** Closes what was put to use, the last first, whatever the work comes to. */
async function closingAll(work: (use: Use) => Promise<void>): Promise<void> {
  const used: { close(): unknown }[] = [];
  try {
    await work((part) => {
      used.unshift(part);
      return part;
    });
  } finally {
    for (const part of used) await part.close();
  }
}

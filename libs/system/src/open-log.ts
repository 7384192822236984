import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { EventLog } from '#event-store/event-log';
import { SqliteEventLog } from '#event-store/sqlite/sqlite-event-log';
import { withoutCredentials } from '#kernel/connection-string';
import { CodedError } from '#kernel/refused';
import { DataFolder } from './data-folder.js';
import { CannotStart } from './settings.js';

/** Where a log is: on a server, in a data folder, or in a file by itself. */
export type LogPlace =
  | { readonly kind: 'server'; readonly shown: string; readonly url: string }
  | { readonly kind: 'folder'; readonly shown: string; readonly folder: DataFolder }
  | { readonly kind: 'file'; readonly shown: string; readonly path: string };

/** The place that an operator writes as `esdb://…`, as the path of a data folder, or as that of a log’s file (`….db`). */
export function logPlace(address: string): LogPlace {
  if (/^esdb(\+discover)?:\/\//.test(address)) return { kind: 'server', shown: withoutCredentials(address), url: address };
  const path = resolve(address);
  return path.endsWith('.db') ? { kind: 'file', shown: path, path } : { kind: 'folder', shown: path, folder: new DataFolder(path) };
}

export interface OpenLog {
  /** Nothing is written, and no log is made where there is none. */
  readonly readOnly?: boolean;
  /** Whether stored texts must be found as they were written. */
  readonly checksTexts?: boolean;
}

/** Opens the log at a place. @throws CannotStart where it is to be read and is not there */
export async function openLog(place: LogPlace, { readOnly = false, checksTexts = false }: OpenLog = {}): Promise<EventLog> {
  if (place.kind === 'server') throw new CannotStart(`${place.shown}: this version has no logs on servers.`);
  const path = place.kind === 'folder' ? place.folder.log : place.path;
  try {
    return SqliteEventLog.open(path, { readOnly, checksTexts });
  } catch (error) {
    if (readOnly && !existsSync(path)) throw new CannotStart(`There is no log at ${path}: start the server once (npm start), or name its folder with DATA_DIR.`, { cause: error });
    if (readOnly && error instanceof CodedError && error.code === 'log-unavailable')
      throw new CannotStart(`The log at ${path} cannot be opened (${String(error.details['reason'])}): even to read it SQLite writes beside it, so copy the folder to where you may write.`, { cause: error });
    throw error;
  }
}

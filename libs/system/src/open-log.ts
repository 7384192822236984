import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { EventLog } from '#event-store/event-log';
import { withoutCredentials } from '#engines/connection-string';
import { CodedError } from '#kernel/refused';
import { DataFolder } from './data-folder.js';
import { openLogAt, type LogAddress, type Opening } from './log-address.js';
import { CannotStart } from './settings.js';

/** Where a log is, as operators name it: on a server, in a data folder, or in a file by itself. */
export type LogPlace = { readonly shown: string; readonly address: LogAddress } & (
  { readonly kind: 'server' | 'file' } | { readonly kind: 'folder'; readonly folder: DataFolder }
);

/** The place that is named as `esdb://…`, as the path of a data folder, or as that of a log’s file (`….db`). */
export function logPlace(named: string, timeoutMs: number): LogPlace {
  if (/^esdb(\+discover)?:\/\//.test(named))
    return { kind: 'server', shown: withoutCredentials(named), address: { url: named, timeoutMs } };
  const path = resolve(named);
  if (path.endsWith('.db')) return { kind: 'file', shown: path, address: { file: path } };
  const folder = new DataFolder(path);
  return { kind: 'folder', shown: path, address: { file: folder.log }, folder };
}

/** Opens the log at a place. @throws CannotStart where it is to be read and is not there */
export async function openLog({ address }: LogPlace, opening: Opening = {}): Promise<EventLog> {
  try {
    return await openLogAt(address, opening);
  } catch (error) {
    // The address of a server that cannot be used.
    if (error instanceof TypeError && 'url' in address) throw new CannotStart(`${error.message}.`, { cause: error });
    if (!opening.readOnly || 'url' in address) throw error;
    const { file } = address;
    if (!existsSync(file))
      throw new CannotStart(`There is no log at ${file}: start the server once (npm start), or name its folder with DATA_DIR.`, {
        cause: error,
      });
    if (error instanceof CodedError && error.code === 'log-unavailable')
      throw new CannotStart(
        `The log at ${file} cannot be opened (${String(error.details['reason'])}): even to read it SQLite writes beside it, so copy the folder to where you may write.`,
        { cause: error },
      );
    throw error;
  }
}

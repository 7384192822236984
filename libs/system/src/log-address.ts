import type { EventLog } from '#event-store/event-log';
import { SqliteEventLog } from '#event-store/sqlite/sqlite-event-log';

/** Where a log is: in a file, or on a server with an index of it in a file. */
export type LogAddress = { readonly file: string } | { readonly url: string; readonly index: string; readonly timeoutMs: number };

/** Opens a log. What only servers need is loaded for them alone. */
export async function openLogAt(at: LogAddress, { readOnly = false, onTrouble }: { readonly readOnly?: boolean; readonly onTrouble?: (trouble: string, details: object) => void } = {}): Promise<EventLog> {
  if ('file' in at) return SqliteEventLog.open(at.file, { readOnly });
  const { EventStoreDbLog } = await import('#event-store/eventstoredb/eventstoredb-event-log');
  return EventStoreDbLog.open({ ...at, ...(onTrouble && { onTrouble }) });
}

import type { EventLog } from '#event-store/event-log';
import { oursIn } from '#event-store/ours';
import { SqliteEventLog } from '#event-store/sqlite/sqlite-event-log';

/** Where a log is: in a file, or on a server with an index of it in a file. */
export type LogAddress = { readonly file: string } | { readonly url: string; readonly index?: string; readonly timeoutMs: number };

export interface Opening {
  /** Nothing is written, and no log is made where there is none. */
  readonly readOnly?: boolean;
  /** Whether stored texts must be found as they were written. */
  readonly checksTexts?: boolean;
  /** The categories that are known; without them, what fits the envelope is ours in any. */
  readonly categories?: readonly string[];
  /** The categories in whose streams events of a type stand; undefined where that is not known. */
  readonly categoriesOf?: (type: string) => readonly string[] | undefined;
  readonly report?: (what: string, details: object) => void;
}

/** Opens a log. What only servers need is loaded for them alone. */
export async function openLogAt(at: LogAddress, { categories, ...opening }: Opening = {}): Promise<EventLog> {
  if ('file' in at) return SqliteEventLog.open(at.file, opening);
  const { EventStoreDbLog } = await import('#event-store/eventstoredb/eventstoredb-event-log');
  return EventStoreDbLog.open({ ...at, ...opening, ours: oursIn(categories) });
}

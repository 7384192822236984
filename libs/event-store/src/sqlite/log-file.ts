import { randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { isDamagedFile, sqliteCodeOf, sqliteCodes } from '#engines/sqlite';
import { failLog } from '../event-log.js';

const format = 1;
/** When an event was recorded, as SQLite finds it in the metadata. */
export const recordedAt = "json_extract(metadata, '$.recordedAt')";
/** They are made where they are missing: SQLite keeps them up whichever version of the program writes. */
const indexes = `
  CREATE INDEX IF NOT EXISTS events_recorded ON events (${recordedAt});
  CREATE INDEX IF NOT EXISTS events_call ON events (json_extract(metadata, '$.call')) WHERE json_extract(metadata, '$.call') IS NOT NULL;
  CREATE INDEX IF NOT EXISTS events_matter ON events (json_extract(metadata, '$.matter')) WHERE json_extract(metadata, '$.matter') IS NOT NULL;
  CREATE INDEX IF NOT EXISTS events_region ON events (json_extract(metadata, '$.region')) WHERE json_extract(metadata, '$.region') IS NOT NULL;
`;

/** The file with its table, made where it is missing (never when read-only). @throws Failed `log-of-newer-version`, or what SQLite fails with */
export function openedFile(path: string, readOnly: boolean): DatabaseSync {
  const db = new DatabaseSync(path, { readOnly });
  try {
    db.exec('PRAGMA busy_timeout = 5000');
    const found = (db.prepare('PRAGMA user_version').get() as { user_version: number }).user_version;
    if (found > format) throw failLog('log-of-newer-version', { path, found, known: format });
    if (!readOnly) {
      db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
      if (found === 0) create(db);
      db.exec(indexes);
      // From here on the log is synced, and copied into the file, by whoever answers for it.
      db.exec('PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 0;');
    }
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function create(db: DatabaseSync): void {
  db.exec(`
    BEGIN IMMEDIATE;
    CREATE TABLE events (
      position INTEGER PRIMARY KEY,
      stream TEXT NOT NULL,
      revision INTEGER NOT NULL,
      id TEXT NOT NULL UNIQUE,
      type TEXT NOT NULL,
      data TEXT NOT NULL,
      metadata TEXT NOT NULL,
      UNIQUE (stream, revision)
    ) STRICT;
  `);
  db.prepare("INSERT INTO events VALUES (1, 'log', 0, ?, 'LogCreated', ?, ?)").run(
    randomUUID(),
    JSON.stringify({ id: randomUUID() }),
    JSON.stringify({ recordedAt: new Date().toISOString() }),
  );
  db.exec(`PRAGMA user_version = ${format}; COMMIT;`);
}

export function isConstraint(error: unknown): boolean {
  return sqliteCodeOf(error) === sqliteCodes.constraint;
}

/** What SQLite fails with, as a failure of the log. */
export function reasoned(path: string, error: unknown): unknown {
  const code = sqliteCodeOf(error);
  if (code === undefined) return error;
  const reason = error instanceof Error ? error.message : String(error);
  if (isDamagedFile(error)) return failLog('log-damaged', { path, reason }, { cause: error });
  if (code === sqliteCodes.full) return failLog('log-storage-full', {}, { cause: error });
  return failLog('log-unavailable', { reason }, { cause: error });
}

export function withReason<Result>(path: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw reasoned(path, error);
  }
}

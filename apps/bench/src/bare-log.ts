import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { EventToAppend } from '#event-store/event-log';
import { SqliteEventLog } from '#event-store/sqlite/sqlite-event-log';

/** A row as it is put into the table; its position is the next one. */
export interface BareRow extends EventToAppend {
  readonly stream: string;
  readonly revision: number;
}

/** The floor of the event log: the same table and indexes, the same durability, rows put in and nothing checked. */
export class BareLog {
  private readonly db: DatabaseSync;
  private readonly insert: StatementSync;
  private readonly ofStream: StatementSync;
  private last: number;

  constructor(path: string) {
    void SqliteEventLog.open(path).close();
    this.db = new DatabaseSync(path);
    this.db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    this.insert = this.db.prepare('INSERT INTO events (position, stream, revision, id, type, data, metadata) VALUES (?, ?, ?, ?, ?, ?, ?)');
    this.ofStream = this.db.prepare('SELECT * FROM events WHERE stream = ? ORDER BY revision');
    this.last = (this.db.prepare('SELECT MAX(position) AS last FROM events').get() as { last: number }).last;
  }

  /** Puts the rows in, in one transaction. Returns the position of the last one. */
  append(rows: readonly BareRow[]): number {
    this.db.exec('BEGIN IMMEDIATE');
    for (const { stream, revision, id, type, data, metadata } of rows)
      this.insert.run(++this.last, stream, revision, id, type, data, metadata);
    this.db.exec('COMMIT');
    return this.last;
  }

  read(stream: string): readonly BareRow[] {
    return this.ofStream.all(stream) as unknown as BareRow[];
  }

  close(): void {
    this.db.close();
  }
}

import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { LRUCache } from 'lru-cache';

/** SQLite's primary result codes that are told apart, https://www.sqlite.org/rescode.html. */
export const sqliteCodes = { busy: 5, corrupt: 11, full: 13, constraint: 19, notADatabase: 26 } as const;

/** The primary result code of what SQLite fails with; undefined of any other error. */
export function sqliteCodeOf(error: unknown): number | undefined {
  const { errcode } = (error ?? {}) as { errcode?: number };
  return errcode === undefined ? undefined : errcode & 0xff;
}

/** Whether the file is no database, or a broken one. */
export function isDamagedFile(error: unknown): boolean {
  const code = sqliteCodeOf(error);
  return code === sqliteCodes.corrupt || code === sqliteCodes.notADatabase;
}

/** The statements of a database by their text: those that were used last are prepared once. */
export class Statements {
  private readonly known: LRUCache<string, StatementSync>;

  constructor(max: number) {
    this.known = new LRUCache({ max });
  }

  of(db: DatabaseSync, sql: string): StatementSync {
    const known = this.known.get(sql);
    if (known) return known;
    const statement = db.prepare(sql);
    this.known.set(sql, statement);
    return statement;
  }

  /** The database is another one from here on. */
  clear(): void {
    this.known.clear();
  }
}

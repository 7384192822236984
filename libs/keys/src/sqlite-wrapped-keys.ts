import { DatabaseSync } from 'node:sqlite';
import { isDamagedFile } from '#engines/sqlite';
import { fail, type KeptKey, type WrappedKeys } from './key-store.js';

interface Row {
  readonly id: string;
  readonly wrapped: Uint8Array | null;
  readonly forgotten_at: string | null;
}

/** Wrapped keys in a SQLite file of one machine. What is overwritten leaves no trace in the file. */
export class SqliteWrappedKeys implements WrappedKeys {
  private constructor(
    readonly place: string,
    private readonly db: DatabaseSync,
  ) {}

  /** Opens the file, and makes it where there is none. @throws Failed `keys-damaged`, `keys-unavailable` */
  static open(path: string): SqliteWrappedKeys {
    return withReason(path, () => {
      const db = new DatabaseSync(path);
      try {
        db.exec(`
          PRAGMA busy_timeout = 5000; PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;
          CREATE TABLE IF NOT EXISTS keys (id TEXT PRIMARY KEY, wrapped BLOB, forgotten_at TEXT) STRICT;
        `);
      } catch (error) {
        db.close();
        throw error;
      }
      return new SqliteWrappedKeys(path, db);
    });
  }

  async get(id: string): Promise<KeptKey | undefined> {
    return withReason(this.place, () => {
      const row = this.db.prepare('SELECT * FROM keys WHERE id = ?').get(id) as Row | undefined;
      return row && kept(row);
    });
  }

  async putIfAbsent(id: string, wrapped: Buffer): Promise<KeptKey> {
    withReason(this.place, () =>
      this.db.prepare('INSERT INTO keys (id, wrapped) VALUES (?, ?) ON CONFLICT (id) DO NOTHING').run(id, wrapped),
    );
    return (await this.get(id)) as KeptKey;
  }

  async forget(id: string, at: string): Promise<void> {
    withReason(this.place, () =>
      this.db
        .prepare(
          'INSERT INTO keys (id, wrapped, forgotten_at) VALUES (?, NULL, ?) ON CONFLICT (id) DO UPDATE SET wrapped = NULL, forgotten_at = min(coalesce(forgotten_at, excluded.forgotten_at), excluded.forgotten_at)',
        )
        .run(id, at),
    );
  }

  async page(afterId: string | undefined, limit: number): Promise<readonly KeptKey[]> {
    return withReason(this.place, () => {
      const rows = this.db.prepare('SELECT * FROM keys WHERE id > ? ORDER BY id LIMIT ?').all(afterId ?? '', limit);
      return (rows as unknown as Row[]).map(kept);
    });
  }

  async close(): Promise<void> {
    if (this.db.isOpen) this.db.close();
  }
}

function kept({ id, wrapped, forgotten_at: forgottenAt }: Row): KeptKey {
  return { id, wrapped: wrapped && Buffer.from(wrapped), forgottenAt } as KeptKey;
}

function withReason<Result>(place: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (code !== 'ERR_SQLITE_ERROR') throw error;
    if (isDamagedFile(error)) throw fail('keys-damaged', { place, reason: message }, { cause: error });
    throw fail('keys-unavailable', { reason: message }, { cause: error });
  }
}

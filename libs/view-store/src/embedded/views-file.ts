import { readFileSync, rmSync, statSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDamagedFile, Statements } from '#engines/sqlite';

const format = 1;
/**
 * All collections in the same tables, so that one takes another's place by its name alone, and what is dropped goes bit by
 * bit. `live` is how many rows are no tombstones. Entries are of those: a value of each declared field, the row's id.
 */
const tables = `
  BEGIN;
  CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE collections (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT UNIQUE,
    fields TEXT NOT NULL,
    live INTEGER NOT NULL,
    checkpoint TEXT
  ) STRICT;
  CREATE TABLE rows (
    n INTEGER PRIMARY KEY,
    collection INTEGER NOT NULL,
    id TEXT NOT NULL,
    row TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX rows_id ON rows (collection, id);
  CREATE TABLE entries (
    collection INTEGER NOT NULL,
    field INTEGER NOT NULL,
    value ANY NOT NULL,
    id ANY NOT NULL,
    PRIMARY KEY (collection, field, value, id)
  ) STRICT, WITHOUT ROWID;
  PRAGMA user_version = ${format};
  COMMIT;
`;
/** Rows that are written in one turn of the event loop, by all views together. */
const rowsInTurn = 50;
/** Rows after which a transaction is committed, and milliseconds. */
const [rowsInCommit, commitMs] = [500, 200];
/** Pages of the write-ahead log after which they are put in their place: a few milliseconds of copying, for nothing waits for the disk. */
const pagesInLog = 500;
/** Rows, and pages, of what was dropped that go in one turn. */
const [rowsDropped, pagesVacuumed, restMs] = [100, 50, 5];
/** Milliseconds until it is tried again whether the file can be written. */
const againMs = 1_000;
const closed = 'closed';

/** Why a file is thrown away. */
class Unfit extends Error {}

export interface ViewsFileParts {
  /** In memory without one. */
  readonly path?: string;
  readonly report?: (what: string, details: object) => void;
  /** Writes what belongs to the transaction that is about to be committed. */
  readonly beforeCommit: () => void;
  /** What was not committed is lost, and all that is remembered of the file with it. */
  readonly onLost: () => void;
  /** It can be written again after that. */
  readonly onUsable: () => void;
}

/**
 * The SQLite file with the rows of all embedded views. It never waits for the disk: what a machine loses with its power is
 * folded again from the log. So a file that was open when its machine stopped, or that was copied while it was open, is
 * thrown away when it is opened, as is a damaged one; the end of the process alone harms nothing.
 */
export class ViewsFile {
  private db: DatabaseSync;
  private readonly statements = new Statements(100);
  private writtenInTurn = 0;
  private writtenInCommit = 0;
  private turn: Promise<void> | undefined;
  private committing: NodeJS.Timeout | undefined;
  private emptying: Promise<void> | undefined;
  private hasDropped = false;
  private isClosing = false;
  private trying: NodeJS.Timeout | undefined;
  /** Why the last transaction was lost; undefined once one was committed since. */
  private trouble: Error | undefined;

  constructor(private readonly parts: ViewsFileParts) {
    this.db = this.opened();
  }

  all<Row>(sql: string, ...values: SQLInputValue[]): readonly Row[] {
    return this.told(() => this.prepared(sql).all(...values) as Row[]);
  }

  get<Row>(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.told(() => this.prepared(sql).get(...values) as Row | undefined);
  }

  /** Within the transaction that is open, or one that begins with it; it is committed soon. */
  run(sql: string, ...values: SQLInputValue[]): { readonly changes: number; readonly id: number } {
    this.begin();
    return this.told(() => {
      const { changes, lastInsertRowid } = this.prepared(sql).run(...values);
      return { changes: Number(changes), id: Number(lastInsertRowid) };
    });
  }

  /** Something is to be written before the next commit, which there will be. */
  begin(): void {
    if (!this.db.isTransaction) this.told(() => this.db.exec('BEGIN'));
    this.committing ??= setTimeout(() => this.commitOrTell(), commitMs).unref();
  }

  /** Resolves when another row may be written: others have their turn after so many. */
  async room(): Promise<void> {
    while (this.writtenInTurn >= rowsInTurn) await this.turn;
    this.turn ??= new Promise((resolve) =>
      setImmediate(() => {
        this.turn = undefined;
        this.writtenInTurn = 0;
        if (this.writtenInCommit >= rowsInCommit) this.commitOrTell();
        resolve();
      }),
    );
    this.writtenInTurn += 1;
    this.writtenInCommit += 1;
  }

  /** Makes what was written so far outlast the process. @throws where that cannot be */
  commit(): void {
    if (!this.db.isOpen || !this.db.isTransaction) return;
    this.parts.beforeCommit();
    clearTimeout(this.committing);
    this.committing = undefined;
    this.writtenInCommit = 0;
    this.told(() => {
      this.db.exec('COMMIT');
      if (this.trouble !== undefined) this.parts.report?.('the views can be kept again', {});
      this.trouble = undefined;
      const pages = this.prepared('PRAGMA wal_checkpoint(NOOP)').get() as { log: number } | undefined;
      if ((pages?.log ?? 0) >= pagesInLog) this.prepared('PRAGMA wal_checkpoint(PASSIVE)').get();
    });
  }

  /** Takes away, bit by bit, the rows of collections that have no name any more, and gives back their room. */
  dropBitByBit(): void {
    this.hasDropped = true;
    this.emptying ??= this.dropUnnamed().finally(() => {
      this.emptying = undefined;
      // Dropped since it was looked last.
      if (this.hasDropped) this.dropBitByBit();
    });
  }

  get isDropping(): boolean {
    return this.emptying !== undefined;
  }

  /** Throws everything away. */
  empty(): void {
    this.forget();
    this.db.close();
    this.remove();
    this.db = this.opened();
  }

  /** @throws what keeps it from being read or written */
  probe(): void {
    if (this.trouble !== undefined) throw this.trouble;
    this.get('SELECT 1 FROM collections LIMIT 1');
  }

  async close(): Promise<void> {
    if (this.isClosing) return;
    this.isClosing = true;
    clearTimeout(this.trying);
    await this.emptying;
    try {
      this.commit();
      if (this.parts.path !== undefined) this.leave();
    } catch (error) {
      // It is thrown away when it is opened again.
      this.parts.report?.('the views could not be kept', { reason: String(error) });
    }
    this.forget();
    this.db.close();
  }

  private async dropUnnamed(): Promise<void> {
    try {
      while ((this.hasDropped = !this.isClosing && this.dropSome())) await sleep(restMs);
    } catch (error) {
      // It is done when the file is opened again.
      this.hasDropped = false;
      this.parts.report?.('rows that are not needed any more could not be taken away', { reason: String(error) });
    }
  }

  /** Gives whether there is more. */
  private dropSome(): boolean {
    const dropped = this.get<{ id: number }>('SELECT id FROM collections WHERE name IS NULL LIMIT 1');
    if (!dropped) return this.vacuum();
    const { id } = dropped;
    const rows = this.run('DELETE FROM rows WHERE n IN (SELECT n FROM rows WHERE collection = ? LIMIT ?)', id, rowsDropped);
    const entries = this.run(
      `DELETE FROM entries WHERE collection = ? AND (field, value, id) IN (SELECT field, value, id FROM entries WHERE collection = ? LIMIT ?)`,
      id,
      id,
      rowsDropped,
    );
    if (rows.changes + entries.changes === 0) this.run('DELETE FROM collections WHERE id = ?', id);
    return true;
  }

  /** Gives back pages that are free. Gives whether there are more. */
  private vacuum(): boolean {
    const { freelist_count: free } = this.get<{ freelist_count: number }>('PRAGMA freelist_count') ?? { freelist_count: 0 };
    if (free === 0) return false;
    this.begin();
    this.told(() => this.db.exec(`PRAGMA incremental_vacuum(${pagesVacuumed})`));
    return true;
  }

  private commitOrTell(): void {
    try {
      this.commit();
    } catch {
      // Told of already.
    }
  }

  /** Opens the file, in whose place a new one is put where it is not to be trusted. */
  private opened(): DatabaseSync {
    const { path, report } = this.parts;
    if (path === undefined) return openedAs(':memory:', 'MEMORY');
    try {
      return kept(path);
    } catch (error) {
      if (!(error instanceof Unfit) && !isDamagedFile(error)) throw error;
      this.remove();
      report?.('the views are made from the log anew: their file cannot be used', { file: path, reason: (error as Error).message });
      return kept(path);
    }
  }

  /** Everything is on the disk, and the file says so. */
  private leave(): void {
    this.db.exec('PRAGMA synchronous = FULL');
    // The second one is on the disk only after all else is.
    put(this.db, 'closing');
    put(this.db, closed);
  }

  private remove(): void {
    const { path } = this.parts;
    if (path !== undefined) for (const file of [path, `${path}-wal`, `${path}-shm`]) rmSync(file, { force: true });
  }

  private forget(): void {
    clearTimeout(this.committing);
    this.committing = undefined;
    this.writtenInCommit = 0;
    this.statements.clear();
  }

  /** Where that fails, what was not committed is lost; where the file is damaged, all of it. */
  private told<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      // A question that cannot be asked harms nothing.
      if (isOfSqlite(error)) this.lost(error);
      throw error;
    }
  }

  /** Tries once in a while whether it can be written again. */
  private tryAgain(): void {
    if (this.isClosing) return;
    this.trying ??= setTimeout(() => {
      this.trying = undefined;
      try {
        this.run("INSERT INTO about VALUES ('tried', '') ON CONFLICT DO NOTHING");
        this.run("DELETE FROM about WHERE name = 'tried'");
        this.commit();
      } catch {
        // Told of already, and tried again.
        return;
      }
      this.parts.onUsable();
    }, againMs).unref();
  }

  private lost(error: Error): void {
    if (this.trouble === undefined) this.parts.report?.('the views cannot be kept', { reason: String(error) });
    this.trouble = error;
    try {
      if (this.db.isTransaction) this.db.exec('ROLLBACK');
      if (isDamagedFile(error)) this.empty();
    } finally {
      this.parts.onLost();
      this.tryAgain();
    }
  }

  private prepared(sql: string): StatementSync {
    return this.statements.of(this.db, sql);
  }
}

function openedAs(path: string, journal: 'WAL' | 'MEMORY'): DatabaseSync {
  const db = new DatabaseSync(path, { timeout: 5_000 });
  try {
    // What has one owner takes no locks. Pages can be given back only where that is said before anything else of a new file.
    db.exec('PRAGMA auto_vacuum = INCREMENTAL; PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = OFF; PRAGMA cache_size = -8000;');
    db.exec(`PRAGMA journal_mode = ${journal}; PRAGMA wal_autocheckpoint = 0;`);
    const { user_version: found } = db.prepare('PRAGMA user_version').get() as { user_version: number };
    if (found === 0) db.exec(tables);
    else if (found !== format) throw new Unfit(`it is of format ${found}, not ${format}`);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function kept(path: string): DatabaseSync {
  const db = openedAs(path, 'WAL');
  try {
    mark(db, path);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Leaves word in the file that it is open, and where. @throws Unfit where it was open when its machine stopped, or is a copy of one that was open */
function mark(db: DatabaseSync, path: string): void {
  const open = `open ${bootOf()} ${placeOf(path)}`;
  const found = (db.prepare("SELECT value FROM about WHERE name = 'state'").get() as { value: string } | undefined)?.value;
  if (found === open) return;
  if (found !== undefined && found !== closed) throw new Unfit('it was open when its machine stopped, or was copied while it was open');
  db.exec('PRAGMA synchronous = FULL');
  put(db, open);
  db.exec('PRAGMA synchronous = OFF');
}

/** Writes the state to the disk, past the write-ahead log. */
function put(db: DatabaseSync, state: string): void {
  db.prepare("INSERT INTO about VALUES ('state', ?) ON CONFLICT DO UPDATE SET value = excluded.value").run(state);
  db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get();
}

/** Which start of the machine this is; where it does not say, each is another one. */
function bootOf(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return crypto.randomUUID();
  }
}

/** A copy is another file. */
function placeOf(path: string): string {
  const { dev, ino } = statSync(path);
  return `${dev}:${ino}`;
}

export function isOfSqlite(error: unknown): error is Error {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === 'ERR_SQLITE_ERROR';
}

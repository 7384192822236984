import { existsSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import type { RestrictedRead } from '#edge/restricted-reads';
import type { Clock } from '#kernel/clock';
import { instantOf, type Instant } from '#kernel/helsinki-time';
import { firstInstant, lastInstant, type When } from '#kernel/when';
import { failTrail } from './trail.failures.js';

/** What is looked for; all that is given must hold. */
export interface ReadFilter {
  /** Pseudonym. */
  readonly actor?: string;
  readonly role?: string;
  readonly what?: string;
  /** An id that was asked for. */
  readonly key?: string;
  readonly from?: When;
  readonly to?: When;
}

/** A read as it is kept. */
export interface KeptRead {
  readonly place: number;
  readonly at: Instant;
  readonly actor: string;
  readonly role: string;
  readonly organisation: string | null;
  readonly what: string;
  readonly ofRegion: string | null;
  readonly ofOrganisation: string | null;
  readonly asked: string;
  readonly keys: readonly string[];
  readonly correlationId: string;
}

/** Reads, the latest first. */
export interface FoundReads {
  readonly reads: readonly KeptRead[];
  readonly totalCount: number;
  readonly hasMore: boolean;
  /** What was read earlier is removed. */
  readonly keptFrom: Instant;
}

const tables = `
  CREATE TABLE IF NOT EXISTS reads (
    place INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, actor TEXT NOT NULL, role TEXT NOT NULL, organisation TEXT,
    what TEXT NOT NULL, ofRegion TEXT, ofOrganisation TEXT, asked TEXT NOT NULL, keys TEXT NOT NULL, correlationId TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS reads_at ON reads (at);
  CREATE INDEX IF NOT EXISTS reads_actor ON reads (actor, at);
`;
const dayMs = 86_400_000;
/** How long reads wait to be written together. */
const batchMs = 1_000;
/** So many are not left to wait: to write them takes a few milliseconds. */
const mostAtOnce = 500;
/** How often what is no longer kept is removed where nothing is written. */
const removalMs = 3_600_000;
/** Where they cannot be written, so many wait at most. */
const mostWaiting = 10_000;

type Condition = readonly [sql: string, value: SQLInputValue];
const conditions: { readonly [Name in keyof ReadFilter]-?: (value: string) => Condition } = {
  actor: (value) => ['actor = ?', value],
  role: (value) => ['role = ?', value],
  what: (value) => ['what = ?', value],
  key: (value) => ['EXISTS (SELECT 1 FROM json_each(keys) WHERE value = ?)', value],
  from: (at) => ['at >= ?', firstInstant(at)],
  to: (at) => ['at <= ?', lastInstant(at)],
};

/**
 * Which restricted files officials have read: in a file of this server's own, apart from the log. What is added is written a
 * moment later, many at once; where that fails it is reported once, and nobody's answer fails or waits.
 */
export class ReadRecord {
  private db: DatabaseSync | undefined;
  private readonly waiting = new Map<string, { readonly at: Instant; readonly read: RestrictedRead }>();
  private timer: NodeJS.Timeout | undefined;
  private readonly removal = setInterval(() => this.write(), removalMs).unref();
  private isFailing = false;
  private lost = 0;

  constructor(
    private readonly path: string,
    private readonly keptDays: number,
    private readonly clock: Clock,
    private readonly report: (what: string, details: object) => void,
  ) {}

  /** Takes a read in; the same of one answer only once while it waits. */
  add(read: RestrictedRead): void {
    const { correlationId, what, of, asked } = read;
    const key = `${correlationId} ${what} ${of.region ?? ''} ${of.organisation ?? ''} ${asked}`;
    if (this.waiting.has(key)) return;
    if (this.waiting.size >= mostWaiting) {
      this.lost++;
      return;
    }
    this.waiting.set(key, { at: instantOf(this.clock.now()), read });
    if (this.waiting.size % mostAtOnce === 0) this.write();
    else this.timer ??= setTimeout(() => this.write(), batchMs).unref();
  }

  /** What is found of what is kept, those that wait among it. @throws Failed `reads-unavailable` */
  find(filter: ReadFilter, limit: number, before?: number): FoundReads {
    this.write();
    const keptFrom = this.keptFrom();
    const given = Object.entries(filter).flatMap(([name, value]) =>
      value == null ? [] : [conditions[name as keyof ReadFilter](value as string)],
    );
    const where = ['at >= ?', ...given.map(([sql]) => sql)].join(' AND ');
    const values = [keptFrom, ...given.map(([, value]) => value)];
    try {
      const db = this.opened();
      const rows = db
        .prepare(`SELECT * FROM reads WHERE ${where} AND place < ? ORDER BY place DESC LIMIT ?`)
        .all(...values, before ?? Number.MAX_SAFE_INTEGER, limit + 1) as unknown as (KeptRead & { readonly keys: string })[];
      const { count } = db.prepare(`SELECT COUNT(*) AS count FROM reads WHERE ${where}`).get(...values) as { count: number };
      const reads = rows.slice(0, limit).map((row) => ({ ...row, keys: JSON.parse(row.keys) as string[] }));
      return { reads, totalCount: count, hasMore: rows.length > limit, keptFrom };
    } catch (error) {
      throw failTrail('reads-unavailable', { reason: (error as Error).message });
    }
  }

  /** Writes what waits, and removes what is no longer kept. */
  write(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.waiting.size === 0 && !existsSync(this.path)) return;
    try {
      this.insert();
      this.waiting.clear();
      if (this.lost > 0) this.report('reads of restricted files are put on record again; some were lost', { lost: this.lost });
      [this.isFailing, this.lost] = [false, 0];
    } catch (error) {
      if (!this.isFailing) this.report('reads of restricted files cannot be put on record', { file: this.path, reason: String(error) });
      this.isFailing = true;
    }
  }

  close(): void {
    clearInterval(this.removal);
    this.write();
    clearTimeout(this.timer);
    this.db?.close();
    this.db = undefined;
  }

  private keptFrom(): Instant {
    return instantOf(this.clock.now() - this.keptDays * dayMs);
  }

  private insert(): void {
    const db = this.opened();
    db.exec('BEGIN IMMEDIATE');
    try {
      db.prepare('DELETE FROM reads WHERE at < ?').run(this.keptFrom());
      const insert = db.prepare('INSERT INTO reads VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
      for (const { at, read } of this.waiting.values()) {
        const { reader, role, what, of, asked, keys, correlationId } = read;
        const whose = [of.region ?? null, of.organisation ?? null];
        insert.run(at, reader.id, role, reader.organisation ?? null, what, ...whose, asked, JSON.stringify(keys), correlationId);
      }
      db.exec('COMMIT');
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK');
      throw error;
    }
  }

  private opened(): DatabaseSync {
    if (this.db) return this.db;
    const db = new DatabaseSync(this.path);
    try {
      // Nobody waits for a lock: what cannot be written now is written with the next. What is removed is overwritten.
      db.exec(`PRAGMA busy_timeout = 0; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON; ${tables}`);
    } catch (error) {
      db.close();
      throw error;
    }
    return (this.db = db);
  }
}

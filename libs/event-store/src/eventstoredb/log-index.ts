import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { isDamagedFile } from '#engines/sqlite';
import type { Position } from '#kernel/envelope';
import type { Instant } from '#kernel/helsinki-time';
import { Failed } from '#kernel/refused';
import { failLog, subjectOf, type About, type LoggedEvent, type Page, type Prefix } from '../event-log.js';

const format = 2;
/** Each event with the latest `recordedAt` up to it: the first event recorded later than an instant is the first whose `latest` is later. */
const tables = `
  CREATE TABLE events (
    position TEXT PRIMARY KEY,
    stream TEXT NOT NULL,
    revision INTEGER NOT NULL,
    call TEXT,
    matter TEXT,
    region TEXT,
    latest TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX events_call ON events (call) WHERE call IS NOT NULL;
  CREATE INDEX events_matter ON events (matter) WHERE matter IS NOT NULL;
  CREATE INDEX events_region ON events (region) WHERE region IS NOT NULL;
  CREATE INDEX events_latest ON events (latest);
  CREATE TABLE of (log TEXT NOT NULL) STRICT;
  PRAGMA user_version = ${format};
`;
const before = 'SELECT position, stream, revision FROM events WHERE position < ? ORDER BY position DESC LIMIT 1';

/** How the index reads the log. */
export interface Indexed {
  readonly id: string;
  readPage(after: Position | undefined): Promise<Page>;
  /** The event at a position that was an event's once; undefined where there is none any more. */
  at(position: Position): Promise<Prefix | undefined>;
}

/**
 * Where in the log what is about calls, matters and regions stands, and what was recorded when: EventStoreDB can tell neither. A file
 * of this machine that is made from the log and may be thrown away at any time; processes and threads may share it.
 */
export class LogIndex {
  private db: DatabaseSync;
  private isChecked = false;
  private catchingUp: Promise<unknown> = Promise.resolve();

  /** In memory without a path. @throws Failed `log-unavailable` where the file cannot be used */
  constructor(
    private readonly log: Indexed,
    private readonly path = ':memory:',
  ) {
    try {
      this.db = this.opened();
    } catch (error) {
      this.db = this.remade(error);
    }
  }

  /** Where the events about something stand, after one position and up to another. */
  about(about: About, after: Position | undefined, upTo: Position, limit: number): Promise<Prefix[]> {
    const [column, value] = subjectOf(about);
    const query = `SELECT position, stream, revision FROM events WHERE ${column} = ? AND position > ? AND position <= ? ORDER BY position LIMIT ?`;
    return this.asOf(upTo, () => this.db.prepare(query).all(value, after ?? '', upTo, limit) as unknown as Prefix[]);
  }

  /** The last event before the first that was recorded later than the instant, in the log up to a position. */
  prefixAt(instant: Instant, upTo: Position): Promise<Prefix> {
    return this.asOf(upTo, () => {
      const later = this.db.prepare('SELECT position FROM events WHERE latest > ? ORDER BY latest, position LIMIT 1').get(instant) as
        { position: Position } | undefined;
      return this.db.prepare(before).get(later?.position ?? '~') as unknown as Prefix;
    });
  }

  /** Brings the index up to a position of the log. */
  reach(position: Position): Promise<void> {
    const reached = this.catchingUp.then(() => this.catchUp(position));
    this.catchingUp = reached.catch(() => {});
    return reached;
  }

  /** Throws all away, to be built again from the log. */
  empty(): void {
    this.told(() => this.db.exec('DELETE FROM events'));
  }

  close(): void {
    if (this.db.isOpen) this.db.close();
  }

  /** Asks the index as soon as it reaches the position. Another process may empty it at any time. */
  private async asOf<Result>(position: Position, ask: () => Result): Promise<Result> {
    for (let tries = 1; ; tries++) {
      try {
        await this.reach(position);
        const answer = this.inTransaction('BEGIN', () => (this.last()?.position ?? '') >= position && { is: ask() });
        if (answer) return answer.is;
      } catch (error) {
        if (tries === 3 || !isDamagedFile((error as { cause?: unknown }).cause)) throw error;
      }
    }
  }

  private async catchUp(position: Position): Promise<void> {
    await this.check(position);
    for (let last = this.last(); !last || last.position < position; last = this.last()) {
      const { events } = await this.log.readPage(last?.position);
      if (events.length === 0) throw failLog('log-unavailable', { reason: 'its end cannot be read' });
      this.add(last, events);
    }
  }

  /** Begins again where the log was put back to an earlier state since. */
  private async check(position: Position): Promise<void> {
    const last = this.last();
    if (!last || (this.isChecked && last.position <= position)) return;
    const found = await this.log.at(last.position);
    if (found?.stream !== last.stream || found.revision !== last.revision) this.empty();
    this.isChecked = true;
  }

  private last(): Prefix | undefined {
    return this.told(() => this.db.prepare(before).get('~') as Prefix | undefined);
  }

  /** Adds what follows an event, unless another server has added it meanwhile. */
  private add(last: Prefix | undefined, events: readonly LoggedEvent[]): void {
    this.inTransaction('BEGIN IMMEDIATE', () => {
      const end = this.db.prepare('SELECT position, latest FROM events ORDER BY position DESC LIMIT 1').get() as
        { position: Position; latest: string } | undefined;
      if (end?.position === last?.position) this.insert(end?.latest, events);
    });
  }

  private inTransaction<Result>(begin: string, work: () => Result): Result {
    return this.told(() => {
      this.db.exec(begin);
      try {
        const result = work();
        this.db.exec('COMMIT');
        return result;
      } catch (error) {
        if (this.db.isTransaction) this.db.exec('ROLLBACK');
        throw error;
      }
    });
  }

  private insert(latest: string | undefined, events: readonly LoggedEvent[]): void {
    const insert = this.db.prepare(
      'INSERT INTO events (position, stream, revision, call, matter, region, latest) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
    let latestSoFar = latest;
    for (const { position, stream, revision, metadata } of events) {
      const { call, matter, region, recordedAt } = metadata as { call?: unknown; matter?: unknown; region?: unknown; recordedAt?: unknown };
      // What the log records of itself counts as recorded never; the very first event is always there.
      if (latestSoFar === undefined) latestSoFar = '';
      else if (stream !== 'log' && typeof recordedAt === 'string' && recordedAt > latestSoFar) latestSoFar = recordedAt;
      insert.run(position, stream, revision, text(call), text(matter), text(region), latestSoFar);
    }
  }

  private opened(): DatabaseSync {
    const db = new DatabaseSync(this.path, { timeout: 5_000 });
    try {
      // It can be made again: it need not survive a power cut.
      db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; BEGIN IMMEDIATE;');
      const found = (db.prepare('PRAGMA user_version').get() as { user_version: number }).user_version;
      const of = found === format ? (db.prepare('SELECT log FROM of').get() as { log: string } | undefined)?.log : undefined;
      if (of !== this.log.id) {
        for (const { name } of db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all() as { name: string }[])
          db.exec(`DROP TABLE "${name}"`);
        db.exec(tables);
        db.prepare('INSERT INTO of VALUES (?)').run(this.log.id);
      }
      db.exec('COMMIT');
      return db;
    } catch (error) {
      db.close();
      throw error;
    }
  }

  /** In place of a damaged file. One process at a time, since two would take away each other's new file. */
  private remade(error: unknown): DatabaseSync {
    if (!isDamagedFile(error)) throw failed(error);
    const lock = new DatabaseSync(`${this.path}.lock`, { timeout: 5_000 });
    try {
      lock.exec('BEGIN EXCLUSIVE');
      if (!this.isSound()) for (const file of [this.path, `${this.path}-wal`, `${this.path}-shm`]) rmSync(file, { force: true });
      return this.opened();
    } catch (cause) {
      throw failed(cause);
    } finally {
      lock.close();
    }
  }

  /** Whether another server has put a new file there meanwhile. */
  private isSound(): boolean {
    let db: DatabaseSync | undefined;
    try {
      db = this.opened();
      const { quick_check: found } = db.prepare('PRAGMA quick_check(1)').get() as { quick_check: string };
      return found === 'ok';
    } catch (error) {
      if (isDamagedFile(error)) return false;
      throw error;
    } finally {
      db?.close();
    }
  }

  /** Works on the file; where it turns out to be damaged, a new one is begun. */
  private told<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      if (error instanceof Failed) throw error;
      if (isDamagedFile(error)) {
        this.close();
        this.db = this.remade(error);
      }
      throw failed(error);
    }
  }
}

function failed(error: unknown): Failed {
  return failLog(
    'log-unavailable',
    { reason: `the index of the log: ${error instanceof Error ? error.message : String(error)}` },
    { cause: error },
  );
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

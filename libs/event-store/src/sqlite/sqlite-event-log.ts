import { writeSync } from 'node:fs';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { LRUCache } from 'lru-cache';
import { outageReason } from '#engines/outage';
import type { Position, Revision } from '#kernel/envelope';
import type { Instant } from '#kernel/helsinki-time';
import {
  checkAppend,
  defaultLimit,
  EventIdReused,
  failLog,
  position,
  WrongExpectedRevision,
  type Appended,
  type EventLog,
  type EventToAppend,
  type ExpectedRevision,
  type LoggedEvent,
  type Page,
  type Prefix,
  type ReadAll,
  type ReadStream,
  type StoredEvent,
  subjectOf,
} from '../event-log.js';
import { checkTexts } from '../stored-texts.js';
import { CategoryPositions } from './category-positions.js';
import { isConstraint, openedFile, reasoned, recordedAt, withReason } from './log-file.js';
import { RecordedTimes } from './recorded-times.js';
import { syncWriteAheadLog, WriteAheadLog, type Disk } from './write-ahead-log.js';

const whereAbout = {
  call: "json_extract(metadata, '$.call') = ?",
  matter: "json_extract(metadata, '$.matter') = ?",
  region: "json_extract(metadata, '$.region') = ?",
};
/** Bounds a group commit: how many appends may share one transaction. */
const maxGroup = 512;
/** So many rows are looked through in one turn of the event loop. */
const mostLookedThrough = 10_000;
/** So many rows are read one by one in one turn. */
const mostOneByOne = 1_000;
/** Why nothing is written any more. */
const notSynced = 'the disk did not confirm what was written before';
/** Later than any row, any revision. */
const all = Number.MAX_SAFE_INTEGER;

interface Row {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
}

const columns = 'position, stream, revision, id, type, data, metadata';
type Columns = readonly [position: number, stream: string, revision: number, id: string, type: string, data: string, metadata: string];

interface PageQuestion {
  readonly statement: () => StatementSync;
  /** What the statement takes between the positions and the limit. */
  readonly filter: readonly string[];
  readonly after: Position | undefined;
  readonly upTo: Position | undefined;
  readonly limit: number;
  /** Whether rows are looked through that are not wanted: no index tells which are. */
  readonly looksThrough?: boolean;
  /** The categories in which all that is wanted stands, and whether a row there is wanted. */
  readonly among?: { readonly categories: readonly string[]; readonly isWanted: (row: Row) => boolean };
}

interface Waiting {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly EventToAppend[];
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: unknown) => void;
}

export interface SqliteOpening {
  /** Nothing is written, and no log is made where there is none. */
  readonly readOnly?: boolean;
  /** Whether reading an event whose text is not canonical fails with `log-text-altered`. */
  readonly checksTexts?: boolean;
  /** The categories in whose streams events of a type stand; undefined where that is not known. */
  readonly categoriesOf?: (type: string) => readonly string[] | undefined;
  /** Called where what was committed could not be made durable: nothing more is written or shown, and the process must end. */
  readonly onLost?: (path: string, reason: string) => void;
  /** What keeps what was written. */
  readonly disk?: Disk;
}

/**
 * The event log in one SQLite file, with a write-ahead log. Appends that wait at the same time share a transaction and one
 * sync, off the thread that answers where the disk is slow; each is answered, and read by anybody, only once it is synced. One process writes (see
 * the folder's lock), any number read.
 */
export class SqliteEventLog implements EventLog {
  readonly id: string;
  private readonly insert: StatementSync | undefined;
  private readonly headOf: StatementSync;
  private readonly lastOfAll: StatementSync;
  private readonly rowsFrom: StatementSync;
  private readonly backwards: StatementSync;
  private readonly times: RecordedTimes;
  private readonly lastBefore: StatementSync;
  private readonly latestRecorded: StatementSync;
  private readonly pages = new Map<string, StatementSync>();
  private readonly rowAt: StatementSync;
  private readonly categoryPositions: CategoryPositions;
  private last: number;
  private waiting: Waiting[] = [];
  private writing: Promise<void> | undefined;
  /** Missing where nothing is written. */
  private readonly ahead: WriteAheadLog | undefined;
  /** While a group is synced, the last row that is durable: nothing after it is shown. */
  private durable: number | undefined;
  private shownGroups = 0;
  /** Of what others write, the last row that was synced. */
  private synced = 0;
  private isLost = false;
  private readonly caughtUp = new Set<() => void>();
  /** The last revisions of streams lately written, where this process is the one that writes. */
  private readonly heads = new LRUCache<string, Revision>({ max: 10_000 });
  private isReading = false;

  private constructor(
    private readonly db: DatabaseSync,
    private readonly path: string,
    private readonly opening: SqliteOpening,
  ) {
    const { readOnly = false, disk } = opening;
    this.insert = readOnly
      ? undefined
      : db.prepare('INSERT INTO events (position, stream, revision, id, type, data, metadata) VALUES (?, ?, ?, ?, ?, ?, ?)');
    this.lastOfAll = db.prepare('SELECT MAX(position) AS last FROM events');
    this.headOf = db.prepare('SELECT MAX(revision) AS head FROM events WHERE stream = ?');
    this.rowsFrom = selecting(db, 'WHERE stream = ? AND revision >= ? AND position <= ? ORDER BY revision LIMIT ?');
    this.rowAt = selecting(db, 'WHERE position = ?');
    this.categoryPositions = new CategoryPositions(db);
    this.times = new RecordedTimes(db);
    this.lastBefore = db.prepare('SELECT position, stream, revision FROM events WHERE position < ? ORDER BY position DESC LIMIT 1');
    // The plus keeps SQLite from reading and sorting the log up to the position.
    this.latestRecorded = db.prepare(
      `SELECT ${recordedAt} AS latest FROM events WHERE ${recordedAt} IS NOT NULL AND +stream <> 'log' AND +position <= ? ORDER BY ${recordedAt} DESC LIMIT 1`,
    );
    this.backwards = selecting(db, 'WHERE stream = ? AND revision <= ? AND position <= ? ORDER BY revision DESC LIMIT ?');
    this.last = this.lastRow();
    const [created] = rowsOf(this.rowsFrom, 'log', 0, all, 1);
    if (created === undefined) throw failLog('log-damaged', { path, reason: 'its first event is missing' });
    this.id = (parsed(created, path).data as { id: string }).id;
    this.ahead = readOnly ? undefined : new WriteAheadLog(path, disk);
  }

  /**
   * Opens the log, and makes it where there is none (never when read-only).
   * @throws Failed `log-damaged`, `log-of-newer-version`, `log-unavailable`
   */
  static open(path: string, opening: SqliteOpening = {}): SqliteEventLog {
    return withReason(path, () => {
      const db = openedFile(path, opening.readOnly === true);
      try {
        return new SqliteEventLog(db, path, opening);
      } catch (error) {
        db.close();
        throw error;
      }
    });
  }

  get changeCount(): number | undefined {
    return this.ahead && this.shownGroups;
  }

  append(stream: string, expected: ExpectedRevision, events: readonly EventToAppend[]): Promise<Appended> {
    return new Promise((resolve, reject) => {
      checkAppend(stream, expected, events);
      this.waiting.push({ stream, expected, events, resolve, reject });
      this.writing ??= this.write();
    });
  }

  async readStream(
    stream: string,
    { direction = 'forwards', from, limit = defaultLimit }: ReadStream = {},
  ): Promise<readonly LoggedEvent[]> {
    if (direction === 'forwards' && from !== undefined && from > (this.heads.get(stream) ?? Infinity)) return [];
    return this.reading(() => {
      const rows =
        direction === 'forwards'
          ? rowsOf(this.rowsFrom, stream, from ?? 0, this.durable ?? all, limit)
          : rowsOf(this.backwards, stream, from ?? all, this.durable ?? all, limit);
      return rows.map((row) => this.logged(row));
    });
  }

  async readAll({ after, upTo, limit = defaultLimit, categories, types, about }: ReadAll = {}): Promise<Page> {
    const statement = () => this.pageStatement(categories?.length ?? 0, types?.length ?? 0, about && subjectOf(about)[0]);
    const ranges = (categories ?? []).flatMap((category) => [`${category}-`, `${category}.`]);
    const filter = [...ranges, ...(types ?? []), ...Object.values(about ?? {})];
    const looksThrough = about === undefined && filter.length > 0;
    const streams = looksThrough ? (categories ?? this.categoriesOf(types ?? [])) : undefined;
    const among = streams && { categories: streams, isWanted: ({ type }: Row) => types?.includes(type) ?? true };
    return this.page({ statement, filter, after, upTo, limit, looksThrough, ...(among && { among }) }, (row) => this.logged(row));
  }

  async readTexts({ after, limit = defaultLimit }: Pick<ReadAll, 'after' | 'limit'> = {}): Promise<Page<StoredEvent>> {
    const statement = () => this.pageStatement(0, 0, undefined);
    return this.page({ statement, filter: [], after, upTo: undefined, limit }, storedOf);
  }

  async head(): Promise<Position> {
    return this.reading(() => position(this.lastShown()));
  }

  async latest(): Promise<Instant | undefined> {
    return this.reading(() => (this.latestRecorded.get(this.durable ?? all) as { latest: Instant } | undefined)?.latest);
  }

  async prefixAt(instant: Instant): Promise<Prefix> {
    return this.reading(() => {
      const last = this.lastShown();
      const { latest } = (this.latestRecorded.get(last) ?? {}) as { latest?: Instant };
      const later = latest === undefined || latest <= instant ? undefined : this.times.firstLater(instant, last);
      const {
        position: row,
        stream,
        revision,
      } = this.lastBefore.get(later ?? last + 1) as unknown as Pick<Row, 'position' | 'stream' | 'revision'>;
      return { position: position(row), stream, revision };
    });
  }

  warm(): void {
    // SQLite keeps its indexes up.
  }

  async probe(): Promise<void> {
    this.endReading();
    withReason(this.path, () => {
      this.lastRow();
      this.db.exec('BEGIN IMMEDIATE; ROLLBACK;');
    });
  }

  async *subscribe(after: Position | undefined, signal: AbortSignal): AsyncGenerator<Page> {
    let at = after;
    while (!signal.aborted) {
      const page = await this.readAll({ ...(at !== undefined && { after: at }), limit: defaultLimit });
      at = page.next ?? at;
      yield page;
      if (page.end && rowOf(at) === (this.durable ?? this.last) && !signal.aborted) await this.appended(signal);
    }
  }

  async close(): Promise<void> {
    while (this.writing) await this.writing;
    this.endReading();
    await this.ahead?.close();
    if (this.db.isOpen) this.db.close();
  }

  /**
   * Reads within a transaction that all reads of one turn of the event loop share: SQLite takes and gives back its locks
   * once, which costs more than a short read. Who does not write reads each time what is there now: another may have
   * recorded since, and a position of that be asked for.
   */
  private async reading<Result>(read: () => Result): Promise<Result> {
    const result = this.readAtOnce(read);
    if (!this.ahead) await this.syncRead();
    return result;
  }

  private readAtOnce<Result>(read: () => Result): Result {
    return withReason(this.path, () => {
      if (this.ahead && !this.isReading) {
        this.db.exec('BEGIN');
        this.isReading = true;
        setImmediate(() => this.endReading());
      }
      return read();
    });
  }

  /** What the one who writes may not have synced yet is synced before it is given to anybody. */
  private async syncRead(): Promise<void> {
    const last = this.readAtOnce(() => this.lastRow());
    if (last <= this.synced) return;
    try {
      await syncWriteAheadLog(this.path);
    } catch (error) {
      throw failLog('log-unavailable', { reason: String(error) }, { cause: error });
    }
    this.synced = Math.max(this.synced, last);
  }

  private async page<Event>(
    { statement, filter, after, upTo, limit, looksThrough = false, among }: PageQuestion,
    eventOf: (row: Row) => Event,
  ): Promise<Page<Event>> {
    const page = await this.reading((): Page<Event> => {
      const end = Math.min(this.lastShown(), upTo === undefined ? Infinity : rowOf(upTo));
      const few = among && this.categoryPositions.between(among.categories, rowOf(after), end);
      const last = few ? few[mostOneByOne - 1] : looksThrough ? rowOf(after) + mostLookedThrough : undefined;
      const to = Math.min(end, last ?? end);
      const rows = few ? this.wantedAt(few, to, among.isWanted, limit) : rowsOf(statement(), rowOf(after), to, ...filter, limit);
      const next = rows.length === limit ? rows.at(-1)?.position : to;
      return {
        events: rows.map(eventOf),
        next: next === undefined || next === 0 ? after : position(next),
        end: next === undefined || next >= end,
      };
    });
    // A long scan lets others have their turn after each page.
    if (!page.end) await new Promise(setImmediate);
    return page;
  }

  private wantedAt(positions: readonly number[], to: number, isWanted: (row: Row) => boolean, limit: number): readonly Row[] {
    const wanted: Row[] = [];
    for (const at of positions) {
      if (at > to || wanted.length === limit) break;
      wanted.push(...rowsOf(this.rowAt, at).filter(isWanted));
    }
    return wanted;
  }

  private categoriesOf(types: readonly string[]): readonly string[] | undefined {
    const found = types.map((type) => this.opening.categoriesOf?.(type));
    return found.every((one) => one !== undefined) ? found.flat() : undefined;
  }

  private endReading(): void {
    if (!this.isReading) return;
    this.isReading = false;
    // Nothing was written: what a damaged file says to its end, those who read it are told.
    this.rollBack();
  }

  /** Writes group after group while any waits: one at a time, the next gathers while the disk syncs. Never throws. */
  private async write(): Promise<void> {
    while (this.waiting.length > 0) {
      // Everybody else has their turn first, and who comes meanwhile is in the group.
      await new Promise(setImmediate);
      await this.ahead?.writable();
      await this.writeGroup(this.waiting.splice(0, maxGroup));
    }
    this.writing = undefined;
  }

  private async writeGroup(group: readonly Waiting[]): Promise<void> {
    const before = this.last;
    const answers = this.committed(group);
    if (this.last > before) {
      this.durable = before;
      try {
        await this.ahead?.sync();
      } catch (error) {
        return this.lose(group, error);
      }
      this.durable = undefined;
      this.shownGroups += 1;
      this.ahead?.wrote(this.last - before);
    }
    for (const answer of answers) answer();
    if (this.last > before) for (const wake of this.caughtUp) wake();
  }

  /** Writes the group in one transaction, and returns how its appends are answered once that is durable. */
  private committed(group: readonly Waiting[]): readonly (() => void)[] {
    this.endReading();
    const before = this.last;
    try {
      if (this.isLost) throw failLog('log-unavailable', { reason: notSynced });
      this.db.exec('BEGIN IMMEDIATE');
      const answers = group.map((waiting) => this.appendInTransaction(waiting));
      this.db.exec('COMMIT');
      return answers;
    } catch (error) {
      this.last = before;
      this.rollBack();
      return group.map(
        ({ reject }) =>
          () =>
            reject(reasoned(this.path, error)),
      );
    }
  }

  /** What the disk keeps of the group is not known, and is not asked again: a second sync may succeed without having kept it. */
  private lose(group: readonly Waiting[], error: unknown): void {
    const reason = outageReason(error instanceof Error ? error.message : String(error));
    this.isLost = true;
    for (const { reject } of group) reject(failLog('log-uncertain', { reason }, { cause: error }));
    (this.opening.onLost ?? endProcess)(this.path, reason);
  }

  private rollBack(): void {
    try {
      if (this.db.isOpen && this.db.isTransaction) this.db.exec('ROLLBACK');
    } catch {
      // Said to the appends already: what could not be rolled back fails the next transaction, too.
    }
  }

  /** Writes one append of the group, and returns how it is answered once the group is committed. */
  private appendInTransaction(waiting: Waiting): () => void {
    const { stream, expected, events, resolve, reject } = waiting;
    // That there is no stream of the name the row of its first event tells: it is refused where there is one.
    const before = expected === 'none' ? expected : this.endOf(stream);
    if (before !== expected) return this.answerRetry(waiting, before);
    const first = this.last + 1;
    let revision = expected === 'none' ? -1 : expected;
    for (const { id, type, data, metadata } of events) {
      try {
        this.insert?.run(this.last + 1, stream, revision + 1, id, type, data, metadata);
      } catch (error) {
        if (!isConstraint(error)) throw error;
        this.db.prepare('DELETE FROM events WHERE position >= ?').run(first);
        this.last = first - 1;
        const actual = this.endOf(stream);
        return actual === expected ? () => reject(new EventIdReused(id)) : this.answerRetry(waiting, actual);
      }
      this.last += 1;
      revision += 1;
    }
    const appended: Appended = { stream, revision, position: position(this.last) };
    return () => {
      this.heads.set(stream, revision);
      resolve(appended);
    };
  }

  private endOf(stream: string): ExpectedRevision {
    return (this.headOf.get(stream) as { head: number | null }).head ?? 'none';
  }

  /** A stream that is elsewhere than expected: the same append again is answered as the first time. */
  private answerRetry({ stream, expected, events, resolve, reject }: Waiting, actual: ExpectedRevision): () => void {
    const rows = rowsOf(this.rowsFrom, stream, expected === 'none' ? 0 : expected + 1, all, events.length);
    const isKnown = rows.length === events.length && rows.every(({ id }, index) => id === events[index]?.id);
    if (!isKnown) return () => reject(new WrongExpectedRevision(stream, expected, actual));
    const other = rows.find(
      (row, index) => row.type !== events[index]?.type || row.data !== events[index].data || row.metadata !== events[index].metadata,
    );
    if (other) return () => reject(new EventIdReused(other.id));
    const end = rows[rows.length - 1] as Row;
    return () => resolve({ stream, revision: end.revision, position: position(end.position) });
  }

  private logged(row: Row): LoggedEvent {
    const event = parsed(row, this.path);
    if (this.opening.checksTexts) checkTexts(row, event, this.path);
    return event;
  }

  private lastRow(): number {
    return (this.lastOfAll.get() as { last: number | null }).last ?? 0;
  }

  /** The last row that may be shown. */
  private lastShown(): number {
    return this.durable ?? this.lastRow();
  }

  private pageStatement(categories: number, types: number, about: keyof typeof whereAbout | undefined): StatementSync {
    const key = `${categories}/${types}/${about}`;
    let statement = this.pages.get(key);
    if (!statement) {
      const byCategory = Array.from({ length: categories }, () => '(stream >= ? AND stream < ?)').join(' OR ');
      const byType = `type IN (${Array.from({ length: types }, () => '?').join(', ')})`;
      statement = selecting(
        this.db,
        `WHERE position > ? AND position <= ?${categories ? ` AND (${byCategory})` : ''}${types ? ` AND ${byType}` : ''}${about ? ` AND ${whereAbout[about]}` : ''} ORDER BY position LIMIT ?`,
      );
      this.pages.set(key, statement);
    }
    return statement;
  }

  private appended(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.caughtUp.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.caughtUp.add(wake);
      signal.addEventListener('abort', wake);
    });
  }
}

/** Ends the process: the next one finds in the file what the disk has kept, and syncs that before it answers for it. */
function endProcess(path: string, reason: string): never {
  writeSync(
    2,
    `digituki: the disk did not confirm what was written to the event log ${path} (${reason}), and what it keeps of that is not known. This process ends. See to the disk before it is started again; a command that was not answered is recorded once when it is sent again.\n`,
  );
  process.exit(1);
}

function rowOf(at: Position | undefined): number {
  return at === undefined ? 0 : Number.parseInt(at.slice(0, 16), 16);
}

/** Rows come as lists: Node makes slow objects of them otherwise, at twice the cost of the whole read. */
function selecting(db: DatabaseSync, which: string): StatementSync {
  const statement = db.prepare(`SELECT ${columns} FROM events ${which}`);
  statement.setReturnArrays(true);
  return statement;
}

function rowsOf(statement: StatementSync, ...values: (string | number)[]): readonly Row[] {
  return (statement.all(...values) as unknown as Columns[]).map(rowFrom);
}

function rowFrom(found: Columns): Row {
  return {
    position: found[0],
    stream: found[1],
    revision: found[2],
    id: found[3],
    type: found[4],
    data: found[5],
    metadata: found[6],
  };
}

function storedOf({ position: row, stream, revision, id, type, data, metadata }: Row): StoredEvent {
  return { position: position(row), stream, revision, id, type, data, metadata };
}

function parsed(row: Row, path: string): LoggedEvent {
  try {
    return {
      id: row.id,
      stream: row.stream,
      revision: row.revision,
      position: position(row.position),
      type: row.type,
      data: JSON.parse(row.data),
      metadata: JSON.parse(row.metadata),
    };
  } catch {
    throw failLog('log-damaged', { path, reason: `event ${row.position} is no JSON` });
  }
}

import { DatabaseSync, type StatementSync } from 'node:sqlite';

/** An event as it was proposed; the id as it was sent. */
export interface Proposed {
  readonly id: string;
  readonly type: string;
  readonly isJson: boolean;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

export interface Stored extends Proposed {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  /** In ticks of 100 ns, as .NET counts them since 1970. */
  readonly created: string;
}

/** -1: there must be no such stream. */
export type Expected = number | 'any' | 'exists';

export type Outcome =
  | { readonly is: 'success'; readonly revision: number; readonly position: number }
  | { readonly is: 'wrong'; readonly actual: number }
  | { readonly is: 'too-long' }
  | { readonly is: 'bad-request'; readonly message: string }
  | { readonly is: 'deleted' }
  /** The same was under way already: nothing is done, and that is said when its time is over. */
  | { readonly is: 'timeout' };

/** What the events that are asked for have to fit. */
export type Fits = (event: { stream: string; type: string }) => boolean;

export const maxAppendSize = 1_048_576;
const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const pieceOfReading = 256;
/** From here on stands nothing. */
const gone = Number.MAX_SAFE_INTEGER;

/** The log of the stand-in: one SQLite file, in which positions are places in bytes and repeats are taken as EventStoreDB takes them. */
export class StandInStore {
  private readonly db: DatabaseSync;
  private readonly insert: StatementSync;
  private readonly headOf: StatementSync;
  private readonly idAt: StatementSync;
  private readonly byId: StatementSync;
  private appends = 0;
  private end: number;

  constructor(path: string) {
    this.db = new DatabaseSync(path);
    this.db.exec(`
      PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
      CREATE TABLE IF NOT EXISTS events (
        position INTEGER PRIMARY KEY, stream TEXT NOT NULL, revision INTEGER NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL,
        json INTEGER NOT NULL, data BLOB NOT NULL, metadata BLOB NOT NULL, created TEXT NOT NULL, size INTEGER NOT NULL,
        UNIQUE (stream, revision)
      ) STRICT;
      CREATE INDEX IF NOT EXISTS events_id ON events (id);
      CREATE TABLE IF NOT EXISTS deleted (stream TEXT PRIMARY KEY) STRICT;
      CREATE TABLE IF NOT EXISTS kept (stream TEXT PRIMARY KEY, first INTEGER NOT NULL, most INTEGER NOT NULL) STRICT;
    `);
    this.insert = this.db.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
    this.headOf = this.db.prepare('SELECT MAX(revision) AS head FROM events WHERE stream = ?');
    this.idAt = this.db.prepare('SELECT id, position FROM events WHERE stream = ? AND revision = ?');
    this.byId = this.db.prepare('SELECT position, revision FROM events WHERE id = ? AND stream = ? ORDER BY position DESC LIMIT 1');
    const last = this.db.prepare('SELECT position + size AS "end" FROM events ORDER BY position DESC LIMIT 1').get() as
      { end: number } | undefined;
    this.end = last?.end ?? 0;
    if (!last) this.system('$$$scavenges', '$metadata');
  }

  close(): void {
    this.db.close();
  }

  /** Does the work in one transaction: what is appended in it is on the disk together, or not at all. */
  inTransaction(work: () => void): void {
    const { end } = this;
    this.db.exec('BEGIN IMMEDIATE');
    try {
      work();
      this.db.exec('COMMIT');
    } catch (error) {
      this.db.exec('ROLLBACK');
      this.end = end;
      throw error;
    }
  }

  /** Decides as the server's IndexWriter.CheckCommit does, and writes. */
  append(stream: string, expected: Expected, events: readonly Proposed[]): Outcome {
    const fault = faultIn(stream, events);
    if (fault !== undefined) return { is: 'bad-request', message: fault };
    if (events.reduce((size, { type, data, metadata }) => size + data.length + metadata.length + 2 * type.length, 0) > maxAppendSize)
      return { is: 'too-long' };
    if (this.isDeleted(stream)) return { is: 'deleted' };
    const actual = this.head(stream);
    if (expected === -1 && this.isSoftlyDeleted(stream)) {
      this.keep(stream, actual + 1);
      return this.append(stream, actual, events);
    }
    if (expected === 'any' || expected === 'exists') {
      if (expected === 'exists' && actual === -1) return { is: 'wrong', actual };
      const known = events.map(({ id }) => this.byId.get(id, stream) as { position: number; revision: number } | undefined);
      const last = known.at(-1);
      if (known[0] && last && known.every((one) => one)) return { is: 'success', revision: last.revision, position: last.position };
      if (known[0]) return { is: 'wrong', actual };
    } else if (expected < actual) {
      const known = events.map((_, index) => this.idAt.get(stream, expected + 1 + index) as { id: string; position: number } | undefined);
      const isRepeat = known.every((one, index) => one?.id === events[index]?.id);
      return isRepeat
        ? { is: 'success', revision: expected + events.length, position: known.at(-1)?.position as number }
        : { is: 'wrong', actual };
    } else if (expected > actual) return { is: 'wrong', actual };
    let revision = actual;
    let position = this.end;
    for (const event of events) position = this.write(stream, ++revision, event);
    if (stream.startsWith('$$')) for (const { data } of events) this.keepAsTold(stream.slice(2), data);
    // Between what people write stands what the server writes for itself.
    if (++this.appends % 3 === 0) this.system('$stats-127.0.0.1:2113', '$statsCollected');
    if (this.appends % 5 === 0) this.system('$$$scavenges', '$metadata');
    return { is: 'success', revision, position };
  }

  /** As an operator may do it by hand: the stream can neither be read nor written any more. */
  tombstone(stream: string): number {
    const position = this.write(stream, Number.MAX_SAFE_INTEGER, {
      id: '00000000-0000-4000-8000-000000000000',
      type: '$streamDeleted',
      isJson: false,
      data: new Uint8Array(),
      metadata: new Uint8Array(),
    });
    this.db.prepare('INSERT INTO deleted VALUES (?)').run(stream);
    return position;
  }

  /** As an operator may do it by hand, too: its events are gone for readers, and a new first append goes on after them. */
  softlyDelete(stream: string): number {
    this.keep(stream, gone);
    return this.system(`$$${stream}`, '$metadata');
  }

  isSoftlyDeleted(stream: string): boolean {
    return this.kept(stream).first === gone;
  }

  isDeleted(stream: string): boolean {
    return this.db.prepare('SELECT 1 FROM deleted WHERE stream = ?').get(stream) !== undefined;
  }

  /** The stream's last revision, or -1. */
  head(stream: string): number {
    return (this.headOf.get(stream) as { head: number | null }).head ?? -1;
  }

  /** Of what was appended last. */
  get lastPosition(): number {
    return (this.db.prepare("SELECT MAX(position) AS last FROM events WHERE stream NOT LIKE '$%'").get() as { last: number }).last;
  }

  /** Whether a reader may begin there: at a record, or past the end. */
  isPlace(position: number): boolean {
    return position >= this.end || this.db.prepare('SELECT 1 FROM events WHERE position = ?').get(position) !== undefined;
  }

  *stream(stream: string, from: number | undefined, isBackwards: boolean): Generator<Stored> {
    const order = isBackwards ? 'revision <= ? ORDER BY revision DESC' : 'revision >= ? ORDER BY revision';
    const statement = this.db.prepare(`SELECT * FROM events WHERE stream = ? AND ${order} LIMIT ${pieceOfReading}`);
    const { first, most } = this.kept(stream);
    const begin = Math.max(first, this.head(stream) - most + 1);
    for (let next = from ?? (isBackwards ? Number.MAX_SAFE_INTEGER : 0); ;) {
      const rows = statement.all(stream, next) as unknown as Stored[];
      for (const row of rows) if (row.revision >= begin) yield row;
      const last = rows.at(-1);
      if (!last || rows.length < pieceOfReading) return;
      next = last.revision + (isBackwards ? -1 : 1);
    }
  }

  /** Forwards from the position on, itself included; backwards before it. */
  *all(from: number | undefined, isBackwards: boolean, fits: Fits = () => true): Generator<Stored> {
    const order = isBackwards ? 'position < ? ORDER BY position DESC' : 'position >= ? ORDER BY position';
    const statement = this.db.prepare(`SELECT * FROM events WHERE ${order} LIMIT ${pieceOfReading}`);
    for (let next = from ?? (isBackwards ? Number.MAX_SAFE_INTEGER : 0); ;) {
      const rows = statement.all(next) as unknown as Stored[];
      for (const row of rows) if (fits(row)) yield row;
      const last = rows.at(-1);
      if (!last || rows.length < pieceOfReading) return;
      next = isBackwards ? last.position : last.position + 1;
    }
  }

  /** What readers of the stream still get. */
  private kept(stream: string): { first: number; most: number } {
    const found = this.db.prepare('SELECT first, most FROM kept WHERE stream = ?').get(stream) as
      { first: number; most: number } | undefined;
    return found ?? { first: 0, most: gone };
  }

  private keep(stream: string, first: number, most = gone): void {
    this.db.prepare('INSERT OR REPLACE INTO kept VALUES (?, ?, ?)').run(stream, first, most);
  }

  private keepAsTold(stream: string, metadata: Uint8Array): void {
    const { $tb: first = 0, $maxCount: most } = JSON.parse(Buffer.from(metadata).toString()) as { $tb?: number; $maxCount?: number };
    this.keep(stream, first, most);
  }

  private system(stream: string, type: string): number {
    return this.write(stream, this.head(stream) + 1, {
      id: crypto.randomUUID(),
      type,
      isJson: true,
      data: Buffer.from('{"of":"the server"}'),
      metadata: new Uint8Array(),
    });
  }

  private write(stream: string, revision: number, { id, type, isJson, data, metadata }: Proposed): number {
    const position = this.end;
    const size = 107 + 2 * Buffer.byteLength(stream) + 2 * type.length + data.length + metadata.length;
    this.insert.run(
      position,
      stream,
      revision,
      id.toLowerCase(),
      type,
      Number(isJson),
      data,
      metadata,
      String(BigInt(Date.now()) * 10_000n),
      size,
    );
    this.end = position + size;
    return position;
  }
}

function faultIn(stream: string, events: readonly Proposed[]): string | undefined {
  if (stream === '') return 'the stream has no name';
  if (events.some(({ type }) => type === '')) return 'the event has no type';
  if (events.some(({ id }) => !uuid.test(id))) return 'the id is no UUID';
  return undefined;
}

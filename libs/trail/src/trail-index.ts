import { rmSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { Statements } from '#engines/sqlite';
import type { EventLog, LoggedEvent } from '#event-store/event-log';
import { isContent } from '#event-store/log-content';
import { envelope } from '#event-store/ours';
import { streamCategory, type EventMetadata, type Position, type Revision } from '#kernel/envelope';
import { isSealed } from '#kernel/event-schema';
import { entry } from '#kernel/keyed';
import { firstInstant, lastInstant, type When } from '#kernel/when';
import type { Caused } from './causes.js';

const format = 2;
/** Texts are found by their first so many UTF-16 units. */
const mostText = 20_000;
/** `about` is the stream that an event is about: its own, or that of the command that came to nothing. */
const tables = `
  CREATE TABLE of (log TEXT NOT NULL, position TEXT NOT NULL) STRICT;
  CREATE TABLE entries (
    place INTEGER PRIMARY KEY,
    position TEXT NOT NULL UNIQUE,
    stream TEXT NOT NULL,
    revision INTEGER NOT NULL,
    about TEXT NOT NULL,
    category TEXT NOT NULL,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    outcome TEXT NOT NULL,
    command TEXT,
    command_id TEXT NOT NULL,
    correlation TEXT NOT NULL,
    caused_by TEXT,
    actor TEXT NOT NULL,
    role TEXT NOT NULL,
    organisation TEXT,
    actor_region TEXT,
    region TEXT,
    call TEXT,
    matter TEXT,
    recorded_at TEXT NOT NULL,
    about_from TEXT NOT NULL,
    about_to TEXT NOT NULL
  ) STRICT;
  CREATE INDEX entries_id ON entries (id);
  CREATE INDEX entries_about ON entries (about);
  CREATE INDEX entries_command_id ON entries (command_id);
  CREATE INDEX entries_correlation ON entries (correlation);
  CREATE INDEX entries_type ON entries (type);
  CREATE INDEX entries_category ON entries (category);
  CREATE INDEX entries_command ON entries (command);
  CREATE INDEX entries_role ON entries (role);
  CREATE INDEX entries_organisation ON entries (organisation) WHERE organisation IS NOT NULL;
  CREATE INDEX entries_actor ON entries (actor);
  CREATE INDEX entries_recorded ON entries (recorded_at);
  CREATE INDEX entries_outcome ON entries (outcome) WHERE outcome <> 'recorded';
  CREATE INDEX entries_caused ON entries (caused_by) WHERE caused_by IS NOT NULL;
  CREATE INDEX entries_call ON entries (call) WHERE call IS NOT NULL;
  CREATE INDEX entries_matter ON entries (matter) WHERE matter IS NOT NULL;
  CREATE VIRTUAL TABLE texts USING fts5 (text, content = '', detail = none, tokenize = 'unicode61 remove_diacritics 0');
  PRAGMA user_version = ${format};
`;

/** What came of what was tried. */
export const outcomes = ['recorded', 'refused', 'no-effect', 'forbidden'] as const;
export type Outcome = (typeof outcomes)[number];

/** What came of it, by the types that record that nothing did. */
const outcomesByType: Readonly<Record<string, Outcome>> = {
  CommandRefused: 'refused',
  CommandHadNoEffect: 'no-effect',
  AttemptForbidden: 'forbidden',
};

/** What came of it, by the type of the event that says so. */
export function outcomeOf(type: string): Outcome {
  return entry(outcomesByType, type) ?? 'recorded';
}

/** What is looked for; all that is given must hold. */
export interface TrailFilter {
  readonly matter?: string;
  readonly call?: string;
  /** The stream that it is about, also of a command that came to nothing. */
  readonly stream?: string;
  readonly category?: string;
  readonly types?: readonly string[];
  readonly command?: string;
  readonly commandId?: string;
  readonly correlationId?: string;
  /** The id of the event that caused it. */
  readonly causedBy?: string;
  /** Pseudonym. */
  readonly actor?: string;
  readonly role?: string;
  readonly organisation?: string;
  /** Of what it is about, or of the actor. */
  readonly region?: string;
  readonly outcomes?: readonly Outcome[];
  readonly recordedFrom?: When;
  readonly recordedTo?: When;
  /** What is about a time that ends later. */
  readonly aboutFrom?: When;
  /** What is about a time that begins earlier. */
  readonly aboutTo?: When;
  /** Beginnings of words of what stands in the clear. */
  readonly text?: string;
}

/** By what entries are counted. */
export const groups = ['type', 'outcome', 'command', 'category', 'role', 'organisation', 'region', 'call'] as const;
export type Group = (typeof groups)[number];

/** Where an entry stands. */
export interface Place {
  readonly position: Position;
  readonly stream: string;
  readonly revision: Revision;
}

/** Which of those that were found are wanted: the first after a position, or the last before one. */
export interface Wanted {
  readonly after?: Position | undefined;
  readonly before?: Position | undefined;
  readonly limit: number;
  readonly fromEnd: boolean;
}

/** A page in the order of the log, and whether there is more on either side. */
export interface FoundPlaces {
  readonly places: readonly Place[];
  readonly totalCount: number;
  readonly hasEarlier: boolean;
  readonly hasLater: boolean;
}

const ofTree = 'SELECT position, stream, revision, id, caused_by AS causedBy FROM entries';

type Condition = readonly [sql: string, ...values: SQLInputValue[]];
const isIn = (column: string, values: readonly string[]): Condition => [
  `${column} IN (SELECT value FROM json_each(?))`,
  JSON.stringify(values),
];

const conditions: { readonly [Name in keyof TrailFilter]-?: (value: NonNullable<TrailFilter[Name]>) => Condition } = {
  matter: (value) => ['matter = ?', value],
  call: (value) => ['call = ?', value],
  stream: (value) => ['about = ?', value],
  category: (value) => ['category = ?', value],
  types: (values) => isIn('type', values),
  command: (value) => ['command = ?', value],
  commandId: (value) => ['command_id = ?', value],
  correlationId: (value) => ['correlation = ?', value],
  causedBy: (value) => ['caused_by = ?', value],
  actor: (value) => ['actor = ?', value],
  role: (value) => ['role = ?', value],
  organisation: (value) => ['organisation = ?', value],
  region: (value) => ['(region = ? OR actor_region = ?)', value, value],
  // Of what came to nothing there is an index, and little.
  outcomes: (values) => {
    const [sql, json] = isIn('outcome', values) as readonly [string, string];
    return values.includes('recorded') ? [sql, json] : [`outcome <> 'recorded' AND ${sql}`, json];
  },
  recordedFrom: (at) => ['recorded_at >= ?', firstInstant(at)],
  recordedTo: (at) => ['recorded_at <= ?', lastInstant(at)],
  aboutFrom: (at) => ['about_to >= ?', firstInstant(at)],
  aboutTo: (at) => ['about_from <= ?', lastInstant(at)],
  text: (text) => ['place IN (SELECT rowid FROM texts WHERE texts MATCH ?)', wordsOf(text)],
};

/**
 * What is looked for in a log, in a file of this machine that is made from the log and may be thrown away at any time;
 * processes and threads may share it. It holds no sealed text, and no data but as words that can be found.
 */
export class TrailIndex {
  private db: DatabaseSync;
  private readonly statements = new Statements(200);
  private isChecked = false;
  private catchingUp: Promise<unknown> = Promise.resolve();
  /** What begins after that. */
  private next: Promise<void> | undefined;

  /** In memory without a path. */
  constructor(
    private readonly log: EventLog,
    private readonly path = ':memory:',
  ) {
    try {
      this.db = this.opened();
    } catch {
      // Damaged, or of another version: it is made again.
      for (const file of [path, `${path}-wal`, `${path}-shm`]) rmSync(file, { force: true });
      this.db = this.opened();
    }
  }

  /** Brings the index up to what the log has now: once for all who ask before it begins. */
  reach(): Promise<void> {
    return (this.next ??= this.follow());
  }

  private follow(): Promise<void> {
    const reached = this.catchingUp.then(() => {
      this.next = undefined;
      return this.catchUp();
    });
    this.catchingUp = reached.catch(() => undefined);
    return reached;
  }

  /** What is found, as far as the index has come. */
  find(filter: TrailFilter, { after, before, limit, fromEnd }: Wanted): FoundPlaces {
    const { sql, values } = whereOf(filter);
    const within = [sql, ...(after === undefined ? [] : ['position > ?']), ...(before === undefined ? [] : ['position < ?'])].join(' AND ');
    const bounds = [after, before].filter((bound) => bound !== undefined);
    const order = fromEnd ? 'DESC' : 'ASC';
    const found = this.prepared(`SELECT position, stream, revision FROM entries WHERE ${within} ORDER BY place ${order} LIMIT ?`).all(
      ...values,
      ...bounds,
      limit + 1,
    ) as unknown as Place[];
    const places = found.slice(0, limit);
    const hasMore = found.length > limit;
    if (fromEnd) places.reverse();
    const beyond = (sign: '<' | '>', position: Position) =>
      this.prepared(`SELECT 1 FROM entries WHERE ${sql} AND position ${sign} ? LIMIT 1`).get(...values, position) !== undefined;
    return {
      places,
      totalCount: this.count(filter),
      // Without a bound on that side there is nothing: what was found is the first, or the last.
      hasEarlier: fromEnd ? hasMore : after !== undefined && beyond('<', places[0]?.position ?? before ?? after),
      hasLater: fromEnd ? before !== undefined && beyond('>', places.at(-1)?.position ?? after ?? before) : hasMore,
    };
  }

  /** How many are found of each value, the most frequent first; those without a value are not counted. */
  counts(filter: TrailFilter, by: Group): readonly { readonly value: string; readonly count: number }[] {
    const { sql, values } = whereOf(filter);
    return this.prepared(
      `SELECT ${by} AS value, COUNT(*) AS count FROM entries WHERE ${sql} AND ${by} IS NOT NULL GROUP BY ${by} ORDER BY 2 DESC, 1`,
    ).all(...values) as unknown as { value: string; count: number }[];
  }

  /** Where the event of that id stands. */
  placeOf(id: string): (Place & Caused) | undefined {
    return this.prepared(`${ofTree} WHERE id = ?`).get(id) as (Place & Caused) | undefined;
  }

  /** The event of that id, what caused it, what caused that, and all that any of them caused, in the order of the log; so many at most. */
  related(id: string, limit: number): readonly (Place & Caused)[] {
    return this.prepared(
      `WITH RECURSIVE
         causes (id) AS (SELECT ? UNION SELECT caused_by FROM causes JOIN entries USING (id) WHERE caused_by IS NOT NULL),
         effects (id) AS (SELECT id FROM causes UNION SELECT entries.id FROM effects JOIN entries ON entries.caused_by = effects.id)
       ${ofTree} WHERE id IN effects ORDER BY place LIMIT ?`,
    ).all(id, limit) as never;
  }

  /**
   * How many entries are not what the log says, as far as the index has come, and where the first of them stands. Where
   * there are any it is made anew with the next question. Of words it is only looked at how many entries have some.
   */
  async differing(): Promise<{ readonly count: number; readonly first: Position | undefined }> {
    const upTo = this.reached();
    let [count, worded] = [0, 0];
    let first: Position | undefined;
    for (let after: Position = ''; after < upTo;) {
      const page = await this.log.readAll(after === '' ? { upTo } : { after, upTo });
      const end = page.end ? upTo : (page.next as Position);
      const events = page.events.filter(isEntry);
      const wanted = new Set(events.map((event) => JSON.stringify(entryOf(event))));
      worded += events.filter((event) => wordsIn(event) !== '').length;
      const stored = this.prepared('SELECT * FROM entries WHERE position > ? AND position <= ? ORDER BY position').all(after, end);
      const strangers = stored.filter((row) => !wanted.delete(JSON.stringify(Object.values(row).slice(1))));
      count += Math.max(strangers.length, wanted.size);
      if (count > 0) first ??= [...strangers.map((row) => String(row['position'])), ...[...wanted].map(positionIn)].sort()[0];
      after = end;
    }
    const { words } = this.prepared(
      'SELECT COUNT(*) AS words FROM texts_docsize WHERE id <= (SELECT MAX(place) FROM entries WHERE position <= ?)',
    ).get(upTo) as { words: number };
    if (count === 0) count = Math.abs(worded - words);
    if (count > 0) this.empty();
    return { count, first };
  }

  /** How many entries there are. */
  get size(): number {
    return this.count({});
  }

  close(): void {
    if (this.db.isOpen) this.db.close();
  }

  private count(filter: TrailFilter): number {
    const { sql, values } = whereOf(filter);
    return (this.prepared(`SELECT COUNT(*) AS count FROM entries WHERE ${sql}`).get(...values) as { count: number }).count;
  }

  private async catchUp(): Promise<void> {
    await this.check();
    for (;;) {
      const from = this.reached();
      const page = await this.log.readAll(from === '' ? {} : { after: from });
      if (page.next !== undefined && page.next !== from) this.add(from, page.events, page.next);
      if (page.end) return;
    }
  }

  /** Begins again where the log is not the one that was read: put back to an earlier state, or another one. */
  private async check(): Promise<void> {
    if (this.isChecked) return;
    const last = this.prepared('SELECT position, stream, revision, id FROM entries ORDER BY place DESC LIMIT 1').get() as
      (Place & { readonly id: string }) | undefined;
    if (last) {
      const [event] = await this.log.readStream(last.stream, { from: last.revision, limit: 1 });
      if (event?.id !== last.id || event.position !== last.position) this.empty();
    }
    this.isChecked = true;
  }

  private add(from: Position, events: readonly LoggedEvent[], upTo: Position): void {
    this.inTransaction(() => {
      // Another process or thread may have added them meanwhile.
      if (this.reached() !== from) return;
      for (const event of events) if (isEntry(event)) this.addOne(event);
      this.prepared('UPDATE of SET position = ?').run(upTo);
    });
  }

  private addOne(event: LoggedEvent): void {
    const { lastInsertRowid: place } = this.prepared(
      'INSERT INTO entries VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    ).run(...entryOf(event));
    const words = wordsIn(event);
    if (words !== '') this.prepared('INSERT INTO texts (rowid, text) VALUES (?, ?)').run(place, words);
  }

  private reached(): Position {
    return (this.prepared('SELECT position FROM of').get() as { position: Position }).position;
  }

  private opened(): DatabaseSync {
    const db = new DatabaseSync(this.path);
    try {
      // It is made again where the machine loses it.
      db.exec('PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;');
      const { user_version: found } = db.prepare('PRAGMA user_version').get() as { user_version: number };
      if (found === 0) {
        db.exec(`BEGIN IMMEDIATE; ${tables}`);
        db.prepare("INSERT INTO of VALUES (?, '')").run(this.log.id);
        db.exec('COMMIT');
      }
      const of = db.prepare('SELECT log FROM of').get() as { log: string };
      if (of.log !== this.log.id || (found !== 0 && found !== format)) throw new RangeError('it is of another log or version');
      return db;
    } catch (error) {
      db.close();
      throw error;
    }
  }

  private empty(): void {
    this.inTransaction(() => {
      this.db.exec("DELETE FROM entries; INSERT INTO texts (texts) VALUES ('delete-all'); UPDATE of SET position = '';");
    });
  }

  private inTransaction(work: () => void): void {
    this.db.exec('BEGIN IMMEDIATE');
    try {
      work();
      this.db.exec('COMMIT');
    } catch (error) {
      if (this.db.isTransaction) this.db.exec('ROLLBACK');
      throw error;
    }
  }

  private prepared(sql: string): StatementSync {
    return this.statements.of(this.db, sql);
  }
}

/** What few entries are about: found by the index of these, whatever else is asked for. */
const ofFew: readonly (keyof TrailFilter)[] = ['matter', 'call', 'stream', 'commandId', 'correlationId', 'causedBy'];

function whereOf(filter: TrailFilter): { readonly sql: string; readonly values: readonly SQLInputValue[] } {
  const isOfFew = ofFew.some((name) => filter[name] !== undefined);
  const given = Object.entries(filter).flatMap(([name, value]): Condition[] => {
    if (value === undefined) return [];
    const [sql, ...values] = conditions[name as keyof TrailFilter](value as never);
    // The plus keeps SQLite from the index of a column that many entries share.
    return [[isOfFew && !ofFew.includes(name as keyof TrailFilter) && /^[a-z_]+ /.test(sql) ? `+${sql}` : sql, ...values]];
  });
  return { sql: given.length === 0 ? 'TRUE' : given.map(([sql]) => sql).join(' AND '), values: given.flatMap(([, ...values]) => values) };
}

function isEntry(event: LoggedEvent): boolean {
  return isContent(event) && envelope.Check(event.metadata);
}

/** The columns of an entry in their order, without its place. */
function entryOf({ position, stream, revision, id, type, data, metadata }: LoggedEvent): readonly (string | number | null)[] {
  const { actor, commandId, causationId, correlationId, recordedAt, effectiveAt = recordedAt, ...more } = metadata as EventMetadata;
  const outcome = outcomeOf(type);
  const tried = outcome === 'recorded' ? {} : (data as { readonly command?: string; readonly what?: string; readonly stream?: string });
  const about = tried.stream ?? stream;
  return [
    position,
    stream,
    revision,
    about,
    streamCategory(about) || about,
    id,
    type,
    outcome,
    more.command ?? tried.command ?? tried.what ?? null,
    commandId,
    correlationId,
    causationId === commandId ? null : causationId,
    actor.id,
    actor.role,
    actor.organisation ?? null,
    actor.region ?? null,
    more.region ?? null,
    more.call ?? null,
    more.matter ?? null,
    recordedAt,
    firstInstant(effectiveAt),
    lastInstant(effectiveAt),
  ];
}

function wordsIn({ data }: LoggedEvent): string {
  const texts: string[] = [];
  gatherTexts(data, texts);
  return texts.join(' ').slice(0, mostText);
}

/** Each word as the beginning of one. A text without a word finds nothing. */
function wordsOf(text: string): string {
  return (text.match(/[\p{L}\p{N}]+/gu) ?? ['']).map((word) => `"${word}"*`).join(' ');
}

function gatherTexts(value: unknown, texts: string[]): void {
  if (typeof value === 'string') {
    if (!isSealed(value)) texts.push(value);
  } else if (typeof value === 'object' && value !== null) for (const member of Object.values(value)) gatherTexts(member, texts);
}

function positionIn(entry: string): Position {
  return (JSON.parse(entry) as readonly [Position])[0];
}

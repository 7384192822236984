import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { Statements } from '#engines/sqlite';
import type { Stored } from '#kernel/projection';
import type { RowText, Scalar, StoredRows } from '../view-store.js';
import { storedValue } from './entries.js';
import {
  entriesChanged,
  IndexedRows,
  present,
  queriesOf,
  rowBytes,
  unavailable,
  type Cached,
  type Reads,
  type Which,
} from './indexed-rows.js';

/** A row has a version for each stage that changed it; an entry holds since a stage, until another. */
const tables = `
  CREATE TABLE versions (n INTEGER PRIMARY KEY, id TEXT NOT NULL, since INTEGER NOT NULL, row TEXT NOT NULL) STRICT;
  CREATE UNIQUE INDEX versions_id ON versions (id, since);
  CREATE TABLE entries (
    field INTEGER NOT NULL,
    value ANY NOT NULL,
    id ANY NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (field, value, id, since)
  ) STRICT, WITHOUT ROWID;
`;
/** What still holds does so until then. */
const open = Number.MAX_SAFE_INTEGER;
/** So many rows are written in one turn of the event loop. */
const rowsInTurn = 200;
const queries = queriesOf('since <= ? AND until > ?');

/**
 * The rows of one view, folded in stages, as they are after each of these. In a file that has no name, so that nothing is
 * left of it whatever ends the process; where it cannot be written, the rows are lost.
 */
export class StagedRows implements Reads {
  /** How many rows are no tombstones, after each stage. */
  readonly live = [0];
  /** How many bytes of rows it holds. */
  bytes = 0;
  isLost = false;
  private static opened = 0;
  private readonly number = StagedRows.opened++;
  private readonly statements = new Statements(50);
  private readonly db: DatabaseSync;

  /** In memory without a folder. */
  constructor(
    readonly fields: readonly string[],
    private readonly cached: Cached,
    folder?: string,
  ) {
    const path = folder === undefined ? ':memory:' : join(folder, `scan-${crypto.randomUUID()}.db`);
    this.db = new DatabaseSync(path);
    this.db.exec('PRAGMA page_size = 16384; PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;');
    this.db.exec(tables);
    if (folder !== undefined) rmSync(path);
  }

  /** How many stages there are. */
  get stages(): number {
    return this.live.length - 1;
  }

  /** The rows as they are after so many stages, also once there are more. */
  after(stages: number): StoredRows<object> {
    return new RowsAfter(this, this.cached, `${this.number}`, stages);
  }

  /**
   * Adds a stage: the rows that it changed, each once, and what was in their place before. Others have their turn meanwhile.
   * @throws Failed `views-unavailable`
   */
  async add(rows: Iterable<Stored<object>>, before = this.latest()): Promise<void> {
    let live = this.live.at(-1) as number;
    let written = 0;
    try {
      this.db.exec('BEGIN');
      for (const row of rows) {
        live += this.put(row, before(row._id));
        if (++written % rowsInTurn === 0) await new Promise(setImmediate);
      }
      this.db.exec('COMMIT');
    } catch (error) {
      this.close();
      throw unavailable(error);
    }
    this.live.push(live);
  }

  all<Row>(sql: string, ...values: SQLInputValue[]): readonly Row[] {
    return this.statements.of(this.db, sql).all(...values) as Row[];
  }

  get<Row>(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.statements.of(this.db, sql).get(...values) as Row | undefined;
  }

  close(): void {
    if (this.isLost) return;
    this.isLost = true;
    this.statements.clear();
    this.db.close();
  }

  private latest(): (id: string) => Stored<object> | undefined {
    const rows = new RowsAfter(this, this.cached, `${this.number}`, this.stages);
    return (id) => rows.latest(id);
  }

  /** Gives by how many rows there are more now. */
  private put(row: Stored<object>, old: Stored<object> | undefined): number {
    const stage = this.live.length;
    const text = JSON.stringify(row);
    this.run('INSERT INTO versions (id, since, row) VALUES (?, ?, ?)', row._id, stage, text);
    this.bytes += text.length;
    const [was, is] = [present(old), present(row)];
    for (const [field, left, entered] of entriesChanged(this.fields, was, is)) {
      if (left !== undefined) this.leave(field, left, row._id, stage);
      if (entered !== undefined) this.run('INSERT INTO entries VALUES (?, ?, ?, ?, ?)', field, storedValue(entered), row._id, stage, open);
    }
    return Number(is !== undefined) - Number(was !== undefined);
  }

  private leave(field: number, value: Scalar, id: string, stage: number): void {
    const sql = `UPDATE entries SET until = ? WHERE field = ? AND value = ? AND id = ? AND until = ${open}`;
    this.run(sql, stage, field, storedValue(value), id);
  }

  private run(sql: string, ...values: SQLInputValue[]): void {
    this.statements.of(this.db, sql).run(...values);
  }
}

/** The rows after some of the stages. */
class RowsAfter extends IndexedRows<object> {
  protected readonly which: Which;

  constructor(
    private readonly staged: StagedRows,
    cached: Cached,
    private readonly of: string,
    private readonly stage: number,
  ) {
    super(staged, cached);
    this.which = { queries, values: [stage, stage], key: `${of} ${stage}` };
  }

  get isLost(): boolean {
    return this.staged.isLost;
  }

  latest(id: string): Stored<object> | undefined {
    return this.row(id);
  }

  protected get fields(): readonly string[] {
    return this.staged.fields;
  }

  protected get live(): number {
    return this.staged.live[this.stage] as number;
  }

  /** A version is in memory for all stages that have it. */
  protected override row(id: string): Stored<object> | undefined {
    const version = this.staged.get<{ n: number }>(
      'SELECT n FROM versions WHERE id = ? AND since <= ? ORDER BY since DESC LIMIT 1',
      id,
      this.stage,
    );
    if (!version) return undefined;
    const key = `${this.of} ${version.n}`;
    const known = this.cached.rows.get(key);
    if (known) return known;
    const { row: text } = this.staged.get<{ row: string }>('SELECT row FROM versions WHERE n = ?', version.n) as { row: string };
    const row = JSON.parse(text) as Stored<object>;
    this.cached.rows.set(key, row, { size: rowBytes(text) });
    return row;
  }

  protected override remembered(): undefined {
    return undefined;
  }

  protected override byId(after: string | undefined, descending: boolean, limit: number): readonly RowText[] {
    const [sign, direction] = descending ? ['<', 'DESC'] : ['>', 'ASC'];
    const [beyond, given] = after === undefined ? ['', []] : [`AND id ${sign} ?`, [after]];
    return this.staged.all(
      `SELECT last.id, row FROM (
         SELECT id, n, MAX(since) FROM versions WHERE since <= ? ${beyond} GROUP BY id ORDER BY id ${direction} LIMIT ?
       ) AS last JOIN versions USING (n) ORDER BY last.id ${direction}`,
      this.stage,
      ...given,
      limit,
    );
  }
}

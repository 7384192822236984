import type { SQLInputValue } from 'node:sqlite';
import { LRUCache } from 'lru-cache';
import type { Stored } from '#kernel/projection';
import { compareTexts } from '../order.js';
import {
  failViews,
  isScalar,
  rowOf,
  undeclaredIndex,
  type Condition,
  type Find,
  type Key,
  type RowText,
  type Scalar,
  type StoredRows,
  type Where,
} from '../view-store.js';
import { boundsAfter, boundsOf, everywhere, scalarOf, storedValue, type Bounds, type StoredValue } from './entries.js';
import { compareKeys, keyOf, matches, meets, valueOf, type Conditions } from './matches.js';
import { isOfSqlite } from './views-file.js';

/** What a row takes in memory, of what its text takes; and what an id takes. */
export const rowBytes = (text: string): number => 4 * text.length + 300;
const idBytes = 100;

/** What of the file is kept in memory: the rows and the sets of ids that were asked for last. */
export class Cached {
  readonly rows: LRUCache<string, Stored<object>>;
  readonly ids: LRUCache<string, Set<string>>;
  /** How often anything was written, or lost. */
  changes = 0;

  constructor(mostBytes: number) {
    this.rows = new LRUCache({ maxSize: mostBytes });
    this.ids = new LRUCache({ maxSize: Math.ceil(mostBytes / 4) });
  }

  /** A set grows while it is kept: it is weighed anew each time that it has doubled. */
  addId(key: string, id: string): void {
    const ids = this.ids.get(key)?.add(id);
    if (!ids || Math.log2(ids.size) % 1 !== 0) return;
    this.ids.delete(key);
    this.keepIds(key, ids);
  }

  keepIds(key: string, ids: Set<string>): void {
    this.ids.set(key, ids, { size: idBytes * (ids.size + 1) });
  }

  clear(): void {
    this.rows.clear();
    this.ids.clear();
  }
}

/** Ids of rows that meet a condition, with one set for each value that it allows. */
interface Narrow {
  readonly sets: readonly ReadonlySet<string>[];
  readonly size: number;
}

/** A question, taken apart. */
interface Asked {
  readonly all: Conditions;
  /** What the sets of ids answer. */
  readonly sets: readonly Narrow[];
  /** What only a row answers. */
  readonly rest: Conditions;
}

/** So few rows are loaded and sorted at once; of more it matters how long the way along the index is. */
const few = 200;
/** So many entries of a range are looked up one by one. */
const [fewest, fewInRange, fewInCount] = [50, 500, 5_000];
const entriesRead = { few: 50, most: 1_000 };

/** What rows are read from. */
export interface Reads {
  all<Row>(sql: string, ...values: SQLInputValue[]): readonly Row[];
  get<Row>(sql: string, ...values: SQLInputValue[]): Row | undefined;
}

/** How the rows that are meant are asked for. */
export interface Queries {
  readonly row: string;
  readonly rows: string;
  readonly ids: string;
  readonly entries: string;
}

export function queriesOf(which: string): Queries {
  return {
    row: `SELECT row FROM rows WHERE ${which} AND id = ?`,
    rows: `SELECT id, row FROM rows WHERE ${which}`,
    ids: `SELECT id FROM entries WHERE ${which} AND field = ? AND value = ?`,
    entries: `FROM entries WHERE ${which} AND field = ? AND (value, id) > (?, ?) AND (value, id) < (?, ?)`,
  };
}

/** Which of the rows of a file are meant: the queries, the values that these take first, and under what they are cached. */
export interface Which {
  readonly queries: Queries;
  readonly values: readonly number[];
  readonly key: string;
}

/** What SQLite fails with, as a failure of the views. */
export function unavailable(error: unknown): unknown {
  return isOfSqlite(error) ? failViews('views-unavailable', { reason: `«${error.message}»` }, { cause: error }) : error;
}

/** Rows in a file, and the way of a question to them. Which rows are meant is told by sets of ids and by bounds in the order of a field; what remains is filtered and sorted here. */
export abstract class IndexedRows<Row extends object> implements StoredRows<Row> {
  constructor(
    protected readonly reads: Reads,
    protected readonly cached: Cached,
  ) {}

  /** Whether the rows are not there any more: they must be opened again. */
  abstract readonly isLost: boolean;
  /** Undefined where nothing was written yet. */
  protected abstract get which(): Which | undefined;
  protected abstract get fields(): readonly string[];
  /** How many rows are no tombstones. */
  protected abstract get live(): number;

  async get(id: string): Promise<Stored<Row> | undefined> {
    return this.told(() => present(this.row(id)));
  }

  async getMany(ids: readonly string[]): Promise<readonly (Stored<Row> | undefined)[]> {
    return this.told(() => ids.map((id) => present(this.row(id))));
  }

  async stored(ids: readonly string[]): Promise<readonly (Stored<Row> | undefined)[]> {
    return this.told(() => ids.map((id) => this.row(id)));
  }

  async page(afterId: string | undefined, limit: number): Promise<readonly Stored<Row>[]> {
    return this.told(() => this.byId(afterId, false, limit).map((found) => this.read(found)));
  }

  async texts(afterId: string | undefined, limit: number): Promise<readonly RowText[]> {
    return this.told(() => this.byId(afterId, false, limit));
  }

  async find({ where, orderBy, descending = false, after, limit }: Find<Row>): Promise<readonly Stored<Row>[]> {
    const field = orderBy ?? '_id';
    if (field !== '_id' && !this.fields.includes(field)) throw undeclaredIndex(field);
    const order = { field, descending, after, limit };
    return this.told(() => {
      const asked = this.asked(where, field);
      if (!asked) return [];
      const narrow = this.narrowest(asked, field, fewInRange);
      if (narrow && this.isShort(narrow, asked, order)) return this.sorted(narrow, asked, order);
      return field === '_id' ? this.alongIds(asked, order) : this.alongEntries(asked, order);
    });
  }

  async count(where?: Where<Row>): Promise<number> {
    return this.told(() => {
      const asked = this.asked(where, undefined);
      if (!asked) return 0;
      if (asked.all.length === 0) return this.live;
      const [only] = asked.rest;
      if (asked.all.length === 1 && only && this.isRange(only)) return this.counted(...only);
      if (asked.rest.length === 0 && asked.sets.length === 1) return asked.sets[0]?.size ?? 0;
      const narrow = this.narrowest(asked, undefined, fewInCount);
      if (!narrow) return this.countedAlongIds(asked);
      const isMet = this.testOf(asked, narrow.size);
      let count = 0;
      for (const id of among(narrow, asked)) if (isMet(id)) count += 1;
      return count;
    });
  }

  /** Does work with the file. @throws Failed `views-unavailable` */
  told<Result>(work: () => Result): Result {
    if (this.isLost) throw failViews('views-unavailable', { reason: '«opened anew»' });
    try {
      return work();
    } catch (error) {
      throw unavailable(error);
    }
  }

  protected row(id: string): Stored<Row> | undefined {
    const { which, cached } = this;
    if (!which) return undefined;
    const known = this.remembered(id);
    if (known) return known;
    const found = this.reads.get<{ row: string }>(which.queries.row, ...which.values, id);
    if (!found) return undefined;
    const row = JSON.parse(found.row) as Stored<Row>;
    cached.rows.set(`${which.key} ${id}`, row, { size: rowBytes(found.row) });
    return row;
  }

  /** The row, where it is in memory. */
  protected remembered(id: string): Stored<Row> | undefined {
    return this.cached.rows.get(`${this.which?.key} ${id}`) as Stored<Row> | undefined;
  }

  /** Takes a question apart; undefined where nothing can meet it. What is asked of the field that orders is told by its bounds. */
  private asked(where: Where<Row> | undefined, ordersBy: string | undefined): Asked | undefined {
    const all = Object.entries(where ?? {}) as unknown as [string, Condition | undefined][];
    if (!this.which || all.some(([, condition]) => condition === undefined)) return undefined;
    const [sets, rest]: [Narrow[], [string, Condition][]] = [[], []];
    for (const [field, condition] of all as [string, Condition][]) {
      const values = isScalar(condition)
        ? [condition]
        : 'in' in condition
          ? [...new Set(condition.in)].filter((value) => value !== undefined)
          : undefined;
      if (values?.length === 0) return undefined;
      const number = this.fields.indexOf(field);
      if (values && number >= 0) sets.push(narrowOf(values.map((value) => this.idsOf(number, value))));
      else if (field !== ordersBy || field === '_id') rest.push([field, condition]);
      // Whether there is such a row only the row tells.
      if (values && field === '_id') sets.push(narrowOf([new Set(values.filter((value) => typeof value === 'string'))]));
    }
    return { all: all as [string, Condition][], sets, rest };
  }

  private idsOf(number: number, value: Scalar): ReadonlySet<string> {
    const { queries, values, key: of } = this.which as Which;
    const key = setKey(of, number, value);
    const known = this.cached.ids.get(key);
    if (known) return known;
    const found = this.reads.all<{ id: string }>(queries.ids, ...values, number, storedValue(value));
    const ids = new Set(found.map(({ id }) => id));
    this.cached.keepIds(key, ids);
    return ids;
  }

  /** The fewest ids that are known to be all, by what the fields are asked for, or by a range in which there are few. */
  private narrowest({ sets, rest }: Asked, ordersBy: string | undefined, most: number): Narrow | undefined {
    if (sets.length > 0) return sets.reduce((least, one) => (one.size < least.size ? one : least));
    const least = this.shortest(
      rest.filter((one) => one[0] !== ordersBy && this.isRange(one)),
      most,
    );
    if (!least) return undefined;
    const [field, condition] = least;
    const found = this.reads.all<{ id: string }>(`SELECT id ${this.queries.entries}`, ...this.within(field, boundsOf(condition)));
    return narrowOf([new Set(found.map(({ id }) => id))]);
  }

  /** One of the ranges in which there are few rows, so many at most; wide ones are not counted to their end. */
  private shortest(ranges: Conditions, most: number): Conditions[number] | undefined {
    for (let few = fewest; few < 10 * most; few *= 10) {
      const enough = Math.min(few, most);
      const found = ranges.find((one) => this.counted(...one, enough + 1) <= enough);
      if (found) return found;
    }
    return undefined;
  }

  private isRange([field, condition]: readonly [string, Condition]): boolean {
    return this.fields.includes(field) && !isScalar(condition) && !('in' in condition) && !('prefix' in condition);
  }

  /** How many rows have the field in the range: so many at most. */
  private counted(field: string, condition: Condition, most = -1): number {
    const sql = `SELECT COUNT(*) AS count FROM (SELECT 1 ${this.queries.entries} LIMIT ?)`;
    return this.reads.get<{ count: number }>(sql, ...this.within(field, boundsOf(condition)), most)?.count ?? 0;
  }

  private within(field: string, bounds: Bounds): readonly (number | StoredValue)[] {
    return [...(this.which as Which).values, this.fields.indexOf(field), ...bounds.flat()];
  }

  private get queries(): Queries {
    return (this.which as Which).queries;
  }

  /** Whether loading and sorting these rows is less than to go along the order until enough are found. */
  private isShort({ size }: Narrow, { all }: Asked, { field, limit }: Order): boolean {
    return isInOrderOfIds(all, field) || size <= few || size * size <= (this.live * limit) / 2;
  }

  private sorted(narrow: Narrow, asked: Asked, { field, descending, after, limit }: Order): Stored<Row>[] {
    const sign = descending ? -1 : 1;
    const follows = (key: Key) => !after || sign * compareKeys(key, after) > 0;
    const ids = [...among(narrow, asked)];
    if (!isInOrderOfIds(asked.all, field)) {
      const rows = ids.map((id) => this.row(id)).filter((row) => row && matches(row, asked.all)) as Stored<Row>[];
      const found = rows.filter((row) => follows(keyOf(row, field)));
      return found.sort((a, b) => sign * compareKeys(keyOf(a, field), keyOf(b, field))).slice(0, limit);
    }
    const same = asked.all.find(([name]) => name === field)?.[1] as Scalar;
    const inOrder = ids.filter((id) => follows({ value: field === '_id' ? id : same, id })).sort((a, b) => sign * compareTexts(a, b));
    const found: Stored<Row>[] = [];
    for (const id of inOrder) {
      if (found.length >= limit) break;
      const row = this.row(id);
      if (row && matches(row, asked.all)) found.push(row);
    }
    return found;
  }

  private alongIds({ all, sets }: Asked, { descending, after, limit }: Order): Stored<Row>[] {
    const found: Stored<Row>[] = [];
    for (let [at, size]: [string | undefined, number] = [after?.id, firstRead(limit, all)]; ; size = Math.min(2 * size, entriesRead.most)) {
      const rows = this.byId(at, descending, size);
      for (const { id, row } of rows) {
        if (!sets.every((one) => has(one, id))) continue;
        const read = this.read({ id, row });
        if (matches(read, all) && found.push(read) >= limit) return found;
      }
      if (rows.length < size) return found;
      at = rows.at(-1)?.id;
    }
  }

  private alongEntries({ all, sets, rest }: Asked, { field, descending, after, limit }: Order): Stored<Row>[] {
    const wanted = all.find(([name]) => name === field)?.[1];
    const found: Stored<Row>[] = [];
    let bounds: Bounds = wanted === undefined ? everywhere : boundsOf(wanted);
    if (after) bounds = boundsAfter(bounds, after, descending);
    const direction = descending ? 'DESC' : 'ASC';
    for (let size = firstRead(limit, [...sets, ...rest]); ; size = Math.min(2 * size, entriesRead.most)) {
      const entries = this.reads.all<{ value: StoredValue; id: string }>(
        `SELECT value, id ${this.queries.entries} ORDER BY value ${direction}, id ${direction} LIMIT ?`,
        ...this.within(field, bounds),
        size,
      );
      for (const { value, id } of entries) {
        if (wanted !== undefined && !meets(scalarOf(value), wanted)) continue;
        if (!sets.every((one) => has(one, id))) continue;
        const row = this.row(id);
        if (row && matches(row, rest) && found.push(row) >= limit) return found;
      }
      const last = entries.at(-1);
      if (!last || entries.length < size) return found;
      bounds = boundsAfter(bounds, { value: scalarOf(last.value), id: last.id }, descending);
    }
  }

  /** Rows in the order of their ids, after the given one. */
  protected byId(after: string | undefined, descending: boolean, limit: number): readonly RowText[] {
    if (!this.which) return [];
    const { queries, values } = this.which;
    const [sign, direction] = descending ? ['<', 'DESC'] : ['>', 'ASC'];
    const [beyond, given] = after === undefined ? ['', []] : [`AND id ${sign} ?`, [after]];
    return this.reads.all(`${queries.rows} ${beyond} ORDER BY id ${direction} LIMIT ?`, ...values, ...given, limit);
  }

  private read(found: RowText): Stored<Row> {
    return this.remembered(found.id) ?? rowOf<Row>(found);
  }

  /** Counts them without having more than a page of them in memory. */
  private countedAlongIds(asked: Asked): number {
    let count = 0;
    for (let after: Key | undefined; ;) {
      const found = this.alongIds(asked, { field: '_id', descending: false, after, limit: entriesRead.most });
      count += found.length;
      const last = found.at(-1);
      if (!last || found.length < entriesRead.most) return count;
      after = keyOf(last, '_id');
    }
  }

  /** Tells of an id whether its row meets what the sets do not answer. Of many ids ranges are told by the index alone. */
  private testOf({ all, rest }: Asked, size: number): (id: string) => boolean {
    if ((rest.length > 0 && size <= few) || !rest.every((one) => this.isRange(one)))
      return (id) => {
        const row = this.row(id);
        return row !== undefined && matches(row, all);
      };
    const tests = rest.map((one) => this.rangeTest(one));
    return (id) => tests.every((test) => test(id));
  }

  /** By the ids that are within the range or by those that are not, whichever are fewer. */
  private rangeTest([field, condition]: Conditions[number]): (id: string) => boolean {
    const [from, to] = boundsOf(condition);
    const isMostOfAll = this.counted(field, condition) > this.live / 2;
    const read: readonly Bounds[] = isMostOfAll
      ? [
          [everywhere[0], from],
          [to, everywhere[1]],
        ]
      : [[from, to]];
    const sql = `SELECT id ${this.queries.entries}`;
    const ids = new Set(read.flatMap((bounds) => this.reads.all<{ id: string }>(sql, ...this.within(field, bounds)).map(({ id }) => id)));
    return (id) => ids.has(id) !== isMostOfAll;
  }
}

interface Order {
  readonly field: string;
  readonly descending: boolean;
  readonly after: Key | undefined;
  readonly limit: number;
}

/** Of entries that may not all be wanted, more are read at once. */
function firstRead(limit: number, conditions: readonly unknown[]): number {
  return Math.min(conditions.length === 0 ? limit : Math.max(limit, entriesRead.few), entriesRead.most);
}

export function present<Row>(row: Stored<Row> | undefined): Stored<Row> | undefined {
  return row?.removed ? undefined : row;
}

function narrowOf(sets: readonly ReadonlySet<string>[]): Narrow {
  return { sets, size: sets.reduce((sum, { size }) => sum + size, 0) };
}

function has({ sets }: Narrow, id: string): boolean {
  return sets.some((set) => set.has(id));
}

/** The ids that are in all sets. */
function* among(narrow: Narrow, { sets }: Asked): Generator<string> {
  const others = sets.filter((one) => one !== narrow);
  for (const set of narrow.sets) for (const id of set) if (others.every((one) => has(one, id))) yield id;
}

/** Whether the rows that meet the conditions are in the order of their ids. */
function isInOrderOfIds(conditions: Conditions, field: string): boolean {
  return field === '_id' || conditions.some(([name, condition]) => name === field && isScalar(condition));
}

/** The fields whose value changed with a row, by number, and the values that are left and entered; undefined where the row is not there. */
export function* entriesChanged<Row>(
  fields: readonly string[],
  was: Stored<Row> | undefined,
  is: Stored<Row> | undefined,
): Generator<readonly [number: number, left: Scalar | undefined, entered: Scalar | undefined]> {
  for (const [number, field] of fields.entries()) {
    const [left, entered] = [was && valueOf(was, field), is && valueOf(is, field)];
    if (left !== entered) yield [number, left, entered];
  }
}

export function setKey(of: string, number: number, value: Scalar): string {
  return `${of} ${number} ${typeof value} ${value}`;
}

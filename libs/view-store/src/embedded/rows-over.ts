import type { Stored } from '#kernel/projection';
import { compareTexts } from '../order.js';
import {
  textOf,
  undeclaredIndex,
  type Condition,
  type Find,
  type FoldedRows,
  type RowText,
  type StoredRows,
  type Where,
} from '../view-store.js';
import { present } from './indexed-rows.js';
import { compareKeys, keyOf, matches, type Conditions } from './matches.js';

type Row = Stored<object>;

/** A row, and what is under it; undefined where nothing is. */
interface Over {
  readonly row: Row;
  readonly under: Row | undefined;
}

/** So many rows are read at once from below, beside those that are wanted. */
const readAhead = 20;

/** A few rows in memory over others, which stay as they are. */
export class RowsOver implements FoldedRows<object> {
  /** What was read from below last: who writes has just read it. */
  private read: ReadonlyMap<string, Row | undefined> = new Map<string, Row | undefined>();

  constructor(
    private below: StoredRows<object>,
    private readonly fields: readonly string[],
    private readonly over: Map<string, Over> = new Map<string, Over>(),
  ) {}

  /** What is written to the copy is not written here. */
  copy(): RowsOver {
    return new RowsOver(this.below, this.fields, new Map(this.over));
  }

  /** Goes on over other rows, which have all that was written here. */
  moveOver(below: StoredRows<object>): void {
    this.below = below;
    this.over.clear();
    this.read = new Map();
  }

  /** How many rows are over others. */
  get size(): number {
    return this.over.size;
  }

  /** The rows that are over others. */
  *own(): Generator<Row> {
    for (const { row } of this.over.values()) yield row;
  }

  /** The row that is under the one of the id here. */
  under(id: string): Row | undefined {
    return this.over.get(id)?.under;
  }

  async write(rows: readonly Row[]): Promise<void> {
    const under = new Map(this.read);
    const strangers = rows.map(({ _id }) => _id).filter((id) => !this.over.has(id) && !under.has(id));
    for (const [index, found] of (await this.below.stored(strangers)).entries()) under.set(strangers[index] as string, found);
    for (const row of rows) {
      const there = this.over.get(row._id) ?? { row: under.get(row._id), under: under.get(row._id) };
      if (there.row && there.row.position >= row.position) continue;
      this.over.set(row._id, { row, under: there.under });
    }
  }

  async get(id: string): Promise<Row | undefined> {
    return (await this.getMany([id]))[0];
  }

  async getMany(ids: readonly string[]): Promise<readonly (Row | undefined)[]> {
    return (await this.stored(ids)).map(present);
  }

  async stored(ids: readonly string[]): Promise<readonly (Row | undefined)[]> {
    const rest = ids.filter((id) => !this.over.has(id));
    const found = await this.below.stored(rest);
    const read = (this.read = new Map(rest.map((id, index) => [id, found[index]])));
    return ids.map((id) => {
      const over = this.over.get(id);
      return over ? over.row : read.get(id);
    });
  }

  async page(afterId: string | undefined, limit: number): Promise<readonly Row[]> {
    const read = (last: Row | undefined, size: number) => this.below.page(last?._id ?? afterId, size);
    return merged(this.ownAfter(afterId), await this.notCovered(read, idOfRow, limit), (a, b) => compareTexts(a._id, b._id), limit);
  }

  async texts(afterId: string | undefined, limit: number): Promise<readonly RowText[]> {
    const read = (last: RowText | undefined, size: number) => this.below.texts(last?.id ?? afterId, size);
    const found = await this.notCovered(read, ({ id }) => id, limit);
    return merged(this.ownAfter(afterId).map(textOf), found, (a, b) => compareTexts(a.id, b.id), limit);
  }

  async find(question: Find<object>): Promise<readonly Row[]> {
    const { where, orderBy, descending = false, after, limit } = question;
    const field: string = orderBy ?? '_id';
    if (field !== '_id' && !this.fields.includes(field)) throw undeclaredIndex(field);
    const conditions = conditionsOf(where);
    if (!conditions) return [];
    const sign = descending ? -1 : 1;
    const follows = (row: Row) => !after || sign * compareKeys(keyOf(row, field), after) > 0;
    const own = [...this.own()].filter((row) => matches(row, conditions) && follows(row));
    const read = (last: Row | undefined, size: number) =>
      this.below.find({ ...question, ...(last && { after: keyOf(last, field) }), limit: size });
    const found = await this.notCovered(read, idOfRow, limit);
    return merged(own, found, (a, b) => sign * compareKeys(keyOf(a, field), keyOf(b, field)), limit);
  }

  async count(where?: Where<object>): Promise<number> {
    const conditions = conditionsOf(where);
    if (!conditions) return 0;
    let count = await this.below.count(where);
    for (const { row, under } of this.over.values())
      count += Number(matches(row, conditions)) - Number(under !== undefined && matches(under, conditions));
    return count;
  }

  private ownAfter(afterId: string | undefined): Row[] {
    return [...this.own()].filter(({ _id }) => afterId === undefined || compareTexts(_id, afterId) > 0);
  }

  /** The first rows from below that have none over them. */
  private async notCovered<One>(
    read: (last: One | undefined, size: number) => Promise<readonly One[]>,
    idOf: (one: One) => string,
    limit: number,
  ): Promise<One[]> {
    const found: One[] = [];
    for (let last: One | undefined; ;) {
      const size = limit - found.length + Math.min(readAhead, this.over.size);
      const page = await read(last, size);
      found.push(...page.filter((one) => !this.over.has(idOf(one))));
      if (found.length >= limit || page.length < size) return found;
      last = page.at(-1);
    }
  }
}

const idOfRow = ({ _id }: Row) => _id;

/** What a row must meet; undefined where none can. */
function conditionsOf(where: Where<object> | undefined): Conditions | undefined {
  const all = Object.entries(where ?? {}) as unknown as (readonly [string, Condition | undefined])[];
  return all.some(([, condition]) => condition === undefined) ? undefined : (all as Conditions);
}

function merged<One>(own: One[], found: readonly One[], compare: (a: One, b: One) => number, limit: number): readonly One[] {
  return own.length === 0 ? found.slice(0, limit) : [...own, ...found].sort(compare).slice(0, limit);
}

import sortedBTree from 'sorted-btree';
import { entry } from '#kernel/keyed';
import type { Stored } from '#kernel/projection';
import { compareScalars, compareTexts, rank } from '../order.js';
import {
  isScalar,
  undeclaredIndex,
  type Checkpoint,
  type Condition,
  type Find,
  type FoldedRows,
  type Key,
  type Leases,
  type Opened,
  type ViewStore,
  type Scalar,
  type Where,
} from '../view-store.js';

// The package is CommonJS with a default export beside it.
const { default: BTree } = sortedBTree as unknown as { default: typeof import('sorted-btree').default };
type Index<Row> = InstanceType<typeof BTree<Key, Stored<Row>>>;

/** Rows in memory: a map by id and a sorted tree for each index, tombstones among them. Empty when the server starts; filled from a snapshot and the log. */
export class EmbeddedViewStore implements ViewStore {
  readonly leases: Leases | undefined = undefined;
  private readonly collections = new Map<string, EmbeddedCollection<object>>();
  private readonly saved = new Map<string, Checkpoint>();

  collection<Row extends object>(name: string, indexes: readonly string[] = []): FoldedRows<Row> {
    let found = this.collections.get(name);
    if (!found) this.collections.set(name, (found = new EmbeddedCollection(indexes)));
    return found as unknown as FoldedRows<Row>;
  }

  /** A view with its checkpoint as they are at this moment, for a snapshot; undefined where nothing was folded yet. */
  captured(name: string): { readonly checkpoint: Checkpoint; readonly rows: readonly Stored<object>[] } | undefined {
    const [checkpoint, found] = [this.saved.get(name), this.collections.get(name)];
    return checkpoint?.position !== undefined && found ? { checkpoint, rows: found.all() } : undefined;
  }

  /** Puts a view in its place, from a snapshot. */
  restore(name: string, indexes: readonly string[], checkpoint: Checkpoint, rows: readonly Stored<object>[]): void {
    this.collections.set(name, new EmbeddedCollection(indexes, rows));
    this.saved.set(name, checkpoint);
  }

  /** A store of its own with what this one has in the collection. The rows themselves are shared: they never change. */
  fork(name: string): EmbeddedViewStore {
    const [fork, found, checkpoint] = [new EmbeddedViewStore(), this.collections.get(name), this.saved.get(name)];
    if (found) fork.collections.set(name, found.fork());
    if (checkpoint) fork.saved.set(name, checkpoint);
    return fork;
  }

  async replace(name: string, by: string): Promise<boolean> {
    const [next, checkpoint] = [this.collections.get(by), this.saved.get(by)];
    if (!next || checkpoint?.position === undefined) throw new RangeError(`no collection ${name} to be replaced by ${by}`);
    if (!checkpoint.stoppedAt && (this.saved.get(name)?.position ?? '') > checkpoint.position) return false;
    const there = this.collections.get(name);
    if (there) there.become(next);
    else this.collections.set(name, next);
    this.saved.set(name, checkpoint);
    await this.drop(by);
    return true;
  }

  async drop(name: string): Promise<void> {
    this.collections.delete(name);
    this.saved.delete(name);
  }

  async open<Row extends object>(name: string, indexes?: readonly string[]): Promise<Opened<Row>> {
    return {
      rows: this.collection<Row>(name, indexes),
      checkpoint: this.saved.get(name),
      saveCheckpoint: (next, previous) => this.saveCheckpoint(name, next, previous),
    };
  }

  async checkpoint(name: string): Promise<Checkpoint | undefined> {
    return this.saved.get(name);
  }

  async checkpoints(): Promise<ReadonlyMap<string, Checkpoint>> {
    return new Map(this.saved);
  }

  async saveCheckpoint(name: string, next: Checkpoint, previous: Checkpoint | undefined): Promise<boolean> {
    const there = this.saved.get(name);
    if (there?.position !== previous?.position || there?.log !== previous?.log || there?.version !== previous?.version) return false;
    this.saved.set(name, next);
    return true;
  }

  async probe(): Promise<void> {
    // What is in memory can be read.
  }

  async close(): Promise<void> {
    this.collections.clear();
    this.saved.clear();
  }
}

class EmbeddedCollection<Row extends object> implements FoldedRows<Row> {
  private rows = new Map<string, Stored<Row>>();
  private indexes: Map<string, Index<Row>>;

  constructor(indexes: readonly string[], rows: readonly Stored<Row>[] = []) {
    this.indexes = new Map(['_id', ...indexes].map((field) => [field, new BTree<Key, Stored<Row>>(undefined, compareKeys)]));
    for (const row of rows) this.rows.set(row._id, row);
    for (const [field, index] of this.indexes) {
      // In order they are put in faster.
      const entries = rows.map((row): [Key, Stored<Row>] => [keyOf(row, field), row]).sort(([a], [b]) => compareKeys(a, b));
      for (const [key, row] of entries) index.set(key, row);
    }
  }

  fork(): EmbeddedCollection<Row> {
    const fork = new EmbeddedCollection<Row>([]);
    fork.rows = new Map(this.rows);
    fork.indexes = new Map([...this.indexes].map(([field, index]) => [field, index.clone()]));
    return fork;
  }

  all(): readonly Stored<Row>[] {
    return [...this.rows.values()];
  }

  become(other: EmbeddedCollection<Row>): void {
    this.rows = other.rows;
    this.indexes = other.indexes;
  }

  async get(id: string): Promise<Stored<Row> | undefined> {
    return present(this.rows.get(id));
  }

  async getMany(ids: readonly string[]): Promise<readonly (Stored<Row> | undefined)[]> {
    return ids.map((id) => present(this.rows.get(id)));
  }

  async stored(ids: readonly string[]): Promise<readonly (Stored<Row> | undefined)[]> {
    return ids.map((id) => this.rows.get(id));
  }

  async find({ where, orderBy, descending = false, after, limit }: Find<Row>): Promise<readonly Stored<Row>[]> {
    const field = orderBy ?? '_id';
    const index = this.index(field);
    const matches = matcher(where);
    const found: Stored<Row>[] = [];
    const narrow = this.narrowest(where, field);
    if (narrow) {
      const sign = descending ? -1 : 1;
      const inOrder = narrow.filter(matches).sort((a, b) => sign * compareKeys(keyOf(a, field), keyOf(b, field)));
      return inOrder.filter((row) => !after || sign * compareKeys(keyOf(row, field), after) > 0).slice(0, limit);
    }
    const entries = descending ? index.entriesReversed(after, undefined, after !== undefined) : index.entries(after);
    for (const [key, row] of entries) {
      if (after && compareKeys(key, after) === 0) continue;
      if (!matches(row)) continue;
      found.push(row);
      if (found.length === limit) break;
    }
    return found;
  }

  async count(where?: Where<Row>): Promise<number> {
    const matches = matcher(where);
    const rows = this.narrowest(where, undefined) ?? this.index('_id').valuesArray();
    return rows.filter(matches).length;
  }

  async page(afterId: string | undefined, limit: number): Promise<readonly Stored<Row>[]> {
    const found: Stored<Row>[] = [];
    for (const [{ id }, row] of this.index('_id').entries(afterId === undefined ? undefined : { value: afterId, id: afterId })) {
      if (id !== afterId && found.push(row) === limit) break;
    }
    return found;
  }

  async write(rows: readonly Stored<Row>[]): Promise<void> {
    for (const row of rows) {
      const old = this.rows.get(row._id);
      if (old && old.position >= row.position) continue;
      this.rows.set(row._id, row);
      for (const [field, index] of this.indexes) {
        const key = keyOf(row, field);
        if (old && compareKeys(keyOf(old, field), key) !== 0) index.delete(keyOf(old, field));
        index.set(key, row);
      }
    }
  }

  /** The rows found by an index for which the question names a value, if that is not the index it orders by. */
  private narrowest(where: Where<Row> | undefined, orderedBy: string | undefined): Stored<Row>[] | undefined {
    for (const [field, condition] of Object.entries(where ?? {}) as [string, Condition][]) {
      const index = this.indexes.get(field);
      if (!index || field === orderedBy) continue;
      const values = isScalar(condition) ? [condition] : 'in' in condition ? [...new Set(condition.in)] : undefined;
      if (values) return values.flatMap((value) => index.getRange({ value, id: '' }, { value, id: '\u{10ffff}' }).map(([, row]) => row));
    }
    return undefined;
  }

  private index(field: string): Index<Row> {
    const index = this.indexes.get(field);
    if (!index) throw undeclaredIndex(field);
    return index;
  }
}

function present<Row>(row: Stored<Row> | undefined): Stored<Row> | undefined {
  return row?.removed ? undefined : row;
}

function keyOf<Row>(row: Stored<Row>, field: string): Key {
  return { value: (entry(row as Record<string, unknown>, field) ?? null) as Scalar, id: row._id };
}

function compareKeys(a: Key, b: Key): number {
  return compareScalars(a.value, b.value) || compareTexts(a.id, b.id);
}

function matcher<Row>(where: Where<Row> | undefined): (row: Stored<Row>) => boolean {
  const conditions = Object.entries(where ?? {}) as [string, Condition][];
  return (row) => !row.removed && conditions.every(([field, condition]) => meets(keyOf(row, field).value, condition));
}

function meets(value: Scalar, condition: Condition): boolean {
  if (isScalar(condition)) return value === condition;
  if ('in' in condition) return condition.in.includes(value);
  if ('prefix' in condition) return typeof value === 'string' && value.startsWith(condition.prefix);
  const { from, to } = condition;
  const sameType = (bound: Scalar) => rank(bound) === rank(value);
  return (
    (from === undefined || (sameType(from) && compareScalars(value, from) >= 0)) &&
    (to === undefined || (sameType(to) && compareScalars(value, to) <= 0))
  );
}

import type { Stored } from '#kernel/projection';
import { textOf, type Checkpoint, type FoldedRows, type RowText, type Scalar } from '../view-store.js';
import { storedValue } from './entries.js';
import { entriesChanged, IndexedRows, present, queriesOf, rowBytes, setKey, type Cached, type Which } from './indexed-rows.js';
import type { ViewsFile } from './views-file.js';

/** Where the rows of a collection are in the file, and how they stand; without an id nothing was written yet. */
export interface Place {
  id: number | undefined;
  readonly fields: readonly string[];
  /** How many rows are no tombstones. */
  live: number;
  checkpoint: Checkpoint | undefined;
  /** Whether the file has these two otherwise. */
  isDirty: boolean;
}

export function newPlace(fields: readonly string[]): Place {
  return { id: undefined, fields, live: 0, checkpoint: undefined, isDirty: false };
}

const queries = queriesOf('collection = ?');

/** So many rows that were changed are written later. */
const mostUnwritten = 10;

/**
 * The rows of one collection in the file of embedded views. The rows that were changed last are written when the
 * transaction is committed: what changes again and again until then, and may have grown long, is written once.
 */
export class EmbeddedCollection<Row extends object> extends IndexedRows<Row> implements FoldedRows<Row> {
  isLost = false;
  /** Rows that the file has as they were, the one that was changed last at the end. */
  private readonly unwritten = new Map<string, Stored<Row>>();
  private mine: { readonly id: number; readonly which: Which } | undefined;

  constructor(
    private readonly file: ViewsFile,
    cached: Cached,
    readonly name: string,
    public place: Place,
  ) {
    super(file, cached);
  }

  async write(rows: readonly Stored<Row>[]): Promise<void> {
    for (const row of rows) {
      await this.file.room();
      this.told(() => this.put(row));
    }
  }

  override async texts(afterId: string | undefined, limit: number): Promise<readonly RowText[]> {
    const found = await super.texts(afterId, limit);
    return found.map((one) => {
      const changed = this.unwritten.get(one.id);
      return changed ? textOf(changed) : one;
    });
  }

  /** Writes what is to be written before the transaction is committed. */
  writeRest(): void {
    for (const row of this.unwritten.values()) this.update(row);
  }

  /** Has the rows of the other from now on, which are all written; the other has none any more. */
  takeOver(other: EmbeddedCollection<Row>): void {
    this.unwritten.clear();
    this.place = other.place;
    other.place = newPlace(other.place.fields);
  }

  /** The id that its rows are under, from now on if not before. */
  written(): number {
    const { place, name, cached } = this;
    place.isDirty = true;
    cached.changes += 1;
    return (place.id ??= this.file.run(
      'INSERT INTO collections (name, fields, live) VALUES (?, ?, 0)',
      name,
      JSON.stringify(place.fields),
    ).id);
  }

  protected get which(): Which | undefined {
    const { id } = this.place;
    if (id === undefined) return undefined;
    if (this.mine?.id !== id) this.mine = { id, which: { queries, values: [id], key: `${id}` } };
    return this.mine.which;
  }

  protected get fields(): readonly string[] {
    return this.place.fields;
  }

  protected override remembered(id: string): Stored<Row> | undefined {
    return this.unwritten.get(id) ?? super.remembered(id);
  }

  protected get live(): number {
    return this.place.live;
  }

  private put(row: Stored<Row>): void {
    const { place } = this;
    const old = this.row(row._id);
    if (old && old.position >= row.position) return;
    this.written();
    if (old) this.updateLater(row);
    else this.insert(row);
    const [was, is] = [present(old), present(row)];
    for (const [number, left, entered] of entriesChanged(place.fields, was, is)) {
      if (left !== undefined) this.leave(number, left, row._id);
      if (entered !== undefined) this.enter(number, entered, row._id);
    }
    place.live += Number(is !== undefined) - Number(was !== undefined);
    place.isDirty = true;
  }

  private insert(row: Stored<Row>): void {
    const text = JSON.stringify(row);
    this.file.run('INSERT INTO rows (collection, id, row) VALUES (?, ?, ?)', this.place.id as number, row._id, text);
    this.keep(row, text);
  }

  private updateLater(row: Stored<Row>): void {
    this.file.begin();
    this.unwritten.delete(row._id);
    this.unwritten.set(row._id, row);
    if (this.unwritten.size <= mostUnwritten) return;
    const [changedFirst] = this.unwritten.values();
    this.update(changedFirst as Stored<Row>);
  }

  private update(row: Stored<Row>): void {
    const text = JSON.stringify(row);
    this.file.run('UPDATE rows SET row = ? WHERE collection = ? AND id = ?', text, this.place.id as number, row._id);
    this.unwritten.delete(row._id);
    this.keep(row, text);
  }

  private keep(row: Stored<Row>, text: string): void {
    this.cached.rows.set(`${this.place.id} ${row._id}`, row, { size: rowBytes(text) });
  }

  private enter(number: number, value: Scalar, id: string): void {
    const collection = this.place.id as number;
    this.file.run('INSERT INTO entries VALUES (?, ?, ?, ?)', collection, number, storedValue(value), id);
    this.cached.addId(setKey(`${collection}`, number, value), id);
  }

  private leave(number: number, value: Scalar, id: string): void {
    const collection = this.place.id as number;
    this.file.run(
      'DELETE FROM entries WHERE collection = ? AND field = ? AND value = ? AND id = ?',
      collection,
      number,
      storedValue(value),
      id,
    );
    this.cached.ids.get(setKey(`${collection}`, number, value))?.delete(id);
  }
}

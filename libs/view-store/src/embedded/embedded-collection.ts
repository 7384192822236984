import type { Stored } from '#kernel/projection';
import type { Checkpoint, FoldedRows, Scalar } from '../view-store.js';
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

const queries = queriesOf('collection = ?');

/** The rows of one collection in the file of embedded views. */
export class EmbeddedCollection<Row extends object> extends IndexedRows<Row> implements FoldedRows<Row> {
  isLost = false;
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

  protected get live(): number {
    return this.place.live;
  }

  private put(row: Stored<Row>): void {
    const { place, cached } = this;
    const old = this.row(row._id);
    if (old && old.position >= row.position) return;
    const text = JSON.stringify(row);
    const id = this.written();
    if (old) this.file.run('UPDATE rows SET row = ? WHERE collection = ? AND id = ?', text, id, row._id);
    else this.file.run('INSERT INTO rows (collection, id, row) VALUES (?, ?, ?)', id, row._id, text);
    const [was, is] = [present(old), present(row)];
    for (const [number, left, entered] of entriesChanged(place.fields, was, is)) {
      if (left !== undefined) this.leave(number, left, row._id);
      if (entered !== undefined) this.enter(number, entered, row._id);
    }
    place.live += Number(is !== undefined) - Number(was !== undefined);
    place.isDirty = true;
    cached.rows.set(`${id} ${row._id}`, row, { size: rowBytes(text) });
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

import type { Checkpoint, FoldedRows, Leases, Opened, ViewStore } from '../view-store.js';
import { EmbeddedCollection, newPlace, type Place } from './embedded-collection.js';
import { Cached } from './indexed-rows.js';
import { ViewsFile } from './views-file.js';

export interface EmbeddedViews {
  /** The file; in memory without one. */
  readonly path?: string;
  /** Most bytes of rows that are kept in memory beside the file, about; of ids a quarter of that. */
  readonly mostBytes?: number;
  readonly report?: (what: string, details: object) => void;
}

/**
 * Rows in an SQLite file of this process, tombstones among them. Rows and checkpoints are committed together, a little later
 * than they are shown: where the process is killed meanwhile, the log is folded from the checkpoint that the file has.
 */
export class EmbeddedViewStore implements ViewStore {
  readonly leases: Leases | undefined = undefined;
  private readonly file: ViewsFile;
  private readonly cached: Cached;
  private readonly lossListeners: (() => void)[] = [];
  private readonly collections = new Map<string, EmbeddedCollection<object>>();

  constructor({ mostBytes = 32 << 20, ...where }: EmbeddedViews = {}) {
    this.cached = new Cached(mostBytes);
    this.file = new ViewsFile({ ...where, beforeCommit: () => this.saveAll(), onLost: () => this.lost(), onUsable: () => this.usable() });
    for (const { name, ...stored } of this.storedPlaces()) this.collections.set(name, this.made(name, placeOf(stored)));
    this.file.dropBitByBit();
  }

  get changeCount(): number {
    return this.cached.changes;
  }

  collection<Row extends object>(name: string, indexes: readonly string[] = []): FoldedRows<Row> {
    return this.collectionOf(name, indexes) as unknown as FoldedRows<Row>;
  }

  /** The fields that the collection of the name is indexed by; undefined where there is none. */
  indexesOf(name: string): readonly string[] | undefined {
    return this.collections.get(name)?.place.fields;
  }

  /** The names of all collections. */
  get names(): readonly string[] {
    return [...this.collections.keys()];
  }

  /** What is remembered beside the rows, under a name. */
  remembered(name: string): string | undefined {
    return this.file.get<{ value: string }>('SELECT value FROM about WHERE name = ?', name)?.value;
  }

  remember(name: string, value: string): void {
    this.file.run('INSERT INTO about VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value', name, value);
  }

  /** Whether rows of what was dropped are still to be taken away. */
  get isDropping(): boolean {
    return this.file.isDropping;
  }

  /** Throws everything away. */
  empty(): void {
    this.cached.changes += 1;
    this.cached.clear();
    this.collections.clear();
    this.file.empty();
  }

  async replace(name: string, by: string): Promise<boolean> {
    const next = this.collections.get(by);
    const checkpoint = next?.place.checkpoint;
    if (!next || checkpoint?.position === undefined) throw new RangeError(`no collection ${name} to be replaced by ${by}`);
    const there = this.collectionOf(name, next.place.fields);
    if (!checkpoint.stoppedAt && (there.place.checkpoint?.position ?? '') > checkpoint.position) return false;
    there.told(() => {
      const id = next.written();
      next.writeRest();
      if (there.place.id !== undefined) this.file.run('UPDATE collections SET name = NULL WHERE id = ?', there.place.id);
      this.file.run('UPDATE collections SET name = ? WHERE id = ?', name, id);
    });
    there.takeOver(next);
    this.collections.delete(by);
    this.file.dropBitByBit();
    return true;
  }

  async drop(name: string): Promise<void> {
    const dropped = this.collections.get(name);
    this.collections.delete(name);
    this.cached.changes += 1;
    if (dropped?.place.id === undefined) return;
    // What still has it is told so, and finds no empty rows.
    dropped.isLost = true;
    this.made(name, dropped.place).told(() => this.file.run('UPDATE collections SET name = NULL WHERE name = ?', name));
    this.file.dropBitByBit();
  }

  async open<Row extends object>(name: string, indexes: readonly string[] = []): Promise<Opened<Row>> {
    if (this.collections.get(name)?.isLost) this.collections.set(name, this.found(name, indexes));
    const opened = this.collectionOf(name, indexes);
    return {
      rows: opened as unknown as FoldedRows<Row>,
      checkpoint: opened.place.checkpoint,
      saveCheckpoint: (next, previous) => this.saveCheckpoint(name, next, previous),
    };
  }

  async checkpoint(name: string): Promise<Checkpoint | undefined> {
    return this.collections.get(name)?.place.checkpoint;
  }

  async checkpoints(): Promise<ReadonlyMap<string, Checkpoint>> {
    const found = new Map<string, Checkpoint>();
    for (const [name, { place }] of this.collections) if (place.checkpoint) found.set(name, place.checkpoint);
    return found;
  }

  async saveCheckpoint(name: string, next: Checkpoint, previous: Checkpoint | undefined): Promise<boolean> {
    const collection = this.collectionOf(name, []);
    return collection.told(() => {
      const { place } = collection;
      const there = place.checkpoint;
      if (there?.position !== previous?.position || there?.log !== previous?.log || there?.version !== previous?.version) return false;
      collection.written();
      place.checkpoint = next;
      this.file.begin();
      return true;
    });
  }

  onLost(listener: () => void): void {
    this.lossListeners.push(listener);
  }

  async probe(): Promise<void> {
    this.file.probe();
  }

  async close(): Promise<void> {
    await this.file.close();
    this.cached.clear();
    this.collections.clear();
  }

  private collectionOf(name: string, indexes: readonly string[]): EmbeddedCollection<object> {
    let found = this.collections.get(name);
    if (!found) this.collections.set(name, (found = this.made(name, newPlace(indexes))));
    return found;
  }

  private made(name: string, place: Place): EmbeddedCollection<object> {
    return new EmbeddedCollection(this.file, this.cached, name, place);
  }

  /** Writes where all collections have come, with the rows that are committed. */
  private saveAll(): void {
    for (const collection of this.collections.values()) {
      const { place, isLost } = collection;
      // The file does not have the rows up to there.
      if (isLost || !place.isDirty || place.id === undefined) continue;
      collection.writeRest();
      const checkpoint = place.checkpoint ? JSON.stringify(place.checkpoint) : null;
      this.file.run('UPDATE collections SET live = ?, checkpoint = ? WHERE id = ?', place.live, checkpoint, place.id);
      place.isDirty = false;
    }
  }

  /** Nobody goes on with what the file does not have: who folds opens it again. */
  private lost(): void {
    this.cached.changes += 1;
    this.cached.clear();
    for (const collection of this.collections.values()) collection.isLost = true;
  }

  private usable(): void {
    for (const listener of this.lossListeners) listener();
  }

  private found(name: string, indexes: readonly string[]): EmbeddedCollection<object> {
    const stored = this.storedPlaces().find((one) => one.name === name);
    return this.made(name, stored ? placeOf(stored) : newPlace(indexes));
  }

  private storedPlaces(): readonly (StoredPlace & { readonly name: string })[] {
    return this.file.all('SELECT id, name, fields, live, checkpoint FROM collections WHERE name IS NOT NULL');
  }
}

interface StoredPlace {
  readonly id: number;
  readonly fields: string;
  readonly live: number;
  readonly checkpoint: string | null;
}

function placeOf({ id, fields, live, checkpoint }: StoredPlace): Place {
  return {
    id,
    fields: JSON.parse(fields) as string[],
    live,
    checkpoint: checkpoint === null ? undefined : (JSON.parse(checkpoint) as Checkpoint),
    isDirty: false,
  };
}

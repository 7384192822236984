import { randomUUID } from 'node:crypto';
import type { Collection as Documents, Filter } from 'mongodb';
import { failViews, type Checkpoint, type FoldedRows, type Leases, type Opened, type ViewStore } from '../view-store.js';
import type { RowDocument } from './document.js';
import { makeIndexes, MongoDbCollection } from './mongodb-collection.js';
import { MongoDbLeases } from './mongodb-leases.js';
import { duplicateKey, MongoDbServer, noSuchCollection, unless } from '#engines/mongodb-server';

const format = 1;
/** How long a server may know a name by what the checkpoints said. */
const freshMs = 1_000;
const prefix = 'rows.';

/** Where a name leads, and how far its rows are; nothing of that where nobody has begun. */
interface Pointer extends Partial<Checkpoint> {
  readonly _id: string;
  readonly collection: string;
}

export interface MongoDbOptions {
  readonly url: string;
  /** The longest that a call may take. */
  readonly timeoutMs?: number;
  /** How long rows that no name leads to any more are kept for those who still read them. */
  readonly graceMs?: number;
}

/**
 * Rows in a MongoDB database, a collection for each name and rebuild. Which collection a name leads to stands in the
 * document of its checkpoint, so that both change at once. A runner writes to the collection that it opened, also when the
 * name leads elsewhere meanwhile: the checkpoint that it saves then is refused.
 */
export class MongoDbViewStore implements ViewStore {
  readonly leases: Leases;
  private readonly pointers: Documents<Pointer>;
  private readonly dropped: Documents<{ readonly _id: string; readonly at: Date }>;
  /** Where names lead, as it was read last or as this server changed it. */
  private known = new Map<string, string>();
  private changes = 0;
  private knownSince = -Infinity;
  private refreshing: Promise<unknown> | undefined;
  /** Where this server writes: where a name led when it was opened. */
  private readonly written = new Map<string, string>();
  private readonly collections = new Map<string, FoldedRows<object>>();
  private readonly indexed = new Map<string, Promise<void>>();

  private constructor(
    private readonly server: MongoDbServer,
    private readonly graceMs: number,
  ) {
    this.leases = new MongoDbLeases(server);
    this.pointers = server.db.collection('checkpoints');
    this.dropped = server.db.collection('dropped');
  }

  /** @throws Failed `views-unavailable`, `views-of-newer-version` */
  static async open({ url, timeoutMs = 5_000, graceMs = 60_000 + 10 * timeoutMs }: MongoDbOptions): Promise<MongoDbViewStore> {
    const server = await MongoDbServer.connect({
      url,
      database: 'digituki',
      timeoutMs,
      unavailable: (reason, options) => failViews('views-unavailable', { reason }, options),
    });
    const store = new MongoDbViewStore(server, graceMs);
    try {
      await store.checkFormat();
      await store.sweep();
      return store;
    } catch (error) {
      await store.close();
      throw error;
    }
  }

  collection<Row extends object>(name: string, indexes: readonly string[] = []): FoldedRows<Row> {
    const { server, collections } = this;
    const key = [name, ...indexes].join(' ');
    const known = collections.get(key);
    // The same each time: what asks for its rows at the same time is asked together.
    if (known) return known as unknown as FoldedRows<Row>;
    const made = new MongoDbCollection<Row>({
      name,
      server,
      indexes,
      toRead: () => this.served(name),
      toWrite: async () => this.indexedRows(await this.ownPlace(name), indexes),
    });
    collections.set(key, made);
    return made;
  }

  async open<Row extends object>(name: string, indexes: readonly string[] = []): Promise<Opened<Row>> {
    const { server } = this;
    const pointer = await this.pointerOf(name);
    this.leads(name, pointer.collection);
    const rows = await this.indexedRows(pointer.collection, indexes);
    return {
      rows: new MongoDbCollection<Row>({ name, server, indexes, toRead: async () => rows, toWrite: async () => rows }),
      checkpoint: checkpointOf(pointer),
      saveCheckpoint: (next, previous) => this.saveFor(pointer, next, previous),
    };
  }

  async checkpoint(name: string): Promise<Checkpoint | undefined> {
    return (await this.checkpoints()).get(name);
  }

  /** Whoever knows a checkpoint reads the rows that it is of: where names lead is learnt with it. */
  async checkpoints(): Promise<ReadonlyMap<string, Checkpoint>> {
    for (;;) {
      const [changes, since] = [this.changes, performance.now()];
      const pointers = await this.server.call(() => this.pointers.find().toArray());
      // What this server changed meanwhile may not be in the answer.
      if (this.changes !== changes) continue;
      if (since > this.knownSince)
        [this.known, this.knownSince] = [new Map(pointers.map(({ _id, collection }) => [_id, collection])), since];
      return new Map(
        pointers
          .map((pointer) => [pointer._id, checkpointOf(pointer)] as const)
          .filter((entry): entry is [string, Checkpoint] => entry[1] !== undefined),
      );
    }
  }

  async saveCheckpoint(name: string, next: Checkpoint, previous: Checkpoint | undefined): Promise<boolean> {
    return this.saveFor({ _id: name, collection: await this.ownPlace(name) }, next, previous);
  }

  async replace(name: string, by: string): Promise<boolean> {
    const next = await this.server.call(() => this.pointers.findOne({ _id: by }));
    if (next?.position === undefined) throw new RangeError(`no collection ${name} to be replaced by ${by}`);
    const { _id, ...pointer } = next;
    const { collection: replacedRows } = await this.pointerOf(name);
    const since = performance.now();
    // Before the other one: no two names lead to the same rows.
    const { deletedCount } = await this.server.call(() => this.pointers.deleteOne({ _id: by, collection: next.collection }));
    this.leads(by, undefined);
    // A server that was suspended may have been taken for dead, and what no name leads to is dropped in the end.
    if (deletedCount === 0 || performance.now() - since > this.graceMs / 2)
      throw new Error(`the rows of ${by} were given up while this server was suspended`);
    const notBack = pointer.stoppedAt ? {} : { $or: [{ position: { $lte: next.position } }, { position: null }] };
    const replaced = await this.server.call(() =>
      this.pointers.replaceOne({ _id: name, collection: replacedRows, ...notBack } as Filter<Pointer>, pointer),
    );
    if (replaced.matchedCount === 1) {
      this.leads(name, pointer.collection);
      // What fails from here on is made up for by the next one that opens or replaces.
      await this.retire(replacedRows).catch(() => undefined);
      return true;
    }
    await this.server.call(() => insertIfAbsent(this.pointers, next));
    this.leads(by, pointer.collection);
    return false;
  }

  async drop(name: string): Promise<void> {
    const dropped = await this.server.call(() => this.pointers.findOneAndDelete({ _id: name }));
    this.leads(name, undefined);
    if (dropped) await this.retire(dropped.collection);
  }

  async probe(): Promise<void> {
    await this.server.now();
  }

  async close(): Promise<void> {
    await this.server.close();
  }

  private async checkFormat(): Promise<void> {
    const meta = this.server.db.collection<{ _id: string; format: number }>('meta');
    const found = await this.server.call(async () => {
      await insertIfAbsent(meta, { _id: 'format', format });
      return meta.findOne({ _id: 'format' });
    });
    if (found && found.format > format)
      throw failViews('views-of-newer-version', { database: this.server.db.databaseName, found: found.format, known: format });
  }

  /** Where readers find the rows of a name. */
  private async served(name: string): Promise<Documents<RowDocument> | undefined> {
    if (performance.now() - this.knownSince > freshMs)
      await (this.refreshing ??= this.checkpoints().finally(() => (this.refreshing = undefined)));
    const collection = this.known.get(name);
    return collection === undefined ? undefined : this.server.db.collection(collection);
  }

  /** Whoever wrote to a collection moves on the checkpoint of that one only. */
  private async saveFor({ _id, collection }: Pointer, next: Checkpoint, previous: Checkpoint | undefined): Promise<boolean> {
    const { log = null, position = null, version = null } = previous ?? {};
    const asTold = { _id, collection, log, position, version } as Filter<Pointer>;
    const { matchedCount } = await this.server.call(() => this.pointers.replaceOne(asTold, { ...next, collection }));
    return matchedCount === 1;
  }

  /** Where this server writes the rows of a name. */
  private async ownPlace(name: string): Promise<string> {
    const own = this.written.get(name);
    if (own !== undefined) return own;
    const { collection } = await this.pointerOf(name);
    this.leads(name, collection);
    return collection;
  }

  /** Where a name leads; made where there is nothing yet. */
  private async pointerOf(name: string): Promise<Pointer> {
    const found = await this.server.call(async () => {
      await insertIfAbsent(this.pointers, { _id: name, collection: `${prefix}${name}.${randomUUID().slice(-12)}` });
      return this.pointers.findOne({ _id: name });
    });
    if (!found) throw new Error(`another server has dropped the rows of ${name}`);
    return found;
  }

  /** The rows, once they have their indexes. */
  private async indexedRows(collection: string, indexes: readonly string[]): Promise<Documents<RowDocument>> {
    const rows = this.server.db.collection<RowDocument>(collection);
    const key = `${collection} ${indexes.join(' ')}`;
    let made = this.indexed.get(key);
    if (!made) {
      made = this.server.call(() => makeIndexes(rows, indexes));
      this.indexed.set(key, made);
      made.catch(() => this.indexed.delete(key));
    }
    await made;
    return rows;
  }

  /** Remembers where a name leads, for our readers and our runner. */
  private leads(name: string, collection: string | undefined): void {
    this.changes += 1;
    for (const places of [this.known, this.written]) {
      if (collection === undefined) places.delete(name);
      else places.set(name, collection);
    }
  }

  /** Has the rows dropped once nobody can still read them. */
  private async retire(collection: string): Promise<void> {
    const at = await this.server.now();
    await this.server.call(() => this.dropped.updateOne({ _id: collection }, { $set: { at } }, { upsert: true }));
    await this.sweep();
  }

  /** Drops what no name has led to for so long that nobody reads it any more, and remembers since when. */
  private async sweep(): Promise<void> {
    const { server, pointers, dropped } = this;
    const now = await server.now();
    // In this order: rows have a pointer before there is a first one.
    const there = await server.call(() => server.db.listCollections({}, { nameOnly: true }).toArray());
    const led = new Set((await server.call(() => pointers.find().toArray())).map(({ collection }) => collection));
    const since = new Map((await server.call(() => dropped.find().toArray())).map(({ _id, at }) => [_id, at.getTime()]));
    const rows = there.map(({ name }) => name).filter((name) => name.startsWith(prefix));
    for (const name of new Set([...rows, ...since.keys()])) {
      if (led.has(name)) continue;
      const at = since.get(name);
      if (at === undefined) await server.call(() => insertIfAbsent(dropped, { _id: name, at: now }));
      else if (now.getTime() - at > this.graceMs) {
        await server.call(() => server.db.dropCollection(name).catch(unless(noSuchCollection)));
        await server.call(() => dropped.deleteOne({ _id: name }));
      }
    }
  }
}

function checkpointOf({ _id, collection, ...checkpoint }: Pointer): Checkpoint | undefined {
  return checkpoint.version === undefined ? undefined : (checkpoint as Checkpoint);
}

async function insertIfAbsent<Document extends { readonly _id: string }>(
  documents: Documents<Document>,
  document: Document,
): Promise<void> {
  await documents.insertOne(document as never).catch(unless(duplicateKey));
}

import {
  BSON,
  MongoBulkWriteError,
  MongoServerError,
  type AnyBulkWriteOperation,
  type Collection as Documents,
  type WriteError,
} from 'mongodb';
import type { Stored } from '#kernel/projection';
import { textOf, undeclaredIndex, type Find, type FoldedRows, type RowText, type Where } from '../view-store.js';
import { documentOf, rowOf, storedKey, type RowDocument } from './document.js';
import { filterOf, pageFilter, sortOf } from './question.js';
import { duplicateKey, noSuchCollection, noSuchIndex, unless, type MongoDbServer } from '#engines/mongodb-server';

/** Where rows are. */
export interface Place {
  readonly name: string;
  readonly server: MongoDbServer;
  readonly indexes: readonly string[];
  /** Undefined where nothing was ever written. */
  toRead(): Promise<Documents<RowDocument> | undefined>;
  toWrite(): Promise<Documents<RowDocument>>;
}

const rowsInBulk = 500;
const bytesInBulk = 4 << 20;
const largestRow = 16 << 20;

/** Rows on the server, wherever they are just now. */
export class MongoDbCollection<Row extends object> implements FoldedRows<Row> {
  constructor(private readonly place: Place) {}

  async get(id: string): Promise<Stored<Row> | undefined> {
    return (await this.getMany([id]))[0];
  }

  async getMany(ids: readonly string[]): Promise<readonly (Stored<Row> | undefined)[]> {
    return (await this.read((rows) => byId<Row>(rows, ids, { removed: false }))) ?? ids.map(() => undefined);
  }

  async find(question: Find<Row>): Promise<readonly Stored<Row>[]> {
    const { orderBy, descending, limit } = question;
    if (orderBy !== undefined && orderBy !== '_id' && !this.place.indexes.includes(orderBy)) throw undeclaredIndex(orderBy);
    const sort = sortOf(orderBy, descending);
    const found = await this.read((rows) =>
      rows.find(pageFilter(question), { sort, limit, batchSize: limit, maxTimeMS: this.timeoutMs }).toArray(),
    );
    return found?.map((document) => rowOf<Row>(document)) ?? [];
  }

  async count(where?: Where<Row>): Promise<number> {
    return (await this.read((rows) => rows.countDocuments(filterOf(where), { maxTimeMS: this.timeoutMs }))) ?? 0;
  }

  async stored(ids: readonly string[]): Promise<readonly (Stored<Row> | undefined)[]> {
    if (ids.length === 0) return [];
    return (await this.read((rows) => byId<Row>(rows, ids))) ?? ids.map(() => undefined);
  }

  async page(afterId: string | undefined, limit: number): Promise<readonly Stored<Row>[]> {
    const question = afterId === undefined ? {} : { _id: { $gt: afterId } };
    const found = await this.read((rows) => rows.find(question, { sort: { _id: 1 }, limit, batchSize: limit }).toArray());
    return found?.map((document) => rowOf<Row>(document)) ?? [];
  }

  async texts(afterId: string | undefined, limit: number): Promise<readonly RowText[]> {
    return (await this.page(afterId, limit)).map(textOf);
  }

  async write(rows: readonly Stored<Row>[]): Promise<void> {
    if (rows.length === 0) return;
    const bulks = this.bulksOf(rows);
    const to = await this.place.toWrite();
    for (const bulk of bulks) {
      const there = await this.put(to, bulk, true);
      // A row was there: of a later position, or of an earlier one that another server put there at the same time.
      if (there.length > 0) await this.put(to, there, false);
    }
  }

  private get timeoutMs(): number {
    return this.place.server.timeoutMs;
  }

  /** The place is looked up within the time of the call: a server that was suspended never reads where nothing is any more. */
  private read<Result>(question: (rows: Documents<RowDocument>) => Promise<Result>): Promise<Result | undefined> {
    return this.place.server.call(async () => {
      const rows = await this.place.toRead();
      return rows && question(rows);
    });
  }

  /** The last of each row, in pieces that the server takes at once and in time. @throws RangeError for one that it does not take */
  private bulksOf(rows: readonly Stored<Row>[]): readonly (readonly RowDocument[])[] {
    const last = new Map<string, Stored<Row>>();
    for (const row of rows) if ((last.get(row._id)?.position ?? '') < row.position) last.set(row._id, row);
    const bulks: RowDocument[][] = [];
    let [bulk, bytes]: [RowDocument[], number] = [[], 0];
    for (const row of last.values()) {
      const document = documentOf(row);
      const size = BSON.calculateObjectSize(document, { ignoreUndefined: true });
      if (size > largestRow)
        throw new RangeError(
          `the row ${row._id} of ${this.place.name} has ${size} bytes, and MongoDB takes ${largestRow}: the projection must divide it`,
        );
      if (bulk.length === 0 || bulk.length === rowsInBulk || bytes + size > bytesInBulk) bulks.push(([bulk, bytes] = [[], 0])[0]);
      bulk.push(document);
      bytes += size;
    }
    return bulks;
  }

  /** Puts rows over earlier ones, and in new places if said. Gives those that another row kept out. */
  private put(to: Documents<RowDocument>, bulk: readonly RowDocument[], upsert: boolean): Promise<readonly RowDocument[]> {
    const operations = bulk.map((replacement): AnyBulkWriteOperation<RowDocument> => ({
      replaceOne: { filter: { _id: replacement._id, position: { $lt: replacement.position } }, replacement, upsert },
    }));
    return this.place.server.call(async () => {
      try {
        await to.bulkWrite(operations, { ordered: false });
        return [];
      } catch (error) {
        return keptOut(error).map((index) => bulk[index] as RowDocument);
      }
    });
  }
}

/**
 * The rows of a bulk that were refused because a row of the same id was there, where nothing else has failed. The driver
 * wraps whatever kept the bulk from being sent in an error of the same kind, which then tells of no row.
 */
function keptOut(error: unknown): readonly number[] {
  if (!(error instanceof MongoBulkWriteError)) throw error;
  const errors = [error.writeErrors].flat();
  const other = errors.find((one) => !isOfId(one)) ?? error.result.getWriteConcernError();
  if (other) throw new MongoServerError({ message: other.errmsg ?? error.message, code: other.code });
  if (errors.length === 0) throw error;
  return errors.map(({ index }) => index);
}

/** Whether a row of the same id was there. An index that somebody else made unique refuses rows, too. */
function isOfId({ code, errmsg }: WriteError): boolean {
  return code === duplicateKey && / index: _id_/.test(errmsg ?? '');
}

async function byId<Row extends object>(
  rows: Documents<RowDocument>,
  ids: readonly string[],
  condition: object = {},
): Promise<readonly (Stored<Row> | undefined)[]> {
  const wanted = [...new Set(ids)];
  // All in one answer, and with room for one more the server knows that there is none.
  const documents = await rows.find({ _id: { $in: wanted }, ...condition }, { batchSize: wanted.length + 1 }).toArray();
  const found = new Map(documents.map((document) => [document._id, rowOf<Row>(document)]));
  return ids.map((id) => found.get(id));
}

/** Makes the indexes of a collection and drops those that it does not need any more. All begin with what tells tombstones. */
export async function makeIndexes(rows: Documents<RowDocument>, fields: readonly string[]): Promise<void> {
  const wanted = fields
    .filter((field) => field !== '_id')
    .map((field) => ({ name: `by ${field}`, key: { removed: 1, [storedKey(field)]: 1, _id: 1 } as const }));
  if (wanted.length > 0) await rows.createIndexes(wanted);
  const there = (await rows.listIndexes().toArray().catch(unless(noSuchCollection))) as { name: string }[] | undefined;
  for (const { name } of there ?? [])
    if (name.startsWith('by ') && !wanted.some((one) => one.name === name)) await rows.dropIndex(name).catch(unless(noSuchIndex));
}

import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { MongoClient, type Collection as Documents } from 'mongodb';
import { SqliteEventLog } from '#event-store/sqlite/sqlite-event-log';
import type { Stored } from '#kernel/projection';
import { MongoDbViewStore } from '#view-store/mongodb/mongodb-view-store';
import { foldTo, ProjectionRun } from '#views/fold/projection-run';
import type { FoldedRows, ViewStore } from '#view-store/view-store';
import { projections } from '#system/contexts';
import { benchCodec } from './bench-codec.js';
import { line, type Bench } from './measure.js';
import { namedServer } from './named-server.js';
import { synthesised } from './servers.js';

const wanted = process.env['BENCH_EVENTS'] ?? '100000';
const rowsInBulk = 500;

type Row = Stored<object>;
type Documented = Documents<{ _id: string; position: string }>;

/**
 * How fast are all views filled on a MongoDB server? Each write of a view is repeated by the bare driver into a collection
 * with the same indexes, so that both meet the same state of the machine.
 */
export const mongodb: Bench = {
  name: 'mongodb',
  async run(parent) {
    const url = namedServer('mongodb', 'MONGODB_URL');
    if (url === undefined) {
      process.stderr.write('mongodb: needs a server, which MONGODB_URL names, and is asked for alone: npm run bench -- mongodb\n');
      return [];
    }
    const folder = join(parent, 'data');
    await synthesised(folder, wanted);
    const log = SqliteEventLog.open(join(folder, 'log.db'), { readOnly: true });
    const parts = { log, codec: benchCodec() };
    const events = Number.parseInt((await log.head()).slice(0, 16), 16);
    const database = `digituki-bench-${randomUUID()}`;
    const client = await MongoClient.connect(url, { ignoreUndefined: true, writeConcern: { w: 'majority', journal: true } });
    const store = await MongoDbViewStore.open({ url: inDatabase(url, database), timeoutMs: 60_000 });
    const spent = new Spent();
    try {
      const begin = performance.now();
      for (const projection of projections) {
        const bare: Documented = client.db(database).collection(`bare ${projection.name}`);
        const indexes = projection.indexes ?? [];
        if (indexes.length > 0) await bare.createIndexes(indexes.map((field) => ({ key: { removed: 1, [field]: 1, _id: 1 } })));
        const run = await ProjectionRun.resume(projection, measured(store, bare, spent), log, new Map());
        for await (const _ of foldTo(run, parts));
        if (run.poison) throw new Error(`${projection.name}: ${run.poison.reason}`);
      }
      const all = performance.now() - begin - spent.bare;
      const rate = (things: number, milliseconds: number) => [(things * 1_000) / milliseconds];
      return [
        line(`${projections.length} views from ${events} events, against writing their rows`, rate(events, all), rate(events, spent.bare)),
        line(`guarded writes of ${spent.rows} rows`, rate(spent.rows, spent.writing), rate(spent.rows, spent.bare), { atLeast: 0.5 }),
        line('waiting for the server, against all the time', [spent.writing + spent.others], [all], undefined, 'ms'),
      ];
    } finally {
      await client.db(database).dropDatabase();
      await client.close();
      await store.close();
      await log.close();
    }
  },
};

/** Where the time went, in milliseconds. */
class Spent {
  rows = 0;
  bare = 0;
  writing = 0;
  others = 0;

  async on<Result>(what: 'bare' | 'writing' | 'others', work: () => Promise<Result>): Promise<Result> {
    const begin = performance.now();
    try {
      return await work();
    } finally {
      this[what] += performance.now() - begin;
    }
  }
}

/** The store with a clock beside it, whose rows are written by the bare driver, too: before ours every other time. */
function measured(store: ViewStore, bare: Documented, spent: Spent): ViewStore {
  let turn = 0;
  const measuredRows = (rows: FoldedRows<object>): FoldedRows<object> =>
    Object.assign(Object.create(rows) as FoldedRows<object>, {
      stored: (ids: readonly string[]) => spent.on('others', () => rows.stored(ids)),
      write: async (written: readonly Row[]) => {
        const ours = () => spent.on('writing', () => rows.write(written));
        const theirs = () => spent.on('bare', () => writeBare(bare, written));
        for (const side of turn++ % 2 === 0 ? [ours, theirs] : [theirs, ours]) await side();
        spent.rows += written.length;
      },
    });
  return Object.assign(Object.create(store) as ViewStore, {
    open: async (name: string, indexes?: readonly string[]) => {
      const { rows, checkpoint, saveCheckpoint } = await store.open(name, indexes);
      return {
        rows: measuredRows(rows),
        checkpoint,
        saveCheckpoint: (...given: Parameters<typeof saveCheckpoint>) => spent.on('others', () => saveCheckpoint(...given)),
      };
    },
  });
}

async function writeBare(bare: Documented, rows: readonly Row[]): Promise<void> {
  for (let from = 0; from < rows.length; from += rowsInBulk) {
    const bulk = rows.slice(from, from + rowsInBulk);
    await bare.bulkWrite(
      bulk.map((row) => ({
        replaceOne: {
          filter: { _id: row._id, position: { $lt: row.position } },
          replacement: { ...row, removed: row.removed ?? false },
          upsert: true,
        },
      })),
      { ordered: false },
    );
  }
}

/** The address of a database of a server. */
export function inDatabase(server: string, database: string): string {
  return server.replace(/^([^/]*\/\/[^/?]+)[^?]*/, `$1/${database}`);
}

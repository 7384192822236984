import { afterAll, afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { once } from 'node:events';
import { Collection as Documents, MongoServerError } from 'mongodb';
import type { Stored } from '#kernel/projection';
import { describeLeases, describeViewStore } from '../view-store.contract.js';
import { failViews, type FoldedRows, type Lease } from '../view-store.js';
import { MongoDbViewStore } from './mongodb-view-store.js';
import { withMongoDb } from '#engines/mongodb.testing';
import { databaseOf, MongoDbServer } from '#engines/mongodb-server';

interface Place {
  readonly name: string;
}

jest.setTimeout(300_000);

const at = (n: number) => n.toString(16).padStart(16, '0').repeat(2);
const row = (_id: string, position: number, name = _id): Stored<Place> => ({ _id, position: at(position), revision: 0, name });
const checkpoint = (position: number, version = 1) => ({ log: 'l', position: at(position), version });

withMongoDb('the view store on MongoDB', (server) => {
  let stores: MongoDbViewStore[];
  let url: string;
  const opened = async (graceMs?: number) => {
    const store = await MongoDbViewStore.open({ url, ...(graceMs !== undefined && { graceMs }) });
    stores.push(store);
    return store;
  };
  const places = (store: MongoDbViewStore): FoldedRows<Place> => store.collection<Place>('places', ['name']);
  const collectionsThere = () =>
    server.inside(url, async (client) =>
      (await client.db().listCollections().toArray()).map(({ name }) => name).filter((name) => name.startsWith('rows.')),
    );

  beforeEach(() => {
    stores = [];
    url = server.database();
  });
  afterEach(() => Promise.all(stores.map((store) => store.close())));
  afterAll(() => server.remove());

  describeViewStore('MongoDB', () => MongoDbViewStore.open({ url: server.database() }));
  describeLeases('MongoDB', () => MongoDbViewStore.open({ url: server.database() }));

  describe('several servers on one MongoDB database', () => {
    it('end at the greatest position of each row, also where all of them put it there first', async () => {
      const runners = (await Promise.all(Array.from({ length: 4 }, () => opened()))).map(places);
      const ids = Array.from({ length: 100 }, (_, n) => `p${n}`);
      const positions = [1, 2, 3, 4, 5, 6, 7, 8];
      await Promise.all(positions.map(async (position) => runners[position % 4]?.write(ids.map((id) => row(id, position, `${position}`)))));
      const found = await runners[0]?.getMany(ids);
      expect(new Set(found?.map((one) => one?.name))).toEqual(new Set(['8']));
    });

    it('put a row over an earlier one that another server put there first, when both found none', async () => {
      const store = await opened();
      await places(store).write([row('a', 1, 'earlier'), row('b', 3, 'later')]);
      // So it goes in the server when an upsert has found nothing and inserts after the other one did.
      const lost = jest.spyOn(Documents.prototype, 'bulkWrite').mockImplementationOnce(async function (this: Documents, operations) {
        const rows = (operations as unknown as { replaceOne: { replacement: object } }[]).map(
          ({ replaceOne: { replacement } }) => replacement,
        );
        return (await this.insertMany(rows, { ordered: false })) as never;
      });
      await places(store).write([row('a', 2, 'mine'), row('b', 2, 'mine'), row('c', 2, 'mine')]);
      lost.mockRestore();
      expect(await places(store).getMany(['a', 'b', 'c'])).toMatchObject([{ name: 'mine' }, { name: 'later' }, { name: 'mine' }]);
    });

    it('lead their readers to the new rows once one of them has replaced the old ones, and never to none', async () => {
      const [one, other] = [await opened(), await opened()];
      await places(one).write([row('a', 1, 'old')]);
      await one.saveCheckpoint('places', checkpoint(1), undefined);
      expect(await places(other).get('a')).toMatchObject({ name: 'old' });
      let isReplaced = false;
      const names: (string | undefined)[] = [];
      const reading = (async () => {
        while (!isReplaced || names.at(-1) !== 'new') names.push((await places(other).get('a'))?.name);
      })();
      await one.collection<Place>('places.beside', ['name']).write([row('a', 1, 'new')]);
      await one.saveCheckpoint('places.beside', checkpoint(1, 2), undefined);
      await one.replace('places', 'places.beside');
      isReplaced = true;
      expect(await places(one).get('a')).toMatchObject({ name: 'new' });
      await reading;
      expect([...new Set(names)]).toEqual(['old', 'new']);
    });

    it('refuse the checkpoint of a runner that still writes to replaced rows, even if it is the same as the new one', async () => {
      const [old, next] = [await opened(), await opened()];
      await places(old).write([row('a', 1)]);
      await old.saveCheckpoint('places', checkpoint(1), undefined);
      const { rows } = await old.open<Place>('places');
      await next.open('places');
      await next.collection<Place>('places.beside').write([row('a', 1)]);
      await next.saveCheckpoint('places.beside', checkpoint(1), undefined);
      await next.replace('places', 'places.beside');
      await old.checkpoints();
      await rows.write([row('b', 2)]);
      expect(await rows.stored(['a', 'b'])).toMatchObject([{ name: 'a' }, { name: 'b' }]);
      expect(await old.saveCheckpoint('places', checkpoint(2), checkpoint(1))).toBe(false);
      expect(await places(old).get('b')).toBeUndefined();
      await expect(old.replace('places', 'places.beside')).rejects.toThrow('places');
      expect(await old.checkpoint('places')).toEqual(checkpoint(1));
      expect(await old.saveCheckpoint('places', checkpoint(2), checkpoint(1))).toBe(false);
      expect((await old.open('places')).checkpoint).toEqual(checkpoint(1));
      expect(await old.saveCheckpoint('places', checkpoint(2), checkpoint(1))).toBe(true);
    });

    it('refuse it also where another runner on the same server has opened the new rows', async () => {
      const store = await opened();
      const first = await store.open<Place>('places');
      expect(await first.saveCheckpoint(checkpoint(1), undefined)).toBe(true);
      const beside = await store.open<Place>('places.beside');
      expect(await beside.saveCheckpoint(checkpoint(1), undefined)).toBe(true);
      await store.replace('places', 'places.beside');
      const again = await store.open<Place>('places');
      await first.rows.write([row('a', 2)]);
      expect(await first.saveCheckpoint(checkpoint(2), checkpoint(1))).toBe(false);
      expect(await again.rows.stored(['a'])).toEqual([undefined]);
      expect(await again.saveCheckpoint(checkpoint(2), checkpoint(1))).toBe(true);
    });

    it('keep replaced rows for those who read them, and drop them after the time of grace', async () => {
      const rebuilt = async (store: MongoDbViewStore) => {
        await store.collection<Place>('places.beside').write([row('a', 1)]);
        await store.saveCheckpoint('places.beside', checkpoint(1), undefined);
        await store.replace('places', 'places.beside');
      };
      const patient = await opened();
      await places(patient).write([row('a', 1)]);
      await rebuilt(patient);
      await rebuilt(patient);
      expect(await collectionsThere()).toHaveLength(3);
      await opened(-1);
      expect(await collectionsThere()).toHaveLength(1);
      expect(await places(patient).get('a')).toMatchObject({ name: 'a' });
    });

    it('put nothing in the place of rows that were given up meanwhile, as a server was suspended', async () => {
      const store = await opened(200);
      await places(store).write([row('a', 1)]);
      await store.collection<Place>('places.beside').write([row('b', 1)]);
      await store.saveCheckpoint('places.beside', checkpoint(1), undefined);
      const forgotten = jest.spyOn(Documents.prototype, 'deleteOne').mockImplementationOnce(async function (this: Documents, filter) {
        const answer = await this.deleteOne(filter as object);
        await new Promise((resolve) => setTimeout(resolve, 250));
        for (let times = 0; times < 2; times++) await opened(-1);
        return answer;
      });
      await expect(store.replace('places', 'places.beside')).rejects.toThrow('given up');
      forgotten.mockRestore();
      expect(await places(store).getMany(['a', 'b'])).toMatchObject([{ name: 'a' }, undefined]);
      expect(await collectionsThere()).toHaveLength(1);
    });

    it('leave nothing of leases that were given back', async () => {
      const { leases } = await opened();
      await leases.release((await leases.claim('member:a', 'a', undefined)) as Lease);
      expect(await server.inside(url, (client) => client.db().collection('leases').countDocuments())).toBe(0);
    });

    it('drop what a server left behind that died while it rebuilt rows', async () => {
      const store = await opened();
      await store.collection<Place>('places.beside').write([row('a', 1)]);
      await server.inside(url, (client) => client.db().collection('checkpoints').deleteMany({}));
      // The first that opens finds it; the next one drops it.
      await opened(-1);
      await opened(-1);
      expect(await collectionsThere()).toEqual([]);
    });
  });

  describe('rows that MongoDB does not take', () => {
    it('fail the write: a row over 16 MB', async () => {
      const store = await opened();
      await expect(places(store).write([row('a', 1), row('large', 1, 'x'.repeat(17 << 20))])).rejects.toThrow(/the row large of places/);
      expect(await places(store).get('large')).toBeUndefined();
    });

    it('fail the write: one that an index of somebody else keeps out, which is not taken for written already', async () => {
      const store = await opened();
      await places(store).write([row('a', 1)]);
      const [collection] = await collectionsThere();
      await server.inside(url, (client) =>
        client
          .db()
          .collection(collection as string)
          .createIndex({ name: 1 }, { unique: true }),
      );
      await expect(places(store).write([row('b', 2), row('c', 2, 'a'), row('a', 1, 'x')])).rejects.toThrow(/duplicate key/);
      expect(await places(store).getMany(['a', 'b', 'c'])).toMatchObject([{ name: 'a' }, { name: 'b' }, undefined]);
    });

    it('fail the write: what JSON cannot carry', async () => {
      const store = await opened();
      for (const name of [Number.NaN, 1n, 'half \ud83d', new Date(0), () => 1])
        await expect(places(store).write([{ ...row('a', 1), name } as never])).rejects.toThrow(TypeError);
    });
  });

  it('makes the declared indexes when it writes first, and drops those of its own that are declared no more', async () => {
    const indexNames = async () => {
      const [collection] = await collectionsThere();
      return server.inside(url, async (client) =>
        (
          await client
            .db()
            .collection(collection as string)
            .indexes()
        )
          .map(({ name }) => name as string)
          .sort(),
      );
    };
    await (await opened()).collection<Place>('places', ['name', 'kind']).write([row('a', 1)]);
    expect(await indexNames()).toEqual(['_id_', 'by kind', 'by name']);
    await (await opened()).collection<Place>('places', ['name', 'size']).write([row('a', 2)]);
    expect(await indexNames()).toEqual(['_id_', 'by name', 'by size']);
  });

  it('refuses a database of a newer format', async () => {
    await opened();
    await server.inside(url, (client) =>
      client
        .db()
        .collection('meta')
        .updateOne({}, { $inc: { format: 1 } }),
    );
    await expect(opened()).rejects.toMatchObject({ code: 'views-of-newer-version', details: { found: 2, known: 1 } });
  });

  it('says that its user is not let in, and where it may not do something', async () => {
    const refused = { code: 'views-unavailable', details: { reason: 'access-refused' } };
    url = url.replace('//', '//nobody:open-sesame@');
    await expect(opened()).rejects.toMatchObject(refused);
    await expect(opened()).rejects.not.toThrow(/sesame/);
    const connected = await MongoDbServer.connect({
      url: server.database(),
      database: 'views',
      timeoutMs: 5_000,
      unavailable: (reason, options) => failViews('views-unavailable', { reason }, options),
    });
    const unauthorized = new MongoServerError({ message: 'not authorized on views to execute command', code: 13 });
    await expect(connected.call(() => Promise.reject(unauthorized))).rejects.toMatchObject(refused);
    await connected.close();
  });
});

describe('the connection to MongoDB', () => {
  let silent: Server | undefined;
  afterEach(() => void silent?.close());
  const silentServer = async (accepts: boolean) => {
    silent = createServer((socket) => (accepts ? socket.resume() : socket.destroy()));
    await once(silent.listen(0, '127.0.0.1'), 'listening');
    return (silent.address() as AddressInfo).port;
  };

  it.each([
    ['accepts and never answers', true],
    ['closes every connection', false],
  ])('gives up in time where a server %s, and tells neither password nor address', async (_, accepts) => {
    const port = await silentServer(accepts);
    const opening = MongoDbViewStore.open({ url: `mongodb://user:secret@127.0.0.1:${port}/`, timeoutMs: 300 });
    const error: unknown = await opening.catch((failure: unknown) => failure);
    expect(error).toMatchObject({ name: 'Failed', code: 'views-unavailable' });
    expect(String(error)).not.toMatch(/secret|127\.0\.0\.1/);
  });

  it('does not wait for a server whose address names a file that is not there, and names the file', async () => {
    const port = await silentServer(true);
    const opening = MongoDbViewStore.open({ url: `mongodb://127.0.0.1:${port}/?tls=true&tlsCAFile=/there/is/none`, timeoutMs: 300 });
    await expect(opening).rejects.toThrow(TypeError);
    await expect(opening).rejects.toThrow(/\/there\/is\/none/);
  });

  it.each(['mongodb://user:secret/word@host/', 'http://user:secret@host/', 'mongodb://'])(
    'does not tell the password of a connection string that it cannot read: %s',
    async (url) => {
      const error: unknown = await MongoDbViewStore.open({ url, timeoutMs: 300 }).catch((failure: unknown) => failure);
      expect(error).toBeInstanceOf(Error);
      expect(String(error)).not.toContain('secret');
    },
  );

  it.each([
    ['mongodb://host', undefined],
    ['mongodb://host:27017/', undefined],
    ['mongodb://user:secret@a:1,b:2/?replicaSet=rs0&authSource=/x', undefined],
    ['mongodb://a:1,b:2/views%20of%20ours?replicaSet=rs0', 'views of ours'],
    ['mongodb+srv://host/views', 'views'],
  ])('takes from %s the database %s', (url, database) => {
    expect(databaseOf(url)).toBe(database);
  });
});

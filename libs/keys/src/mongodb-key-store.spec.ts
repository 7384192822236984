import { describe, expect, it } from '@jest/globals';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { MongoClient } from 'mongodb';
import type { Failed } from '#kernel/refused';
import { withMongoDb } from '#engines/mongodb.testing';
import { describeKeyStore } from './key-store.contract.js';
import { KeyStore } from './key-store.js';
import { MongoDbWrappedKeys } from './mongodb-wrapped-keys.js';

const server = process.env['MONGODB_URL'];

/** A database of its own on the server of the specs. */
async function place() {
  const url = new URL(server as string);
  const name = `digituki-keys-${randomUUID()}`;
  url.pathname = `/${name}`;
  const remove = async () => {
    const client = await MongoClient.connect(url.href);
    await client.db(name).dropDatabase();
    await client.close();
  };
  return { url, open: () => MongoDbWrappedKeys.open(url.href), remove };
}

/** A way to the server that can be lost: closed, or silent. */
async function wayTo(url: URL) {
  const sockets = new Set<Socket>();
  let state: 'open' | 'closed' | 'silent' = 'open';
  const cut = () => sockets.forEach((socket) => socket.destroy());
  const proxy = createServer((near) => {
    if (state === 'closed') return void near.destroy();
    sockets.add(near);
    if (state === 'silent') return;
    const far = connect(Number(url.port || 27_017), url.hostname);
    sockets.add(far);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const)
      from
        .pipe(to)
        .on('error', cut)
        .on('close', () => from.destroy());
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const through = new URL(url);
  through.host = `127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  through.searchParams.delete('replicaSet');
  through.searchParams.set('directConnection', 'true');
  return {
    url: through.href,
    lose(how: 'closed' | 'silent') {
      state = how;
      if (how === 'closed') cut();
      else sockets.forEach((socket) => socket.pause());
    },
    find() {
      state = 'open';
      cut();
    },
    close: () => (cut(), proxy.close()),
  };
}

withMongoDb('the keys on MongoDB', () => {
  describeKeyStore('MongoDB', place);

  it.each(['closed', 'silent'] as const)(
    'says that keys are not to be had while the way is lost (%s), uses what it remembers, and goes on by itself',
    async (how) => {
      const { url, remove } = await place();
      const way = await wayTo(url);
      let now = 1_000;
      const keys = await KeyStore.open(await MongoDbWrappedKeys.open(way.url, { timeoutMs: 500 }), randomBytes(32), { now: () => now });
      const aino = await keys.keyFor('aino');
      way.lose(how);
      expect(await keys.keyFor('aino')).toEqual(aino);
      await expect(keys.keyFor('eino')).rejects.toMatchObject({ code: 'keys-unavailable' });
      now += 60_000;
      await expect(keys.existingKey('aino')).rejects.toMatchObject({ code: 'keys-unavailable' });
      way.find();
      await expect(untilItDoes(() => keys.existingKey('aino'))).resolves.toEqual(aino);
      await keys.close();
      way.close();
      await remove();
    },
  );
});

describe('the address of the keys', () => {
  it.each(['mongodb://user:open-sesame@127.0.0.1:1/', 'mongodb://user:open-sesame@127.0.0.1:port/', 'mongodb://user:open sesame@[/'])(
    'is never told with its password: %s',
    async (url) => {
      const error = await MongoDbWrappedKeys.open(url, { timeoutMs: 200 }).catch((thrown: unknown) => thrown);
      // One that cannot be used is no outage: to wait for it would not help.
      expect(error instanceof TypeError || (error as Failed).code === 'keys-unavailable').toBe(true);
      expect(String((error as Error).message)).not.toMatch(/sesame/);
    },
  );
});

async function untilItDoes<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let tries = 0; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (tries === 20) throw error;
    }
  }
}

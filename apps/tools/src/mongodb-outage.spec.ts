import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoDbViewStore } from '#view-store/mongodb/mongodb-view-store';
import type { Checkpoint, Opened } from '#view-store/view-store';
import { Secantus } from './secantus.js';

jest.setTimeout(300_000);

const python = process.env['SECANTUS_PYTHON'];
const at = (n: number) => n.toString(16).padStart(16, '0').repeat(2);
const isOutage = (error: unknown) => (error as { code?: string }).code === 'views-unavailable';
const isNoOutage = (error: unknown) => {
  if (!isOutage(error)) throw error;
  return false;
};

describe('an outage of MongoDB', () => {
  if (python === undefined) {
    it.todo('needs a server that can be killed, which npm run test:engines brings');
    return;
  }
  let folder: string;
  let server: Secantus;
  let store: MongoDbViewStore;
  let view: Opened<{ n: number }>;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'digituki-outage-'));
    server = await Secantus.in(folder, python);
    await server.start();
    store = await MongoDbViewStore.open({ url: server.url, timeoutMs: 1_000 });
    view = await store.open('places', ['n']);
  });
  afterEach(async () => {
    await store.close();
    await server.kill();
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['is gone', () => server.kill(), () => server.start()],
    ['stands still', async () => server.signal('SIGSTOP'), async () => server.signal('SIGCONT')],
  ])('fails every call while the server %s, and is over by itself', async (_, begin, end) => {
    await view.rows.write([{ _id: 'a', position: at(1), revision: 0, n: 1 }]);
    const checkpoint: Checkpoint = { log: 'l', position: at(1), version: 1 };
    await store.saveCheckpoint('places', checkpoint, undefined);
    const rows = store.collection<{ n: number }>('places', ['n']);
    const calls = {
      get: () => rows.get('a'),
      find: () => rows.find({ orderBy: 'n', limit: 1 }),
      count: () => rows.count(),
      stored: () => view.rows.stored(['a']),
      page: () => rows.page(undefined, 1),
      write: () => view.rows.write([{ _id: 'b', position: at(2), revision: 0, n: 2 }]),
      open: () => store.open('other'),
      checkpoint: () => store.checkpoint('places'),
      checkpoints: () => store.checkpoints(),
      saveCheckpoint: () => store.saveCheckpoint('places', { ...checkpoint, position: at(2) }, checkpoint),
      replace: () => store.replace('places', 'other'),
      drop: () => store.drop('other'),
      leases: () => store.leases.claim('calls', 'a', undefined),
      probe: () => store.probe(),
    };
    await begin();
    const failed = await Promise.all(
      Object.entries(calls).map(async ([name, call]) => [
        name,
        await call().then(
          () => 'answered',
          (error: unknown) => isOutage(error) || error,
        ),
      ]),
    );
    expect(failed).toEqual(Object.keys(calls).map((name) => [name, true]));

    await end();
    for (let isOver = false; !isOver;) isOver = await store.probe().then(() => true, isNoOutage);
    // What was not answered may have been done: a checkpoint that was saved after all is not saved again.
    const { replace, ...others } = calls;
    for (const call of Object.values(others)) await call();
    expect(await store.checkpoint('places')).toMatchObject({ position: at(2) });
    expect(await rows.getMany(['a', 'b'])).toMatchObject([{ n: 1 }, { n: 2 }]);
  });

  it('loses nothing that was acknowledged, and writes the rest after it', async () => {
    const all = Array.from({ length: 300 }, (_, n) => ({ _id: `row-${n}`, position: at(n + 1), revision: 0, n }));
    let outages = 0;
    let killed = Promise.resolve();
    for (const row of all) {
      // In the midst of the writing.
      if (row.n === all.length / 2) killed = server.kill();
      for (let isWritten = false; !isWritten;) {
        try {
          await view.rows.write([row]);
          isWritten = true;
        } catch (error) {
          isWritten = isNoOutage(error);
          await killed;
          if (outages++ === 0) await server.start();
        }
      }
    }
    expect(outages).toBeGreaterThan(0);
    const found = await store.collection<{ n: number }>('places').getMany(all.map(({ _id }) => _id));
    expect(found).toEqual(all);
  });
});

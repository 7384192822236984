import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeEventLog } from '../event-log.contract.js';
import { EventStoreDbLog } from './eventstoredb-event-log.js';
import { StandInServer } from './stand-in-server.testing.js';

const { EVENTSTORE_URL: realUrl } = process.env;

describeEventLog('EventStoreDB (a stand-in)', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'log-'));
  const server = await new StandInServer({ file: join(folder, 'server.db') }).start();
  return {
    open: () => EventStoreDbLog.open({ url: server.url, index: join(folder, 'index.db'), timeoutMs: 30_000 }),
    remove: async () => {
      server.stop();
      await rm(folder, { recursive: true });
    },
  };
});

if (realUrl !== undefined) {
  describeEventLog('EventStoreDB', async () => ({ open: () => EventStoreDbLog.open({ url: realUrl }), remove: async () => {} }));
}

import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventLog } from './event-log.js';
import { EventStoreDbLog } from './eventstoredb/eventstoredb-event-log.js';
import { StandInServer } from './eventstoredb/stand-in-server.testing.js';
import { SqliteEventLog } from './sqlite/sqlite-event-log.js';

interface Logs {
  /** As two processes open it, where the log lets two write; else the same log for both. */
  readonly open: () => EventLog | Promise<EventLog>;
  readonly remove: () => void;
}

function inFile(): Logs {
  const folder = mkdtempSync(join(tmpdir(), 'log-'));
  const log = SqliteEventLog.open(join(folder, 'log.db'));
  return { open: () => log, remove: () => rmSync(folder, { recursive: true }) };
}

async function onServer(): Promise<Logs> {
  const folder = mkdtempSync(join(tmpdir(), 'log-'));
  const server = await new StandInServer({ file: join(folder, 'server.db') }).start();
  const open = () => EventStoreDbLog.open({ url: server.url, index: join(folder, `${randomUUID()}.db`), timeoutMs: 30_000 });
  return { open, remove: () => (server.stop(), rmSync(folder, { recursive: true })) };
}

/** For what must hold on either log: `describe.each(bothLogs)('%s: …', (_, logsOf) => …)`. */
export const bothLogs = [
  ['SQLite', inFile],
  ['EventStoreDB (a stand-in)', onServer],
] as const satisfies readonly (readonly [string, () => Logs | Promise<Logs>])[];

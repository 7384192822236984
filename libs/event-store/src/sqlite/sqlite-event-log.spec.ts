import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdtemp, open as openFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Position } from '#kernel/envelope';
import { describeEventLog } from '../event-log.contract.js';
import { SqliteEventLog } from './sqlite-event-log.js';

async function place() {
  const folder = await mkdtemp(join(tmpdir(), 'log-'));
  const path = join(folder, 'log.db');
  return { path, open: async () => SqliteEventLog.open(path), remove: () => rm(folder, { recursive: true }) };
}

describeEventLog('SQLite', place);

describe('the SQLite file', () => {
  const event = (data = '{}', id: string = randomUUID()) => ({ id, type: 'T', data, metadata: '{}' });

  it('holds the canonical texts as they were given', async () => {
    const { path, open, remove } = await place();
    const log = await open();
    await log.append('a-1', 'none', [event('{"a":1,"b":"ä"}')]);
    const stored = new DatabaseSync(path, { readOnly: true }).prepare("SELECT data FROM events WHERE stream = 'a-1'").get();
    expect(stored).toEqual({ data: '{"a":1,"b":"ä"}' });
    await log.close();
    await remove();
  });

  it('counts what it shows: no sooner than it is durable, and not where another process writes', async () => {
    const { path, remove } = await place();
    const synced = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const log = SqliteEventLog.open(path, {
      disk: {
        place: { isHere: false, took: () => undefined },
        syncAtOnce: () => undefined,
        sync: () => {
          begun.resolve();
          return synced.promise;
        },
      },
    });
    const [before, head] = [log.changeCount, await log.head()];
    const appended = log.append('a-1', 'none', [event()]);
    await begun.promise;
    expect([log.changeCount, await log.head()]).toEqual([before, head]);
    synced.resolve();
    await appended;
    expect([log.changeCount, (await log.head()) > head]).toEqual([(before ?? 0) + 1, true]);
    const reader = SqliteEventLog.open(path, { readOnly: true });
    expect(reader.changeCount).toBeUndefined();
    await reader.close();
    await log.close();
    await remove();
  });

  it('reads to the position that it was asked for, also in a turn in which it read before that was written', async () => {
    const { path, remove } = await place();
    const disk = { place: { isHere: true, took: () => undefined }, syncAtOnce: () => undefined, sync: () => Promise.resolve() };
    const log = SqliteEventLog.open(path, { disk });
    const reader = SqliteEventLog.open(path, { readOnly: true });
    // Read in the turn in which the event is committed after it.
    const before = new Promise<Position>((resolve) => setImmediate(() => resolve(reader.head())));
    const { position } = await log.append('a-1', 'none', [event()]);
    const [read, rest] = await Promise.all([reader.readAll({ upTo: position }), reader.readAll({ after: position })]);
    expect({ next: read.next, end: read.end, last: read.events.at(-1)?.stream }).toEqual({ next: position, end: true, last: 'a-1' });
    expect(rest).toEqual({ events: [], next: position, end: true });
    expect((await before) < position).toBe(true);
    await reader.close();
    await log.close();
    await remove();
  });

  it('keeps an id in one place of the whole log, and the rest of the group unharmed', async () => {
    const { open, remove } = await place();
    const log = await open();
    const id = randomUUID();
    await log.append('a-1', 'none', [event('{}', id)]);
    const outcomes = await Promise.allSettled([
      log.append('a-2', 'none', [event()]),
      log.append('a-3', 'none', [event(), event('{"other":1}', id), event()]),
      log.append('a-4', 'none', [event()]),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await log.readStream('a-3')).toEqual([]);
    const { events } = await log.readAll({ categories: ['a'] });
    expect(events.map(({ stream }) => stream)).toEqual(['a-1', 'a-2', 'a-4']);
    await log.close();
    await remove();
  });

  it('lets others have their turn while it looks through many rows for few, and finds them all', async () => {
    const { open, remove } = await place();
    const log = await open();
    const rare = () => ({ ...event(), type: 'Rare' });
    const others = (count: number) => Array.from({ length: count }, () => event());
    await log.append('a-1', 'none', [rare()]);
    for (let n = 0; n < 12; n++) await log.append('b-1', n === 0 ? 'none' : n * 1_000 - 1, others(1_000));
    await log.append('a-1', 0, [rare()]);
    const found: string[] = [];
    const pages: number[] = [];
    let turns = 0;
    for (let at: string | undefined, isEnd = false; !isEnd;) {
      const before = turns;
      setImmediate(() => (turns += 1));
      const page = await log.readAll({ types: ['Rare'], limit: 10, ...(at !== undefined && { after: at }) });
      found.push(...page.events.map(({ stream, revision }) => `${stream} ${revision}`));
      pages.push(page.events.length);
      if (!page.end) expect(turns).toBeGreaterThan(before);
      [at, isEnd] = [page.next, page.end];
    }
    expect([found, pages]).toEqual([
      ['a-1 0', 'a-1 1'],
      [1, 1],
    ]);
    await log.close();
    await remove();
  });

  it('writes all that waits, more than one group of it, before it closes', async () => {
    const { open, remove } = await place();
    const log = await open();
    const appends = Array.from({ length: 1_200 }, (_, n) => log.append(`a-${n}`, 'none', [event()]));
    await log.close();
    expect((await Promise.all(appends)).at(-1)?.stream).toBe('a-1199');
    const again = await open();
    expect((await again.readStream('a-1199')).length).toBe(1);
    await again.close();
    await remove();
  });

  it('rejects a whole group where it cannot be written, and goes on when it can again', async () => {
    const { path, open, remove } = await place();
    const log = await open();
    const other = new DatabaseSync(path);
    await Promise.all(['a-1', 'a-3'].map((stream) => log.append(stream, 'none', [event()])));
    other.exec('ALTER TABLE events RENAME TO away');
    const failed = await Promise.allSettled(['a-4', 'a-5'].map((stream) => log.append(stream, 'none', [event()])));
    expect(failed.map((outcome) => outcome.status === 'rejected' && (outcome.reason as { code: string }).code)).toEqual([
      'log-unavailable',
      'log-unavailable',
    ]);
    other.exec('ALTER TABLE away RENAME TO events');
    other.close();
    const before = await log.head();
    expect((await log.append('a-4', 'none', [event()])).position > before).toBe(true);
    expect((await log.readAll({ categories: ['a'] })).events.map(({ stream }) => stream)).toEqual(['a-1', 'a-3', 'a-4']);
    await log.close();
    await remove();
  });

  it('writes appends that wait at the same time in one transaction', async () => {
    const { path, open, remove } = await place();
    const log = await open();
    const watcher = new DatabaseSync(path, { readOnly: true });
    const changes = () => (watcher.prepare('PRAGMA data_version').get() as { data_version: number }).data_version;
    const before = changes();
    await Promise.all(Array.from({ length: 64 }, (_, n) => log.append(`a-${n}`, 'none', [event()])));
    expect(changes() - before).toBe(1);
    watcher.close();
    await log.close();
    await remove();
  });

  it('copies what was written into the file in another thread, so that its write-ahead log begins anew', async () => {
    const { path, open, remove } = await place();
    const log = await open();
    // A salt in its header changes whenever it begins anew.
    const header = Buffer.alloc(24);
    const salt = async () => {
      const wal = await openFile(`${path}-wal`);
      await wal.read(header, 0, 24, 0);
      await wal.close();
      return header.toString('hex', 16);
    };
    const first = await salt();
    let appends = 0;
    // Enough to be copied, and then as much as it takes the thread.
    for (; (await salt()) === first; appends++) {
      const events = Array.from({ length: appends < 20 ? 100 : 1 }, () => event());
      await log.append(`a-${appends}`, 'none', events);
    }
    expect(await log.readStream(`a-0`)).toHaveLength(100);
    expect((await log.readAll({ categories: ['a'], limit: 100_000 })).events.at(-1)?.stream).toBe(`a-${appends - 1}`);
    await log.close();
    await remove();
  });

  it('says that a file is no log, or one of a newer version, and leaves it as it is', async () => {
    const { path, open, remove } = await place();
    await writeFile(path, 'this is no database, and long enough to be read as a header'.repeat(10));
    await expect(open()).rejects.toMatchObject({ code: 'log-damaged', details: { path } });
    await rm(path);
    const newer = new DatabaseSync(path);
    newer.exec('PRAGMA user_version = 2');
    newer.close();
    await expect(open()).rejects.toMatchObject({ code: 'log-of-newer-version', details: { found: 2, known: 1 } });
    await remove();
  });

  it('can be read by others while it is written', async () => {
    const { path, open, remove } = await place();
    const log = await open();
    const reader = SqliteEventLog.open(path, { readOnly: true });
    await log.append('a-1', 'none', [event()]);
    expect((await reader.readAll({ categories: ['a'] })).events).toHaveLength(1);
    expect(reader.id).toBe(log.id);
    await reader.close();
    await log.close();
    await remove();
  });
});

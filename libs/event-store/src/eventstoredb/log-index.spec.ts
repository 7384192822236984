import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, open as openFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonicalJson } from '#kernel/canonical-json';
import type { EventToAppend } from '../event-log.js';
import { EventStoreDbLog } from './eventstoredb-event-log.js';
import { StandInServer } from './stand-in-server.testing.js';

jest.setTimeout(300_000);

const about = (call: string, n: number, matter?: string): EventToAppend => ({
  id: randomUUID(),
  type: n % 2 === 0 ? 'Even' : 'Odd',
  data: canonicalJson({ n }),
  metadata: canonicalJson({ recordedAt: new Date(Date.UTC(2026, 0, 1) + n).toISOString(), call, ...(matter && { matter }) }),
});

describe('the local index of a log on EventStoreDB', () => {
  let folder: string;
  let server: StandInServer;
  let index: string;
  const logs: EventStoreDbLog[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'index-'));
    index = join(folder, 'index.db');
    server = await new StandInServer({ file: join(folder, 'server.db') }).start();
  });
  afterEach(async () => {
    await Promise.all(logs.splice(0).map((log) => log.close()));
    server.stop();
    await rm(folder, { recursive: true });
  });

  const open = async (url = server.url) => {
    const log = await EventStoreDbLog.open({ url, index, timeoutMs: 30_000 });
    logs.push(log);
    return log;
  };
  const numbersAbout = async (log: EventStoreDbLog, call: string) =>
    (await log.readAll({ about: { call }, limit: 10_000 })).events.map(({ data }) => (data as { n: number }).n);

  it('costs nothing until somebody asks, or until it is to be ready', async () => {
    const log = await open();
    await log.append('a-1', 'none', [about('a', 1)]);
    await log.readAll({ categories: ['a'] });
    expect(existsSync(index)).toBe(false);
    log.warm();
    while (!existsSync(index)) await new Promise(setImmediate);
    expect(await numbersAbout(log, 'a')).toEqual([1]);
  });

  it('finds what is about a call in the order of the log, however many streams and pages it lies in', async () => {
    const log = await open();
    const numbers = [...Array(2_500).keys()];
    const revisions = new Map<string, number>();
    for (let n = 0; n < numbers.length; n += 50) {
      const stream = `a-${(n / 50) % 3}`;
      const head = revisions.get(stream);
      const batch = numbers
        .slice(n, n + 50)
        .flatMap((one) => (one % 10 === 0 ? [about('other', one), about('a', one)] : [about('a', one)]));
      const { revision } = await log.append(stream, head ?? 'none', batch);
      revisions.set(stream, revision);
    }
    expect(await numbersAbout(log, 'a')).toEqual(numbers);
    const paged: number[] = [];
    for (let after: string | undefined, isEnd = false; !isEnd;) {
      const page = await log.readAll({ about: { call: 'a' }, types: ['Odd'], limit: 400, ...(after && { after }) });
      paged.push(...page.events.map(({ data }) => (data as { n: number }).n));
      [after, isEnd] = [page.next, page.end];
    }
    expect(paged).toEqual(numbers.filter((n) => n % 2 === 1));
  });

  it('is rebuilt where its file is no index, or is damaged in the middle', async () => {
    const log = await open();
    await log.append(
      'a-1',
      'none',
      Array.from({ length: 1_000 }, (_, n) => about('a', n)),
    );
    await writeFile(index, 'this is no database, and long enough to be read as a header'.repeat(100));
    expect(await numbersAbout(log, 'a')).toHaveLength(1_000);
    await log.close();
    const file = await openFile(index, 'r+');
    await file.write(Buffer.alloc(60_000, 7), 0, 60_000, 6 * 4_096);
    await file.close();
    expect(await numbersAbout(await open(), 'a')).toHaveLength(1_000);
  });

  it('is rebuilt for another log', async () => {
    const log = await open();
    await log.append('a-1', 'none', [about('a', 1)]);
    expect(await numbersAbout(log, 'a')).toEqual([1]);
    const other = await new StandInServer({ file: join(folder, 'other.db') }).start();
    const otherLog = await open(other.url);
    await otherLog.append('a-1', 'none', [about('a', 2), about('a', 3)]);
    expect(await numbersAbout(otherLog, 'a')).toEqual([2, 3]);
    other.stop();
  });

  it('is rebuilt where the log was put back to an earlier state', async () => {
    let log = await open();
    await log.append('a-1', 'none', [about('a', 1)]);
    await log.close();
    server.stop();
    await copyFile(join(folder, 'server.db'), join(folder, 'backup.db'));
    await server.start();
    log = await open();
    for (let n = 2; n < 8; n++) await log.append(`a-${n}`, 'none', [about('a', n)]);
    expect(await numbersAbout(log, 'a')).toEqual([1, 2, 3, 4, 5, 6, 7]);
    await log.close();
    server.stop();
    await copyFile(join(folder, 'backup.db'), join(folder, 'server.db'));
    await server.start();
    log = await open();
    for (let n = 12; n < 20; n++) await log.append(`a-${n}`, 'none', [about('a', n)]);
    expect(await numbersAbout(log, 'a')).toEqual([1, 12, 13, 14, 15, 16, 17, 18, 19]);
  });

  it('is shared by all that use its file: each goes on where another got to', async () => {
    const [one, other] = await Promise.all([open(), open()]);
    await one.append(
      'a-1',
      'none',
      Array.from({ length: 600 }, (_, n) => about('a', n)),
    );
    await one.append(
      'a-1',
      599,
      Array.from({ length: 600 }, (_, n) => about('a', 600 + n)),
    );
    const all = [...Array(1_200).keys()];
    expect(await Promise.all([one, other, one, other].map((log) => numbersAbout(log, 'a')))).toEqual([all, all, all, all]);
    const reads = () => server.calls.get('read') ?? 0;
    const third = await open();
    const before = reads();
    await third.prefixAt('2026-01-01T00:00:00.500Z');
    // The end of the log, and whether the index is of it: no event is read again.
    expect(reads() - before).toBe(2);
    await one.append('a-1', 1_199, [about('a', 1_200)]);
    expect(await numbersAbout(third, 'a')).toEqual([...all, 1_200]);
    expect(await other.prefixAt('2026-01-01T00:00:00.500Z')).toMatchObject({ stream: 'a-1', revision: 500 });
  });
});

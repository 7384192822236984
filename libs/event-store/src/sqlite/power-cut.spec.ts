import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { EventLog } from '../event-log.js';
import { SqliteEventLog, type SqliteOpening } from './sqlite-event-log.js';
import type { Disk } from './write-ahead-log.js';

const event = (data = '{}') => ({ id: randomUUID(), type: 'T', data, metadata: '{}' });
const walOf = (path: string) => `${path}-wal`;

/** A disk that keeps of the write-ahead log what was synced, and of what was written since as much as it likes. */
class CutDisk implements Disk {
  /** The log as it was when it was synced last. */
  private kept = Buffer.alloc(0);
  /** What a sync that was asked for waits for. */
  until: Promise<void> = Promise.resolve();
  fails: Error | undefined;

  constructor(readonly path: string) {}

  readonly sync = async () => {
    const asked = readFileSync(walOf(this.path));
    await this.until;
    if (this.fails) throw this.fails;
    this.kept = asked;
  };

  /** Whether the thread that answers waits for it. */
  readonly place = { isHere: false, took: () => {} };

  readonly syncAtOnce = () => {
    if (this.fails) throw this.fails;
    this.kept = readFileSync(walOf(this.path));
  };

  /** The files after a power cut. The pages in the database were synced before the log began anew. */
  cut(to: string): string {
    const written = readFileSync(walOf(this.path));
    const lost = written.subarray(this.kept.length);
    const torn = Buffer.concat([lost.subarray(0, randomInt(lost.length + 1)), randomBytes(randomInt(100))]);
    copyFileSync(this.path, to);
    writeFileSync(walOf(to), Buffer.concat([this.kept, torn]));
    return to;
  }
}

describe('a power cut', () => {
  let folder: string;
  let disk: CutDisk;
  let log: SqliteEventLog;
  let lost: string[];
  const opening = (): SqliteOpening => ({ disk, onLost: (_, reason) => lost.push(reason) });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'power-'));
    disk = new CutDisk(join(folder, 'log.db'));
    lost = [];
    log = SqliteEventLog.open(disk.path, opening());
  });
  afterEach(async () => {
    await log.close();
    rmSync(folder, { recursive: true });
  });
  const streamsOf = async (read: EventLog) => new Set((await read.readAll({ categories: ['a'] })).events.map(({ stream }) => stream));

  it('loses nothing that was acknowledged, whenever it comes', async () => {
    const acknowledged = new Set<string>();
    const pending: Promise<unknown>[] = [];
    for (let cut = 0; cut < 40; cut++) {
      for (let n = randomInt(1, 20); n > 0; n--) {
        const stream = `a-${randomUUID()}`;
        pending.push(
          log.append(stream, 'none', [event(`{"text":"${'x'.repeat(randomInt(2_000))}"}`)]).then(() => acknowledged.add(stream)),
        );
      }
      for (let turns = randomInt(6); turns > 0; turns--) await new Promise(setImmediate);
      disk.place.isHere = !disk.place.isHere;
      const answered = [...acknowledged];
      const after = SqliteEventLog.open(disk.cut(join(folder, `cut-${cut}.db`)));
      const found = await streamsOf(after);
      expect(answered.filter((stream) => !found.has(stream))).toEqual([]);
      await after.close();
    }
    await Promise.all(pending);
    expect(acknowledged.size).toBe(pending.length);
  });

  it('finds nobody who was shown or answered what was not synced', async () => {
    await log.append('a-1', 'none', [event()]);
    const head = await log.head();
    let release = () => {};
    disk.until = new Promise((resolve) => (release = resolve));
    let isAnswered = false;
    const appended = log.append('a-2', 'none', [event()]);
    const conflict = log.append('a-2', 'none', [event()]);
    void Promise.allSettled([appended, conflict]).then(() => (isAnswered = true));
    const ends = new AbortController();
    const tail = log.subscribe(head, ends.signal);
    const written = new DatabaseSync(disk.path, { readOnly: true });
    const rows = () => (written.prepare("SELECT count(*) AS rows FROM events WHERE stream = 'a-2'").get() as { rows: number }).rows;
    while (rows() === 0) await new Promise(setImmediate);
    written.close();
    expect(await log.readStream('a-2')).toEqual([]);
    expect(await log.readStream('a-2', { direction: 'backwards' })).toEqual([]);
    expect([...(await streamsOf(log))]).toEqual(['a-1']);
    expect(await log.head()).toBe(head);
    expect((await log.prefixAt('2100-01-01T00:00:00.000Z')).position).toBe(head);
    expect((await tail.next()).value).toMatchObject({ events: [], end: true });
    const next = tail.next();
    expect(isAnswered).toBe(false);
    release();
    expect((await next).value).toMatchObject({ events: [{ stream: 'a-2' }] });
    expect((await appended).position > head).toBe(true);
    await expect(conflict).rejects.toMatchObject({ name: 'WrongExpectedRevision' });
    expect(await log.readStream('a-2')).toHaveLength(1);
    ends.abort();
    await tail.return(undefined);
  });

  it.each([
    { where: 'off the thread that answers', isHere: false },
    { where: 'on it', isHere: true },
  ])(
    'that a failed sync may hide, done $where, ends the log: what it was for is uncertain, and nothing more is written or shown',
    async ({ isHere }) => {
      disk.place.isHere = isHere;
      await log.append('a-1', 'none', [event()]);
      const head = await log.head();
      disk.fails = new Error('EIO: i/o error, fdatasync');
      const first = log.append('a-2', 'none', [event()]);
      await expect(first).rejects.toMatchObject({ code: 'log-uncertain', details: { reason: '«EIO: i/o error, fdatasync»' } });
      expect(lost).toEqual(['«EIO: i/o error, fdatasync»']);
      disk.fails = undefined;
      await expect(log.append('a-3', 'none', [event()])).rejects.toMatchObject({ code: 'log-unavailable' });
      expect(await log.head()).toBe(head);
      expect([...(await streamsOf(log))]).toEqual(['a-1']);
    },
  );
});

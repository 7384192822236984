import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { copyFileSync, existsSync, readFileSync, renameSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AddCoin, jar, jarEvents, OpenJar, plumbing, sent } from '#event-store/handle.testing';
import { streamKey } from '#kernel/envelope';
import { removed, type Projection } from '#kernel/projection';
import { EmbeddedViewStore } from '#view-store/embedded/embedded-view-store';
import { KeptViews } from '#view-store/embedded/kept-views';
import type { Checkpoint } from '#view-store/view-store';
import { scansInThread } from '../past/prefix-scans.testing.js';
import { ProjectionRunner } from '../run/projection-runner.js';

const jars: Projection<{ cents: number; from: number }, typeof jarEvents, 'JarOpened'> = {
  name: 'jars',
  version: 1,
  events: jarEvents,
  indexes: ['cents'],
  key: ({ stream }) => streamKey(stream),
  starts: { JarOpened: () => ({ cents: 0, from: jars.version }) },
  on: {
    CoinAdded: (row, { data }) => ({ ...row, cents: row.cents + data.cents }),
    JarSigned: () => removed,
  },
};

describe('views that are kept in a file', () => {
  let parts: ReturnType<typeof plumbing>;
  let path: string;
  const troubles: object[] = [];
  const report = (trouble: string, details: object) => void troubles.push({ trouble, ...details });
  const running: { stop: () => Promise<void> }[] = [];

  const opened = async (projection: typeof jars = jars) => {
    const { log, codec, clock } = parts;
    const store = new EmbeddedViewStore({ path, report });
    const kept = new KeptViews({ file: path, store, log, report });
    running.push({ stop: () => store.close() });
    await kept.check([projection]);
    const found = await store.checkpoint('jars');
    const scans = scansInThread({ log, codec, clock, projections: [projection] });
    const runner = await ProjectionRunner.start({ log, codec, clock, store, scans, projections: [projection], report });
    running.unshift({ stop: async () => (await runner.stop(), await kept.stop()) });
    return { store, runner, rows: runner.rows<{ cents: number; from: number }>(projection), found };
  };
  const stopAll = async () => {
    for (const one of running.splice(0)) await one.stop();
  };
  const add = (key: string, cents: number) => parts.handler.handle(jar, sent(AddCoin, { jar: key, cents }));
  /** Two jars, in the log and in the file, which is closed. */
  const kept = async () => {
    for (const key of ['a', 'b']) await parts.handler.handle(jar, sent(OpenJar, { jar: key }));
    await add('a', 5);
    await opened();
    await stopAll();
  };
  const altered = (sql: string, ...values: string[]) => {
    const db = new DatabaseSync(path);
    expect(db.prepare(sql).run(...values).changes).toBeGreaterThan(0);
    db.close();
  };
  const changedCheckpoint = (change: (checkpoint: Checkpoint) => object) => {
    const db = new DatabaseSync(path);
    const { checkpoint } = db.prepare("SELECT checkpoint FROM collections WHERE name = 'jars'").get() as { checkpoint: string };
    db.close();
    altered("UPDATE collections SET checkpoint = ? WHERE name = 'jars'", JSON.stringify(change(JSON.parse(checkpoint) as Checkpoint)));
  };

  beforeEach(() => {
    parts = plumbing();
    path = join(parts.folder, 'views.db');
    troubles.length = 0;
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await stopAll();
    await parts.log.close();
    parts.remove();
  });

  it('start where they were, with their indexes, and fold the rest', async () => {
    await kept();
    const { position } = await add('b', 7);
    const read = jest.spyOn(parts.log, 'subscribe');
    const { rows, found } = await opened();
    expect(found?.position).toMatch(/^0+4/);
    expect(read.mock.calls[0]?.[0]).toBe(found?.position);
    expect(await rows.find({ orderBy: 'cents', descending: true, limit: 9 })).toMatchObject([
      { _id: 'b', cents: 7, position },
      { _id: 'a', cents: 5 },
    ]);
    expect(await rows.count()).toBe(2);
    expect(troubles).toEqual([]);
  });

  const unfit: [string, RegExp, () => void | Promise<void>][] = [
    [
      'of another log',
      /another log/,
      async () => {
        await parts.log.close();
        parts = { ...plumbing(), folder: parts.folder };
      },
    ],
    ['of a later version of the projection', /version 2/, () => changedCheckpoint((one) => ({ ...one, version: 2 }))],
    ['of an earlier version that nothing can read', /version 0/, () => changedCheckpoint((one) => ({ ...one, version: 0 }))],
    ['found by other fields', /other fields/, () => altered("UPDATE collections SET fields = ? WHERE name = 'jars'", '[]')],
    ['without a word of how far they are', /how far/, () => altered("UPDATE collections SET checkpoint = NULL WHERE name = 'jars'")],
    [
      'of another format',
      /format 9/,
      () => {
        const db = new DatabaseSync(path);
        db.exec('PRAGMA user_version = 9');
        db.close();
      },
    ],
    ['overwritten', /not a database/, () => writeFileSync(path, Buffer.alloc(statSync(path).size, 7))],
    ['cut short', /malformed/, () => truncateSync(path, 4_096)],
    ['left open by a machine that stopped', /machine stopped/, () => altered("UPDATE about SET value = 'open 1 2:3' WHERE name = 'state'")],
  ];

  it.each(unfit)('are made from the log anew, with the reason, when they are %s', async (_, reason, spoil) => {
    await kept();
    await spoil();
    const { rows, found } = await opened();
    expect(found).toBeUndefined();
    expect(troubles).toMatchObject([{ reason: expect.stringMatching(reason) }]);
    expect((await rows.get('a'))?.cents).toBe((await parts.log.readStream('jar-a')).length > 0 ? 5 : undefined);
  });

  it('are gone on with where the process was killed, and made anew where the open file was copied', async () => {
    await kept();
    const { runner } = await opened();
    await runner.reached((await add('a', 1)).position, ['jars']);
    const copy = join(parts.folder, 'copy.db');
    for (const end of ['', '-wal']) if (existsSync(path + end)) copyFileSync(path + end, copy + end);
    await stopAll();
    // What a killed process leaves says what the running one has said: the same file, the same start of the machine.
    const db = new DatabaseSync(path);
    const place = statSync(path);
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    db.prepare("UPDATE about SET value = ? WHERE name = 'state'").run(`open ${boot} ${place.dev}:${place.ino}`);
    db.close();
    expect((await opened()).found).toBeDefined();
    await stopAll();
    for (const end of ['', '-wal']) if (existsSync(copy + end)) renameSync(copy + end, path + end);
    const { found, rows } = await opened();
    expect([found, (await rows.get('a'))?.cents]).toEqual([undefined, 6]);
    expect(troubles).toMatchObject([{ reason: expect.stringMatching(/copied while it was open/) }]);
  });

  it.each<readonly [string, () => void]>([
    ['was cut and went on otherwise', () => altered("UPDATE about SET value = json_set(value, '$.event', 'other') WHERE name = 'witness'")],
    ['is shorter', () => changedCheckpoint((one) => ({ ...one, position: 'f'.repeat(32) }))],
    [
      'is shorter, also where their version is not read',
      () => changedCheckpoint((one) => ({ ...one, position: 'f'.repeat(32), version: 2 })),
    ],
  ])('keep the system from going on with a log that %s, and name the positions', async (_, change) => {
    await kept();
    change();
    const db = new DatabaseSync(path);
    const { position } = db.prepare("SELECT checkpoint ->> 'position' AS position FROM collections").get() as { position: string };
    db.close();
    await expect(opened()).rejects.toMatchObject({
      code: 'log-behind-views',
      details: { view: 'jars', head: await parts.log.head(), position, file: path },
    });
  });

  it('of an earlier version that can be read are served until the view is rebuilt', async () => {
    await kept();
    const next = { ...jars, version: 2, readableSince: 1, starts: { JarOpened: () => ({ cents: 0, from: 2 }) } };
    const { rows, runner } = await opened(next);
    expect([runner.status()[0]?.state, (await rows.get('a'))?.from]).toEqual(['rebuilding', 1]);
    await runner.reached((await add('a', 1)).position, ['jars']);
    expect((await rows.get('a'))?.from).toBe(2);
    await stopAll();
    expect((await opened(next)).found).toMatchObject({ version: 2 });
  });

  it('are found not to be what the log says where somebody altered a row in the file', async () => {
    await kept();
    altered(`UPDATE rows SET row = replace(row, '"cents":5', '"cents":6')`);
    const { runner } = await opened();
    const steps = runner.verify('jars');
    let step = await steps.next();
    while (!step.done) step = await steps.next();
    expect(step.value).toMatchObject({ rows: 2, differing: 1, differences: [{ id: 'a', served: { cents: 6 }, rebuilt: { cents: 5 } }] });
  });

  it('are read no more where the file cannot be written, and go on by themselves from what it has once it can', async () => {
    await kept();
    const { runner, rows, store } = await opened();
    const exec = Reflect.get(DatabaseSync.prototype, 'exec');
    const full = jest.spyOn(DatabaseSync.prototype, 'exec').mockImplementation(function (this: DatabaseSync, sql) {
      if (sql !== 'COMMIT' || this.location() !== path) return exec.call(this, sql);
      exec.call(this, 'ROLLBACK');
      throw Object.assign(new Error('database or disk is full'), { code: 'ERR_SQLITE_ERROR', errcode: 13 });
    });
    const turn = () => new Promise(setImmediate);
    const told = (what: string) => troubles.some((one) => 'trouble' in one && one.trouble === what);
    const { position } = await add('a', 1);
    await runner.reached(position, ['jars']);
    while (!told('the views cannot be kept')) await turn();
    await expect(rows.get('a')).rejects.toMatchObject({ code: 'views-unavailable' });
    await expect(store.probe()).rejects.toThrow('full');
    full.mockRestore();
    // Nothing more is recorded.
    while (!told('the views can be kept again')) await turn();
    await runner.reached(position, ['jars']);
    expect((await runner.rows<{ cents: number }>(jars).get('a'))?.cents).toBe(6);
    await stopAll();
    await expect((await opened()).rows.get('a')).resolves.toMatchObject({ cents: 6 });
  });
});

import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ProjectionRunner } from '#views/run/projection-runner';
import { CannotStart, readSettings } from './settings.js';
import { explained, System } from './system.js';

describe('a system that cannot be opened', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'system-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('stops what it had begun to run, before it lets go of the engines', async () => {
    const stop = jest.spyOn(ProjectionRunner.prototype, 'stop');
    writeFileSync(join(folder, 'development-issuer.json'), 'no issuer');
    await expect(System.open({ settings: readSettings({ DATA_DIR: folder }), reporter: { warn: () => undefined } })).rejects.toThrow(
      'JSON',
    );
    expect(stop).toHaveBeenCalledTimes(1);
    stop.mockRestore();
  });

  it('closes what it stands on side by side, whichever is down, and lets go of the folder last', async () => {
    const system = await System.open({
      settings: readSettings({ DATA_DIR: folder }),
      reporter: { warn: () => undefined },
      projections: [],
      processes: [],
    });
    const [logAsked, keysAsked, keysDown] = [Promise.withResolvers<void>(), Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const closeKeys = system.keys.close.bind(system.keys);
    jest
      .spyOn(system.keys, 'close')
      .mockImplementation(async () => (keysAsked.resolve(), await logAsked.promise, await keysDown.promise, closeKeys()));
    const closeLog = system.log.close.bind(system.log);
    jest.spyOn(system.log, 'close').mockImplementation(async () => (logAsked.resolve(), await keysAsked.promise, closeLog()));
    const closed = system.close();
    await Promise.all([keysAsked.promise, logAsked.promise]);
    expect(system.folder.isHeld).toBe(true);
    keysDown.resolve();
    await closed;
    expect(system.folder.isHeld).toBe(false);
  });

  const used = async () => {
    const system = await System.open({ settings: readSettings({ DATA_DIR: folder }), reporter: { warn: () => undefined } });
    for await (const _ of system.importPublicRecord());
    await system.close();
  };
  const refusal = async (path = folder) => {
    try {
      await (await System.open({ settings: readSettings({ DATA_DIR: path }), reporter: { warn: () => undefined } })).close();
      return undefined;
    } catch (error) {
      return explained(error);
    }
  };

  it.each([['views.db'], ['keys.db'], ['audit.db']])('makes no new log where the old one is missing beside %s', async (left) => {
    await used();
    cpSync(join(folder, 'log.db'), join(folder, 'audit.db'));
    for (const file of readdirSync(folder))
      if (![left, 'development-master-key'].includes(file)) rmSync(join(folder, file), { recursive: true });
    expect(await refusal()).toBeInstanceOf(CannotStart);
    expect(String(await refusal())).toMatch(new RegExp(`log\\.db is missing beside .*${left}: restore it from a backup`));
    expect(readdirSync(folder)).not.toContain('log.db');
  });

  it('makes its log where a first start ended before it did', async () => {
    await used();
    for (const file of readdirSync(folder)) if (/^log|^views/.test(file)) rmSync(join(folder, file), { recursive: true });
    const keys = new DatabaseSync(join(folder, 'keys.db'));
    keys.exec("DELETE FROM keys WHERE id <> 'system:command-hash'");
    keys.close();
    expect(await refusal()).toBeUndefined();
  });

  it('says in one line that its log is shorter than what was made of it', async () => {
    const older = join(folder, 'older.db');
    const empty = await System.open({ settings: readSettings({ DATA_DIR: folder }), reporter: { warn: () => undefined } });
    await empty.close();
    cpSync(join(folder, 'log.db'), older);
    await used();
    cpSync(older, join(folder, 'log.db'));
    expect(String(await refusal())).toMatch(
      /^CannotStart: The event log is not the one that .* the log ends at 0{15}2\d*, the view is at [0-9a-f]{32}\..*views\.db away/,
    );
  });

  it('makes its views anew where an earlier version kept them as snapshots, and takes those away', async () => {
    await used();
    rmSync(join(folder, 'views.db'));
    mkdirSync(join(folder, 'snapshots'));
    writeFileSync(join(folder, 'snapshots', 'calls.snapshot'), '{"format":1}');
    const warned: string[] = [];
    const system = await System.open({
      settings: readSettings({ DATA_DIR: folder }),
      reporter: { warn: (message) => void warned.push(message) },
    });
    expect(await system.runner.rows({ name: 'organisations' }).count()).toBeGreaterThan(0);
    await system.close();
    expect(warned.filter((message) => /snapshots/.test(message))).toHaveLength(1);
    expect(readdirSync(folder)).not.toContain('snapshots');
  });

  it('says in one line that a page of its log is damaged, whichever it is', async () => {
    await used();
    const sound = readFileSync(join(folder, 'log.db'));
    for (let page = 0; page < sound.length / 4096; page += 5)
      for (const [from, to] of [
        [0, 200],
        [3_000, 4_096],
      ] as const) {
        for (const made of ['views.db', 'log.db-wal', 'log.db-shm']) rmSync(join(folder, made), { force: true });
        const damaged = Buffer.from(sound);
        damaged.fill(0x7f, page * 4096 + from, page * 4096 + to);
        writeFileSync(join(folder, 'log.db'), damaged);
        const found = await refusal();
        if (found) expect([page, found]).toEqual([page, expect.any(CannotStart)]);
      }
  });

  it.each([
    ['EVENTSTORE_URL', { EVENTSTORE_URL: 'esdb://user:s3cret@localhost:1?no-option=1' }],
    ['KEYS_URL', { EVENTSTORE_URL: 'esdb://localhost:1', KEYS_URL: 'mongodb://user:s3/cret@localhost:1' }],
    ['MONGODB_URL', { MONGODB_URL: 'mongodb://user:s3%cret@localhost:1' }],
    ['MONGODB_URL', { MONGODB_URL: 'mongodb://user:s3cret@[/' }],
  ])('names the setting where an address in %s can never be used, and repeats no password', async (setting, environment) => {
    const error = await System.open({
      settings: readSettings({ DATA_DIR: folder, ...environment }),
      reporter: { warn: () => undefined },
    }).catch((thrown: unknown) => thrown as Error);
    expect(error).toBeInstanceOf(CannotStart);
    expect((error as Error).message).toMatch(new RegExp(`^${setting}.* cannot be used: `));
    expect((error as Error).message).not.toContain('s3');
  });
});

import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProjectionRunner } from '#views/run/projection-runner';
import { CannotStart, readSettings } from './settings.js';
import { System } from './system.js';

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

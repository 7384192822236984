import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProjectionRunner } from '#read-store/projection-runner';
import { readSettings } from './settings.js';
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
    await expect(System.open({ settings: readSettings({ DATA_DIR: folder }), reporter: { warn: () => undefined } })).rejects.toThrow('JSON');
    expect(stop).toHaveBeenCalledTimes(1);
    stop.mockRestore();
  });
});

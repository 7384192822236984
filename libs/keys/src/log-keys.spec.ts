import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventLog } from '#event-store/event-log';
import { SqliteEventLog } from '#event-store/sqlite/sqlite-event-log';
import { bindKeys, keysOf } from './log-keys.js';

describe('a log', () => {
  let folder: string;
  let log: EventLog;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'log-keys-'));
    log = SqliteEventLog.open(join(folder, 'log.db'));
  });
  afterEach(async () => {
    await log.close();
    rmSync(folder, { recursive: true });
  });
  const own = () => log.readStream('log');

  it('is bound to the keys that it is first opened with, once', async () => {
    expect(await keysOf(log)).toBeUndefined();
    await bindKeys(log, 'these');
    await bindKeys(log, 'these');
    expect((await own()).map(({ type }) => type)).toEqual(['LogCreated', 'KeysBound']);
    expect(await keysOf(log)).toBe('these');
  });

  it('lets no other keys in, and stays as it is', async () => {
    await bindKeys(log, 'these');
    const before = await log.head();
    await expect(bindKeys(log, 'others')).rejects.toMatchObject({ code: 'keys-of-another-log', details: { log: log.id } });
    expect(await log.head()).toBe(before);
  });

  it.each([
    ['the same keys', 'these', []],
    ['other keys', 'others', ['keys-of-another-log']],
  ])('is bound once where two bind it at the same time, and the slower one is held to it: %s', async (_, slower, refusals) => {
    const outcomes = await Promise.allSettled([bindKeys(log, 'these'), bindKeys(log, slower)]);
    expect(outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [(outcome.reason as { code: string }).code] : []))).toEqual(
      refusals,
    );
    expect(await own()).toHaveLength(2);
    expect(await keysOf(log)).toBe('these');
  });

  it('that has events from before is bound at their end', async () => {
    await log.append('a-1', 'none', [{ id: '9f2f0c1e-6d0a-4c55-9a55-0d6f5a7a1c01', type: 'T', data: '{}', metadata: '{}' }]);
    await bindKeys(log, 'these');
    expect((await log.readAll()).events.map(({ type }) => type)).toEqual(['LogCreated', 'T', 'KeysBound']);
  });
});

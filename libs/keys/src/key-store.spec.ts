import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeKeyStore } from './key-store.contract.js';
import { KeyStore } from './key-store.js';
import { SqliteWrappedKeys } from './sqlite-wrapped-keys.js';

async function place() {
  const folder = mkdtempSync(join(tmpdir(), 'keys-'));
  const path = join(folder, 'keys.db');
  return { path, open: async () => SqliteWrappedKeys.open(path), remove: async () => rmSync(folder, { recursive: true }) };
}

describeKeyStore('SQLite', place);

describe('the file of keys', () => {
  it('keeps no trace of a forgotten person’s key', async () => {
    const { path, open, remove } = await place();
    const keys = await KeyStore.open(await open(), randomBytes(32));
    await keys.keyFor('aino');
    const before = readFileSync(path);
    await keys.forget('aino', '2026-01-01T00:00:00.000Z');
    const wrapped = before.subarray(before.indexOf('person:aino') + 'person:aino'.length).subarray(0, 60);
    expect(before.includes(wrapped)).toBe(true);
    expect(readFileSync(path).includes(wrapped)).toBe(false);
    await keys.close();
    await remove();
  });

  it('counts who gets a key, and who is forgotten', async () => {
    const { open, remove } = await place();
    const keys = await KeyStore.open(await open(), randomBytes(32));
    const counts = [keys.changeCount];
    await keys.keyFor('aino');
    counts.push(keys.changeCount);
    await keys.keyFor('aino');
    await keys.existingKey('eino');
    expect(keys.changeCount).toBe(counts.at(-1));
    await keys.forget('aino', '2026-01-01T00:00:00.000Z');
    counts.push(keys.changeCount);
    expect(counts).toEqual([...new Set(counts)]);
    await keys.close();
    await remove();
  });

  it('with a damaged key of one person keeps nobody else’s back', async () => {
    const { open, remove } = await place();
    const wrapped = await open();
    await wrapped.putIfAbsent('person:eino', randomBytes(60));
    const keys = await KeyStore.open(wrapped, randomBytes(32));
    await keys.keyFor('aino');
    await expect(keys.existingKey('eino')).rejects.toMatchObject({ code: 'keys-damaged', details: { reason: 'person:eino' } });
    await expect(keys.keyFor('eino')).rejects.toMatchObject({ code: 'keys-damaged' });
    expect(await keys.existingKey('aino')).toHaveLength(32);
    await keys.close();
    await remove();
  });

  it('that is damaged is told of', async () => {
    const { path, open, remove } = await place();
    writeFileSync(path, 'no database at all, but long enough to be taken for a header of one'.repeat(20));
    await expect(open()).rejects.toMatchObject({ code: 'keys-damaged', details: { place: path } });
    await remove();
  });
});

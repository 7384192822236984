import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeyStore } from './key-store.js';

describe('the key store', () => {
  const masterKey = randomBytes(32);
  let folder: string;
  let path: string;
  let keys: KeyStore;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'keys-'));
    path = join(folder, 'keys.db');
    keys = KeyStore.open(path, masterKey);
  });
  afterEach(() => {
    keys.close();
    rmSync(folder, { recursive: true });
  });

  it('has one key for a person, another for another, and the same after it is opened again', async () => {
    const [aino, eino] = [await keys.keyFor('aino'), await keys.keyFor('eino')];
    expect(aino).toHaveLength(32);
    expect(aino.equals(eino)).toBe(false);
    keys.close();
    keys = KeyStore.open(path, masterKey);
    expect(await keys.keyFor('aino')).toEqual(aino);
    expect(await keys.existingKey('nobody')).toBeUndefined();
  });

  it('never holds a key in the clear', async () => {
    const key = await keys.keyFor('aino');
    expect(readFileSync(path).includes(key)).toBe(false);
    expect(readFileSync(path).includes(keys.systemKey('command-hash'))).toBe(false);
  });

  it('keeps no trace of a forgotten person’s key, and makes no new one', async () => {
    await keys.keyFor('aino');
    const before = readFileSync(path);
    keys.forget('aino', '2026-01-01T00:00:00.000Z');
    expect(await keys.existingKey('aino')).toBeUndefined();
    await expect(keys.keyFor('aino')).rejects.toMatchObject({ code: 'person-forgotten', details: { person: 'aino' } });
    const wrapped = before.subarray(before.indexOf('person:aino') + 'person:aino'.length).subarray(0, 60);
    expect(before.includes(wrapped)).toBe(true);
    expect(readFileSync(path).includes(wrapped)).toBe(false);
  });

  it('stays forgotten when forgotten again, also who never had a key', async () => {
    for (const at of ['2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z']) keys.forget('eino', at);
    await expect(keys.keyFor('eino')).rejects.toMatchObject({ code: 'person-forgotten' });
  });

  it('is opened by no other master key, and says so', () => {
    expect(() => KeyStore.open(path, randomBytes(32))).toThrow(expect.objectContaining({ code: 'master-key-wrong', details: { path } }));
  });

  it('says that its file is damaged', () => {
    const damaged = join(folder, 'damaged.db');
    writeFileSync(damaged, 'no database at all, but long enough to be taken for a header of one'.repeat(20));
    expect(() => KeyStore.open(damaged, masterKey)).toThrow(expect.objectContaining({ code: 'keys-damaged' }));
  });
});

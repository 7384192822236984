import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { KeyStore, rememberedSeconds, type WrappedKeys } from './key-store.js';

/** A place for the keys of one adapter: opened any number of times at once by the suite, and removed. */
export interface KeysPlace {
  open(): Promise<WrappedKeys>;
  remove(): Promise<void>;
}

/** What the key store promises, held against an adapter. */
export function describeKeyStore(adapter: string, makePlace: () => Promise<KeysPlace>): void {
  describe(`the key store on ${adapter}`, () => {
    const masterKey = randomBytes(32);
    let place: KeysPlace;
    let keys: KeyStore;
    let opened: (KeyStore | WrappedKeys)[];
    let now: number;

    const openKeys = async () => {
      const found = await place.open();
      opened.push(found);
      return found;
    };
    const openStore = async () => KeyStore.open(await openKeys(), masterKey, { now: () => now });

    beforeEach(async () => {
      place = await makePlace();
      opened = [];
      now = 1_000;
      keys = await openStore();
    });
    afterEach(async () => {
      for (const one of opened) await one.close();
      await place.remove();
    });

    it('has one key for a person, another for another, and the same after it is opened again', async () => {
      const [aino, eino] = [await keys.keyFor('aino'), await keys.keyFor('eino')];
      expect(aino).toHaveLength(32);
      expect(aino.equals(eino)).toBe(false);
      await keys.close();
      keys = await openStore();
      expect(await keys.keyFor('aino')).toEqual(aino);
      expect(await keys.existingKey('nobody')).toBeUndefined();
    });

    it('has the same fingerprint as long as the system’s own key is the same, and others elsewhere', async () => {
      expect(await (await openStore()).fingerprint()).toBe(await keys.fingerprint());
      expect(await keys.systemKey('caller-pseudonym')).not.toEqual(await keys.systemKey('command-hash'));
      const other = await makePlace();
      const elsewhere = await KeyStore.open(await other.open(), masterKey);
      expect(await elsewhere.fingerprint()).not.toBe(await keys.fingerprint());
      await elsewhere.close();
      await other.remove();
    });

    it('never holds a key in the clear', async () => {
      const known = [await keys.keyFor('aino'), await keys.systemKey('command-hash')];
      const kept = await (await openKeys()).page(undefined, 10);
      expect(kept.map(({ id }) => id)).toEqual(['person:aino', 'system:command-hash']);
      for (const { wrapped } of kept) for (const key of known) expect(wrapped?.includes(key)).toBe(false);
    });

    it('has one key for a person, whoever asks first of many at once', async () => {
      const stores = [keys, await openStore(), await openStore()];
      const found = await Promise.all(Array.from({ length: 30 }, (_, n) => (stores[n % 3] as KeyStore).keyFor('aino')));
      expect(new Set(found.map((key) => key.toString('hex'))).size).toBe(1);
      expect(await (await openStore()).keyFor('aino')).toEqual(found[0]);
    });

    it('keeps nothing of a forgotten person’s key, and makes no new one', async () => {
      await keys.keyFor('aino');
      await keys.forget('aino', '2026-01-01T00:00:00.000Z');
      expect(await keys.existingKey('aino')).toBeUndefined();
      await expect(keys.keyFor('aino')).rejects.toMatchObject({ code: 'person-forgotten', details: { person: 'aino' } });
      expect(await (await openKeys()).get('person:aino')).toEqual({
        id: 'person:aino',
        wrapped: null,
        forgottenAt: '2026-01-01T00:00:00.000Z',
      });
    });

    it('stays forgotten when forgotten again, since the earliest time, also who never had a key', async () => {
      for (const day of ['02', '01', '03']) await keys.forget('eino', `2026-01-${day}T00:00:00.000Z`);
      await expect(keys.keyFor('eino')).rejects.toMatchObject({ code: 'person-forgotten' });
      expect(await (await openKeys()).get('person:eino')).toMatchObject({ forgottenAt: '2026-01-01T00:00:00.000Z' });
    });

    it('uses no key of who was forgotten by another server longer than it remembers keys', async () => {
      const other = await openStore();
      const key = await other.keyFor('aino');
      await keys.forget('aino', '2026-01-01T00:00:00.000Z');
      now += rememberedSeconds * 1_000;
      expect(await other.existingKey('aino')).toEqual(key);
      now += 1;
      expect(await other.existingKey('aino')).toBeUndefined();
      await expect(other.keyFor('aino')).rejects.toMatchObject({ code: 'person-forgotten' });
    });

    it('counts that time from before it asked', async () => {
      const slow = await openKeys();
      const get = slow.get.bind(slow);
      slow.get = async (id) => {
        const kept = await get(id);
        now += 6_000;
        return kept;
      };
      await keys.keyFor('aino');
      const other = await KeyStore.open(slow, masterKey, { now: () => now });
      await other.keyFor('aino');
      await keys.forget('aino', '2026-01-01T00:00:00.000Z');
      now += rememberedSeconds * 1_000 - 5_999;
      expect(await other.existingKey('aino')).toBeUndefined();
    });

    it('forgets also where another makes the key at the same time', async () => {
      const other = await openStore();
      await Promise.allSettled([other.keyFor('aino'), keys.forget('aino', '2026-01-01T00:00:00.000Z'), other.keyFor('aino')]);
      expect(await (await openKeys()).get('person:aino')).toMatchObject({ wrapped: null });
    });

    it('gives its keys by their ids, page by page', async () => {
      for (const person of ['eino', 'aino', 'ååke']) await keys.keyFor(person);
      const kept = await openKeys();
      const first = await kept.page(undefined, 2);
      const rest = await kept.page(first[1]?.id, 5);
      expect([...first, ...rest].map(({ id }) => id)).toEqual(['person:aino', 'person:eino', 'person:ååke', 'system:command-hash']);
      expect(await kept.get('person:eino')).toEqual(first[1]);
    });

    it('is opened by no other master key, and says so', async () => {
      const kept = await openKeys();
      await expect(KeyStore.open(kept, randomBytes(32))).rejects.toMatchObject({
        code: 'master-key-wrong',
        details: { place: kept.place },
      });
    });
  });
}

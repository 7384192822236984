import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeyStore } from '#keys/key-store';
import { bindKeys, keysOf } from '#keys/log-keys';
import { SqliteWrappedKeys } from '#keys/sqlite-wrapped-keys';
import type { EventLog } from '#event-store/event-log';
import { SqliteEventLog } from '#event-store/sqlite/sqlite-event-log';
import { copyLog, type Copied, type CopyResult } from './copy-log.js';

describe('copying an installation', () => {
  const masterKey = randomBytes(32);
  let folder: string;
  let opened: { close(): Promise<void> }[];
  let from: Copied & { log: EventLog };
  let to: Copied & { log: EventLog };

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'copy-'));
    opened = [];
    [from, to] = [place('from'), place('to')];
    const keys = await keyStore('from');
    for (const person of ['aino', 'eino', 'elli']) await keys.keyFor(person);
    await bindKeys(from.log, await keys.fingerprint());
    await append(from, 'a-1', 'none', 3);
    await append(from, 'a-2', 'none', 1);
  });
  afterEach(async () => {
    for (const part of opened) await part.close();
    rmSync(folder, { recursive: true });
  });

  const place = (shown: string) => {
    const [log, keys] = [SqliteEventLog.open(join(folder, `${shown}.db`)), SqliteWrappedKeys.open(join(folder, `${shown}-keys.db`))];
    opened.push(log, keys);
    return { shown, log, keys };
  };
  const keyStore = async (shown: string) => {
    const keys = await KeyStore.open(SqliteWrappedKeys.open(join(folder, `${shown}-keys.db`)), masterKey);
    opened.push(keys);
    return keys;
  };
  const append = ({ log }: Copied, stream: string, expected: number | 'none', count: number) =>
    log.append(
      stream,
      expected,
      Array.from({ length: count }, () => ({
        id: randomUUID(),
        type: 'T',
        data: '{}',
        metadata: '{"recordedAt":"2026-01-01T00:00:00.000Z"}',
      })),
    );
  const copy = async (target: Copied = to): Promise<CopyResult> => {
    const work = copyLog(from, target);
    for (;;) {
      const step = await work.next();
      if (step.done) return step.value;
    }
  };
  /** All that stands in a place, so that a spec can say that nothing was written. */
  const everything = async ({ log, keys }: Copied) => [await log.head(), await keys?.page(undefined, 100)];

  it('copies all events and all keys, and binds the copy to them', async () => {
    expect(await copy()).toMatchObject({ found: 0, copied: 4, summary: { events: 4 }, keys: { keys: 4, forgotten: 0 } });
    const [old, copied] = [await keyStore('from'), await keyStore('to')];
    expect(await copied.existingKey('aino')).toEqual(await old.existingKey('aino'));
    expect(await keysOf(to.log)).toBe(await old.fingerprint());
    await expect(bindKeys(to.log, 'others')).rejects.toMatchObject({ code: 'keys-of-another-log' });
    expect(to.log.id).not.toBe(from.log.id);
  });

  it('copies nothing again, and what came since when it is run again', async () => {
    await copy();
    const before = await everything(to);
    expect(await copy()).toMatchObject({ found: 4, copied: 0 });
    expect(await everything(to)).toEqual(before);
    await append(from, 'a-2', 0, 2);
    expect(await copy()).toMatchObject({ found: 4, copied: 2, summary: { events: 6 } });
  });

  it('keeps who was forgotten forgotten, on whichever side', async () => {
    await copy();
    await (await keyStore('from')).forget('aino', '2026-01-02T00:00:00.000Z');
    await (await keyStore('to')).forget('eino', '2026-01-03T00:00:00.000Z');
    expect(await copy()).toMatchObject({ keys: { keys: 4, forgotten: 1 } });
    const copied = await keyStore('to');
    for (const person of ['aino', 'eino']) await expect(copied.keyFor(person)).rejects.toMatchObject({ code: 'person-forgotten' });
    expect(await copied.existingKey('elli')).toBeDefined();
  });

  it.each([
    [
      'another event in its place',
      'a-1',
      'none',
      1,
      /^to holds other events than the beginning of from: event 1 differs in its id: .*Nothing was written/,
    ],
    [
      'an event of another stream',
      'b-1',
      'none',
      1,
      /^to holds other events .*: event 1 differs in its id, stream: from has T, revision 0 of a-1 .*, to has T, revision 0 of b-1 /,
    ],
  ] as const)('refuses a log that has %s, names it, and writes nothing', async (_, stream, expected, count, text) => {
    await append(to, stream, expected, count);
    const before = await everything(to);
    await expect(copy()).rejects.toThrow(text);
    expect(await everything(to)).toEqual(before);
  });

  it('refuses a log that goes on after the end of the copied one', async () => {
    await copy();
    await append(to, 'b-1', 'none', 1);
    const before = await everything(to);
    await expect(copy()).rejects.toThrow(/^to holds other events than the beginning of from: event 5 is only in to: T, revision 0 of b-1 /);
    expect(await everything(to)).toEqual(before);
  });

  it('refuses a place that has keys of another log, and writes nothing', async () => {
    const others = await keyStore('to');
    await expect(copy()).rejects.toThrow(/to-keys\.db holds the keys of another log \(system:command-hash is another key there\)/);
    await bindKeys(to.log, await others.fingerprint());
    const before = await everything(to);
    await expect(copy()).rejects.toThrow(/^The log to was begun with other keys/);
    expect(await everything(to)).toEqual(before);
  });

  it('refuses to copy a log to itself', async () => {
    const same = { shown: 'same', log: SqliteEventLog.open(join(folder, 'from.db')), keys: undefined };
    opened.push(same.log);
    await expect(copy(same)).rejects.toThrow('from and same are the same log.');
  });

  it('tells of a log that grew meanwhile, and then goes on', async () => {
    const work = copyLog(from, to);
    for (let step = await work.next(); !('copied' in step.value);) step = await work.next();
    await append(from, 'a-3', 'none', 2);
    await append(from, 'a-4', 'none', 1);
    const grown = (async () => {
      for (let step = await work.next(); !step.done;) step = await work.next();
    })();
    await expect(grown).rejects.toThrow(/^from grew by 3 events while it was copied: stop what writes to it, and run the same again\.$/);
    expect(await keysOf(to.log)).toBeUndefined();
    expect(await copy()).toMatchObject({ found: 4, copied: 3 });
  });

  it('tells of somebody else who writes to the copy meanwhile', async () => {
    const work = copyLog(from, to);
    for (let step = await work.next(); !('copied' in step.value);) step = await work.next();
    await append(to, 'a-2', 'none', 1);
    const disturbed = (async () => {
      for (let step = await work.next(); !step.done;) step = await work.next();
    })();
    await expect(disturbed).rejects.toThrow(/^to refuses the next event \(a-2 is at 0, not at none\)\. Does something else write to it\?/);
  });
});

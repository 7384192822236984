import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StatementSync } from 'node:sqlite';
import type { Stored } from '#kernel/projection';
import { SharedViewStore } from '../leases.testing.js';
import { describeLeases, describeViewStore } from '../view-store.contract.js';
import { EmbeddedViewStore } from './embedded-view-store.js';

describeViewStore('SQLite in memory', async () => new EmbeddedViewStore());
describeViewStore('an SQLite file', async () => new EmbeddedViewStore({ path: join(mkdtempSync(join(tmpdir(), 'views-')), 'views.db') }));
describeLeases('memory, as specs share it', async () => new SharedViewStore());

describe('the file of embedded views', () => {
  let folder: string;
  let path: string;
  const text = 'x'.repeat(2_000);
  const rows = (count: number) =>
    Array.from({ length: count }, (_, n): Stored<{ text: string; n: number }> => ({
      _id: `r${n}`,
      position: `${n}`,
      revision: 0,
      text,
      n,
    }));

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'views-'));
    path = join(folder, 'views.db');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('lets others have their turn while many rows are written', async () => {
    const store = new EmbeddedViewStore({ path });
    let [turns, isWritten] = [0, false];
    const turn = () => {
      turns += 1;
      if (!isWritten) setImmediate(turn);
    };
    setImmediate(turn);
    await store.collection('many', ['n']).write(rows(1_000));
    isWritten = true;
    expect(turns).toBeGreaterThanOrEqual(19);
    await store.close();
  });

  it('gives back the room of what was dropped, while others go on being read', async () => {
    const store = new EmbeddedViewStore({ path });
    await store.collection('kept', ['n']).write(rows(10));
    await store.collection('dropped', ['n']).write(rows(2_000));
    await store.close();
    const before = statSync(path).size;
    const again = new EmbeddedViewStore({ path });
    await again.drop('dropped');
    while ((await again.collection('kept').count({})) === 10 && again.isDropping) await new Promise(setImmediate);
    await again.close();
    expect(statSync(path).size).toBeLessThan(before / 10);
    const last = new EmbeddedViewStore({ path });
    expect([await last.collection('kept').count(), await last.collection('dropped', ['n']).count()]).toEqual([10, 0]);
    await last.close();
  });

  it('says of no view that it is further than its rows, where what was written to it is lost', async () => {
    const at = (position: string) => ({ log: 'l', position, version: 1 });
    const before = new EmbeddedViewStore({ path });
    await before.collection('lost', ['n']).write(rows(1));
    await before.saveCheckpoint('lost', at('0'), undefined);
    await before.close();
    const store = new EmbeddedViewStore({ path });
    const { rows: lost, saveCheckpoint } = await store.open<{ text: string; n: number }>('lost', ['n']);
    await lost.write(rows(2));
    await saveCheckpoint(at('1'), at('0'));
    const full = jest.spyOn(StatementSync.prototype, 'run').mockImplementationOnce(() => {
      throw Object.assign(new Error('database or disk is full'), { code: 'ERR_SQLITE_ERROR', errcode: 13 });
    });
    await expect(store.collection('other', ['n']).write(rows(1))).rejects.toMatchObject({ code: 'views-unavailable' });
    full.mockRestore();
    await (await store.open('other', ['n'])).rows.write(rows(1));
    await store.close();
    const again = new EmbeddedViewStore({ path });
    const counts = [await again.collection('lost').count(), await again.collection('other').count()];
    expect([await again.checkpoint('lost'), ...counts]).toEqual([at('0'), 1, 1]);
    await again.close();
  });
});

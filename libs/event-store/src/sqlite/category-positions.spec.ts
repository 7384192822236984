import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StatementSync } from 'node:sqlite';
import type { LoggedEvent, ReadAll } from '../event-log.js';
import { SqliteEventLog } from './sqlite-event-log.js';

describe('a log with few events of some categories among many of others', () => {
  let folder: string;
  let log: SqliteEventLog;
  let plain: SqliteEventLog;
  const categories: Readonly<Record<string, readonly string[]>> = { Rare: ['rare'], Odd: ['rare', 'odd'], Plenty: ['plenty'] };
  const event = (type: string) => ({ id: randomUUID(), type, data: '{}', metadata: '{}' });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'log-'));
    log = SqliteEventLog.open(join(folder, 'log.db'), { categoriesOf: (type) => categories[type] });
    for (let n = 0; n < 25; n++) {
      await log.append(
        `plenty-${n}`,
        'none',
        Array.from({ length: 1_000 }, () => event('Plenty')),
      );
      await log.append(`rare-${n}`, 'none', n % 5 === 0 ? Array.from({ length: 300 }, () => event('Rare')) : [event('Rare'), event('Odd')]);
      await log.append(`odd-${n}`, 'none', [event('Odd')]);
    }
    plain = SqliteEventLog.open(join(folder, 'log.db'), { readOnly: true });
  }, 60_000);
  afterAll(async () => {
    await log.close();
    await plain.close();
    rmSync(folder, { recursive: true });
  });

  /** All pages from one position on, and where they end. */
  async function read(
    from: SqliteEventLog,
    { after, ...asked }: ReadAll,
  ): Promise<{ found: readonly LoggedEvent[]; end: string | undefined }> {
    const found: LoggedEvent[] = [];
    for (let at = after; ;) {
      const page = await from.readAll({ ...asked, ...(at !== undefined && { after: at }) });
      found.push(...page.events);
      if (page.end) return { found, end: page.next };
      expect((page.next as string) > (at ?? '')).toBe(true);
      at = page.next;
    }
  }

  it('gives the same as where it is read as a whole, whatever is asked for, and ends where it is asked to', async () => {
    const last = await log.head();
    const positions = (await read(plain, { types: ['Rare', 'Odd'] })).found.map(({ position }) => position);
    const position = fc.constantFrom(...positions, last);
    const asked = fc.record(
      {
        types: fc.constantFrom(['Rare'], ['Odd'], ['Rare', 'Odd'], ['Rare', 'Plenty'], ['Rare', 'Unknown']),
        categories: fc.constantFrom(['rare'], ['odd', 'rare'], ['none'], ['plenty']),
        after: position,
        upTo: position,
        limit: fc.constantFrom(7, 500, 5_000),
      },
      { requiredKeys: ['types', 'limit'] },
    );
    await fc.assert(
      fc.asyncProperty(asked, async (one) => expect(await read(log, one)).toEqual(await read(plain, one))),
      { numRuns: 60 },
    );
  }, 60_000);

  it('reads none of the others for them, also where more of them have come', async () => {
    await read(log, { types: ['Rare'] });
    await log.append('rare-late', 'none', [event('Rare')]);
    const all = jest.spyOn(StatementSync.prototype, 'all');
    const { found } = await read(log, { types: ['Rare'] });
    const asked = all.mock.contexts.map((statement) => (statement as StatementSync).sourceSQL);
    all.mockRestore();
    expect(found.at(-1)?.stream).toBe('rare-late');
    expect(new Set(asked.map((sql) => /WHERE.*/.exec(sql)?.[0]))).toEqual(
      new Set(['WHERE stream >= ? AND stream < ? AND position <= ? LIMIT ?', 'WHERE position = ?']),
    );
  });
});

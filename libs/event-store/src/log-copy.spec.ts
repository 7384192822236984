import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { canonicalJson } from '#kernel/canonical-json';
import { maxAppendBytes, type EventLog, type EventToAppend } from './event-log.js';
import { commonBeginning, compareLogs, differenceText, type Comparison } from './log-content.js';
import { copyAfter } from './log-copy.js';
import { SqliteEventLog } from './sqlite/sqlite-event-log.js';

async function resultOf<Result>(work: AsyncGenerator<unknown, Result>): Promise<Result> {
  for (;;) {
    const step = await work.next();
    if (step.done) return step.value;
  }
}

const event = (data: object): EventToAppend => ({
  id: randomUUID(),
  type: 'T',
  data: canonicalJson(data),
  metadata: canonicalJson({ recordedAt: '2026-01-01T00:00:00.000Z' }),
});

/** Names without escapes: this V8 reads some of those wrongly (https://github.com/nodejs/node/issues/63785). */
const name = fc.string({ unit: 'grapheme' }).filter((text) => JSON.stringify(text) === `"${text}"` && text !== 'toJSON');
const value = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.integer(), { maxLength: 3 }),
);
/** Appends as they might come, to a few streams: of each some events with data of any kind. */
const appends = fc.array(
  fc.record({ stream: fc.nat(2), events: fc.array(fc.dictionary(name, value, { maxKeys: 3 }), { minLength: 1, maxLength: 4 }) }),
  { minLength: 1, maxLength: 8 },
);

describe('a copied log', () => {
  let folder: string;
  let logs: EventLog[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'log-copy-'));
    logs = [];
  });
  afterEach(async () => {
    for (const log of logs) await log.close();
    rmSync(folder, { recursive: true });
  });

  const path = (name: string) => join(folder, name);
  const open = (name: string, readOnly = false) => {
    const log = SqliteEventLog.open(path(name), { checksTexts: true, readOnly });
    logs.push(log);
    return log;
  };
  const filled = async (name: string, groups: readonly { stream: number; events: readonly object[] }[]) => {
    const log = open(name);
    const revisions = [-1, -1, -1];
    for (const { stream, events } of groups) {
      const revision = revisions[stream] as number;
      await log.append(`s-${stream}`, revision === -1 ? 'none' : revision, events.map(event));
      revisions[stream] = revision + events.length;
    }
    return log;
  };
  const copied = async (from: EventLog, name: string) => {
    const to = open(name);
    await resultOf(copyAfter(undefined, from, to));
    return to;
  };
  /** Changes the file of a log behind its back. */
  const altered = async (log: EventLog, name: string, change: (db: DatabaseSync) => void) => {
    await log.close();
    const db = new DatabaseSync(path(name));
    change(db);
    db.close();
    return open(name, true);
  };
  /** Whether the two are told from each other: as different, or one of them as damaged. */
  const isFound = async (a: EventLog, b: EventLog) => {
    try {
      return (await resultOf(compareLogs(a, b))).first !== undefined;
    } catch (error) {
      expect(error).toMatchObject({ code: expect.stringMatching(/^log-(?:damaged|text-altered)$/) });
      return true;
    }
  };

  it('is equal in all but its id, whatever the log holds, also where the copy was broken off anywhere', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(appends, fc.nat(), async (groups, share) => {
        const name = `${run++}`;
        const from = await filled(`${name}-from.db`, groups);
        const all = groups.flatMap(({ events }) => events).length;
        const to = open(`${name}-to.db`);
        const begun = copyAfter(undefined, from, to);
        for (let step = await begun.next(), most = share % (all + 1); !step.done && step.value.copied <= most;) step = await begun.next();
        await begun.return(0);
        const { events, last, next } = await resultOf(commonBeginning(from, to));
        expect(next?.b).toBeUndefined();
        expect(await resultOf(copyAfter(last?.position, from, to))).toBe(all - events);
        const { a, b, first } = await resultOf(compareLogs(from, to));
        expect([a, first]).toEqual([b, undefined]);
        expect(b.events).toBe(all);
        expect(to.id).not.toBe(from.id);
        await from.close();
        await to.close();
      }),
      { numRuns: 40 },
    );
  }, 300_000);

  it('is told from the log after any single change', async () => {
    let run = 0;
    const change = fc.record({
      at: fc.nat(),
      byte: fc.nat(),
      by: fc.integer({ min: 1, max: 255 }),
      column: fc.constantFrom('data', 'metadata'),
      kind: fc.constantFrom('byte', 'order', 'last'),
    });
    await fc.assert(
      fc.asyncProperty(appends, change, async (groups, { at, byte, by, column, kind }) => {
        const name = `${run++}`;
        const from = await filled(`${name}-from.db`, groups);
        const to = await altered(await copied(from, `${name}-to.db`), `${name}-to.db`, (db) => {
          const rows = db
            .prepare(
              "SELECT position, stream, CAST(data AS BLOB) AS data, CAST(metadata AS BLOB) AS metadata FROM events WHERE stream <> 'log' ORDER BY position",
            )
            .all() as { position: number; stream: string; data: Uint8Array; metadata: Uint8Array }[];
          const neighbours = rows.flatMap((row, index) => (index > 0 && row.stream !== rows[index - 1]?.stream ? [row] : []));
          if (kind === 'order' && neighbours.length > 0) {
            const { position } = neighbours[at % neighbours.length] as { position: number };
            for (const [was, is] of [
              [position, 0],
              [position - 1, position],
              [0, position - 1],
            ] as const)
              db.prepare('UPDATE events SET position = ? WHERE position = ?').run(is, was);
          } else if (kind === 'byte') {
            const row = rows[at % rows.length] as (typeof rows)[number];
            const text = Buffer.from(row[column as 'data']);
            text[byte % text.length] = ((text[byte % text.length] as number) + by) % 256;
            db.exec('DROP INDEX events_recorded; DROP INDEX events_call; DROP INDEX events_matter; DROP INDEX events_region;');
            db.prepare(`UPDATE events SET ${column} = CAST(? AS TEXT) WHERE position = ?`).run(text, row.position);
          } else db.exec('DELETE FROM events WHERE position = (SELECT MAX(position) FROM events)');
        });
        expect(await isFound(from, to)).toBe(true);
        await from.close();
        await to.close();
      }),
      { numRuns: 120 },
    );
  }, 300_000);

  it('says in which place two logs first differ, in how many, and in what, and nothing of what is recorded', async () => {
    const from = await filled('from.db', [
      { stream: 0, events: [{ n: 1 }, { n: 2 }] },
      { stream: 1, events: [{ secret: 3 }] },
    ]);
    const told = ({ first, differing }: Comparison) => [differing, first && differenceText(first, 'A', 'B')];
    const shorter = await altered(await copied(from, 'shorter.db'), 'shorter.db', (db) =>
      db.exec('DELETE FROM events WHERE position = (SELECT MAX(position) FROM events)'),
    );
    expect(told(await resultOf(compareLogs(from, shorter)))).toEqual([
      1,
      expect.stringMatching(/^event 3 is only in A: T, revision 0 of s-1 \(\S+\)$/),
    ]);
    expect(told(await resultOf(compareLogs(shorter, from)))).toEqual([1, expect.stringMatching(/^event 3 is only in B: /)]);
    const changed = await altered(await copied(from, 'changed.db'), 'changed.db', (db) =>
      db.exec(`UPDATE events SET data = '{"secret":4}', type = 'U' WHERE stream = 's-1'`),
    );
    const [differing, text] = told(await resultOf(compareLogs(from, changed)));
    expect([differing, text]).toEqual([
      1,
      expect.stringMatching(/^event 3 differs in its type, data: A has T, revision 0 of s-1 \(\S+\), B has U, revision 0 of s-1 /),
    ]);
    expect(text).not.toContain('secret');
  });

  it('has what one append may not hold in more than one', async () => {
    const large = { text: 'x'.repeat(maxAppendBytes / 3) };
    const from = open('from.db');
    for (let n = 0; n < 7; n++) await from.append('s-0', n === 0 ? 'none' : n - 1, [event(large)]);
    const to = await copied(from, 'to.db');
    expect((await resultOf(compareLogs(from, to))).first).toBeUndefined();
    expect((await resultOf(compareLogs(from, to))).b.events).toBe(7);
  });

  it('leaves out what the log, and its engine, record of themselves', async () => {
    const from = await filled('from.db', [{ stream: 0, events: [{ n: 1 }] }]);
    await from.append('log', 0, [event({})]);
    await from.append('s-1', 'none', [event({ n: 2 })]);
    const to = await copied(from, 'to.db');
    expect((await resultOf(compareLogs(to, to))).b.events).toBe(2);
    expect((await to.readAll({ categories: ['s'] })).events.map(({ stream }) => stream)).toEqual(['s-0', 's-1']);
    expect(await to.readStream('log')).toHaveLength(1);
  });

  it('is not made of a text that is not as it was written', async () => {
    for (const [name, data] of Object.entries({
      spaced: '{"a": 1}',
      'out-of-order': '{"b":1,"a":1}',
      twice: '{"a":1,"a":1}',
      escaped: '{"a":"\\u0041"}',
      half: '{"a":"\\ud800"}',
      'other-number': '{"a":1.0}',
    })) {
      const from = await filled(`${name}.db`, [{ stream: 0, events: [{ a: 1 }, { a: 2 }] }]);
      const changed = await altered(from, `${name}.db`, (db) =>
        db.prepare("UPDATE events SET data = ? WHERE revision = 1 AND stream = 's-0'").run(data),
      );
      await expect(copied(changed, `${name}-to.db`)).rejects.toMatchObject({
        code: 'log-text-altered',
        details: { stream: 's-0', revision: 1, path: path(`${name}.db`) },
      });
    }
  });
});

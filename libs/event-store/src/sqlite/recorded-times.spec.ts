import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { openedFile } from './log-file.js';
import { RecordedTimes } from './recorded-times.js';

interface Recorded {
  readonly stream: string;
  /** A second; none where the metadata do not say when. */
  readonly at: number | null;
}

const instant = (second: number) => new Date(1_700_000_000_000 + second * 1_000).toISOString();
/** Runs of a clock that goes on, stands, jumps ahead and back; some of it by the log itself. */
const run = fc
  .record({
    from: fc.nat({ max: 600 }),
    step: fc.constantFrom(0, 1, 3, -1),
    count: fc.integer({ min: 1, max: 400 }),
    stream: fc.constantFrom('jar-a', 'jar-a', 'log'),
    isSilent: fc.nat({ max: 9 }),
  })
  .map(({ from, step, count, stream, isSilent }) =>
    Array.from({ length: count }, (_, n): Recorded => ({ stream, at: isSilent === 0 ? null : from + n * step })),
  );

describe('the times of a log', () => {
  let folder: string;
  let db: DatabaseSync;
  let rows: Recorded[];
  const add = (some: readonly Recorded[]) => {
    const insert = db.prepare("INSERT INTO events VALUES (?, ?, ?, ?, 'Happened', '{}', ?)");
    db.exec('BEGIN');
    for (const { stream, at } of some) {
      rows.push({ stream, at });
      const metadata = at === null ? {} : { recordedAt: instant(at) };
      insert.run(rows.length, stream, rows.length, crypto.randomUUID(), JSON.stringify(metadata));
    }
    db.exec('COMMIT');
  };
  const linear = (second: number, last: number) => {
    const found = rows.slice(0, last).findIndex(({ stream, at }) => stream !== 'log' && at !== null && at > second);
    return found === -1 ? undefined : found + 1;
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'times-'));
    db = openedFile(join(folder, 'log.db'), false);
  });
  afterEach(() => {
    db.close();
    rmSync(folder, { recursive: true });
  });

  it('find what a search from the beginning finds, whatever the clocks did, and while the log grows', () => {
    const asked = fc.array(fc.record({ second: fc.integer({ min: -1, max: 1_900 }), behind: fc.nat({ max: 5 }) }), {
      minLength: 3,
      maxLength: 8,
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(run, asked), { minLength: 1, maxLength: 5 }), (growing) => {
        db.exec('DELETE FROM events');
        rows = [];
        const times = new RecordedTimes(db);
        for (const [some, questions] of growing) {
          add(some);
          for (const { second, behind } of questions) {
            const last = Math.max(1, rows.length - behind);
            expect(times.firstLater(instant(second), last)).toBe(linear(second, last));
          }
        }
      }),
      { numRuns: 80 },
    );
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Codec } from '#event-store/codec';
import type { EventLog, LoggedEvent, Page, ReadAll } from '#event-store/event-log';
import { jarEvents } from '#event-store/handle.testing';
import { streamKey, type Position } from '#kernel/envelope';
import { nextRow, removed, storedRow, type Projection, type Stored } from '#kernel/projection';
import { Cached } from '#view-store/embedded/indexed-rows';
import { StagedRows } from '#view-store/embedded/staged-rows';
import { drained } from '../rebuild/rebuilder.js';
import { ScannedView, type Scanned } from './scanned-view.js';

/** What was put into each jar, in its order: nothing can be left out, twice or in another order without its being seen. */
const contents: Projection<{ coins: readonly number[]; last: number }, typeof jarEvents, never, keyof typeof jarEvents> = {
  name: 'contents',
  version: 1,
  events: jarEvents,
  indexes: ['last'],
  key: ({ stream }) => streamKey(stream),
  upserts: {
    JarOpened: () => ({ coins: [], last: 0 }),
    CoinAdded: (row, { data: { cents } }) => {
      if (cents === 13) throw new Error('an unlucky coin');
      return { coins: [...(row?.coins ?? []), cents], last: cents };
    },
    JarSigned: () => removed,
  },
};

const told = fc.array(
  fc.record({ jar: fc.constantFrom('a', 'b', 'c'), type: fc.constantFrom('JarOpened', 'CoinAdded', 'CoinAdded', 'JarSigned', 'Other') }),
  { minLength: 1, maxLength: 50 },
);
const at = (n: number): Position => `${n}`.padStart(4, '0');

/** A log in memory whose pages are short, so that stages are. */
function logOf(events: readonly LoggedEvent[]): EventLog {
  const readAll = async ({ after = '', upTo = '9', types = [] }: ReadAll): Promise<Page> => {
    const rest = events.filter(({ position }) => position > after && position <= upTo);
    const page = rest.slice(0, 2);
    const next = page.at(-1)?.position ?? (after || undefined);
    return { events: page.filter(({ type }) => types.includes(type)), next, end: rest.length <= 2 };
  };
  return { id: 'log', readAll } as unknown as EventLog;
}

describe('a view as it was', () => {
  it('is at any position what a fold of the log up to there from its beginning is, in whatever order positions are asked for', async () => {
    const asked = fc.array(fc.nat({ max: 51 }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(told, asked, fc.option(fc.nat({ max: 50 })), async (story, positions, unlucky) => {
        const events = story.map(({ jar, type }, n): LoggedEvent => {
          const data = { cents: n === unlucky ? 13 : 100 + n };
          return { id: `${n}`, type, stream: `jar-${jar}`, revision: n, position: at(n + 1), data, metadata: {} };
        });
        const source = { log: logOf(events), codec: { decode: (event: LoggedEvent) => event } as unknown as Codec };
        const view = () => new ScannedView(contents, 'log', new Map(), new StagedRows(['last'], new Cached(1_000)));
        const one = view();
        const between: Scanned[] = [];
        for (const n of positions) {
          const scanned = await drained(one.scan(at(n), between, source));
          between.push(scanned);
          const alone = view();
          const run = await toldOf(await drained(alone.scan(at(n), [], source)));
          expect(await toldOf(scanned)).toEqual(run);
          // In memory is what is not in a stage yet: of four pages.
          expect(scanned.rows.size).toBeLessThanOrEqual(8);
          expect(run.rows).toEqual(folded(events.filter(({ position }) => position <= at(n))));
          alone.close();
        }
        for (const [index, n] of positions.entries())
          expect((await toldOf(between[index] as Scanned)).rows).toEqual(folded(events.filter(({ position }) => position <= at(n))));
        one.close();
      }),
      { numRuns: 300 },
    );
  });
});

async function toldOf({ rows, run }: Scanned) {
  return {
    rows: await rows.page(undefined, 9),
    found: await rows.find({ orderBy: 'last' as never, descending: true, limit: 9 }),
    count: await rows.count(),
    // Of one that stopped it is one of those before the event, as the pages of the log fall.
    position: run.poison ? undefined : run.position,
    stoppedAt: run.poison?.position,
  };
}

/** What the handlers make of the events, one after the other, up to the one that cannot be folded. */
function folded(events: readonly LoggedEvent[]): readonly object[] {
  const rows = new Map<string, Stored<object>>();
  for (const event of events) {
    if (!Object.hasOwn(contents.events, event.type)) continue;
    const key = streamKey(event.stream);
    const before = rows.get(key);
    try {
      const row = before?.removed ? undefined : before;
      const next = nextRow(contents, row, event as never, key);
      if (next !== removed || row) rows.set(key, storedRow(next, event as never, key));
    } catch {
      break;
    }
  }
  return [...rows.values()].sort((a, b) => (a._id < b._id ? -1 : 1));
}

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { jarEvents } from '#event-store/handle.testing';
import { canonicalJson } from '#kernel/canonical-json';
import { streamKey } from '#kernel/envelope';
import { removed, type AnyProjection, type Projection } from '#kernel/projection';
import { EmbeddedReadStore } from './embedded/embedded-read-store.js';
import { ProjectionRun, Superseded, type Handed } from './projection-run.js';
import { pagesOf, type Collection, type Opened, type ReadStore } from './read-store.js';

const at = (n: number) => n.toString(16).padStart(16, '0').repeat(2);

/** What was put into each jar, in its order: nothing can be left out, twice or in another order without its being seen. */
const contents = (name: string): Projection<{ coins: readonly number[] }, typeof jarEvents> => ({
  name,
  version: 1,
  events: jarEvents,
  key: ({ stream }) => streamKey(stream),
  on: {
    JarOpened: () => ({ coins: [] }),
    CoinAdded: (row, { data: { cents } }) => ({ coins: [...(row?.coins ?? []), cents] }),
    JarSigned: (row) => row && removed,
  },
});

const story = fc.array(fc.record({ jar: fc.constantFrom('a', 'b', 'c'), type: fc.constantFrom('JarOpened', 'CoinAdded', 'CoinAdded', 'CoinAdded', 'JarSigned') }), { minLength: 1, maxLength: 25 });

const pageSize = fc.integer({ min: 1, max: 6 });

/** Runs of one projection in several processes, a store for each: what they leave behind, in however many orders of their steps. */
export function describeRuns(adapter: string, open: () => Promise<readonly [ReadStore, ReadStore, ReadStore]>, numRuns: number): void {
  describe(`runs of one projection on ${adapter}`, () => {
    let stores: readonly [ReadStore, ReadStore, ReadStore];
    beforeAll(async () => {
      stores = await open();
    });
    afterAll(() => Promise.all(stores.map((store) => store.close())));

    it('end with the rows of a single run, in whatever order they do their steps, and with a rebuild between them', async () => {
      let round = 0;
      await fc.assert(
        fc.asyncProperty(story, fc.tuple(pageSize, pageSize, pageSize), fc.boolean(), fc.scheduler(), async (told, pages, isRebuilt, scheduler) => {
          const projection = contents(`jars-${round++}`);
          const events = told.map(handed);
          const [one, other, rebuilding] = stores.map((store) => stalling(store, scheduler)) as [ReadStore, ReadStore, ReadStore];
          const rebuild = async () => isRebuilt && (await toTheEnd(await resumed(projection, events, rebuilding, `${projection.name}.beside`), events, pages[2])).takeTheirPlace();
          await scheduler.waitFor(Promise.all([untilDone(projection, events, one, pages[0]), untilDone(projection, events, other, pages[1]), rebuild()]));

          const alone = new EmbeddedReadStore();
          await toTheEnd(await resumed(projection, events, alone), events, events.length);
          const left = await stores[0].open(projection.name);
          expect(await textOf(left.rows)).toEqual(await textOf(alone.collection(projection.name)));
          expect(left.checkpoint).toEqual(await alone.checkpoint(projection.name));
        }),
        { numRuns },
      );
    });
  });
}

function handed({ jar, type }: { readonly jar: string; readonly type: string }, n: number): Handed {
  const about = { id: `${n}`, type, position: at(n), stream: `jar-${jar}`, revision: n };
  return { ...about, about: {}, decoded: () => ({ ...about, data: { cents: n }, metadata: {} }) as never };
}

function resumed(projection: AnyProjection, events: readonly Handed[], store: ReadStore, name?: string): Promise<ProjectionRun> {
  return ProjectionRun.resume(projection, store, { id: 'log', head: async () => at(events.length - 1) }, new Map(), name);
}

async function toTheEnd(run: ProjectionRun, events: readonly Handed[], size: number): Promise<ProjectionRun> {
  for (;;) {
    const page = events.filter(({ position }) => run.position === undefined || position > run.position).slice(0, size);
    const last = page.at(-1);
    if (!last) return run;
    await run.fold(page, last.position);
  }
}

/** Begins anew where another run was faster, as whoever holds a view does. */
async function untilDone(projection: AnyProjection, events: readonly Handed[], store: ReadStore, size: number): Promise<void> {
  try {
    await toTheEnd(await resumed(projection, events, store), events, size);
  } catch (error) {
    if (!(error instanceof Superseded)) throw error;
    await untilDone(projection, events, store, size);
  }
}

/** A store each of whose calls waits until the scheduler lets it go on. */
function stalling(store: ReadStore, scheduler: fc.Scheduler): ReadStore {
  const slow = <Target extends object>(target: Target): Target =>
    new Proxy(target, {
      get: (_, name) => async (...given: unknown[]) => {
        await scheduler.schedule(Promise.resolve(), String(name));
        const answer: unknown = await (target as Record<string | symbol, (...given: unknown[]) => unknown>)[name]?.(...given);
        if (name !== 'open') return answer;
        const { rows, checkpoint, saveCheckpoint } = answer as Opened<object>;
        return { rows: slow(rows), checkpoint, saveCheckpoint: slow({ saveCheckpoint }).saveCheckpoint };
      },
    });
  return slow(store);
}

async function textOf(rows: Collection<object>): Promise<readonly string[]> {
  const texts: string[] = [];
  for await (const page of pagesOf(rows)) texts.push(...page.map(canonicalJson));
  return texts;
}

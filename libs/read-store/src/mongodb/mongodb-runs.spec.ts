import { afterAll, afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { jarEvents } from '#event-store/handle.testing';
import { canonicalJson } from '#kernel/canonical-json';
import { streamKey } from '#kernel/envelope';
import { removed, type Projection } from '#kernel/projection';
import { EmbeddedReadStore } from '../embedded/embedded-read-store.js';
import { ProjectionRun, Superseded, type Handed } from '../projection-run.js';
import { pagesOf, type Collection, type Opened, type ReadStore } from '../read-store.js';
import { MongoDbReadStore } from './mongodb-read-store.js';
import { withMongoDb } from './mongodb.testing.js';

jest.setTimeout(120_000);

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

withMongoDb('runs of one projection on MongoDB', (server) => {
  describe('runs of one projection on MongoDB', () => {
    let stores: MongoDbReadStore[];
    beforeEach(async () => {
      const url = server.database();
      stores = await Promise.all(['one', 'other', 'rebuilding'].map(() => MongoDbReadStore.open({ url })));
    });
    afterEach(() => Promise.all(stores.map((store) => store.close())));
    afterAll(() => server.remove());

    it('end with the rows of a single run, in whatever order they do their steps, and with a rebuild between them', async () => {
      let round = 0;
      await fc.assert(
        fc.asyncProperty(story, fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 })), fc.boolean(), fc.scheduler(), async (told, pages, isRebuilt, scheduler) => {
          const projection = contents(`jars-${round++}`);
          const events = told.map(({ jar, type }, n): Handed => {
            const about = { id: `${n}`, type, position: at(n), stream: `jar-${jar}`, revision: n };
            return { ...about, about: {}, decoded: () => ({ ...about, data: { cents: n }, metadata: {} }) as never };
          });
          const head = at(events.length - 1);
          const log = { id: 'log', head: async () => head };
          const resumed = (store: ReadStore, name?: string) => ProjectionRun.resume(projection, store, log, new Map(), name);
          const toTheEnd = async (run: ProjectionRun, page: number): Promise<ProjectionRun> => {
            while (run.position !== head) {
              const next = events.filter(({ position }) => run.position === undefined || position > run.position).slice(0, page);
              await run.fold(next, next.at(-1)?.position as string);
            }
            return run;
          };
          const again = async (store: ReadStore, page: number): Promise<void> => {
            try {
              await toTheEnd(await resumed(store), page);
            } catch (error) {
              if (!(error instanceof Superseded)) throw error;
              await again(store, page);
            }
          };

          const [one, other, rebuilding] = stores.map((store) => stalling(store, scheduler)) as [ReadStore, ReadStore, ReadStore];
          const rebuild = async () => isRebuilt && (await toTheEnd(await resumed(rebuilding, `${projection.name}.beside`), pages[2])).takeTheirPlace();
          await scheduler.waitFor(Promise.all([again(one, pages[0]), again(other, pages[1]), rebuild()]));

          const alone = new EmbeddedReadStore();
          await toTheEnd(await resumed(alone), events.length);
          const left = (await stores[0]?.open(projection.name)) as Awaited<ReturnType<ReadStore['open']>>;
          expect(await textOf(left.rows)).toEqual(await textOf(alone.collection(projection.name)));
          const { changed } = (await alone.checkpoint(projection.name)) ?? {};
          expect(left.checkpoint).toEqual({ log: 'log', position: head, version: 1, ...(changed && { changed }) });
        }),
        { numRuns: 40 },
      );
    });
  });
});

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

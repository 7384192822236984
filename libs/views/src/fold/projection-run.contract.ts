import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { jarEvents } from '#event-store/handle.testing';
import { canonicalJson } from '#kernel/canonical-json';
import { streamKey } from '#kernel/envelope';
import { removed, type AnyProjection, type Projection } from '#kernel/projection';
import { storeCalledBy, type Caller } from '#view-store/called-by.testing';
import { EmbeddedViewStore } from '#view-store/embedded/embedded-view-store';
import { ProjectionRun, Superseded, type Handed } from './projection-run.js';
import { pagesOf, type Checkpoint, type StoredRows, type ViewStore } from '#view-store/view-store';

const at = (n: number) => n.toString(16).padStart(16, '0').repeat(2);

/** What was put into each jar, in its order: nothing can be left out, twice or in another order without its being seen. */
const contents = (
  name: string,
  version: number,
): Projection<{ version: number; coins: readonly number[] }, typeof jarEvents, never, keyof typeof jarEvents> => ({
  name,
  version,
  events: jarEvents,
  key: ({ stream }) => streamKey(stream),
  upserts: {
    JarOpened: () => ({ version, coins: [] }),
    CoinAdded: (row, { data: { cents } }) => {
      if (cents < 0) throw new Error('a coin that is owed');
      return { version, coins: [...(row?.coins ?? []), cents] };
    },
    JarSigned: () => removed,
  },
});

const story = fc.array(
  fc.record({
    jar: fc.constantFrom('a', 'b', 'c'),
    type: fc.constantFrom('JarOpened', 'CoinAdded', 'CoinAdded', 'CoinAdded', 'CoinOwed', 'JarSigned'),
  }),
  { minLength: 1, maxLength: 25 },
);
type Told = readonly { readonly jar: string; readonly type: string }[];

/** Where a server dies: at which of its calls to the store, and whether that was done nevertheless. Another one goes on in its place. */
const death = fc.record({ call: fc.nat(12), isDone: fc.boolean() });
type Death = typeof death extends fc.Arbitrary<infer Value> ? Value : never;
const server = fc.record({ pageSize: fc.integer({ min: 1, max: 6 }), deaths: fc.array(death, { maxLength: 4 }) });

/** Runs of one projection on several servers, a store for each: what they leave behind, in however many orders of their steps. */
export function describeRuns(adapter: string, open: () => Promise<readonly [ViewStore, ViewStore, ViewStore]>, numRuns: number): void {
  describe(`runs of one projection on ${adapter}`, () => {
    let stores: readonly [ViewStore, ViewStore, ViewStore];
    let round = 0;
    beforeAll(async () => {
      stores = await open();
    });
    afterAll(() => Promise.all(stores.map((store) => store.close())));

    it('end with the rows of a single run, in whatever order they do their steps, wherever they die, with a rebuild or another version between them', async () => {
      const between = fc.constantFrom('nothing', 'rebuild', 'newer version');
      await fc.assert(
        fc.asyncProperty(
          story,
          fc.tuple(server, server, server),
          between,
          fc.scheduler(),
          async (told, [one, other, third], what, scheduler) => {
            const projection = contents(`jars-${round++}`, 1);
            const newest = what === 'newer version' ? { ...contents(projection.name, 2) } : projection;
            const jars = new Jars(projection, told);
            const working = [jars.live(projection, stores[0], scheduler, one), jars.live(newest, stores[1], scheduler, other)];
            if (what === 'rebuild') working.push(jars.rebuild(projection, stores[2], scheduler, third));
            await scheduler.waitFor(Promise.all(working));

            const store = new EmbeddedViewStore();
            const alone = new Jars(newest, told);
            await alone.toTheEnd(await alone.resumed(store), told.length);
            const left = await stores[0].open(projection.name);
            expect(await textOf(left.rows)).toEqual(await textOf(store.collection(projection.name)));
            expect(left.checkpoint).toEqual(await store.checkpoint(projection.name));
            expect(jars.untold).toEqual([]);
          },
        ),
        { numRuns },
      );
    });
  });
}

class Died extends Error {}

/** A log, and the servers that fold it. */
class Jars {
  readonly events: readonly Handed[];
  /** Checkpoints that followers were shown which miss a change. */
  readonly untold: object[] = [];
  private rebuilds = 0;

  constructor(
    private readonly projection: AnyProjection,
    told: Told,
  ) {
    this.events = told.map(({ jar, type }, n) => {
      const about = { id: `${n}`, type: type === 'CoinOwed' ? 'CoinAdded' : type, position: at(n), stream: `jar-${jar}`, revision: n };
      return { ...about, about: {}, decoded: () => ({ ...about, data: { cents: type === 'CoinOwed' ? -1 : n }, metadata: {} }) as never };
    });
  }

  resumed(store: ViewStore, projection = this.projection, name?: string): Promise<ProjectionRun> {
    return ProjectionRun.resume(projection, store, { id: 'log', head: async () => at(this.events.length - 1) }, new Map(), name);
  }

  /** What is paused at an event is told to skip it. */
  async toTheEnd(run: ProjectionRun, size: number): Promise<ProjectionRun> {
    for (;;) {
      const page = this.events.filter(({ position }) => run.position === undefined || position > run.position).slice(0, size);
      const last = page.at(-1);
      if (!last) return run;
      await run.fold(page, last.position);
      if (run.poison) run.skip({ event: run.poison.event, projection: run.projection.name, reason: '' } as never);
    }
  }

  /** A server that holds the view: begins again where another run was faster, as another one does where it dies. */
  live(
    projection: AnyProjection,
    store: ViewStore,
    scheduler: fc.Scheduler,
    { pageSize, deaths }: { readonly pageSize: number; readonly deaths: readonly Death[] },
  ): Promise<void> {
    return untilDone(deaths, async (dies) => {
      const mortal = this.mortal(store, scheduler, dies);
      const run = await this.resumed(mortal, projection);
      if (run.version > projection.version) return;
      if (run.isOutdated) await this.rebuildBeside(projection, mortal, pageSize);
      else await this.toTheEnd(run, pageSize);
    });
  }

  rebuild(
    projection: AnyProjection,
    store: ViewStore,
    scheduler: fc.Scheduler,
    { pageSize, deaths }: { readonly pageSize: number; readonly deaths: readonly Death[] },
  ): Promise<void> {
    return untilDone(deaths, (dies) => this.rebuildBeside(projection, this.mortal(store, scheduler, dies), pageSize));
  }

  private async rebuildBeside(projection: AnyProjection, store: ViewStore, size: number): Promise<void> {
    const fresh = await this.resumed(store, projection, `${projection.name}.beside-${this.rebuilds++}`);
    do await this.toTheEnd(fresh, size);
    while (!(await fresh.takeTheirPlace()));
  }

  /** A store each of whose calls waits until the scheduler lets it go on, and one of which is the last. */
  private mortal(store: ViewStore, scheduler: fc.Scheduler, death: Death | undefined): ViewStore {
    let calls = 0;
    const caller: Caller = async (method, work) => {
      await scheduler.schedule(Promise.resolve(), method);
      const isLast = calls++ === death?.call;
      if (isLast && !death?.isDone) throw new Died();
      const answer = await work();
      if (isLast) throw new Died();
      return answer;
    };
    return storeCalledBy(caller, this.watched(store));
  }

  /** The store, looked at whenever a run has moved its checkpoint. */
  private watched(store: ViewStore): ViewStore {
    const open: ViewStore['open'] = async <Row extends object>(name: string, indexes?: readonly string[]) => {
      const opened = await store.open<Row>(name, indexes);
      const saveCheckpoint: typeof opened.saveCheckpoint = async (next, previous) => {
        const isSaved = await opened.saveCheckpoint(next, previous);
        if (isSaved) await this.look(opened.rows, next, previous);
        return isSaved;
      };
      return { ...opened, saveCheckpoint };
    };
    return Object.assign(Object.create(store) as ViewStore, { open });
  }

  /** Whoever follows the view is told of every change up to the checkpoint, and never of one beyond it. */
  private async look(
    rows: StoredRows<object>,
    { position = '', changed = '' }: Checkpoint,
    previous: Checkpoint | undefined,
  ): Promise<void> {
    for await (const page of pagesOf(rows)) {
      const missed = page.filter((row) => row.position <= position && row.position > changed);
      if (missed.length > 0) this.untold.push({ position, changed, missed });
    }
    if (changed > position || changed < (previous?.changed ?? '')) this.untold.push({ position, changed, previous });
  }
}

/** Goes on where another run was faster, and where it died. */
async function untilDone([dies, ...later]: readonly Death[], work: (dies: Death | undefined) => Promise<unknown>): Promise<void> {
  try {
    await work(dies);
  } catch (error) {
    if (error instanceof Superseded) return untilDone(dies ? [dies, ...later] : [], work);
    if (!(error instanceof Died)) throw error;
    return untilDone(later, work);
  }
}

async function textOf(rows: StoredRows<object>): Promise<readonly string[]> {
  const texts: string[] = [];
  for await (const page of pagesOf(rows)) texts.push(...page.map(canonicalJson));
  return texts;
}

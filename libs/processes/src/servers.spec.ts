import { expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { AddCoin, jar, jarEvents, OpenJar, plumbing, sent } from '#event-store/handle.testing';
import type { EventLog } from '#event-store/event-log';
import { canonicalJson } from '#kernel/canonical-json';
import { streamKey } from '#kernel/envelope';
import { unchanged } from '#kernel/chosen-events';
import type { Process } from '#kernel/process';
import type { AnyProjection, Projection } from '#kernel/projection';
import { calledBy, storeCalledBy } from '#view-store/called-by.testing';
import { EmbeddedViewStore } from '#view-store/embedded/embedded-view-store';
import { SharedViewStore } from '#view-store/leases.testing';
import { scansInThread } from '#views/past/prefix-scans.testing';
import type { PrefixScans } from '#views/past/prefix-scans';
import { ProcessRunner } from './process-runner.js';
import { ProjectionRunner } from '#views/run/projection-runner';
import { pagesOf, type StoredRows, type ViewStore } from '#view-store/view-store';
import { skippingEvents } from '#views/skip/skipping.events';
import { systemClock } from '#engines/system-clock';

const leaseSeconds = 0.4;

const jarsOf = (version: number): Projection<{ version: number; coins: readonly number[] }, typeof jarEvents, 'JarOpened'> => ({
  name: 'jars',
  version,
  readableSince: 1,
  events: jarEvents,
  key: ({ stream }) => streamKey(stream),
  starts: { JarOpened: () => ({ version, coins: [] }) },
  on: { CoinAdded: (row, { data: { cents } }) => ({ version, coins: [...row.coins, cents] }), ...unchanged('JarSigned') },
});

/** Wants a coin of seven put into each jar once it is open. */
const saver: Process<{ opened: string; isSaved: boolean }, typeof jarEvents, 'JarOpened', { AddCoin: { jar: string; cents: number } }> = {
  due: ({ opened, isSaved }, key) =>
    isSaved
      ? []
      : [{ id: 'coin', at: '2026-01-01T00:00:00.000Z', because: opened, command: { type: 'AddCoin', content: { jar: key, cents: 7 } } }],
  key: ({ stream }) => streamKey(stream),
  starts: { JarOpened: ({ id }) => ({ opened: id, isSaved: false }) },
  on: {
    CoinAdded: (row, { data: { cents } }) => ({ ...row, isSaved: row.isSaved || cents === 7 }),
    ...unchanged('JarSigned'),
  },
  name: 'saver',
  version: 1,
  events: jarEvents,
};

const who = fc.nat(2);
const steps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ act: fc.constant('record' as const) }) },
    { weight: 3, arbitrary: fc.record({ act: fc.constant('come' as const), version: fc.constantFrom(1, 1, 2) }) },
    { weight: 1, arbitrary: fc.record({ act: fc.constant('stop' as const), who }) },
    { weight: 3, arbitrary: fc.record({ act: fc.constant('kill' as const), who, calls: fc.nat(30), isDone: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ act: fc.constant('pause' as const), who }) },
    { weight: 1, arbitrary: fc.record({ act: fc.constant('go on' as const), who }) },
    { weight: 1, arbitrary: fc.record({ act: fc.constant('rebuild' as const), who }) },
    { weight: 3, arbitrary: fc.record({ act: fc.constant('wait' as const), ms: fc.nat(300) }) },
  ),
  { minLength: 3, maxLength: 16 },
);

const never = new Promise<never>(() => undefined);

/** A server, which does nothing any more once it is killed, and nothing while it is suspended. */
class Life {
  private readonly killed = new AbortController();
  private callsLeft = Infinity;
  private isDone = false;
  private paused = Promise.resolve();
  private goOn: () => void = () => undefined;
  runner: ProjectionRunner | undefined;
  acting: ProcessRunner | undefined;

  constructor(readonly version: number) {}

  /** Kills it at one of its next calls, which is done nevertheless or not. */
  kill(calls: number, isDone: boolean): void {
    [this.callsLeft, this.isDone] = [calls, isDone];
  }

  get isDead(): boolean {
    return this.killed.signal.aborted;
  }

  pause(): void {
    const { goOn } = this;
    this.paused = new Promise((resolve) => (this.goOn = () => (resolve(), goOn())));
  }

  wake(): void {
    this.goOn();
    this.goOn = () => undefined;
  }

  async call<Result>(work: () => Promise<Result>): Promise<Result> {
    await this.paused;
    if (this.isDead) return never;
    const isLast = this.callsLeft-- <= 0;
    if (isLast) this.killed.abort();
    if (isLast && !this.isDone) return never;
    const result = await work();
    await this.paused;
    return this.isDead ? never : result;
  }

  store(store: ViewStore): ViewStore {
    return storeCalledBy((_, work) => this.call(work), store);
  }

  log(log: EventLog): EventLog {
    return calledBy((_, work) => this.call(work), log, { subscribe: (after, signal) => this.pages(log, after, signal) });
  }

  private async *pages(log: EventLog, after: string | undefined, signal: AbortSignal) {
    for await (const page of log.subscribe(after, AbortSignal.any([signal, this.killed.signal]))) yield await this.call(async () => page);
    if (this.isDead) await never;
  }
}

/** A log, views of it, and the servers that share them. */
class World {
  private readonly parts = plumbing(skippingEvents);
  private readonly store = new SharedViewStore();
  private readonly lives: Life[] = [];
  /** Also those of the dead, whose threads end with them. */
  private readonly scans: PrefixScans[] = [];
  private jars = 0;
  private newest = 1;
  readonly troubles: string[] = [];

  async do(step: typeof steps extends fc.Arbitrary<(infer Step)[]> ? Step : never): Promise<void> {
    const life = 'who' in step ? this.lives[step.who] : undefined;
    if (step.act === 'record') await this.record();
    else if (step.act === 'wait') await this.pass(step.ms);
    else if (step.act === 'come' && this.lives.length < 3) void this.come(step.version);
    else if (step.act === 'kill') life?.kill(step.calls, step.isDone);
    else if (step.act === 'pause') life?.pause();
    else if (step.act === 'go on') life?.wake();
    else if (step.act === 'stop' && life?.acting) void this.stop(this.lives.splice(step.who, 1)[0] as Life);
    else if (step.act === 'rebuild' && life?.runner) void this.rebuild(life.runner);
    for (const [index, one] of this.lives.entries()) if (one.isDead) this.lives.splice(index, 1);
    await this.pass(5);
  }

  /** Everybody wakes, and one more comes who can do everything. */
  async end(): Promise<void> {
    for (const life of this.lives) {
      life.wake();
      // An upgrade is finished. Who has not died yet lives on.
      life.kill(life.version < this.newest ? 0 : Infinity, false);
    }
    const last = await this.come(this.newest);
    await this.record();
    const { log, codec } = this.parts;
    await this.until('folded and saved', async () => {
      const head = await log.head();
      const isFolded = ['jars', 'saver'].map(async (name) => (await this.store.checkpoint(name))?.position === head);
      return (
        (await Promise.all(isFolded)).every(Boolean) &&
        (await rowsOf<{ isSaved: boolean }>(this.store.collection('saver'))).every(({ isSaved }) => isSaved)
      );
    });
    const head = await log.head();
    const living = this.lives.filter(({ isDead }) => !isDead);
    await this.until('held by one each', async () => {
      const held = living.filter(({ isDead }) => !isDead).flatMap(({ runner }) => [...(runner?.held ?? ['?'])]);
      return held.sort().join() === 'jars,saver';
    });
    const acting = living.filter(
      ({ isDead, runner }) => !isDead && runner?.status().some(({ name, state }) => name === 'saver' && state === 'live'),
    );
    expect(acting).toHaveLength(1);
    for (const { isDead, runner } of living) if (!isDead) await runner?.reached(head, ['jars', 'saver']);
    await this.until(
      'of the newest version',
      async () => last.runner?.status().every(({ state }) => ['live', 'followed'].includes(state)) === true,
    );

    const alone = new EmbeddedViewStore();
    const projections = [jarsOf(this.newest), saver] as readonly AnyProjection[];
    const parts = { log, codec, clock: systemClock, projections };
    const single = await ProjectionRunner.start({ ...parts, store: alone, scans: scansInThread(parts), report: () => undefined });
    for (const { name } of projections) expect(await textOf(this.store.collection(name))).toEqual(await textOf(alone.collection(name)));
    await single.stop();
    for (const { coins } of await rowsOf<{ coins: number[] }>(this.store.collection('jars')))
      expect(coins.filter((cents) => cents === 7)).toHaveLength(1);

    // Of a rebuild that was killed.
    await this.until('nothing left beside', async () => (await this.store.checkpoints()).size === 2);
    for (const life of living) if (!life.isDead) await this.stop(life);
    for (const scans of this.scans) await scans.close();
    await log.close();
    this.parts.remove();
  }

  private async come(version: number): Promise<Life> {
    this.newest = Math.max(this.newest, version);
    const life = new Life(version);
    this.lives.push(life);
    const { codec, handler } = this.parts;
    const [log, store, clock] = [life.log(this.parts.log), life.store(this.store), systemClock];
    const projections = [jarsOf(version), saver] as readonly AnyProjection[];
    const scans = scansInThread({ log, codec, clock, projections });
    this.scans.push(scans);
    const report = (trouble: string, details: object) => void this.troubles.push(`${trouble} ${JSON.stringify(details)}`);
    const runner = await ProjectionRunner.start({
      log,
      codec,
      clock,
      store,
      projections,
      scans,
      report,
      sharing: { runs: true, seconds: leaseSeconds, together: [] },
    });
    life.runner = runner;
    life.acting = await ProcessRunner.start({
      processes: [saver],
      runner,
      clock,
      refusalOf: (commandId) => handler.refusalOf(commandId),
      send: ({ commandId, because, command: { content } }) => {
        const command = sent(AddCoin, content as { jar: string; cents: number }, { commandId, causationId: because, caller: 'process' });
        return life.call(() => handler.handle(jar, command));
      },
      report,
    });
    return life;
  }

  private async stop({ runner, acting }: Life): Promise<void> {
    await runner?.stop();
    await acting?.stop();
  }

  private async rebuild(runner: ProjectionRunner): Promise<void> {
    try {
      for await (const _ of runner.rebuild('jars'));
    } catch (error) {
      this.troubles.push(`a rebuild failed: ${String(error)}`);
    }
  }

  private async record(): Promise<void> {
    const key = `jar${this.jars++}`;
    await this.parts.handler.handle(jar, sent(OpenJar, { jar: key }));
    await this.parts.handler.handle(jar, sent(AddCoin, { jar: 'jar0', cents: 1 }));
  }

  private pass(ms: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, ms));
  }

  private async until(what: string, holds: () => Promise<boolean>): Promise<void> {
    for (const since = performance.now(); !(await holds().catch(() => false)); await this.pass(20)) {
      if (performance.now() - since <= 20_000) continue;
      const lives = this.lives.map(({ version, isDead, runner }) => ({ version, isDead, held: runner?.held, status: runner?.status() }));
      const there = { checkpoints: [...(await this.store.checkpoints())], leases: await this.store.leases.list(), lives };
      throw new Error(`not ${what} in the end: ${JSON.stringify(there)}`);
    }
  }
}

async function rowsOf<Row extends object>(rows: StoredRows<object>): Promise<readonly Row[]> {
  const found: Row[] = [];
  for await (const page of pagesOf(rows)) found.push(...(page as Row[]));
  return found;
}

async function textOf(rows: StoredRows<object>): Promise<readonly string[]> {
  return (await rowsOf(rows)).map(canonicalJson);
}

jest.setTimeout(600_000);

it('servers that come, stop, die at any step and are suspended end with everything folded and done once, with one that acts', async () => {
  const [rounds, worlds, seed] = [
    Number(process.env['ROUNDS'] ?? 1),
    Number(process.env['WORLDS'] ?? 12),
    Number(process.env['SEED'] ?? Date.now() % 2 ** 31),
  ];
  for (let round = 0; round < rounds; round++) {
    // Many at once: most of their time they wait.
    await Promise.all(
      fc.sample(steps, { numRuns: worlds, seed: seed + round }).map(async (plan) => {
        const world = new World();
        try {
          for (const step of plan) await world.do(step);
          await world.end();
        } catch (error) {
          throw new Error(`seed ${seed + round}: ${JSON.stringify(plan)} ${world.troubles.join('\n')}`, { cause: error });
        }
      }),
    );
  }
});

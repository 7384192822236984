import { randomUUID } from 'node:crypto';
import type { Codec } from '#event-store/codec';
import type { EventLog, LoggedEvent, Page } from '#event-store/event-log';
import { canonicalJson } from '#kernel/canonical-json';
import type { Clock } from '#kernel/clock';
import type { Position, Recorded } from '#kernel/envelope';
import type { AnyProjection, Stored } from '#kernel/projection';
import { failures } from '#kernel/refused';
import { EmbeddedReadStore } from './embedded/embedded-read-store.js';
import { ProjectionRun, type Handed, type Poison } from './projection-run.js';
import type { Collection, ReadStore } from './read-store.js';

export const { texts: projectionFailures, fail } = failures({
  'view-behind': {
    fi: 'Näkymä {projection} ei ole vielä kohdassa {position}. Muutos on tallessa: kysy hetken päästä uudelleen.',
    sv: 'Vyn {projection} har ännu inte nått positionen {position}. Ändringen är sparad: fråga igen om en stund.',
    en: 'The view {projection} has not reached the position {position} yet. The change is recorded: ask again in a moment.',
  },
  'view-paused': {
    fi: 'Näkymä {projection} on pysähtynyt tapahtumaan, jota se ei voi käsitellä. Muutos on tallessa; ylläpito näkee syyn komennolla digituki projections status.',
    sv: 'Vyn {projection} har stannat vid en händelse som den inte kan behandla. Ändringen är sparad; administratören ser orsaken med kommandot digituki projections status.',
    en: 'The view {projection} stopped at an event that it cannot fold. The change is recorded; operators see the reason with digituki projections status.',
  },
  'position-unknown': {
    fi: 'Kohtaa {position} ei ole tässä lokissa. Käytä kuittauksen antamaa kohtaa.',
    sv: 'Positionen {position} finns inte i denna logg. Använd positionen från kvittot.',
    en: 'There is no position {position} in this log. Use the position that a receipt gave.',
  },
  'projection-unknown': {
    fi: 'Näkymää {projection} ei ole. Näkymät ovat: {known}.',
    sv: 'Det finns ingen vy {projection}. Vyerna är: {known}.',
    en: 'There is no projection {projection}. There are: {known}.',
  },
});

export type ProjectionState = 'catching-up' | 'live' | 'paused' | 'stopped';

export interface ProjectionStatus {
  readonly name: string;
  readonly version: number;
  readonly state: ProjectionState;
  readonly position: Position | undefined;
  /** Events that the tail has read and this projection, which is paused, has not folded. */
  readonly lagEvents: number;
  /** Seconds since the oldest of them was recorded; 0 where there is none. */
  readonly lagSeconds: number;
  readonly paused: Poison | undefined;
}

/** How far a long piece of work has come. */
export interface Progress {
  readonly projection: string;
  readonly events: number;
}

/** A row that is not what the log says. */
export interface Difference {
  readonly projection: string;
  readonly id: string;
  readonly served: object | undefined;
  readonly rebuilt: object | undefined;
}

export interface Verification {
  readonly projection: string;
  readonly position: Position | undefined;
  readonly rows: number;
  readonly differences: readonly Difference[];
  /** The event at which the view, or the rebuild, stopped. */
  readonly stoppedAt: Poison | undefined;
}

interface Running {
  run: ProjectionRun;
  /** Events of the log up to its position, as the tail counted them. */
  counted: number;
  /** The time of the first event that it has not folded. */
  behindSince: number | undefined;
  /** Work that must not meet the tail: rebuild and comparison. */
  busy: Promise<unknown>;
}

interface Waiter {
  readonly position: Position;
  readonly name: string;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

const maxDifferences = 20;

/**
 * Runs all projections from one tail of the log, so that their positions advance together, and answers for them:
 * how far they are, whether they have reached a position, whether their rows are what the log says.
 */
export class ProjectionRunner {
  private readonly running = new Map<string, Running>();
  private readonly stopping = new AbortController();
  private readonly listeners: ((name: string, rows: readonly Stored<object>[]) => void)[] = [];
  private waiters: Waiter[] = [];
  private tailing: Promise<void> = Promise.resolve();
  private tailCount = 0;
  private isLive = false;
  /** The tail has failed: no view goes on before the process is started again. */
  private isBroken = false;

  private constructor(
    private readonly log: EventLog,
    private readonly codec: Codec,
    private readonly store: ReadStore,
    private readonly clock: Clock,
    private readonly onTrouble: (trouble: string, details: object) => void,
  ) {}

  /** Starts the tail. Resolves once every projection that is not paused has caught up with the log. */
  static async start(parts: {
    log: EventLog;
    codec: Codec;
    store: ReadStore;
    clock: Clock;
    projections: readonly AnyProjection[];
    onTrouble: (trouble: string, details: object) => void;
  }): Promise<ProjectionRunner> {
    const { log, codec, store, clock, projections, onTrouble } = parts;
    const runner = new ProjectionRunner(log, codec, store, clock, onTrouble);
    const place = { id: log.id, head: await log.head() };
    for (const projection of projections) {
      const run = await ProjectionRun.resume(projection, store, place);
      runner.running.set(projection.name, { run, counted: 0, behindSince: undefined, busy: Promise.resolve() });
    }
    await new Promise<void>((caughtUp, failed) => {
      runner.tailing = runner.tail(caughtUp).catch((error: unknown) => {
        runner.isBroken = true;
        runner.answerWaiters();
        onTrouble('the tail of the log broke: no view goes on until the server is started again', { reason: String(error) });
        failed(error);
      });
    });
    return runner;
  }

  /** Tells of the rows that the tail has changed, once they are served. A rebuild tells nothing. */
  onFolded(listener: (projection: string, rows: readonly Stored<object>[]) => void): void {
    this.listeners.push(listener);
  }

  /** The rows of a projection. */
  rows<Row extends object>({ name, indexes }: { name: string; indexes?: readonly string[] }): Collection<Row> {
    return this.store.collection<Row>(name, indexes);
  }

  status(): readonly ProjectionStatus[] {
    return [...this.running.values()].map(({ run, counted, behindSince }) => ({
      name: run.projection.name,
      version: run.projection.version,
      state: run.poison ? 'paused' : this.isBroken ? 'stopped' : this.isLive ? 'live' : 'catching-up',
      position: run.position,
      lagEvents: this.tailCount - counted,
      lagSeconds: behindSince === undefined ? 0 : Math.max(0, (this.clock.now() - behindSince) / 1000),
      paused: run.poison,
    }));
  }

  /**
   * Resolves once the views have folded everything up to the position: those named, and all others that are not paused,
   * since an answer may be joined from them.
   * @throws Failed `view-behind` after the time given, `view-paused`, `position-unknown`
   */
  async reached(position: Position, names: readonly string[], timeoutMs = 5_000): Promise<void> {
    const isWanted = (name: string) => names.includes(name) || !this.of(name).run.poison;
    const behind = this.names.filter((name) => isWanted(name) && !this.hasReached(name, position));
    if (behind.length === 0) return;
    if (position > (await this.log.head())) throw fail('position-unknown', { position });
    await Promise.all(behind.map((name) => this.waitFor(name, position, timeoutMs)));
  }

  private waitFor(name: string, position: Position, timeoutMs: number): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      const tooLate = () => {
        this.waiters = this.waiters.filter((other) => other !== waiter);
        reject(fail('view-behind', { projection: name, position }));
      };
      const timer = setTimeout(tooLate, timeoutMs);
      const settle = (answer: () => void) => (clearTimeout(timer), answer());
      const waiter: Waiter = { position, name, resolve: () => settle(resolve), reject: (error) => settle(() => reject(error)) };
      this.waiters.push(waiter);
      this.answerWaiters();
    });
  }

  /** Folds the log anew beside the served rows and puts the result in their place. A paused projection tries again thereby. */
  async *rebuild(name: string): AsyncGenerator<Progress, ProjectionStatus> {
    const running = this.of(name);
    const fresh = await this.freshRun(running, this.store);
    let events = 0;
    for await (const count of this.foldTo(fresh, undefined)) yield { projection: name, events: (events = count) };
    await this.exclusively(running, async () => {
      const before = events;
      for await (const count of this.foldTo(fresh, undefined)) events = before + count;
      if (fresh.position === undefined) {
        // Nothing could be folded: the rows that are served stay, and so does the reason why they stand still.
        running.run.poison = fresh.poison;
        return;
      }
      running.run = Object.assign(await fresh.takeTheirPlace(), { poison: fresh.poison });
      running.counted = running.run.poison ? running.counted : this.tailCount;
      running.behindSince = running.run.poison ? running.behindSince : undefined;
    });
    this.answerWaiters();
    yield { projection: name, events };
    return this.status().find((status) => status.name === name) as ProjectionStatus;
  }

  /** Folds the log anew into a store of its own and compares row for row with what is served. */
  async *verify(name: string): AsyncGenerator<Progress, Verification> {
    const running = this.of(name);
    const fresh = await this.freshRun(running, new EmbeddedReadStore());
    for await (const count of this.foldTo(fresh, running.run.position)) yield { projection: name, events: count };
    return this.exclusively(running, async () => {
      const { position } = running.run;
      // What the tail folded meanwhile. A paused projection is compared as far as it came.
      for await (const _ of this.foldTo(fresh, position));
      const { rows, differences } = await compare(name, running.run.rows, fresh.rows);
      return { projection: name, position, rows, differences, stoppedAt: fresh.poison ?? running.run.poison };
    });
  }

  get names(): readonly string[] {
    return [...this.running.keys()];
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.tailing;
    for (const { reject, name, position } of this.waiters.splice(0)) reject(fail('view-behind', { projection: name, position }));
  }

  private async tail(caughtUp: () => void): Promise<void> {
    const positions = [...this.running.values()].map(({ run }) => run.position);
    const from = positions.includes(undefined) ? undefined : (positions as Position[]).sort()[0];
    for await (const page of this.log.subscribe(from, this.stopping.signal)) {
      this.tailCount += page.events.length;
      await this.foldPage(page);
      if (page.end) {
        this.isLive = true;
        caughtUp();
      }
    }
  }

  private async foldPage({ events, next }: Page): Promise<void> {
    if (events.length === 0 || next === undefined) return;
    const handed = events.map((event) => this.handed(event));
    const recordedAt = Date.parse((events[0]?.metadata as { recordedAt: string }).recordedAt);
    await Promise.all(
      [...this.running.values()].map((running) =>
        this.exclusively(running, async () => {
          const wasPaused = running.run.poison;
          const changed = await running.run.fold(handed, next);
          if (changed.length > 0) for (const listener of this.listeners) listener(running.run.projection.name, changed);
          if (!running.run.poison) {
            running.counted = this.tailCount;
            return;
          }
          running.behindSince ??= recordedAt;
          if (!wasPaused) this.onTrouble('a projection is paused at an event that it cannot fold', { projection: running.run.projection.name, ...running.run.poison });
        }),
      ),
    );
    this.answerWaiters();
  }

  /** The event, decoded once for all projections that want it. */
  private handed(event: LoggedEvent): Handed {
    let recorded: Recorded | undefined;
    return {
      type: event.type,
      position: event.position,
      stream: event.stream,
      revision: event.revision,
      decoded: () => (recorded ??= this.codec.decode(event)),
    };
  }

  private hasReached(name: string, position: Position): boolean {
    const { run } = this.of(name);
    return run.position !== undefined && run.position >= position;
  }

  private answerWaiters(): void {
    this.waiters = this.waiters.filter(({ position, name, resolve, reject }) => {
      if (this.hasReached(name, position)) resolve();
      else if (this.of(name).run.poison) reject(fail('view-paused', { projection: name }));
      else if (this.isBroken) reject(fail('view-behind', { projection: name, position }));
      else return true;
      return false;
    });
  }

  private of(name: string): Running {
    const running = this.running.get(name);
    if (!running) throw fail('projection-unknown', { projection: name, known: this.names });
    return running;
  }

  private async freshRun({ run }: Running, store: ReadStore): Promise<ProjectionRun> {
    const beside = `${run.projection.name}.beside-${randomUUID()}`;
    return ProjectionRun.resume(run.projection, store, { id: this.log.id, head: await this.log.head() }, beside);
  }

  /** Folds from where the run is to a position (the log's end without one), and says how many events it has read. */
  private async *foldTo(run: ProjectionRun, upTo: Position | undefined): AsyncGenerator<number> {
    let events = 0;
    for (;;) {
      const page = await this.log.readAll({ ...(run.position && { after: run.position }), ...(upTo && { upTo }) });
      if (page.events.length === 0 || page.next === undefined) return;
      await run.fold(page.events.map((event) => this.handed(event)), page.next);
      events += page.events.length;
      yield events;
      if (page.end || run.poison) return;
    }
  }

  private exclusively<Result>(running: Running, work: () => Promise<Result>): Promise<Result> {
    const turn = running.busy.then(work);
    running.busy = turn.catch(() => undefined);
    return turn;
  }
}

async function compare(projection: string, served: Collection<object>, rebuilt: Collection<object>) {
  const differences: Difference[] = [];
  const [left, right] = [byId(served), byId(rebuilt)];
  let [a, b] = [await left.next(), await right.next()];
  let rows = 0;
  while (!a.done || !b.done) {
    const one = a.done ? undefined : a.value;
    const other = b.done ? undefined : b.value;
    const id = !one ? (other as Stored<object>)._id : !other || one._id < other._id ? one._id : other._id;
    const mine = one?._id === id ? one : undefined;
    const theirs = other?._id === id ? other : undefined;
    if (differences.length < maxDifferences && !isSame(mine, theirs)) differences.push({ projection, id, served: mine, rebuilt: theirs });
    rows += 1;
    if (mine) a = await left.next();
    if (theirs) b = await right.next();
  }
  return { rows, differences };
}

async function* byId(rows: Collection<object>): AsyncGenerator<Stored<object>> {
  for (let after: string | undefined; ; ) {
    const page = await rows.page(after, 500);
    yield* page;
    if (page.length === 0) return;
    after = page.at(-1)?._id;
  }
}

function isSame(a: object | undefined, b: object | undefined): boolean {
  return a !== undefined && b !== undefined && canonicalJson(a) === canonicalJson(b);
}

import { randomUUID } from 'node:crypto';
import type { Codec } from '#event-store/codec';
import type { EventLog, Page } from '#event-store/event-log';
import { canonicalJson } from '#kernel/canonical-json';
import type { Clock } from '#kernel/clock';
import type { EventOf, Position } from '#kernel/envelope';
import type { AnyProjection, Stored } from '#kernel/projection';
import { failures } from '#kernel/refused';
import { noTelemetry, type Telemetry } from '#telemetry/telemetry';
import type { PrefixScans } from './prefix-scans.js';
import { foldTo, handedFrom, ProjectionRun, type Handed, type Poison, type Scan } from './projection-run.js';
import { pagesOf, type Collection, type ReadStore } from './read-store.js';
import { skippedBy, type Skipped } from './skipped.js';
import { skippingEvents } from './skipping.events.js';

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

/** `rebuilding`: rows of an older version of the projection are served until those of this one are ready. */
export type ProjectionState = 'catching-up' | 'live' | 'rebuilding' | 'paused' | 'stopped';

export interface ProjectionStatus {
  readonly name: string;
  /** Of the projection whose rows are served. */
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
  /** How many rows differ, and the first of them. */
  readonly differing: number;
  readonly differences: readonly Difference[];
  /** The events that the projection was told to leave out. */
  readonly skipped: readonly Skipped[];
  /** The event at which the view, or the rebuild, stopped. */
  readonly stoppedAt: Poison | undefined;
}

/** What a rebuild put in the place of what. */
export interface Rebuilt {
  readonly projection: string;
  readonly fromVersion: number;
  readonly version: number;
  readonly rows: number;
  /** How many rows are not as they were served before. */
  readonly differing: number;
  readonly status: ProjectionStatus;
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
  private readonly pageListeners: ((events: readonly Handed[]) => void)[] = [];
  private waiters: Waiter[] = [];
  private tailing: Promise<void> = Promise.resolve();
  private renewing: Promise<unknown> = Promise.resolve();
  private tailCount = 0;
  private isLive = false;
  /** The tail has failed: no view goes on before the process is started again. */
  private isBroken = false;

  private constructor(
    readonly log: EventLog,
    readonly codec: Codec,
    private readonly store: ReadStore,
    private readonly scans: PrefixScans,
    private readonly clock: Clock,
    private readonly onTrouble: (trouble: string, details: object) => void,
    private readonly telemetry: Telemetry,
  ) {}

  /**
   * Starts the tail. Resolves once every projection that is not paused has caught up with the log; one whose stored rows
   * are of an older version, and can still be read, is rebuilt while they are served.
   */
  static async start(parts: {
    log: EventLog;
    codec: Codec;
    store: ReadStore;
    scans: PrefixScans;
    clock: Clock;
    projections: readonly AnyProjection[];
    onTrouble: (trouble: string, details: object) => void;
    telemetry?: Telemetry;
  }): Promise<ProjectionRunner> {
    const { log, codec, store, scans, clock, projections, onTrouble, telemetry = noTelemetry } = parts;
    const runner = new ProjectionRunner(log, codec, store, scans, clock, onTrouble, telemetry);
    const place = { id: log.id, head: await log.head() };
    for (const projection of projections) {
      const run = await ProjectionRun.resume(projection, store, place, await skippedBy(projection.name, log, codec));
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
    await runner.renewOutdated();
    return runner;
  }

  /** Tells of the rows that the tail has changed, and of all that a rebuild has replaced, once they are served. */
  onFolded(listener: (projection: string, rows: readonly Stored<object>[]) => void): void {
    this.listeners.push(listener);
  }

  /** Hands over every page of the tail, once all projections that are not paused have folded it. */
  onPage(listener: (events: readonly Handed[]) => void): void {
    this.pageListeners.push(listener);
  }

  /** How far a view is, everything up to there folded; undefined where nothing is. @throws Failed `view-paused`, `view-behind` while it is rebuilt, `projection-unknown` */
  positionOf(name: string): Position | undefined {
    const { run } = this.of(name);
    if (run.isOutdated) throw fail('view-behind', { projection: name, position: run.position ?? '' });
    if (run.poison) throw fail('view-paused', { projection: name });
    return run.position;
  }

  /** The rows of a projection. */
  rows<Row extends object>({ name, indexes }: { name: string; indexes?: readonly string[] }): Collection<Row> {
    return this.store.collection<Row>(name, indexes);
  }

  status(): readonly ProjectionStatus[] {
    return [...this.running.values()].map(({ run, counted, behindSince }) => ({
      name: run.projection.name,
      version: run.version,
      state: this.stateOf(run),
      position: run.position,
      lagEvents: this.tailCount - counted,
      lagSeconds: behindSince === undefined ? 0 : Math.max(0, (this.clock.now() - behindSince) / 1000),
      paused: run.poison,
    }));
  }

  /**
   * Resolves once the views have folded everything up to the position: those named, and all others that go on,
   * since an answer may be joined from them.
   * @throws Failed `view-behind` after the time given, `view-paused`, `position-unknown`
   */
  async reached(position: Position, names: readonly string[], timeoutMs = 5_000): Promise<void> {
    const goesOn = ({ poison, isOutdated }: ProjectionRun) => !poison && !isOutdated;
    const isWanted = (name: string) => names.includes(name) || goesOn(this.of(name).run);
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

  /**
   * Folds the log anew beside the served rows, compares, and puts the result in their place. A paused projection tries
   * again thereby.
   */
  async *rebuild(name: string): AsyncGenerator<Progress, Rebuilt> {
    const running = this.of(name);
    const { version: fromVersion } = running.run;
    const place = { id: this.log.id, head: await this.log.head() };
    const { rows, scan } = yield* this.scan(name, place.head, true);
    const beside = `${name}.beside-${randomUUID()}`;
    let compared: Comparison;
    try {
      const fresh = await ProjectionRun.resume(running.run.projection, this.store, place, running.run.skipped, beside);
      await fresh.adopt(rows, scan);
      compared = await this.exclusively(running, () => this.switchTo(fresh, running));
    } finally {
      await this.store.drop(beside);
    }
    for await (const page of pagesOf(running.run.rows)) this.tell(name, page);
    this.answerWaiters();
    const status = this.status().find((one) => one.name === name) as ProjectionStatus;
    return { projection: name, fromVersion, version: running.run.version, rows: compared.rows, differing: compared.differing, status };
  }

  /** Folds what came since, compares, and serves the new rows in the place of the old ones. */
  private async switchTo(fresh: ProjectionRun, running: Running): Promise<Comparison> {
    const { poison } = fresh;
    // It may have been told meanwhile to skip the event at which the scan stopped.
    if (poison && fresh.skipped.has(poison.event)) fresh.poison = undefined;
    for await (const _ of foldTo(fresh, this));
    const comparison = await compare(fresh.projection.name, running.run.rows, fresh.rows);
    if (fresh.position === undefined) {
      // Nothing could be folded: the rows that are served stay, and so does the reason why they stand still.
      running.run.poison = fresh.poison;
      return comparison;
    }
    running.run = Object.assign(await fresh.takeTheirPlace(), { poison: fresh.poison });
    if (!fresh.poison) {
      running.counted = this.tailCount;
      running.behindSince = undefined;
    }
    return comparison;
  }

  /** Folds the log anew beside the served rows and compares row for row with what is served. */
  async *verify(name: string): AsyncGenerator<Progress, Verification> {
    const running = this.of(name);
    const { position: first } = running.run;
    if (first !== undefined) yield* this.scan(name, first, true);
    return this.exclusively(running, async () => {
      // A paused projection is compared as far as it came.
      const { position, poison, skipped } = running.run;
      const { rows, scan } = await drained(this.scan(name, position ?? (await this.log.head()), false));
      const compared = await compare(name, running.run.rows, rows);
      return { projection: name, position, ...compared, skipped: [...skipped.values()], stoppedAt: scan.stoppedAt ?? poison };
    });
  }

  get names(): readonly string[] {
    return [...this.running.keys()];
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.scans.close();
    await Promise.all([this.tailing, this.renewing]);
    for (const { reject, name, position } of this.waiters.splice(0)) reject(fail('view-behind', { projection: name, position }));
  }

  private async tail(caughtUp: () => void): Promise<void> {
    const positions = [...this.running.values()].filter(({ run }) => !run.isOutdated).map(({ run }) => run.position);
    const from = positions.includes(undefined) ? undefined : (positions as Position[]).sort()[0];
    for await (const page of this.log.subscribe(from, this.stopping.signal)) {
      this.tailCount += page.events.length;
      await this.telemetry.fold(page.events, () => this.foldPage(page));
      if (page.end) {
        this.isLive = true;
        caughtUp();
      }
    }
  }

  private async foldPage({ events, next }: Page): Promise<void> {
    if (events.length === 0 || next === undefined) return;
    const handed = events.map((event) => handedFrom(event, this.codec));
    const skipped = handed.filter(({ type }) => type in skippingEvents).map((event) => (event.decoded() as EventOf<typeof skippingEvents>).data);
    const recordedAt = Date.parse((events[0]?.metadata as { recordedAt: string }).recordedAt);
    await Promise.all(
      [...this.running.values()].map((running) =>
        this.exclusively(running, async () => {
          const { run } = running;
          const { name } = run.projection;
          const wasPaused = run.poison;
          const goesOn = skipped.filter(({ projection }) => projection === name).some((one) => run.skip(one));
          if (goesOn) for await (const _ of foldTo(run, this, next, (rows) => this.tell(name, rows)));
          else this.tell(name, await run.fold(handed, next));
          if (!run.poison) {
            running.counted = this.tailCount;
            running.behindSince = undefined;
            this.telemetry.folded(name, events.length);
            return;
          }
          running.behindSince ??= recordedAt;
          if (run.poison !== wasPaused) this.onTrouble('a projection is paused at an event that it cannot fold', { projection: name, ...run.poison });
        }),
      ),
    );
    for (const listener of this.pageListeners) listener(handed);
    this.answerWaiters();
  }

  private hasReached(name: string, position: Position): boolean {
    const { run } = this.of(name);
    return !run.isOutdated && run.position !== undefined && run.position >= position;
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

  /** Has the log scanned for a view up to a position, and says how it goes. */
  private async *scan(name: string, position: Position, fresh: boolean): AsyncGenerator<Progress, { rows: Collection<object>; scan: Scan }> {
    const scanning = this.scans.scan(name, position, { fresh });
    for (;;) {
      const step = await scanning.next();
      if (step.done) return { rows: this.scans.rows(name, position, { partial: true }), scan: step.value };
      yield { projection: name, events: step.value };
    }
  }

  /** Rebuilds the views of older versions: before the start is over where nothing could read the old rows, else meanwhile. */
  private async renewOutdated(): Promise<void> {
    for (const { run } of this.running.values()) {
      if (!run.isOutdated) continue;
      const { name, version, readableSince = version } = run.projection;
      const renewed = async () => {
        const { fromVersion, rows, differing } = await drained(this.rebuild(name));
        this.onTrouble('a view was rebuilt, as its projection is of another version', { projection: name, fromVersion, version, rows, differing });
      };
      if (run.version < readableSince || run.version > version) await renewed();
      else this.renewing = this.renewing.then(renewed).catch((error: unknown) => this.isStopping || this.onTrouble('a view could not be rebuilt', { projection: name, reason: String(error) }));
    }
  }

  private get isStopping(): boolean {
    return this.stopping.signal.aborted;
  }

  private stateOf(run: ProjectionRun): ProjectionState {
    if (run.poison) return 'paused';
    if (this.isBroken) return 'stopped';
    if (run.isOutdated) return 'rebuilding';
    return this.isLive ? 'live' : 'catching-up';
  }

  private tell(name: string, rows: readonly Stored<object>[]): void {
    if (rows.length > 0) for (const listener of this.listeners) listener(name, rows);
  }

  private exclusively<Result>(running: Running, work: () => Promise<Result>): Promise<Result> {
    const turn = running.busy.then(work);
    running.busy = turn.catch(() => undefined);
    return turn;
  }
}

interface Comparison {
  readonly rows: number;
  readonly differing: number;
  readonly differences: readonly Difference[];
}

async function compare(projection: string, served: Collection<object>, rebuilt: Collection<object>): Promise<Comparison> {
  const differences: Difference[] = [];
  const [left, right] = [byId(served), byId(rebuilt)];
  let [a, b] = [await left.next(), await right.next()];
  let [rows, differing] = [0, 0];
  while (!a.done || !b.done) {
    const one = a.done ? undefined : a.value;
    const other = b.done ? undefined : b.value;
    const id = !one ? (other as Stored<object>)._id : !other || one._id < other._id ? one._id : other._id;
    const mine = one?._id === id ? one : undefined;
    const theirs = other?._id === id ? other : undefined;
    rows += 1;
    if (!isSame(mine, theirs)) {
      differing += 1;
      if (differing <= maxDifferences) differences.push({ projection, id, served: mine, rebuilt: theirs });
    }
    if (mine) a = await left.next();
    if (theirs) b = await right.next();
  }
  return { rows, differing, differences };
}

async function* byId(rows: Collection<object>): AsyncGenerator<Stored<object>> {
  for await (const page of pagesOf(rows)) yield* page;
}

function isSame(a: object | undefined, b: object | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  // Most are written alike, which is told sooner.
  return JSON.stringify(a) === JSON.stringify(b) || canonicalJson(a) === canonicalJson(b);
}

/** What a long piece of work comes to. */
async function drained<Step, Result>(work: AsyncGenerator<Step, Result>): Promise<Result> {
  for (;;) {
    const step = await work.next();
    if (step.done) return step.value;
  }
}

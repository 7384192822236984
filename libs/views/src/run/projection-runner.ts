import type { Codec } from '#event-store/codec';
import type { EventLog } from '#event-store/event-log';
import type { Clock } from '#kernel/clock';
import type { Position } from '#kernel/envelope';
import type { AnyProjection } from '#kernel/projection';
import type { Failed } from '#kernel/refused';
import { noTelemetry, type Telemetry } from '#telemetry/telemetry';
import { LogTail } from './log-tail.js';
import type { PrefixScans } from '../past/prefix-scans.js';
import { checkCheckpoint, ProjectionRun, type Handed } from '../fold/projection-run.js';
import { failProjection } from './projection-runner.failures.js';
import { Remaker, type Progress, type Rebuilt, type Verification } from '../rebuild/remaker.js';
import type { StoredRows, Poison, ViewStore } from '#view-store/view-store';
import { skippedBy } from '../fold/skipped.js';
import { View, type Actor, type ProjectionState } from './view.js';
import { ViewFollower } from '../share/view-follower.js';
import { ViewHolder } from '../share/view-holder.js';
import { Waiters } from './waiters.js';

export interface ProjectionStatus {
  readonly name: string;
  /** Of the projection whose rows are served. */
  readonly version: number;
  readonly state: ProjectionState;
  readonly position: Position | undefined;
  /** Events that the tail has read and this projection has not folded. */
  readonly lagEvents: number;
  /** Seconds since the oldest of them was recorded; 0 where there is none. */
  readonly lagSeconds: number;
  readonly paused: Poison | undefined;
}

/** How processes that share a read store share the projections. */
export interface Sharing {
  /** Whether this process takes its share; else it only follows what others fold. */
  readonly runs: boolean;
  /** How long a lease lasts without a sign of life. */
  readonly seconds: number;
  /** Projections that are taken together, each list by its first. Every other one is taken by itself. */
  readonly together: readonly (readonly string[])[];
}

export interface RunnerParts {
  readonly log: EventLog;
  readonly codec: Codec;
  readonly store: ViewStore;
  readonly scans: PrefixScans;
  readonly clock: Clock;
  readonly projections: readonly AnyProjection[];
  readonly onTrouble: (trouble: string, details: object) => void;
  readonly telemetry?: Telemetry;
  /** Where the store has leases. */
  readonly sharing?: Sharing;
  /** Told to stop while it starts, it waits no longer for what cannot be taken up. */
  readonly signal?: AbortSignal;
}

/**
 * Runs projections from one tail of the log, so that their positions advance together, and answers for all of them, also
 * those that another process folds: how far they are, whether they have reached a position, whether their rows are what
 * the log says. Where the read store has leases the projections are shared by them; without leases all are this process's.
 */
export class ProjectionRunner {
  private readonly views: ReadonlyMap<string, View>;
  readonly log: EventLog;
  readonly codec: Codec;
  private readonly store: ViewStore;
  private readonly stopping = new AbortController();
  private readonly changeListeners: ((name: string, position: Position) => void)[] = [];
  private readonly pageListeners: ((events: readonly Handed[]) => void)[] = [];
  private readonly waiters = new Waiters();
  private readonly remaker: Remaker;
  private readonly holder: ViewHolder;
  private readonly follower: ViewFollower;
  private readonly tail: LogTail;

  private constructor(private readonly parts: RunnerParts) {
    ({ log: this.log, codec: this.codec, store: this.store } = parts);
    this.views = new Map(parts.projections.map((projection) => [projection.name, new View(projection)]));
    const { views } = this;
    const { signal } = this.stopping;
    const told = {
      onChanged: (name: string, position: Position) => this.tellChanged(name, position),
      onMoved: () => (this.tail.forgetFolded(), this.answerWaiters()),
    };
    this.remaker = new Remaker({ ...parts, onMade: (view, run) => this.holder.made(view, run) });
    this.holder = new ViewHolder({
      ...parts,
      ...told,
      views,
      signal,
      starting: parts.signal,
      together: parts.sharing?.together ?? [],
      rebuild: ({ name }) => this.rebuild(name),
    });
    this.follower = new ViewFollower({
      ...parts,
      ...told,
      views,
      signal,
      holder: this.holder,
      leaseSeconds: parts.sharing?.seconds,
      waitedFor: () => this.waiters.waitForOthers,
    });
    this.tail = new LogTail({
      ...parts,
      views,
      signal,
      holder: this.holder,
      telemetry: parts.telemetry ?? noTelemetry,
      onPage: (events) => this.tellPage(events),
      onBroken: () => this.answerWaiters(),
    });
  }

  /**
   * Starts the tail. Resolves once every projection that is this process's part, and not paused, has caught up with the
   * log; one whose stored rows are of an older version, and can still be read, is rebuilt while they are served.
   * @throws Failed `view-of-another-log`, `view-ahead-of-log`
   */
  static async start(parts: RunnerParts): Promise<ProjectionRunner> {
    const runner = new ProjectionRunner(parts);
    const { log, store, sharing } = parts;
    // In this order: others move views on with what is recorded meanwhile.
    const checkpoints = await store.checkpoints();
    const place = { id: log.id, head: await log.head() };
    for (const view of runner.views.values()) {
      view.seen = checkpoints.get(view.name);
      checkCheckpoint(view.name, view.seen, place);
      if (store.leases) continue;
      view.isOurs = true;
      view.run = await ProjectionRun.resume(view.projection, store, log, await skippedBy(view.name, log, runner.codec));
    }
    await runner.tail.start(store.leases ? runner.earliestSeen(place.head) : runner.earliest());
    for (const { run } of runner.views.values()) if (run) await runner.holder.renew(run);
    if (store.leases) {
      // Never waited for: it only reads, and a store that is down would keep the process from stopping.
      void runner.follower.look();
      if (sharing?.runs) await runner.holder.share(store.leases, sharing.seconds);
    }
    return runner;
  }

  /** Has it act on the rows of its projections wherever they are folded here, now and later. @throws Failed `projection-unknown` */
  async act(actor: Actor): Promise<void> {
    for (const name of actor.acts) this.of(name);
    await this.holder.act(actor);
  }

  /** Tells of each change of rows by the position of the event that changed them, once they are served. */
  onChanged(listener: (projection: string, position: Position) => void): void {
    this.changeListeners.push(listener);
  }

  /** Hands over every page of the tail, once all projections that go on here have folded it. */
  onPage(listener: (events: readonly Handed[]) => void): void {
    this.pageListeners.push(listener);
  }

  /**
   * How far a view is, everything up to there folded; undefined where nothing is.
   * @throws Failed `view-paused`, `view-behind` while there are rows of another version that cannot be read, `projection-unknown`
   */
  positionOf(name: string): Position | undefined {
    const view = this.of(name);
    if (view.isOutdated && !view.isReadable) throw failProjection('view-behind', { projection: name, position: view.position ?? '' });
    if (view.poison) throw failProjection('view-paused', { projection: name });
    return view.position;
  }

  /**
   * The rows of a projection, wherever they are folded.
   * @throws Failed `view-unreadable` where there are none yet, or none that this version can read; `views-unavailable` at
   *   once where the store is known to be down
   */
  rows<Row extends object>({ name, indexes }: { name: string; indexes?: readonly string[] }): StoredRows<Row> {
    const { cannotLook } = this.follower;
    if (cannotLook) throw cannotLook;
    const view = this.views.get(name);
    if (view && !view.isReadable)
      throw failProjection('view-unreadable', { projection: name, version: view.version, known: view.projection.version });
    return this.store.collection<Row>(name, indexes);
  }

  /** How each projection stands just now. */
  status(): readonly ProjectionStatus[] {
    return [...this.views.values()].map((view) => {
      const { events, since } = this.tail.lagOf(view);
      return {
        name: view.name,
        version: view.version,
        state: this.stateOf(view),
        position: view.position,
        lagEvents: events,
        lagSeconds: since === undefined ? 0 : Math.max(0, (this.parts.clock.now() - since) / 1_000),
        paused: view.poison,
      };
    });
  }

  /** The shares of the work: views that are taken together go by the first of them. */
  get shares(): readonly string[] {
    return this.holder.shares;
  }

  /** The shares that this process has; all of them where nothing is shared. */
  get held(): readonly string[] {
    return this.holder.held;
  }

  /**
   * Resolves once the views have folded everything up to the position: those named, and all others that go on,
   * since an answer may be joined from them.
   * @throws Failed `view-behind` after the time given, `view-paused`, `position-unknown`, `projection-unknown`
   */
  async reached(position: Position, names: readonly string[], timeoutMs = 5_000): Promise<void> {
    for (const name of names) this.of(name);
    const late = [...this.views.values()].filter(
      (view) => (names.includes(view.name) || (!view.poison && !view.isOutdated)) && !view.hasReached(position),
    );
    if (late.length === 0) return;
    if (position > (await this.log.head())) throw failProjection('position-unknown', { position });
    const waited = Promise.all(late.map((view) => this.waiters.wait(view, position, timeoutMs, () => behind(view, position))));
    this.answerWaiters();
    this.follower.hurry();
    await waited;
  }

  /** Folds the log anew beside the served rows, compares, and puts the result in their place. A paused projection tries again thereby. */
  async *rebuild(name: string): AsyncGenerator<Progress, Rebuilt> {
    const rebuilt = yield* this.remaker.rebuild(this.of(name));
    this.answerWaiters();
    return rebuilt;
  }

  /** Folds the log anew and compares row for row with what is served, which goes on meanwhile. */
  verify(name: string): AsyncGenerator<Progress, Verification> {
    return this.remaker.verify(this.of(name));
  }

  get names(): readonly string[] {
    return [...this.views.keys()];
  }

  /** Gives back at once what it holds, once what is under way is folded. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.follower.hurry();
    await this.holder.stop();
    await this.parts.scans.close();
    await Promise.all([this.tail.ended(), this.holder.idle()]);
    this.waiters.answer(behind);
  }

  /** The position that all runs have folded. */
  private earliest(): Position | undefined {
    const positions = [...this.views.values()].filter(({ run }) => run && !run.isOutdated).map(({ position }) => position);
    return positions.includes(undefined) ? undefined : (positions as Position[]).sort()[0];
  }

  /** Where the tail begins to count what others have not folded. What stands still is not waited for, nor what nobody has made. */
  private earliestSeen(head: Position): Position {
    const going = [...this.views.values()].filter(({ isOutdated, poison }) => !isOutdated && !poison);
    return [head, ...going.flatMap(({ position }) => position ?? [])].sort()[0] as Position;
  }

  private answerWaiters(): void {
    this.waiters.answer((view, position) => {
      if (view.poison) return failProjection('view-paused', { projection: view.name });
      return this.tail.isBroken ? behind(view, position) : undefined;
    });
  }

  private of(name: string): View {
    const view = this.views.get(name);
    if (!view) throw failProjection('projection-unknown', { projection: name, known: this.names });
    return view;
  }

  private stateOf(view: View): ProjectionState {
    if (view.poison) return 'paused';
    if (this.tail.isBroken) return 'stopped';
    if (!view.isReadable) return 'catching-up';
    if (!view.run && !view.isOurs && !this.follower.isAttended(this.holder.shareOf(view))) return 'unattended';
    if (view.isOutdated) return 'rebuilding';
    if (!view.run) return view.isOurs ? 'catching-up' : 'followed';
    return this.tail.isLive ? 'live' : 'catching-up';
  }

  private tellPage(events: readonly Handed[]): void {
    for (const listener of this.pageListeners) listener(events);
    this.answerWaiters();
  }

  private tellChanged(name: string, position: Position): void {
    for (const listener of this.changeListeners) listener(name, position);
  }
}

function behind({ name: projection }: View, position: Position): Failed {
  return failProjection('view-behind', { projection, position });
}

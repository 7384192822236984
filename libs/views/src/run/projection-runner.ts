import type { Codec } from '#event-store/codec';
import type { EventLog } from '#event-store/event-log';
import type { Clock } from '#kernel/clock';
import type { Position } from '#kernel/envelope';
import type { Instant } from '#kernel/helsinki-time';
import type { AnyProjection } from '#kernel/projection';
import type { Failed } from '#kernel/refused';
import { noTelemetry, type Telemetry } from '#telemetry/telemetry';
import { LogTail } from './log-tail.js';
import type { PrefixScans } from '../past/prefix-scans.js';
import { checkCheckpoint, type Handed } from '../fold/projection-run.js';
import { failProjection } from './projection-runner.failures.js';
import { Rebuilder, drained, type Progress, type Rebuilt, type Verification } from '../rebuild/rebuilder.js';
import type { StoredRows, Leases, Poison, ViewStore } from '#view-store/view-store';
import { dropUnfinished } from '../rebuild/rows-beside.js';
import { Reactors, type Reactor } from '../life/reactors.js';
import { stateOf, type ProjectionState } from '../life/view-life.js';
import { View } from '../life/view.js';
import { Shares, type Sharing } from '../share/shares.js';
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

export interface RunnerParts {
  readonly log: EventLog;
  readonly codec: Codec;
  readonly store: ViewStore;
  readonly scans: PrefixScans;
  readonly clock: Clock;
  readonly projections: readonly AnyProjection[];
  readonly report: (what: string, details: object) => void;
  /** Told when each event of the tail was recorded, before any view shows it. */
  readonly onRecorded?: (at: Instant) => void;
  readonly telemetry?: Telemetry;
  /** Where the store has leases. */
  readonly sharing?: Sharing;
  /** Aborts the start: it stops waiting for views that cannot be opened. */
  readonly abortStart?: AbortSignal;
}

/**
 * Runs projections from one tail of the log, so that their positions advance together, and answers for all of them, also
 * those that another server folds: how far they are, whether they have reached a position, whether their rows are what
 * the log says. Where the view store has leases the projections are shared by them; without leases all are this server's.
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
  private readonly reactors = new Reactors();
  private readonly work: Shares;
  /** Resolved once the tail has caught up at the start. */
  private readonly caughtUp = Promise.withResolvers<void>();
  private readonly rebuilder: Rebuilder;
  private readonly holder: ViewHolder;
  private readonly follower: ViewFollower;
  private readonly tail: LogTail;

  private constructor(private readonly parts: RunnerParts) {
    ({ log: this.log, codec: this.codec, store: this.store } = parts);
    const { log, store, sharing, projections } = parts;
    const where = { log: log.id, isShared: store.leases !== undefined };
    this.views = new Map(projections.map((projection) => [projection.name, new View(projection, where)]));
    const common = { ...parts, views: this.views, stopping: this.stopping.signal };
    this.work = new Shares({ ...common, leases: store.leases, together: sharing?.together ?? [] });
    this.rebuilder = new Rebuilder({
      ...common,
      rebuilt: (view, run) => this.holder.rebuilt(view, run),
      notRebuilt: (view, pausedAt) => this.holder.notRebuilt(view, pausedAt),
    });
    this.holder = new ViewHolder({
      ...common,
      reactors: this.reactors,
      caughtUp: this.caughtUp.promise,
      rebuild: ({ name }) => drained(this.rebuild(name)),
      decline: (view) => this.work.decline(view),
      onChanged: (name, position) => this.tellChanged(name, position),
      onMoved: () => this.moved(),
    });
    this.follower = new ViewFollower({
      ...common,
      happened: (view, event) => this.holder.happened(view, event),
      leaseSeconds: sharing?.seconds,
      waitedFor: () => this.waiters.waitForOthers,
      onLooked: () => (this.work.acceptReadable(), this.moved()),
    });
    this.tail = new LogTail({
      ...common,
      holder: this.holder,
      telemetry: parts.telemetry ?? noTelemetry,
      onPage: (events) => this.tellPage(events),
      onBroken: () => this.answerWaiters(),
    });
    store.onLost?.(() => this.openAgain());
  }

  /**
   * Starts the tail. Resolves once every projection that is this server's part, and not paused, has caught up with the
   * log; one whose stored rows are of an older version, and can still be read, is rebuilt while they are served.
   * @throws Failed `view-of-another-log`, `view-ahead-of-log`
   */
  static async start(parts: RunnerParts): Promise<ProjectionRunner> {
    const runner = new ProjectionRunner(parts);
    const { log, store, sharing } = parts;
    // In this order: others move views on with what is recorded meanwhile.
    const checkpoints = await store.checkpoints();
    const head = await log.head();
    for (const view of runner.views.values()) {
      const found = checkpoints.get(view.name);
      checkCheckpoint(view.name, found, { id: log.id, head });
      runner.holder.happened(view, { type: 'seen', found, since: undefined });
      if (!store.leases) await runner.holder.openAlone(view);
    }
    await runner.tail.start(store.leases ? runner.earliestSeen(head) : runner.earliest());
    runner.caughtUp.resolve();
    if (!store.leases) return runner;
    // Never waited for: it only reads, and a store that is down would keep the server from stopping.
    void runner.follower.follow();
    if (sharing?.runs) await runner.takePart(store.leases, sharing.seconds);
    return runner;
  }

  /** What was folded here is lost: it is folded again from what the store has. */
  private openAgain(): void {
    for (const view of this.views.values())
      this.holder.happened(view, { type: 'fold-failed', reason: 'its rows were lost', isSuperseded: true });
  }

  /** Takes its share of the work, and brings up to the log what it is given to begin with. */
  private async takePart(leases: Leases, seconds: number): Promise<void> {
    await this.work.join(leases, seconds, {
      held: (view) => this.holder.happened(view, { type: 'held' }),
      lost: (view) => this.holder.lost(view),
      onDead: (lease) => dropUnfinished(this.store, lease),
    });
    await Promise.race([this.holder.opened(), untilAborted(this.parts.abortStart)]);
  }

  /** Has it react to the rows of its projections wherever they are folded here, now and later. @throws Failed `projection-unknown` */
  async attach(reactor: Reactor): Promise<void> {
    for (const name of reactor.reactsTo) this.of(name);
    await this.reactors.attach(reactor, this.views);
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
    if (view.pausedAt) throw failProjection('view-paused', { projection: name });
    return view.position;
  }

  /** Up to where everything is folded into the rows that are served, whatever else may be wrong with the view; undefined where nothing is. */
  shownUpTo(name: string): Position | undefined {
    return this.views.get(name)?.position;
  }

  /** How often anything that can be read of the views has changed; undefined where others fold them, so that nobody here knows it at once. */
  get changeCount(): number | undefined {
    const { changeCount } = this.store;
    return changeCount === undefined ? undefined : changeCount + this.holder.happenings;
  }

  /** Whether every view has folded all that the tail has read. */
  get isUpToDate(): boolean {
    return this.tail.isFolded;
  }

  /** The types of the events that a view is made of. @throws Failed `projection-unknown` */
  typesOf(name: string): readonly string[] {
    return Object.keys(this.of(name).projection.events);
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
        paused: view.pausedAt,
      };
    });
  }

  /** The shares of the work: views that are taken together go by the first of them. */
  get shares(): readonly string[] {
    return this.work.all;
  }

  /** The shares that this server has; all of them where nothing is shared. */
  get held(): readonly string[] {
    return this.work.held;
  }

  /**
   * Resolves once the views have folded everything up to the position: those named, and all others that go on,
   * since an answer may be joined from them.
   * @throws Failed `view-behind` after the time given, `view-paused`, `position-unknown`, `projection-unknown`
   */
  async reached(position: Position, names: readonly string[], timeoutMs = 5_000): Promise<void> {
    for (const name of names) this.of(name);
    const late = [...this.views.values()].filter(
      (view) => (names.includes(view.name) || (!view.pausedAt && !view.isOutdated)) && !view.hasReached(position),
    );
    if (late.length === 0) return;
    if (position > (await this.log.head())) throw failProjection('position-unknown', { position });
    const waited = Promise.all(late.map((view) => this.waiters.wait(view, position, timeoutMs, () => behind(view, position))));
    this.answerWaiters();
    this.follower.hurry();
    await waited;
  }

  /** Folds the whole log beside the served rows, compares, and puts the result in their place. A paused projection tries again thereby. */
  async *rebuild(name: string): AsyncGenerator<Progress, Rebuilt> {
    const rebuilt = yield* this.rebuilder.rebuild(this.of(name));
    this.answerWaiters();
    return rebuilt;
  }

  /** Folds the whole log and compares row for row with what is served, which goes on meanwhile. */
  verify(name: string): AsyncGenerator<Progress, Verification> {
    return this.rebuilder.verify(this.of(name));
  }

  get names(): readonly string[] {
    return [...this.views.keys()];
  }

  /** Gives back at once what it holds, once what is under way is folded. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.follower.hurry();
    await this.work.leave();
    await this.parts.scans.close();
    await Promise.all([this.tail.ended(), this.holder.idle()]);
    this.waiters.answer(behind);
  }

  /** The position that all runs have folded. */
  private earliest(): Position | undefined {
    const positions = [...this.views.values()].filter(({ life }) => life.phase === 'folding').map(({ position }) => position);
    return positions.includes(undefined) ? undefined : (positions as Position[]).sort()[0];
  }

  /** Where the tail begins to count what others have not folded. What is paused is not waited for, nor what nobody has folded yet. */
  private earliestSeen(head: Position): Position {
    const going = [...this.views.values()].filter(({ isOutdated, pausedAt }) => !isOutdated && !pausedAt);
    return [head, ...going.flatMap(({ position }) => position ?? [])].sort()[0] as Position;
  }

  private answerWaiters(): void {
    this.waiters.answer((view, position) => {
      // What is still to be read may tell it to skip the event at which it is paused.
      const mayGoOn = view.isServedHere && this.tail.isAboutToRead(position);
      if (view.pausedAt && !mayGoOn) return failProjection('view-paused', { projection: view.name });
      return this.tail.isBroken ? behind(view, position) : undefined;
    });
  }

  private of(name: string): View {
    const view = this.views.get(name);
    if (!view) throw failProjection('projection-unknown', { projection: name, known: this.names });
    return view;
  }

  private stateOf(view: View): ProjectionState {
    const tail = this.tail.isBroken ? 'broken' : this.tail.isLive ? 'live' : 'catching-up';
    return stateOf(view.life, tail, this.follower.isAttended(this.work.of(view)));
  }

  /** A view has come further than the tail alone brought it. */
  private moved(): void {
    this.tail.forgetFolded();
    this.answerWaiters();
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

async function untilAborted(signal: AbortSignal | undefined): Promise<void> {
  if (!signal?.aborted) await new Promise((resolve) => signal?.addEventListener('abort', resolve, { once: true }));
}

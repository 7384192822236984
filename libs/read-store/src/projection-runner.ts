import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Codec } from '#event-store/codec';
import type { EventLog, Page } from '#event-store/event-log';
import type { Clock } from '#kernel/clock';
import type { EventOf, Position } from '#kernel/envelope';
import type { AnyProjection, Stored } from '#kernel/projection';
import { CodedError, failures, type Failed } from '#kernel/refused';
import { noTelemetry, type Telemetry } from '#telemetry/telemetry';
import { Backlog } from './backlog.js';
import { LeaseKeeper, type Share } from './lease-keeper.js';
import type { PrefixScans } from './prefix-scans.js';
import { checkCheckpoint, foldTo, handedFrom, latestOf, ProjectionRun, Superseded, type Handed } from './projection-run.js';
import { drained, Remaker, type Progress, type Rebuilt, type Verification } from './remaker.js';
import { failViews, type Checkpoint, type Collection, type Leases, type Poison, type ReadStore } from './read-store.js';
import { skippedBy, type Skipped } from './skipped.js';
import { skippingEvents } from './skipping.events.js';
import { View, type Actor, type ProjectionState } from './view.js';
import { Waiters } from './waiters.js';

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
  'view-unreadable': {
    fi: 'Näkymää {projection} ei voi nyt lukea: sitä vielä muodostetaan, tai se on toisen ohjelmaversion (versio {version}, tämä lukee version {known}). Kysy hetken päästä uudelleen; jos virhe toistuu, kerro siitä ylläpidolle.',
    sv: 'Vyn {projection} kan inte läsas just nu: den byggs upp, eller hör till en annan programversion (version {version}, denna läser version {known}). Fråga igen om en stund; om felet upprepas, meddela administratören.',
    en: 'The view {projection} cannot be read just now: it is still being made, or is of another version of the program (version {version}, this one reads version {known}). Ask again in a moment; if it happens again, tell the operators.',
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
  readonly store: ReadStore;
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

/** How often the store is asked how far others have come: otherwise, and while somebody waits for it. */
const lookMs = { idle: 250, waited: 20 };
const longestPauseMs = 30_000;

/**
 * Runs projections from one tail of the log, so that their positions advance together, and answers for all of them, also
 * those that another process folds: how far they are, whether they have reached a position, whether their rows are what
 * the log says. Where the read store has leases the projections are shared by them; without leases all are this process's.
 */
export class ProjectionRunner {
  private readonly views: ReadonlyMap<string, View>;
  readonly log: EventLog;
  readonly codec: Codec;
  private readonly store: ReadStore;
  private readonly telemetry: Telemetry;
  private readonly stopping = new AbortController();
  private readonly backlog = new Backlog();
  private readonly actors: Actor[] = [];
  private readonly changeListeners: ((name: string, position: Position) => void)[] = [];
  private readonly pageListeners: ((events: readonly Handed[]) => void)[] = [];
  private readonly waiters = new Waiters();
  private readonly remaker: Remaker;
  private tailing: Promise<void> = Promise.resolve();
  private looking: Promise<void> = Promise.resolve();
  private renewing: Promise<unknown> = Promise.resolve();
  private readonly takingUp = new Set<Promise<void>>();
  private keeper: LeaseKeeper | undefined;
  private hurry: () => void = () => undefined;
  private isLive = false;
  /** The tail has failed, and no view goes on until it can be read again. */
  private isBroken = false;
  /** Views that somebody else's rows were put in the place of. */
  private readonly ofAnotherLog = new Set<View>();
  /** Why the store could not be asked the last time. */
  private cannotLook: string | undefined;

  private constructor(private readonly parts: RunnerParts) {
    ({ log: this.log, codec: this.codec, store: this.store, telemetry: this.telemetry = noTelemetry } = parts);
    this.views = new Map(parts.projections.map((projection) => [projection.name, new View(projection)]));
    this.remaker = new Remaker({ ...parts, onMade: (view, run) => this.made(view, run) });
  }

  /**
   * Starts the tail. Resolves once every projection that is this process's part, and not paused, has caught up with the
   * log; one whose stored rows are of an older version, and can still be read, is rebuilt while they are served.
   * @throws Failed `view-of-another-log`, `view-ahead-of-log`
   */
  static async start(parts: RunnerParts): Promise<ProjectionRunner> {
    const runner = new ProjectionRunner(parts);
    const { log, store, sharing } = parts;
    const place = { id: log.id, head: await log.head() };
    const checkpoints = await store.checkpoints();
    for (const view of runner.views.values()) {
      view.seen = checkpoints.get(view.name);
      checkCheckpoint(view.name, view.seen, place);
      if (store.leases) continue;
      view.isOurs = true;
      view.run = await ProjectionRun.resume(view.projection, store, place, await skippedBy(view.name, log, runner.codec));
    }
    await new Promise<void>((caughtUp, failed) => {
      runner.tailing = runner.tail(store.leases ? runner.earliestSeen(place.head) : runner.earliest(), caughtUp).catch((error: unknown) => failed(error as Error));
    });
    for (const { run } of runner.views.values()) if (run) await runner.renew(run);
    if (store.leases) {
      runner.looking = runner.look();
      if (sharing?.runs) await runner.share(store.leases, sharing);
    }
    return runner;
  }

  /** Has it act on the rows of its projections wherever they are folded here, now and later. */
  async act(actor: Actor): Promise<void> {
    this.actors.push(actor);
    for (const name of actor.acts) {
      const view = this.of(name);
      await view.exclusively(async () => {
        if (view.run && view.isReadable) await actor.taken(name);
      });
    }
  }

  /** Tells of each change of rows by the position of the event that changed them, once they are served. */
  onChanged(listener: (projection: string, position: Position) => void): void {
    this.changeListeners.push(listener);
  }

  /** Hands over every page of the tail, once all projections that go on here have folded it. */
  onPage(listener: (events: readonly Handed[]) => void): void {
    this.pageListeners.push(listener);
  }

  /** How far a view is, everything up to there folded; undefined where nothing is. @throws Failed `view-paused`, `view-behind` while it is rebuilt, `projection-unknown` */
  positionOf(name: string): Position | undefined {
    const view = this.of(name);
    if (view.isOutdated) throw fail('view-behind', { projection: name, position: view.position ?? '' });
    if (view.poison) throw fail('view-paused', { projection: name });
    return view.position;
  }

  /** The rows of a projection. @throws Failed `view-unreadable` where there are none yet, or none that this version can read; `views-unavailable` at once where the store is known to be down */
  rows<Row extends object>({ name, indexes }: { name: string; indexes?: readonly string[] }): Collection<Row> {
    if (this.cannotLook !== undefined) throw failViews('views-unavailable', { reason: this.cannotLook });
    const view = this.views.get(name);
    if (view && !view.isReadable) throw fail('view-unreadable', { projection: name, version: view.version, known: view.projection.version });
    return this.store.collection<Row>(name, indexes);
  }

  status(): readonly ProjectionStatus[] {
    return [...this.views.values()].map((view) => {
      const { events, since } = this.backlog.after(view.position);
      return {
        name: view.name,
        version: view.version,
        state: this.stateOf(view),
        position: view.position,
        lagEvents: events,
        lagSeconds: since === undefined ? 0 : Math.max(0, (this.parts.clock.now() - since) / 1000),
        paused: view.poison,
      };
    });
  }

  /** The shares of the work: views that are taken together go by the first of them. */
  get shares(): readonly string[] {
    const followers = this.store.leases ? (this.parts.sharing?.together ?? []).flatMap((names) => names.slice(1)) : [];
    return this.names.filter((name) => !followers.includes(name));
  }

  /** The shares that this process has; all of them where nothing is shared. */
  get held(): readonly string[] {
    return this.store.leases ? (this.keeper?.held ?? []) : this.shares;
  }

  /**
   * Resolves once the views have folded everything up to the position: those named, and all others that go on,
   * since an answer may be joined from them.
   * @throws Failed `view-behind` after the time given, `view-paused`, `position-unknown`
   */
  async reached(position: Position, names: readonly string[], timeoutMs = 5_000): Promise<void> {
    for (const name of names) this.of(name);
    const late = [...this.views.values()].filter((view) => (names.includes(view.name) || (!view.poison && !view.isOutdated)) && !view.hasReached(position));
    if (late.length === 0) return;
    if (position > (await this.log.head())) throw fail('position-unknown', { position });
    const waited = Promise.all(late.map((view) => this.waiters.wait(view, position, timeoutMs, () => behind(view, position))));
    this.answerWaiters();
    this.hurry();
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
    this.hurry();
    await this.keeper?.stop();
    await this.parts.scans.close();
    await Promise.all([this.tailing, this.looking, this.renewing, ...this.takingUp]);
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

  /** Reads the log as it goes on; where it breaks, from the last page that was folded. @throws what keeps it from catching up at first */
  private async tail(from: Position | undefined, caughtUp: () => void): Promise<void> {
    let at = from;
    for (let failures = 0; !this.isStopping; ) {
      try {
        for await (const page of this.log.subscribe(at, this.stopping.signal)) {
          await this.telemetry.fold(page.events, () => this.foldPage(page));
          at = page.next ?? at;
          if (!page.end) continue;
          if (this.isBroken) this.trouble('the tail of the log goes on', {});
          failures = 0;
          this.isBroken = false;
          this.isLive = true;
          caughtUp();
        }
        return;
      } catch (error) {
        if (!this.isLive) throw error;
        if (!this.isBroken) this.trouble('the tail of the log broke: no view goes on until it can be read again', { reason: String(error) });
        this.isBroken = true;
        this.answerWaiters();
        await this.pause(failures++);
      }
    }
  }

  private async foldPage({ events, next }: Page): Promise<void> {
    if (events.length === 0 || next === undefined) return;
    const handed = events.map((event) => handedFrom(event, this.codec));
    const skipped = handed.filter(({ type }) => type in skippingEvents).map((event) => (event.decoded() as EventOf<typeof skippingEvents>).data);
    const since = Date.parse((events[0]?.metadata as { recordedAt: string }).recordedAt);
    this.backlog.add({ upTo: next, events: events.length, since });
    await Promise.all([...this.views.values()].map((view) => view.exclusively(() => this.foldInto(view, handed, next, skipped))));
    this.forgetFolded();
    for (const listener of this.pageListeners) listener(handed);
    this.answerWaiters();
  }

  private async foldInto(view: View, handed: readonly Handed[], next: Position, skipped: readonly Skipped[]): Promise<void> {
    const { run, name } = view;
    if (!run) return;
    const wasPaused = run.poison;
    try {
      const goesOn = skipped.filter(({ projection }) => projection === name).some((one) => run.skip(one));
      if (goesOn) for await (const _ of foldTo(run, this, next, (rows) => this.tell(view, rows)));
      else this.tell(view, await run.fold(handed, next));
    } catch (error) {
      await this.drop(view);
      if (!(error instanceof Superseded)) this.trouble('a view cannot be folded on', { projection: name, reason: reasonOf(error) });
      this.takeUp(view);
      return;
    }
    if (!run.poison) this.telemetry.folded(name, handed.length);
    else if (run.poison !== wasPaused) this.trouble('a projection is paused at an event that it cannot fold', { projection: name, ...run.poison });
  }

  private answerWaiters(): void {
    this.waiters.answer((view, position) => {
      if (view.poison) return fail('view-paused', { projection: view.name });
      return this.isBroken ? behind(view, position) : undefined;
    });
  }

  private of(name: string): View {
    const view = this.views.get(name);
    if (!view) throw fail('projection-unknown', { projection: name, known: this.names });
    return view;
  }

  /** Takes part in the sharing of the work, and brings up to the log what it is given to begin with. */
  private async share(leases: Leases, { seconds, together }: Sharing): Promise<void> {
    const shares = this.shares.map((name): Share => {
      const views = (together.find(([first]) => first === name) ?? [name]).map((one) => this.of(one));
      return { name, take: () => views.forEach((view) => this.take(view)), leave: async () => void (await Promise.all(views.map((view) => this.leave(view)))) };
    });
    const owner = `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`;
    this.keeper = await LeaseKeeper.start({ leases, owner, shares, seconds, onTrouble: this.parts.onTrouble });
    await Promise.race([Promise.all(this.takingUp), untilAborted(this.parts.signal)]);
  }

  private shareOf({ name }: View): string {
    return this.parts.sharing?.together.find((names) => names.includes(name))?.[0] ?? name;
  }

  private take(view: View): void {
    view.isOurs = true;
    this.takeUp(view);
  }

  private leave(view: View): Promise<void> {
    view.isOurs = false;
    return view.exclusively(async () => {
      await this.drop(view);
      // It may have been given back meanwhile, while the run that is dropped now was still in the way of another.
      if (view.isOurs) this.takeUp(view);
    });
  }

  private async made(view: View, run: ProjectionRun): Promise<void> {
    view.seen = run.checkpoint;
    if (view.run) await this.begin(view, run);
    this.tellChanged(view.name, run.position as Position);
  }

  /** Folds a view here from now on, and has act on it what can read its rows: else once they were made anew. */
  private async begin(view: View, run: ProjectionRun): Promise<void> {
    view.run = run;
    if (view.isReadable) for (const actor of this.actorsOf(view)) await actor.taken(view.name);
  }

  private async drop(view: View): Promise<void> {
    view.seen = view.run?.checkpoint ?? view.seen;
    if (!view.run) return;
    view.run = undefined;
    for (const actor of this.actorsOf(view)) await actor.left(view.name);
  }

  /** Begins to fold a view here, from where the store says it is; tries again where that fails. */
  private takeUp(view: View): void {
    const taking = this.untilTaken(view).finally(() => this.takingUp.delete(taking));
    this.takingUp.add(taking);
  }

  private async untilTaken(view: View): Promise<void> {
    const isWanted = () => view.isOurs && view.run === undefined && !this.isStopping;
    for (let failures = 0; isWanted(); failures++) {
      try {
        const run = await ProjectionRun.resume(view.projection, this.store, { id: this.log.id, head: await this.log.head() }, await skippedBy(view.name, this.log, this.codec));
        if (run.version > view.projection.version) {
          this.trouble('a view is of a newer version of the program: it is left to others', { projection: view.name, version: run.version, known: view.projection.version });
          // Not waited for: giving it back waits for this.
          void this.keeper?.decline(this.shareOf(view));
          return;
        }
        // What takes long is done before the tail has to wait.
        if (!run.isOutdated) for await (const _ of foldTo(run, this)) if (!isWanted()) return;
        await view.exclusively(async () => {
          if (!isWanted()) return;
          if (!run.isOutdated) for await (const _ of foldTo(run, this));
          await this.begin(view, run);
        });
        if (run.checkpoint?.changed) this.tellChanged(view.name, run.checkpoint.changed);
        this.forgetFolded();
        this.answerWaiters();
        await this.renew(run);
      } catch (error) {
        if (this.isStopping) return;
        if (failures === 0 && !(error instanceof Superseded)) this.trouble('a view cannot be taken up, and it will be tried again', { projection: view.name, reason: reasonOf(error) });
        // It may have been taken up, but could not be made anew.
        await view.exclusively(() => this.drop(view));
        await this.pause(failures);
      }
    }
  }

  /** Sees how far others have come with the views that they fold, for as long as the runner runs. */
  private async look(): Promise<void> {
    while (!this.isStopping) {
      try {
        const checkpoints = await this.store.checkpoints();
        for (const view of this.views.values()) this.see(view, checkpoints.get(view.name));
        this.acceptAgain();
        this.forgetFolded();
        this.answerWaiters();
        if (this.cannotLook !== undefined) this.trouble('the views can be reached again', {});
        this.cannotLook = undefined;
      } catch (error) {
        if (this.cannotLook === undefined && !this.isStopping) this.trouble('the views cannot be reached', { reason: reasonOf(error) });
        this.cannotLook = reasonOf(error);
      }
      const isWaitedFor = this.cannotLook === undefined && this.waiters.waitForOthers;
      const hurried = new Promise<void>((resolve) => (this.hurry = resolve));
      const rest = isWaitedFor ? lookMs.waited : lookMs.idle;
      // Who begins to wait need not wait for the end of a rest, but nobody makes it busier than that.
      await sleep(Math.min(rest, lookMs.waited), undefined, { ref: false });
      if (rest > lookMs.waited) await Promise.race([hurried, sleep(rest - lookMs.waited, undefined, { ref: false })]);
    }
  }

  /** What was left to newer processes is taken again where its views were thrown away. */
  private acceptAgain(): void {
    const views = [...this.views.values()];
    for (const share of this.shares) if (!views.some((view) => this.shareOf(view) === share && view.version > view.projection.version)) this.keeper?.accept(share);
  }

  private see(view: View, found: Checkpoint | undefined): void {
    const before = view.seen?.changed;
    const isOfAnotherLog = found !== undefined && found.log !== this.log.id;
    if (isOfAnotherLog && !this.ofAnotherLog.has(view)) this.trouble('a view is of another log: it is not read', { projection: view.name, found: found.log, log: this.log.id });
    this.ofAnotherLog[isOfAnotherLog ? 'add' : 'delete'](view);
    const checkpoint = isOfAnotherLog ? undefined : found;
    view.seen = checkpoint;
    if (!view.run) {
      if (checkpoint?.changed !== undefined && checkpoint.changed !== before) this.tellChanged(view.name, checkpoint.changed);
      return;
    }
    const isElsewhere = (there: Checkpoint | undefined) => view.run && (['log', 'position', 'version'] as const).some((what) => view.run?.checkpoint?.[what] !== there?.[what]);
    // Another process made it anew, or has taken it over; or it has just gone on here, which is no news.
    if (!isElsewhere(found)) return;
    void view.exclusively(async () => {
      if (!view.run || this.isStopping) return;
      const stored = await this.store.checkpoint(view.name);
      if (!isElsewhere(stored)) return;
      await this.drop(view);
      this.see(view, stored);
      this.takeUp(view);
    }).catch(() => undefined);
  }

  /** Rebuilds a view of another version: at once where nothing could read the old rows, else meanwhile. */
  private async renew(run: ProjectionRun, failures = 0): Promise<void> {
    if (!run.isOutdated) return;
    const view = this.of(run.projection.name);
    const { name, version, readableSince = version } = run.projection;
    const renewed = async () => {
      // It was dropped, or made anew, while others were.
      if (view.run !== run) return;
      const { fromVersion, rows, differing } = await drained(this.rebuild(name));
      this.trouble('a view was rebuilt, as its projection is of another version', { projection: name, fromVersion, version, rows, differing });
    };
    if (run.version < readableSince || run.version > version) await renewed();
    else
      this.renewing = this.renewing.then(renewed).catch((error: unknown) => {
        if (this.isStopping) return;
        if (failures === 0) this.trouble('a view could not be rebuilt, and it will be tried again', { projection: name, reason: reasonOf(error) });
        void this.pause(failures).then(async () => {
          if (!this.isStopping && view.run === run) await this.renew(run, failures + 1);
        });
      });
  }

  private get isStopping(): boolean {
    return this.stopping.signal.aborted;
  }

  private stateOf(view: View): ProjectionState {
    if (view.poison) return 'paused';
    if (this.isBroken) return 'stopped';
    if (view.position === undefined && !view.run) return 'catching-up';
    if (view.isOutdated) return 'rebuilding';
    if (!view.run) return view.isOurs ? 'catching-up' : 'followed';
    return this.isLive ? 'live' : 'catching-up';
  }

  private tell(view: View, rows: readonly Stored<object>[]): void {
    if (rows.length === 0) return;
    for (const actor of this.actorsOf(view)) actor.folded(view.name, rows);
    this.tellChanged(view.name, latestOf(rows) as Position);
  }

  private tellChanged(name: string, position: Position): void {
    for (const listener of this.changeListeners) listener(name, position);
  }

  private actorsOf({ name }: View): readonly Actor[] {
    return this.actors.filter(({ acts }) => acts.includes(name));
  }

  /** Of what all views have folded nothing need be counted. */
  private forgetFolded(): void {
    const positions = [...this.views.values()].map(({ position }) => position);
    if (positions.length > 0 && !positions.includes(undefined)) this.backlog.forget((positions as Position[]).sort()[0] as Position);
    if (positions.length === 0) this.backlog.forget('g');
  }

  private trouble(trouble: string, details: object): void {
    this.parts.onTrouble(trouble, details);
  }

  /** Waits longer after each failure, and not beyond the runner's end. */
  private async pause(failures: number): Promise<void> {
    await sleep(Math.min(longestPauseMs, 250 * 2 ** failures), undefined, { signal: this.stopping.signal, ref: false }).catch(() => undefined);
  }
}

async function untilAborted(signal: AbortSignal | undefined): Promise<void> {
  if (!signal?.aborted) await new Promise((resolve) => signal?.addEventListener('abort', resolve, { once: true }));
}

function behind({ name: projection }: View, position: Position): Failed {
  return fail('view-behind', { projection, position });
}

function reasonOf(error: unknown): string {
  if (error instanceof CodedError) return String(error.details['reason'] ?? error.code);
  return error instanceof Error ? error.message : String(error);
}

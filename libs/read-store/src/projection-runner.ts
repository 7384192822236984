import type { Codec } from '#event-store/codec';
import type { EventLog, Page } from '#event-store/event-log';
import type { Clock } from '#kernel/clock';
import type { EventOf, Position } from '#kernel/envelope';
import { troubleText } from '#kernel/outage';
import type { AnyProjection } from '#kernel/projection';
import { failures, type Failed } from '#kernel/refused';
import { noTelemetry, type Telemetry } from '#telemetry/telemetry';
import { Backlog } from './backlog.js';
import { pauseAfter } from './patience.js';
import type { PrefixScans } from './prefix-scans.js';
import { checkCheckpoint, foldTo, handedFrom, ProjectionRun, Superseded, type Handed } from './projection-run.js';
import { Remaker, type Progress, type Rebuilt, type Verification } from './remaker.js';
import type { Collection, Poison, ReadStore } from './read-store.js';
import { skippedBy, type Skipped } from './skipped.js';
import { skippingEvents } from './skipping.events.js';
import { View, type Actor, type ProjectionState } from './view.js';
import { ViewFollower } from './view-follower.js';
import { ViewHolder } from './view-holder.js';
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
  private readonly changeListeners: ((name: string, position: Position) => void)[] = [];
  private readonly pageListeners: ((events: readonly Handed[]) => void)[] = [];
  private readonly waiters = new Waiters();
  private readonly remaker: Remaker;
  private readonly holder: ViewHolder;
  private readonly follower: ViewFollower;
  private tailing: Promise<void> = Promise.resolve();
  private isLive = false;
  /** The tail has failed, and no view goes on until it can be read again. */
  private isBroken = false;

  private constructor(private readonly parts: RunnerParts) {
    ({ log: this.log, codec: this.codec, store: this.store, telemetry: this.telemetry = noTelemetry } = parts);
    this.views = new Map(parts.projections.map((projection) => [projection.name, new View(projection)]));
    const { views } = this;
    const { signal } = this.stopping;
    const told = {
      onChanged: (name: string, position: Position) => this.tellChanged(name, position),
      onMoved: () => (this.forgetFolded(), this.answerWaiters()),
    };
    this.remaker = new Remaker({ ...parts, onMade: (view, run) => this.holder.made(view, run) });
    this.holder = new ViewHolder({ ...parts, ...told, views, signal, starting: parts.signal, together: parts.sharing?.together ?? [], rebuild: ({ name }) => this.rebuild(name) });
    this.follower = new ViewFollower({ ...parts, ...told, views, signal, holder: this.holder, leaseSeconds: parts.sharing?.seconds, waitedFor: () => this.waiters.waitForOthers });
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
    await new Promise<void>((caughtUp, failed) => {
      runner.tailing = runner.tail(store.leases ? runner.earliestSeen(place.head) : runner.earliest(), caughtUp).catch((error: unknown) => failed(error as Error));
    });
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

  /** How far a view is, everything up to there folded; undefined where nothing is. @throws Failed `view-paused`, `view-behind` while there are rows of another version that cannot be read, `projection-unknown` */
  positionOf(name: string): Position | undefined {
    const view = this.of(name);
    if (view.isOutdated && !view.isReadable) throw fail('view-behind', { projection: name, position: view.position ?? '' });
    if (view.poison) throw fail('view-paused', { projection: name });
    return view.position;
  }

  /** The rows of a projection. @throws Failed `view-unreadable` where there are none yet, or none that this version can read; `views-unavailable` at once where the store is known to be down */
  rows<Row extends object>({ name, indexes }: { name: string; indexes?: readonly string[] }): Collection<Row> {
    const { cannotLook } = this.follower;
    if (cannotLook) throw cannotLook;
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
    return this.holder.shares;
  }

  /** The shares that this process has; all of them where nothing is shared. */
  get held(): readonly string[] {
    return this.holder.held;
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
    await Promise.all([this.tailing, this.holder.idle()]);
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
        if (!this.isBroken) this.trouble('the tail of the log broke: no view goes on until it can be read again', { reason: troubleText(error) });
        this.isBroken = true;
        this.answerWaiters();
        await pauseAfter(failures++, this.stopping.signal);
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
      if (goesOn) for await (const _ of foldTo(run, this, next, (rows) => this.holder.tell(view, rows)));
      else this.holder.tell(view, await run.fold(handed, next));
    } catch (error) {
      await this.holder.drop(view);
      if (!(error instanceof Superseded)) this.trouble('a view cannot be folded on', { projection: name, reason: troubleText(error) });
      this.holder.takeUp(view);
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

  private get isStopping(): boolean {
    return this.stopping.signal.aborted;
  }

  private stateOf(view: View): ProjectionState {
    if (view.poison) return 'paused';
    if (this.isBroken) return 'stopped';
    if (!view.isReadable) return 'catching-up';
    if (!view.run && !view.isOurs && !this.follower.isAttended(this.holder.shareOf(view))) return 'unattended';
    if (view.isOutdated) return 'rebuilding';
    if (!view.run) return view.isOurs ? 'catching-up' : 'followed';
    return this.isLive ? 'live' : 'catching-up';
  }

  private tellChanged(name: string, position: Position): void {
    for (const listener of this.changeListeners) listener(name, position);
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

}

function behind({ name: projection }: View, position: Position): Failed {
  return fail('view-behind', { projection, position });
}

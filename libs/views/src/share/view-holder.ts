import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Codec } from '#event-store/codec';
import type { EventLog } from '#event-store/event-log';
import type { Position } from '#kernel/envelope';
import { troubleText } from '#engines/outage';
import type { Stored } from '#kernel/projection';
import { LeaseKeeper, type Share } from '../lease/lease-keeper.js';
import { pauseAfter } from './backoff.js';
import { foldTo, latestOf, ProjectionRun, Superseded } from '../fold/projection-run.js';
import type { Leases, ViewStore } from '#view-store/view-store';
import { drained, type Progress, type Rebuilt } from '../rebuild/rebuilder.js';
import { dropUnfinished } from '../rebuild/rows-beside.js';
import { skippedBy } from '../skip/skipped.js';
import type { Actor, View } from '../life/view.js';

export interface HolderParts {
  readonly log: EventLog;
  readonly codec: Codec;
  readonly store: ViewStore;
  readonly views: ReadonlyMap<string, View>;
  /** Projections that are taken together, each list by its first. */
  readonly together: readonly (readonly string[])[];
  /** Aborted when nothing is to be held any more. */
  readonly signal: AbortSignal;
  /** Aborted where a start is not to wait for what cannot be taken up. */
  readonly starting: AbortSignal | undefined;
  readonly rebuild: (view: View) => AsyncGenerator<Progress, Rebuilt>;
  readonly onChanged: (projection: string, position: Position) => void;
  /** A view has come further than the tail alone brought it. */
  readonly onMoved: () => void;
  readonly report: (what: string, details: object) => void;
}

/**
 * Which views are folded here, and what acts on them. A view is taken up from where the store says it is and, where the
 * store has leases, only as long as this process holds its share.
 */
export class ViewHolder {
  private readonly actors: Actor[] = [];
  private readonly takingUp = new Set<Promise<void>>();
  private renewing: Promise<unknown> = Promise.resolve();
  private keeper: LeaseKeeper | undefined;

  constructor(private readonly parts: HolderParts) {}

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

  /** The shares of the work: views that are taken together go by the first of them. */
  get shares(): readonly string[] {
    const followers = this.parts.store.leases ? this.together.flatMap((names) => names.slice(1)) : [];
    return [...this.parts.views.keys()].filter((name) => !followers.includes(name));
  }

  /** The shares that this process has; all of them where nothing is shared. */
  get held(): readonly string[] {
    return this.parts.store.leases ? (this.keeper?.held ?? []) : this.shares;
  }

  /** Takes part in the sharing of the work, and brings up to the log what it is given to begin with. */
  async share(leases: Leases, seconds: number): Promise<void> {
    const shares = this.shares.map((name): Share => {
      const views = this.viewsOf(name);
      return {
        name,
        take: () => views.forEach((view) => this.take(view)),
        leave: async () => void (await Promise.all(views.map((view) => this.leave(view)))),
      };
    });
    const owner = `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`;
    this.keeper = await LeaseKeeper.start({
      leases,
      owner,
      shares,
      seconds,
      onDead: (lease) => dropUnfinished(this.parts.store, lease),
      report: this.parts.report,
    });
    await Promise.race([Promise.all(this.takingUp), untilAborted(this.parts.starting)]);
  }

  /** What was left to newer processes is taken again where it was made anew by this version, or thrown away. */
  acceptReadable(): void {
    for (const share of this.shares)
      if (this.viewsOf(share).every(({ version, projection }) => version <= projection.version)) this.keeper?.accept(share);
  }

  private viewsOf(share: string): readonly View[] {
    return (this.together.find(([first]) => first === share) ?? [share]).map((name) => this.parts.views.get(name) as View);
  }

  /** The share of the work that the view belongs to. */
  shareOf({ name }: View): string {
    return this.together.find((names) => names.includes(name))?.[0] ?? name;
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

  /** A view was made anew, and this run goes on with its rows: they are the ones that are acted on from now on. */
  async made(view: View, run: ProjectionRun): Promise<void> {
    view.seen = run.checkpoint;
    try {
      if (view.run) await this.begin(view, run);
    } catch (error) {
      this.parts.report('what acts on a view could not begin on the rows that were made anew, and it will be tried again', {
        projection: view.name,
        reason: troubleText(error),
      });
      await this.drop(view);
      this.takeUp(view);
    }
    this.parts.onChanged(view.name, run.position as Position);
  }

  /** Folds a view here from now on, and has act on it what can read its rows: else once they were made anew. */
  private async begin(view: View, run: ProjectionRun): Promise<void> {
    view.run = run;
    if (view.isReadable) for (const actor of this.actorsOf(view)) await actor.taken(view.name);
  }

  /** Folds a view here no more, and has what acts on it end what is under way. Its share is kept. */
  async drop(view: View): Promise<void> {
    view.seen = view.run?.checkpoint ?? view.seen;
    if (!view.run) return;
    view.run = undefined;
    for (const actor of this.actorsOf(view)) await actor.left(view.name);
  }

  /** Begins to fold a view here, from where the store says it is; tries again where that fails. */
  takeUp(view: View): void {
    const taking = this.untilTaken(view).finally(() => this.takingUp.delete(taking));
    this.takingUp.add(taking);
  }

  private async untilTaken(view: View): Promise<void> {
    const { log, codec, store } = this.parts;
    const isWanted = () => view.isOurs && view.run === undefined && !this.isStopping;
    for (let failures = 0; isWanted(); failures++) {
      try {
        const run = await ProjectionRun.resume(view.projection, store, log, await skippedBy(view.name, log, codec));
        if (run.version > view.projection.version) {
          this.parts.report('a view is of a newer version of the program: it is left to others', {
            projection: view.name,
            version: run.version,
            known: view.projection.version,
          });
          // Not waited for: giving it back waits for this.
          void this.keeper?.decline(this.shareOf(view));
          return;
        }
        // What takes long is done before the tail has to wait.
        if (!run.isOutdated) for await (const _ of foldTo(run, this.parts)) if (!isWanted()) return;
        await view.exclusively(async () => {
          if (!isWanted()) return;
          if (!run.isOutdated) for await (const _ of foldTo(run, this.parts));
          await this.begin(view, run);
        });
        if (run.checkpoint?.changed) this.parts.onChanged(view.name, run.checkpoint.changed);
        this.parts.onMoved();
        await this.renew(run);
      } catch (error) {
        if (this.isStopping) return;
        if (failures === 0 && !(error instanceof Superseded))
          this.parts.report('a view cannot be taken up, and it will be tried again', {
            projection: view.name,
            reason: troubleText(error),
          });
        // It may have been taken up, but could not be made anew.
        await view.exclusively(() => this.drop(view));
        await pauseAfter(failures, this.parts.signal);
      }
    }
  }

  /** Rebuilds a view of another version: at once where nothing could read the old rows, else meanwhile. */
  async renew(run: ProjectionRun, failures = 0): Promise<void> {
    if (!run.isOutdated) return;
    const view = this.of(run.projection.name);
    const { name, version, readableSince = version } = run.projection;
    const renewed = async () => {
      // It was dropped, or made anew, while others were.
      if (view.run !== run) return;
      const { fromVersion, rows, differing } = await drained(this.parts.rebuild(view));
      this.parts.report('a view was rebuilt, as its projection is of another version', {
        projection: name,
        fromVersion,
        version,
        rows,
        differing,
      });
    };
    if (run.version < readableSince || run.version > version) await renewed();
    else
      this.renewing = this.renewing.then(renewed).catch((error: unknown) => {
        if (this.isStopping) return;
        if (failures === 0)
          this.parts.report('a view could not be rebuilt, and it will be tried again', { projection: name, reason: troubleText(error) });
        void pauseAfter(failures, this.parts.signal).then(async () => {
          if (!this.isStopping && view.run === run) await this.renew(run, failures + 1);
        });
      });
  }

  /** Tells what acts on the view, and whoever listens, of the rows that changed. */
  tell(view: View, rows: readonly Stored<object>[]): void {
    if (rows.length === 0) return;
    for (const actor of this.actorsOf(view)) actor.folded(view.name, rows);
    this.parts.onChanged(view.name, latestOf(rows) as Position);
  }

  private actorsOf({ name }: View): readonly Actor[] {
    return this.actors.filter(({ acts }) => acts.includes(name));
  }

  /** Gives back what it holds, once what is under way is folded. */
  async stop(): Promise<void> {
    await this.keeper?.stop();
  }

  /** Resolves once nothing is taken up or made anew any more. */
  async idle(): Promise<void> {
    await Promise.all([this.renewing, ...this.takingUp]);
  }

  private get together(): readonly (readonly string[])[] {
    return this.parts.together;
  }

  private of(name: string): View {
    return this.parts.views.get(name) as View;
  }

  private get isStopping(): boolean {
    return this.parts.signal.aborted;
  }
}

async function untilAborted(signal: AbortSignal | undefined): Promise<void> {
  if (!signal?.aborted) await new Promise((resolve) => signal?.addEventListener('abort', resolve, { once: true }));
}

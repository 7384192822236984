import type { Codec } from '#event-store/codec';
import type { EventLog } from '#event-store/event-log';
import { troubleText } from '#engines/outage';
import type { Position } from '#kernel/envelope';
import type { Stored } from '#kernel/projection';
import type { Poison, ViewStore } from '#view-store/view-store';
import { foldTo, latestOf, ProjectionRun, Superseded } from '../fold/projection-run.js';
import type { Reactors } from '../life/reactors.js';
import { isLeftToOthers, type Effect, type LifeEvent } from '../life/view-life.js';
import type { View } from '../life/view.js';
import type { Rebuilt } from '../rebuild/rebuilder.js';
import { skippedBy } from '../skip/skipped.js';
import { backoff } from './backoff.js';

export interface HolderParts {
  readonly log: EventLog;
  readonly codec: Codec;
  readonly store: ViewStore;
  readonly reactors: Reactors;
  /** Aborted when nothing is to be opened or rebuilt any more. */
  readonly stopping: AbortSignal;
  /** Resolves once views may be rebuilt beside the rows that they serve. */
  readonly caughtUp: Promise<void>;
  readonly rebuild: (view: View) => Promise<Rebuilt>;
  readonly decline: (view: View) => Promise<void>;
  readonly onChanged: (projection: string, position: Position) => void;
  /** A view has come further than the tail alone brought it. */
  readonly onMoved: () => void;
  readonly report: (what: string, details: object) => void;
}

/** Which attempt it is, and how many failed before it. */
interface Repeated {
  readonly attempt: number;
  readonly failures: number;
}

/** Tells views what happened to them, and carries out what follows. What follows is decided in `view-life.ts`. */
export class ViewHolder {
  /** What is waited for before anything can be answered: openings, and urgent rebuilds. */
  private readonly openings = new Set<Promise<void>>();
  private rebuilding: Promise<void>;
  /** How often something happened to a view. */
  happenings = 0;

  constructor(private readonly parts: HolderParts) {
    this.rebuilding = parts.caughtUp;
  }

  /** Something happened to the view; where it is folded by another run from now on, by this one. */
  happened(view: View, event: LifeEvent, run?: ProjectionRun): void {
    this.happenings += 1;
    for (const effect of view.take(event, run)) this.carryOut(view, effect);
  }

  /** The run has folded a page into the view, and changed these rows. */
  folded(view: View, run: ProjectionRun, rows: readonly Stored<object>[]): void {
    this.happened(view, { type: 'folded', checkpoint: run.checkpoint, pausedAt: run.poison });
    if (rows.length === 0) return;
    this.parts.reactors.folded(view, rows);
    this.parts.onChanged(view.name, latestOf(rows) as Position);
  }

  /** The rows of a rebuild are the view's from now on. */
  rebuilt(view: View, run: ProjectionRun): void {
    this.happened(view, { type: 'rebuilt', checkpoint: run.checkpoint, pausedAt: run.poison }, run);
  }

  notRebuilt(view: View, pausedAt: Poison | undefined): void {
    this.happened(view, { type: 'not-rebuilt', pausedAt });
  }

  /**
   * Opens a view that no other server folds, at its checkpoint: the tail brings it up to the log. Rows that nothing can read
   * are rebuilt first. @throws what keeps it from being opened
   */
  async openAlone(view: View): Promise<void> {
    view.take({ type: 'held' });
    const run = await this.resume(view);
    const { checkpoint, poison } = run;
    for (const effect of view.take({ type: 'opened', attempt: view.life.attempt, checkpoint, pausedAt: poison }, run))
      if (effect.do === 'rebuild' && effect.isUrgent) await this.rebuildOutdated(view);
      else this.carryOut(view, effect);
  }

  /** The view's share is this server's no more. Resolves once nothing is done for it any longer. */
  async lost(view: View): Promise<void> {
    this.happened(view, { type: 'lost' });
    await view.exclusively(async () => undefined);
  }

  /** Resolves once no view is being opened any more, nor rebuilt that nothing can read. */
  async opened(): Promise<void> {
    while (this.openings.size > 0) await Promise.all(this.openings);
  }

  /** Resolves once no view is being opened or rebuilt any more. */
  async idle(): Promise<void> {
    await Promise.all([this.opened(), this.rebuilding]);
  }

  private carryOut(view: View, effect: Effect): void {
    const { decline, onChanged, onMoved, report } = this.parts;
    switch (effect.do) {
      case 'report':
        return report(effect.what, { projection: view.name, ...effect.details });
      case 'tell-changed':
        return onChanged(view.name, effect.position);
      case 'answer':
        return onMoved();
      case 'decline':
        // Not waited for: giving the share back waits for what is under way.
        return void decline(view);
      case 'begin':
        return view.beforeOthers(() => this.begin(view));
      case 'end':
        return view.beforeOthers(() => this.end(view));
      case 'check':
        return view.beforeOthers(() => this.check(view));
      case 'open':
        return this.start(() => this.open(view, effect));
      case 'rebuild':
        if (effect.isUrgent) return this.start(() => this.rebuildSoon(view, effect));
        return void this.rebuildInTurn(view, effect);
    }
  }

  private start(work: () => Promise<void>): void {
    if (this.isStopping) return;
    const opening = work().finally(() => this.openings.delete(opening));
    this.openings.add(opening);
  }

  private async begin(view: View): Promise<void> {
    try {
      await this.parts.reactors.taken(view);
      this.happened(view, { type: 'begun' });
    } catch (error) {
      this.happened(view, { type: 'begin-failed', reason: troubleText(error) });
    }
  }

  private async end(view: View): Promise<void> {
    try {
      await this.parts.reactors.left(view);
    } catch (error) {
      this.parts.report('what reacts to a view failed as it was to end', { projection: view.name, reason: troubleText(error) });
    }
    this.happened(view, { type: 'ended' });
  }

  private async check(view: View): Promise<void> {
    if (!view.isServedHere || this.isStopping) return;
    const found = await this.parts.store.checkpoint(view.name).then(
      (checkpoint) => ({ checkpoint }),
      () => undefined,
    );
    if (found) this.happened(view, { type: 'checked', found: found.checkpoint });
  }

  private async open(view: View, { attempt, failures }: Repeated): Promise<void> {
    const isWanted = () => view.life.phase === 'opening' && view.life.attempt === attempt && !this.isStopping;
    try {
      if (failures > 0) await backoff(failures - 1, this.parts.stopping);
      if (!isWanted()) return;
      const run = await this.resume(view);
      const { version, isOutdated } = run;
      if (isLeftToOthers(view.life.known, version)) return this.happened(view, { type: 'found-newer', attempt, version });
      // What takes long is done before the tail has to wait.
      if (!isOutdated) for await (const _ of foldTo(run, this.parts)) if (!isWanted()) return;
      await view.exclusively(async () => {
        if (!isWanted()) return;
        if (!isOutdated) for await (const _ of foldTo(run, this.parts));
        this.happened(view, { type: 'opened', attempt, checkpoint: run.checkpoint, pausedAt: run.poison }, run);
      });
    } catch (error) {
      const isSuperseded = error instanceof Superseded;
      if (!this.isStopping) this.happened(view, { type: 'opening-failed', attempt, reason: troubleText(error), isSuperseded });
    }
  }

  private async resume({ projection, name }: View): Promise<ProjectionRun> {
    const { log, codec, store } = this.parts;
    return ProjectionRun.resume(projection, store, log, await skippedBy(name, log, codec));
  }

  private async rebuildSoon(view: View, { attempt, failures }: Repeated): Promise<void> {
    if (failures > 0) await backoff(failures - 1, this.parts.stopping);
    await this.rebuildUnlessDone(view, attempt);
  }

  /** One view is rebuilt after the other. */
  private async rebuildInTurn(view: View, { attempt, failures }: Repeated): Promise<void> {
    if (failures > 0) await backoff(failures - 1, this.parts.stopping);
    this.rebuilding = this.rebuilding.then(() => this.rebuildUnlessDone(view, attempt));
  }

  private async rebuildUnlessDone(view: View, attempt: number): Promise<void> {
    // It was lost, or rebuilt, meanwhile.
    if (view.life.phase !== 'rebuilding' || view.life.attempt !== attempt || this.isStopping) return;
    try {
      await this.rebuildOutdated(view);
    } catch (error) {
      if (!this.isStopping) this.happened(view, { type: 'rebuild-failed', attempt, reason: troubleText(error) });
    }
  }

  private async rebuildOutdated(view: View): Promise<void> {
    const { fromVersion, rows, differing, version } = await this.parts.rebuild(view);
    if (version !== view.projection.version) return;
    const details = { projection: view.name, fromVersion, version, rows, differing };
    this.parts.report('a view was rebuilt, as its projection is of another version', details);
  }

  private get isStopping(): boolean {
    return this.parts.stopping.aborted;
  }
}

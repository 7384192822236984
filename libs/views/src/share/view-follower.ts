import { setTimeout as sleep } from 'node:timers/promises';
import type { EventLog } from '#event-store/event-log';
import type { Position } from '#kernel/envelope';
import { outageReason, troubleText } from '#engines/outage';
import { Failed } from '#kernel/refused';
import { Beats, beatsPerLease } from '../lease/heartbeats.js';
import { failViews, type Checkpoint, type ViewStore } from '#view-store/view-store';
import type { View } from '../life/view.js';
import type { ViewHolder } from './view-holder.js';

/** How often the store is asked how far others have come: otherwise, and while somebody waits for it. */
const lookMs = { idle: 250, waited: 20 };

export interface FollowerParts {
  readonly log: Pick<EventLog, 'id'>;
  readonly store: ViewStore;
  readonly views: ReadonlyMap<string, View>;
  readonly holder: Pick<ViewHolder, 'drop' | 'takeUp' | 'acceptReadable'>;
  readonly signal: AbortSignal;
  /** How long a lease lasts without a sign of life. */
  readonly leaseSeconds: number | undefined;
  /** Whether somebody waits for a view that another process folds. */
  readonly waitedFor: () => boolean;
  readonly onChanged: (projection: string, position: Position) => void;
  readonly onMoved: () => void;
  readonly report: (what: string, details: object) => void;
}

/** Follows the views that other processes fold, by their checkpoints in the store that they share. */
export class ViewFollower {
  /** Views that somebody else's rows were put in the place of. */
  private readonly ofAnotherLog = new Set<View>();
  private readonly beats: Beats;
  /** When the leases are looked at again. */
  private beatsDue = -Infinity;
  private wake: () => void = () => undefined;
  /** Why the store could not be asked the last time; undefined where it could. */
  cannotLook: Failed | undefined;

  constructor(private readonly parts: FollowerParts) {
    this.beats = new Beats(parts.leaseSeconds ?? Infinity);
  }

  /** Whether somebody does this share of the work, as far as is known. */
  isAttended(share: string): boolean {
    return this.beatsDue === -Infinity || this.beats.lives(share);
  }

  /** Asks soon: somebody begins to wait, or it is to end. */
  hurry(): void {
    this.wake();
  }

  /** Sees how far others have come with the views that they fold, for as long as the runner runs. */
  async look(): Promise<void> {
    const { store, views, holder, waitedFor, onMoved, report } = this.parts;
    while (!this.isStopping) {
      try {
        const checkpoints = await store.checkpoints();
        for (const view of views.values()) this.see(view, checkpoints.get(view.name));
        await this.lookAtBeats();
        holder.acceptReadable();
        onMoved();
        if (this.cannotLook !== undefined) report('the views can be reached again', {});
        this.cannotLook = undefined;
      } catch (error) {
        if (this.cannotLook === undefined && !this.isStopping) report('the views cannot be reached', { reason: troubleText(error) });
        this.cannotLook =
          error instanceof Failed ? error : failViews('views-unavailable', { reason: outageReason(String(error)) }, { cause: error });
      }
      const isWaitedFor = this.cannotLook === undefined && waitedFor();
      const hurried = new Promise<void>((resolve) => (this.wake = resolve));
      const rest = isWaitedFor ? lookMs.waited : lookMs.idle;
      // Who begins to wait need not wait for the end of a rest, but nobody makes it busier than that.
      await sleep(Math.min(rest, lookMs.waited), undefined, { ref: false });
      if (rest > lookMs.waited) await Promise.race([hurried, sleep(rest - lookMs.waited, undefined, { ref: false })]);
    }
  }

  private async lookAtBeats(): Promise<void> {
    const { store, leaseSeconds } = this.parts;
    if (!store.leases || leaseSeconds === undefined || performance.now() < this.beatsDue) return;
    this.beats.look(await store.leases.list());
    this.beatsDue = performance.now() + (leaseSeconds * 1_000) / beatsPerLease;
  }

  /** Takes in what the store says of a view. One that is folded here and has moved elsewhere is dropped, and taken up anew from there. */
  private see(view: View, found: Checkpoint | undefined): void {
    const before = view.seen?.changed;
    const isOfAnotherLog = found !== undefined && found.log !== this.parts.log.id;
    if (!isOfAnotherLog) this.ofAnotherLog.delete(view);
    else if (!this.ofAnotherLog.has(view)) {
      this.ofAnotherLog.add(view);
      this.parts.report('a view is of another log: it is not read', { projection: view.name, found: found.log, log: this.parts.log.id });
    }
    const checkpoint = isOfAnotherLog ? undefined : found;
    view.seen = checkpoint;
    if (!view.run) {
      if (checkpoint?.changed !== undefined && checkpoint.changed !== before) this.parts.onChanged(view.name, checkpoint.changed);
      return;
    }
    const isElsewhere = (there: Checkpoint | undefined) =>
      view.run && (['log', 'position', 'version'] as const).some((what) => view.run?.checkpoint?.[what] !== there?.[what]);
    // Another process made it anew, or has taken it over; or it has just gone on here, which is no news.
    if (!isElsewhere(found)) return;
    void view
      .exclusively(async () => {
        if (!view.run || this.isStopping) return;
        const stored = await this.parts.store.checkpoint(view.name);
        if (!isElsewhere(stored)) return;
        await this.parts.holder.drop(view);
        this.see(view, stored);
        this.parts.holder.takeUp(view);
      })
      .catch(() => undefined);
  }

  private get isStopping(): boolean {
    return this.parts.signal.aborted;
  }
}

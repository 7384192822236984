import { setTimeout as sleep } from 'node:timers/promises';
import { outageReason, troubleText } from '#engines/outage';
import { Failed } from '#kernel/refused';
import { failViews, type ViewStore } from '#view-store/view-store';
import { Heartbeats, heartbeatsPerLease } from '../lease/heartbeats.js';
import type { LifeEvent } from '../life/view-life.js';
import type { View } from '../life/view.js';

/** How often the store is asked how far others have come: otherwise, and while somebody waits for it. */
const lookMs = { idle: 250, waited: 20 };

export interface FollowerParts {
  readonly store: ViewStore;
  readonly views: ReadonlyMap<string, View>;
  readonly happened: (view: View, event: LifeEvent) => void;
  /** Ends it. */
  readonly stopping: AbortSignal;
  /** How long a lease lasts without a heartbeat. */
  readonly leaseSeconds: number | undefined;
  /** Whether somebody waits for a view that another server folds. */
  readonly waitedFor: () => boolean;
  /** Told after each look. */
  readonly onLooked: () => void;
  readonly report: (what: string, details: object) => void;
}

/** Follows the views that other servers fold, by their checkpoints in the store that they share. */
export class ViewFollower {
  private readonly heartbeats: Heartbeats;
  /** When the leases are looked at again. */
  private leasesDue = -Infinity;
  private wake: () => void = () => undefined;
  /** Why the store could not be asked the last time; undefined where it could. */
  cannotLook: Failed | undefined;

  constructor(private readonly parts: FollowerParts) {
    this.heartbeats = new Heartbeats(parts.leaseSeconds ?? Infinity);
  }

  /** Whether somebody does this share of the work, as far as is known. */
  isAttended(share: string): boolean {
    return this.leasesDue === -Infinity || this.heartbeats.lives(share);
  }

  /** Asks soon: somebody begins to wait, or it is to end. */
  hurry(): void {
    this.wake();
  }

  /** Looks how far others have come with the views that they fold, for as long as the runner runs. */
  async follow(): Promise<void> {
    const { stopping, waitedFor, onLooked, report } = this.parts;
    while (!stopping.aborted) {
      try {
        await this.lookAtCheckpoints();
        await this.lookAtLeases();
        onLooked();
        if (this.cannotLook !== undefined) report('the views can be reached again', {});
        this.cannotLook = undefined;
      } catch (error) {
        if (this.cannotLook === undefined && !stopping.aborted) report('the views cannot be reached', { reason: troubleText(error) });
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

  private async lookAtCheckpoints(): Promise<void> {
    const views = [...this.parts.views.values()];
    const before = views.map(({ life }) => life.shown);
    const checkpoints = await this.parts.store.checkpoints();
    for (const [index, view] of views.entries())
      this.parts.happened(view, { type: 'seen', found: checkpoints.get(view.name), since: before[index] });
  }

  private async lookAtLeases(): Promise<void> {
    const { store, leaseSeconds } = this.parts;
    if (!store.leases || leaseSeconds === undefined || performance.now() < this.leasesDue) return;
    this.heartbeats.look(await store.leases.list());
    this.leasesDue = performance.now() + (leaseSeconds * 1_000) / heartbeatsPerLease;
  }
}

import type { Codec } from '#event-store/codec';
import type { EventLog } from '#event-store/event-log';
import type { Position } from '#kernel/envelope';
import { compare, isSame, textsById, type Comparison, type Difference } from './comparison.js';
import type { PrefixScans } from '../past/prefix-scans.js';
import { foldTo, ProjectionRun, type Scan } from '../fold/projection-run.js';
import type { StoredRows, Poison, ViewStore } from '#view-store/view-store';
import { withRowsBeside } from './rows-beside.js';
import { skippedBy, type Skipped } from '../skip/skipped.js';
import type { View } from '../life/view.js';

/** How far a long piece of work has come. */
export interface Progress {
  readonly projection: string;
  readonly events: number;
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
}

export interface RebuilderParts {
  readonly log: EventLog;
  readonly codec: Codec;
  readonly store: ViewStore;
  readonly scans: PrefixScans;
  /** How long a lease lasts without a heartbeat, where the store has leases. */
  readonly sharing?: { readonly seconds: number };
  /** The run's rows are the view's from now on. Told in the view's turn. */
  readonly rebuilt: (view: View, run: ProjectionRun) => void;
  /** Nothing could be folded: the rows that are served stay. */
  readonly notRebuilt: (view: View, pausedAt: Poison | undefined) => void;
}

/** How often rows are caught up with that another server moves on. */
const mostTries = 100;

/** Folds whole views from the log's beginning: to put the result in their place, or only to compare it with them. */
export class Rebuilder {
  constructor(private readonly parts: RebuilderParts) {}

  /**
   * Folds the whole log beside the served rows, compares, and puts the result in their place. A paused projection tries
   * again thereby.
   */
  async *rebuild(view: View): AsyncGenerator<Progress, Rebuilt> {
    const { name, version: fromVersion } = view;
    const { log, codec, store, sharing } = this.parts;
    const { rows, scan } = yield* this.scan(name, await log.head(), true);
    const compared = await withRowsBeside(store, name, sharing?.seconds, async (beside) => {
      const fresh = await ProjectionRun.resume(view.projection, store, log, await skippedBy(name, log, codec), beside);
      await fresh.adopt(rows, scan);
      return view.exclusively(() => this.switchTo(fresh, view));
    });
    return { projection: name, fromVersion, version: view.version, rows: compared.rows, differing: compared.differing };
  }

  /** Folds what came since, compares, and serves the new rows in the place of the old ones. */
  private async switchTo(fresh: ProjectionRun, view: View): Promise<Comparison> {
    const { log, codec } = this.parts;
    // It may have been told meanwhile to skip the event at which the scan stopped.
    if (fresh.poison) for (const one of (await skippedBy(view.name, log, codec)).values()) fresh.skip(one);
    for await (const _ of foldTo(fresh, this.parts));
    const comparison = await compare(view.name, textsById(this.parts.store.collection(view.name)), textsById(fresh.rows));
    if (fresh.position === undefined) {
      this.parts.notRebuilt(view, fresh.poison);
      return comparison;
    }
    for (let tries = 0; tries < mostTries; tries++) {
      const run = await fresh.takeTheirPlace();
      if (run) {
        this.parts.rebuilt(view, run);
        return comparison;
      }
      for await (const _ of foldTo(fresh, this.parts));
    }
    throw new Error(`another server moves ${view.name} on faster than it can be caught up with: rebuild it when less is recorded`);
  }

  /**
   * Folds the whole log and compares row for row with what is served, which goes on meanwhile: a row that differs is looked
   * at again, at a position that it and the log's scan share.
   */
  async *verify(view: View): AsyncGenerator<Progress, Verification> {
    const { name } = view;
    const { log, codec, store } = this.parts;
    // A paused projection is compared as far as it came.
    const position = (await store.checkpoint(name))?.position;
    const { rows, scan } = yield* this.scan(name, position ?? (await log.head()), true);
    const compared = await compare(name, textsById(store.collection(name)), textsById(rows), (id) => this.differs(name, id));
    const skipped = await skippedBy(name, log, codec);
    return { projection: name, position, ...compared, skipped: [...skipped.values()], stoppedAt: scan.stoppedAt ?? view.pausedAt };
  }

  /** A row holds all events up to the checkpoint that was read before it, and may be ahead of that by whole events. */
  private async differs(name: string, id: string): Promise<boolean> {
    const { log, store } = this.parts;
    const checkpoint = await store.checkpoint(name);
    const [served] = await store.collection(name).stored([id]);
    const position = [checkpoint?.position, served?.position]
      .filter((one) => one !== undefined)
      .sort()
      .at(-1);
    if (position === undefined || position > (await log.head())) return true;
    const { rows } = await drained(this.scan(name, position, false));
    const [rebuilt] = await rows.stored([id]);
    return !isSame(served && JSON.stringify(served), rebuilt && JSON.stringify(rebuilt));
  }

  /** Has the log scanned for a view up to a position, and says how it goes. */
  private async *scan(
    name: string,
    position: Position,
    fresh: boolean,
  ): AsyncGenerator<Progress, { rows: StoredRows<object>; scan: Scan }> {
    const scanning = this.parts.scans.scan(name, position, { fresh });
    for (;;) {
      const step = await scanning.next();
      if (step.done) return { rows: this.parts.scans.rows(name, position, { partial: true }), scan: step.value };
      yield { projection: name, events: step.value };
    }
  }
}

/** What a long piece of work comes to. */
export async function drained<Step, Result>(work: AsyncGenerator<Step, Result>): Promise<Result> {
  for (;;) {
    const step = await work.next();
    if (step.done) return step.value;
  }
}

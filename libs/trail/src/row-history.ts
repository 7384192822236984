import { LRUCache } from 'lru-cache';
import type { Codec } from '#event-store/codec';
import type { EventLog, LoggedEvent } from '#event-store/event-log';
import type { Position } from '#kernel/envelope';
import { needsRow, nextRow, removed, storedRow, type AnyProjection, type Stored } from '#kernel/projection';
import { failProjection } from '#views/run/projection-runner.failures';
import { skippedBy, type Skipped } from '#views/skip/skipped';
import { failTrail } from './trail.failures.js';
import { decoded } from './state-history.js';

/** So many rows are kept with all that they were. */
const mostKept = 64;

/** An event that was folded into a row, and the row as it was then; a tombstone where it was removed. */
export interface RowStep {
  readonly event: LoggedEvent;
  readonly before: Stored<object> | undefined;
  readonly after: Stored<object>;
}

/** All that a row was, up to a position of the log. */
export interface RowSteps {
  readonly steps: readonly RowStep[];
  /** Why the view goes no further: the event at which it is paused. */
  readonly stoppedAt?: { readonly event: LoggedEvent; readonly reason: string };
}

interface Kept {
  readonly steps: RowStep[];
  upTo: Position | undefined;
  stoppedAt?: RowSteps['stoppedAt'];
}

/** How single rows of views came to be, event by event. */
export class RowHistory {
  private readonly kept = new LRUCache<string, Kept>({ max: mostKept });

  constructor(
    private readonly log: EventLog,
    private readonly codec: Codec,
    private readonly projections: readonly AnyProjection[],
    private readonly longestMs: number,
    private readonly now: () => number,
  ) {}

  /** @throws Failed `projection-unknown`, `trail-too-long`, `trail-unreadable` */
  async of(view: string, key: string): Promise<RowSteps> {
    const projection = this.projections.find(({ name }) => name === view);
    if (!projection) throw failProjection('projection-unknown', { projection: view, known: this.projections.map(({ name }) => name) });
    const skipped = await skippedBy(view, this.log, this.codec);
    // What was folded before an event was skipped does not count after it.
    const id = `${view} ${skipped.size} ${key}`;
    const kept = this.kept.get(id) ?? { steps: [], upTo: undefined };
    this.kept.set(id, kept);
    await this.readOn(projection, key, kept, skipped);
    return kept;
  }

  private async readOn(projection: AnyProjection, key: string, kept: Kept, skipped: ReadonlyMap<string, Skipped>): Promise<void> {
    const types = Object.keys(projection.events);
    const end = this.now() + this.longestMs;
    while (!kept.stoppedAt) {
      const from = kept.upTo;
      const page = await this.log.readAll({ types, ...(from !== undefined && { after: from }) });
      // Others may ask of the same row at the same time: who comes later finds it done.
      if (kept.upTo !== from) continue;
      for (const event of page.events) if (!kept.stoppedAt && !skipped.has(event.id)) this.foldOne(projection, key, kept, event, skipped);
      kept.upTo = page.next;
      if (page.end) return;
      if (this.now() > end) throw failTrail('trail-too-long', { view: projection.name, seconds: this.longestMs / 1_000 });
    }
  }

  /** As a run of the projection folds it, but into this row alone. */
  private foldOne(projection: AnyProjection, key: string, kept: Kept, logged: LoggedEvent, skipped: ReadonlyMap<string, Skipped>): void {
    const event = decoded(this.codec, logged);
    const keys = projection.key(event as never);
    if (!(typeof keys === 'string' ? keys === key : keys.includes(key))) return;
    const before = kept.steps.at(-1)?.after;
    const row = before?.removed ? undefined : before;
    const isLeftOut = ({ stream, revision }: Skipped) => stream === event.stream && revision < event.revision;
    if (!row && needsRow(projection, event) && [...skipped.values()].some(isLeftOut)) return;
    try {
      const next = nextRow(projection, row, event, key);
      if (next !== removed || row) kept.steps.push({ event: logged, before: row, after: storedRow(next, event, key) });
    } catch (error) {
      kept.stoppedAt = { event: logged, reason: error instanceof Error ? error.message : String(error) };
    }
  }
}

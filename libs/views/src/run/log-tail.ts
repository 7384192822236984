import type { Codec } from '#event-store/codec';
import type { EventLog, LoggedEvent, Page } from '#event-store/event-log';
import type { EventOf, Position } from '#kernel/envelope';
import type { Instant } from '#kernel/helsinki-time';
import { troubleText } from '#engines/outage';
import type { Telemetry } from '#telemetry/telemetry';
import { Backlog, type Lag } from './backlog.js';
import { backoff } from '../share/backoff.js';
import { foldTo, handedFrom, Superseded, type Handed } from '../fold/projection-run.js';
import type { Skipped } from '../skip/skipped.js';
import { skippingEvents } from '../skip/skipping.events.js';
import { isGoingOn } from '../life/view-life.js';
import type { View } from '../life/view.js';
import type { ViewHolder } from '../share/view-holder.js';

export interface TailParts {
  readonly log: EventLog;
  readonly codec: Codec;
  readonly views: ReadonlyMap<string, View>;
  readonly holder: Pick<ViewHolder, 'happened' | 'folded'>;
  readonly telemetry: Telemetry;
  /** Ends it, once the page that is under way is folded. */
  readonly stopping: AbortSignal;
  /** Told when each event was recorded, before any view shows it. */
  readonly onRecorded?: (at: Instant) => void;
  /** Told of each page once all views that go on here have folded it. */
  readonly onPage: (events: readonly Handed[]) => void;
  /** Told each time that the log cannot be read on. */
  readonly onBroken: () => void;
  readonly report: (what: string, details: object) => void;
}

/**
 * The one tail of the log, and the folding of its pages into the views that are folded here. Each page is folded by all of
 * them before the next is read, so that they advance together.
 */
export class LogTail {
  private readonly backlog = new Backlog();
  private reading: Promise<void> = Promise.resolve();
  /** Whether it has been at the end of the log. */
  isLive = false;
  /** Whether it has failed, and no view goes on until the log can be read again. */
  isBroken = false;
  /** Up to where it has handed the log to the views. */
  private position: Position | undefined;

  constructor(private readonly parts: TailParts) {}

  /** Begins after the position (at the log's beginning without one). Resolves once it is at the end. @throws what keeps it from getting there */
  start(after: Position | undefined): Promise<void> {
    return new Promise((caughtUp, failed) => {
      this.reading = this.read(after, caughtUp).catch(failed);
    });
  }

  /** Resolves once nothing is read or folded any more. */
  ended(): Promise<void> {
    return this.reading;
  }

  /** Whether what stands up to there is still to be handed to the views, at once. */
  isAboutToRead(position: Position): boolean {
    return this.isLive && !this.isBroken && (this.position === undefined || this.position < position);
  }

  /** What it has read and the view has not folded. */
  lagOf({ position }: View): Lag {
    return this.backlog.after(position);
  }

  /** Whether all views have folded all that it has read. */
  get isFolded(): boolean {
    return this.backlog.isEmpty;
  }

  /** Of what all views have folded nothing need be counted. */
  forgetFolded(): void {
    this.backlog.forget([...this.parts.views.values()].map(({ position }) => position));
  }

  /** Reads the log as it goes on; where that breaks, from the last page that was folded. @throws what keeps it from catching up at first */
  private async read(after: Position | undefined, caughtUp: () => void): Promise<void> {
    const { log, telemetry, stopping, onBroken, report } = this.parts;
    let at = after;
    for (let failures = 0; !stopping.aborted;) {
      try {
        for await (const page of log.subscribe(at, stopping)) {
          await telemetry.fold(page.events, () => this.foldPage(page));
          at = page.next ?? at;
          if (!page.end) continue;
          if (this.isBroken) report('the tail of the log goes on', {});
          failures = 0;
          this.isBroken = false;
          this.isLive = true;
          caughtUp();
        }
        return;
      } catch (error) {
        if (!this.isLive) throw error;
        if (!this.isBroken) report('the tail of the log broke: no view goes on until it can be read again', { reason: troubleText(error) });
        this.isBroken = true;
        onBroken();
        await backoff(failures++, stopping);
      }
    }
  }

  private async foldPage({ events, next }: Page): Promise<void> {
    if (events.length === 0 || next === undefined) return;
    const { codec, views, onPage } = this.parts;
    const handed = events.map((event) => handedFrom(event, codec));
    const skipped = handed
      .filter(({ type }) => Object.hasOwn(skippingEvents, type))
      .map((event) => (event.decoded() as EventOf<typeof skippingEvents>).data);
    const recorded = events.flatMap(recordedAt);
    for (const at of recorded) this.parts.onRecorded?.(at);
    this.backlog.add({ upTo: next, events: events.length, since: recorded[0] === undefined ? undefined : Date.parse(recorded[0]) });
    await Promise.all([...views.values()].map((view) => view.exclusively(() => this.foldInto(view, handed, next, skipped))));
    this.position = next;
    this.forgetFolded();
    onPage(handed);
  }

  private async foldInto(view: View, handed: readonly Handed[], next: Position, skipped: readonly Skipped[]): Promise<void> {
    const { run, name } = view;
    if (!run) return;
    const { holder, telemetry } = this.parts;
    const wasPaused = view.pausedAt !== undefined;
    for (const one of skipped.filter(({ projection }) => projection === name)) {
      run.skip(one);
      holder.happened(view, { type: 'skipped', event: one.event });
    }
    if (!isGoingOn(view.life)) return;
    try {
      // What was paused has what the tail has read meanwhile still before it.
      if (wasPaused) for await (const _ of foldTo(run, this.parts, next, (rows) => holder.folded(view, run, rows)));
      else holder.folded(view, run, await run.fold(handed, next));
    } catch (error) {
      holder.happened(view, { type: 'fold-failed', reason: troubleText(error), isSuperseded: error instanceof Superseded });
      return;
    }
    if (!view.pausedAt) telemetry.folded(name, handed.length);
  }
}

/** When it was recorded, where it says so. What the log records of itself is no knowledge. */
function recordedAt({ stream, metadata }: LoggedEvent): readonly Instant[] {
  const { recordedAt: at } = (metadata ?? {}) as { recordedAt?: unknown };
  return stream !== 'log' && typeof at === 'string' && !Number.isNaN(Date.parse(at)) ? [at] : [];
}

import type { Codec } from '#event-store/codec';
import type { EventLog, LoggedEvent } from '#event-store/event-log';
import type { Position, Recorded } from '#kernel/envelope';
import type { AnyProjection } from '#kernel/projection';
import { historiesOf, historyPrefix, type About, type HistoryRow } from './history.projection.js';
import { Inbox, type Room } from './inbox.js';
import type { Handed } from './projection-run.js';
import { fail, type ProjectionRunner } from './projection-runner.js';

/** A piece of a history in its order. */
export interface HistoryPage {
  readonly events: readonly Recorded[];
  /** Where the next page goes on: up to here there is nothing more than these. */
  readonly next: Position | undefined;
  /** Whether this is all that the view has folded so far. */
  readonly end: boolean;
}

/** A reader that has caught up, and what has come for it since. */
type Follower = Inbox<Recorded>;

/** What the envelope of an event needs beside its data, about. */
const envelopeBytes = 1_000;

/** The histories of calls and matters: by pages, and as they go on. All that follow live from the one tail of the log. */
export class History {
  private readonly followers = new Map<string, Set<Follower>>();

  constructor(
    private readonly log: EventLog,
    private readonly codec: Codec,
    private readonly runner: ProjectionRunner,
    private readonly index: AnyProjection,
    private readonly pageSize = 100,
  ) {
    runner.onPage((events) => this.hand(events));
  }

  /** The next events after a position, at most `limit`. @throws Failed `view-paused` */
  async page(about: About, after: Position | undefined, limit = this.pageSize): Promise<HistoryPage> {
    // The position before the rows: a later row may be there before an earlier one.
    const folded = this.runner.positionOf(this.index.name);
    const prefix = historyPrefix(about);
    const rows = await this.runner.rows<HistoryRow>(this.index).page(prefix + (after ?? ''), limit);
    const mine = rows.filter(({ _id, position }) => _id.startsWith(prefix) && folded !== undefined && position <= folded);
    const events = await Promise.all(mine.map(({ stream, revision }) => this.event(stream, revision)));
    const end = mine.length < limit;
    return { events, next: end ? later(after, folded) : events.at(-1)?.position, end };
  }

  /** Resolves once the histories reach up to the position. @throws Failed `view-behind`, `view-paused`, `position-unknown` */
  async reached(position: Position): Promise<void> {
    await this.runner.reached(position, [this.index.name]);
  }

  /**
   * Everything after the position, then everything as it is recorded, in order, each once, until the signal ends it.
   * What waits for the reader meanwhile takes room.
   */
  async *follow(about: About, after: Position | undefined, room: Room, signal: AbortSignal): AsyncGenerator<Recorded> {
    let at = yield* this.pagesAfter(about, after, signal);
    // From here on the tail's pages are kept. What they do not hold, the view has folded: it is read once more.
    const inbox: Follower = new Inbox(room, signal);
    const leave = this.join(historyPrefix(about), inbox);
    try {
      at = yield* this.pagesAfter(about, at, signal);
      for (;;) {
        const event = await inbox.take();
        if (at === undefined || event.position > at) yield event;
      }
    } finally {
      leave();
    }
  }

  /** All pages after the position. Gives the position up to which they went. */
  private async *pagesAfter(about: About, after: Position | undefined, signal: AbortSignal): AsyncGenerator<Recorded, Position | undefined> {
    for (let at = after; ; ) {
      const { events, next, end } = await this.page(about, at);
      for (const event of events) {
        signal.throwIfAborted();
        yield event;
      }
      at = next;
      if (end) return at;
    }
  }

  private join(prefix: string, inbox: Follower): () => void {
    let joined = this.followers.get(prefix);
    if (!joined) this.followers.set(prefix, (joined = new Set()));
    joined.add(inbox);
    return () => {
      joined.delete(inbox);
      if (joined.size === 0 && this.followers.get(prefix) === joined) this.followers.delete(prefix);
      inbox.clear();
    };
  }

  private hand(events: readonly Handed[]): void {
    if (this.followers.size === 0) return;
    for (const handed of events) {
      if (handed.type in this.index.events) this.handOne(handed);
    }
  }

  private handOne(handed: Handed): void {
    let event;
    try {
      event = handed.decoded();
    } catch {
      // Nobody can say whose it is. The view has paused at it, and operators are told.
      for (const inbox of [...this.followers.values()].flatMap((joined) => [...joined])) inbox.fail(fail('view-paused', { projection: this.index.name }));
      return;
    }
    const interested = historiesOf(event).flatMap((prefix) => [...(this.followers.get(prefix) ?? [])]);
    if (interested.length === 0) return;
    const bytes = JSON.stringify(event.data).length + envelopeBytes;
    for (const inbox of interested) inbox.put(event, bytes);
  }

  private async event(stream: string, revision: number): Promise<Recorded> {
    const [event] = await this.log.readStream(stream, { from: revision, limit: 1 });
    return this.codec.decode(event as LoggedEvent);
  }
}

function later(one: Position | undefined, other: Position | undefined): Position | undefined {
  return one === undefined || (other !== undefined && other > one) ? other : one;
}

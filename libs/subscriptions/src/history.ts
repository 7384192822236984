import { UnreadableEvent, type Codec } from '#event-store/codec';
import { subjectOf, type About, type EventLog, type LoggedEvent } from '#event-store/event-log';
import type { Position, Recorded } from '#kernel/envelope';
import { entry } from '#kernel/keyed';
import { failures } from '#kernel/refused';
import { Inbox, type Room } from './inbox.js';
import { Turns } from './turns.js';
import type { Handed } from '#views/fold/projection-run';
import type { ProjectionRunner } from '#views/run/projection-runner';
import { failProjection } from '#views/run/projection-runner.failures';

export const { texts: historyFailures, fail } = failures({
  'history-unreadable': {
    fi: 'Tapahtumahistoriaa ei voi lukea virran {stream} tapahtuman {revision} yli: tämä ohjelmaversio ei osaa lukea sitä. Kerro asiasta ylläpidolle.',
    sv: 'Händelsehistoriken kan inte läsas förbi revision {revision} av {stream}: denna programversion kan inte läsa den händelsen. Kontakta administratören.',
    en: 'The history cannot be read past revision {revision} of {stream}: this version of the program cannot read that event. Tell the operators.',
  },
});

/** A piece of a history in its order. */
export interface HistoryPage {
  readonly events: readonly Recorded[];
  /** Where the next page goes on: up to here there is nothing more than these. */
  readonly next: Position | undefined;
  /** Whether this is all that there was. */
  readonly end: boolean;
}

/** A reader that has caught up, and what has come for it since. */
type Follower = Inbox<Recorded>;

/** Which events concern a region though their metadata do not name it. */
export interface Concerning {
  /** Of what types they are. */
  readonly concerning: readonly string[];
  concerns(event: Recorded): Promise<readonly string[]>;
}

/** What the envelope of an event needs beside its data, about. */
const envelopeBytes = 1_000;

/**
 * The histories of calls, matters and regions: by pages from the log, and as they go on. All that follow live from the one
 * tail of the log, and go on by turns.
 */
export class History {
  private readonly followers = new Map<string, Set<Follower>>();
  private readonly turns = new Turns();

  constructor(
    private readonly log: EventLog,
    private readonly codec: Codec,
    runner: Pick<ProjectionRunner, 'onPage'>,
    private readonly regional: Concerning = { concerning: [], concerns: async () => [] },
    private readonly pageSize = 100,
  ) {
    runner.onPage((events) => this.hand(events));
  }

  /** The next events after a position, at most `limit`. @throws Failed `history-unreadable` */
  async page(about: About, after: Position | undefined, limit = this.pageSize): Promise<HistoryPage> {
    const from = { limit, ...(after !== undefined && { after }) };
    const { concerning: types } = this.regional;
    const pages = await Promise.all([
      this.log.readAll({ about, ...from }),
      ...('region' in about && types.length > 0 ? [this.log.readAll({ types, ...from })] : []),
    ]);
    // As far as all of them have gone.
    const [next] = pages.flatMap((page) => page.next ?? []).sort();
    const found = new Map(pages.flatMap(({ events }) => events).map((event) => [event.position, event]));
    const inOrder = [...found.values()]
      .filter(({ position }) => position <= (next ?? ''))
      .sort((a, b) => (a.position < b.position ? -1 : 1));
    const events: Recorded[] = [];
    for (const logged of inOrder) {
      const event = this.decoded(logged, () => this.codec.decode(logged));
      if (names(event, about) || (await this.concerns(event, about))) events.push(event);
    }
    return { events, next: next ?? after, end: pages.every(({ end }) => end) };
  }

  /** Whether it concerns the region, though it does not name it. */
  private async concerns(event: Recorded, about: About): Promise<boolean> {
    const { concerning } = this.regional;
    return 'region' in about && concerning.includes(event.type) && (await this.regional.concerns(event)).includes(about.region);
  }

  /** @throws Failed `position-unknown` where the log has no such position */
  async reached(position: Position): Promise<void> {
    if (position > (await this.log.head())) throw failProjection('position-unknown', { position });
  }

  /**
   * Everything after the position, then everything as it is recorded, in order, each once, until the signal ends it.
   * What waits for the reader meanwhile takes room.
   */
  async *follow(about: About, after: Position | undefined, room: Room, signal: AbortSignal): AsyncGenerator<Recorded> {
    let at = yield* this.pagesAfter(about, after, signal);
    // From here on the tail's pages are kept. What it handed on before is in the log: that is read once more.
    const inbox: Follower = new Inbox(room, signal, this.turns);
    const leave = this.join(keyOf(about), inbox);
    try {
      at = yield* this.pagesAfter(about, at, signal);
      for (;;) {
        const event = await inbox.take();
        if (at !== undefined && event.position <= at) continue;
        if (names(event, about) || (await this.concerns(event, about))) yield event;
      }
    } finally {
      leave();
    }
  }

  /** All pages after the position. Gives the position up to which they went. */
  private async *pagesAfter(
    about: About,
    after: Position | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<Recorded, Position | undefined> {
    for (let at = after; ;) {
      await this.turns.turn();
      const { events, next, end } = await this.page(about, at);
      for (const event of events) {
        await this.turns.turn();
        signal.throwIfAborted();
        yield event;
      }
      at = next;
      if (end) return at;
    }
  }

  private join(key: string, inbox: Follower): () => void {
    let joined = this.followers.get(key);
    if (!joined) this.followers.set(key, (joined = new Set()));
    joined.add(inbox);
    return () => {
      joined.delete(inbox);
      if (joined.size === 0 && this.followers.get(key) === joined) this.followers.delete(key);
      inbox.clear();
    };
  }

  private hand(events: readonly Handed[]): void {
    if (this.followers.size === 0) return;
    for (const handed of events) {
      const interested = this.interestedIn(handed);
      if (interested.length === 0) continue;
      try {
        const event = this.decoded(handed, handed.decoded);
        const bytes = JSON.stringify(event.data).length + envelopeBytes;
        for (const inbox of interested) inbox.put(event, bytes);
      } catch (error) {
        for (const inbox of interested) inbox.fail(error);
      }
    }
  }

  /** Whether it concerns a region is found out when it is that follower’s turn. */
  private interestedIn(handed: Handed): readonly Follower[] {
    const named = keysOf(handed).flatMap((key) => [...(this.followers.get(key) ?? [])]);
    if (!this.regional.concerning.includes(handed.type)) return named;
    const regional = [...this.followers].flatMap(([key, those]) => (key.startsWith(keyOf({ region: '' })) ? [...those] : []));
    return [...new Set([...named, ...regional])];
  }

  private decoded({ stream, revision }: Pick<LoggedEvent, 'stream' | 'revision'>, decode: () => Recorded): Recorded {
    try {
      return decode();
    } catch (error) {
      if (error instanceof UnreadableEvent) throw fail('history-unreadable', { stream, revision }, { cause: error });
      throw error;
    }
  }
}

/** Whether the event says itself that it is of the history. */
function names({ metadata }: Recorded, about: About): boolean {
  const [subject, key] = subjectOf(about);
  return entry(metadata, subject) === key;
}

function keyOf(about: About): string {
  return subjectOf(about).join(' ');
}

/** The histories that an event belongs to. */
function keysOf({ about: { call, matter, region } }: Handed): readonly string[] {
  return [
    ...(call === undefined ? [] : [keyOf({ call })]),
    ...(matter === undefined ? [] : [keyOf({ matter })]),
    ...(region === undefined ? [] : [keyOf({ region })]),
  ];
}

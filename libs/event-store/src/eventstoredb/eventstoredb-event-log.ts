import { randomUUID } from 'node:crypto';
import type { Position } from '#kernel/envelope';
import { Failed } from '#kernel/refused';
import type { Instant } from '#kernel/helsinki-time';
import {
  checkAppend,
  defaultLimit,
  failLog,
  WrongExpectedRevision,
  type About,
  type Appended,
  type EventLog,
  type EventToAppend,
  type ExpectedRevision,
  type LoggedEvent,
  type Page,
  type Prefix,
  type ReadAll,
  type ReadStream,
  type StoredEvent,
} from '../event-log.js';
import type { Ours } from '../ours.js';
import { Appends } from './appends.js';
import { LogIndex } from './log-index.js';
import { filterOf, positionOf, subscriptionRequest, type Filter, type RecordedEvent } from './messages.js';
import { ReadAhead } from './read-ahead.js';
import { foundSoon, Records } from './records.js';
import { Server } from './server.js';
import { tail } from './tail.js';

export interface EventStoreDbSettings {
  /** EventStoreDB's connection string, `esdb://…`. */
  readonly url: string;
  /** The path of the local index, which is made where it is missing; in memory without it. */
  readonly index?: string;
  /** The longest time for one call. */
  readonly timeoutMs?: number;
  /** Nothing is written, and no log is begun where there is none. */
  readonly readOnly?: boolean;
  /** Whether reading an event whose stored texts are not canonical fails with `log-text-altered`. */
  readonly checksTexts?: boolean;
  /** What else of an event tells that it is ours; without it, all that is JSON with metadata is. */
  readonly ours?: Ours;
  /** Told once when a subscription breaks off, once when it goes on, and of the first event that others wrote. */
  readonly report?: (what: string, details: object) => void;
}

/** How many ranges of streams are read at the same time for one page. */
const readsAtOnce = 8;
/** Ranges of a stream this close are read as one. */
const nearRevisions = 16;
const warmEveryMs = 60_000;

/** The event log in EventStoreDB: stream by stream as it is there, `$all` for the whole. What the server writes for itself, and what others write, is left out everywhere. */
export class EventStoreDbLog implements EventLog {
  private readonly records: Records;
  private readonly appends: Appends;
  private readonly events = new ReadAhead<LoggedEvent>();
  private readonly texts = new ReadAhead<StoredEvent>();
  private readonly report: (what: string, details: object) => void;
  private readonly broken = new Set<AbortSignal>();
  private readonly closing = new AbortController();
  private indexInUse: LogIndex | undefined;
  private warming: NodeJS.Timeout | undefined;

  private constructor(
    readonly id: string,
    private readonly server: Server,
    private readonly settings: EventStoreDbSettings,
  ) {
    this.report = settings.report ?? (() => {});
    this.records = new Records(server, settings.checksTexts ?? false, settings.ours, this.report);
    this.appends = new Appends(server, this.records);
  }

  /**
   * Opens the log, and begins it where there is none (never when read-only).
   * @throws TypeError for a URL that cannot be used, Failed `log-unavailable`, `log-uncertain`, `log-damaged`
   */
  static async open(settings: EventStoreDbSettings): Promise<EventStoreDbLog> {
    const server = new Server(settings.url, settings.timeoutMs ?? 5_000);
    const unnamed = new EventStoreDbLog('', server, settings);
    try {
      const log = new EventStoreDbLog(await unnamed.identify(), server, settings);
      await log.head();
      return log;
    } catch (error) {
      await unnamed.close();
      throw error;
    }
  }

  async append(stream: string, expected: ExpectedRevision, events: readonly EventToAppend[]): Promise<Appended> {
    checkAppend(stream, expected, events);
    return this.appends.append(stream, expected, events);
  }

  async readStream(
    stream: string,
    { direction = 'forwards', from, limit = defaultLimit }: ReadStream = {},
  ): Promise<readonly LoggedEvent[]> {
    return this.records.eventsOf({ stream, backwards: direction === 'backwards', from, count: limit });
  }

  async readAll({ after, upTo, limit = defaultLimit, categories, types, about }: ReadAll = {}): Promise<Page> {
    const filter = filterOf(categories, types);
    const isFiltered = filter !== undefined || about !== undefined;
    const bound = await this.bound(upTo, isFiltered);
    if (bound !== undefined && after !== undefined && after >= bound) return { events: [], next: bound, end: true };
    const isWanted = (event: LoggedEvent) =>
      (!categories?.length || categories.some((category) => event.stream.startsWith(`${category}-`))) &&
      (!types?.length || types.includes(event.type));
    if (about && bound !== undefined) return this.pageAbout(about, after, bound, limit, isWanted);

    return this.events.page(JSON.stringify([upTo, limit, categories, types]), after, (from) =>
      this.page({ after: from, bound, limit, filter }, (record) => {
        const event = this.records.logged(record);
        return event && isWanted(event) ? event : undefined;
      }),
    );
  }

  async readTexts({ after, limit = defaultLimit }: Pick<ReadAll, 'after' | 'limit'> = {}): Promise<Page<StoredEvent>> {
    return this.texts.page(`${limit}`, after, (from) =>
      this.page({ after: from, bound: undefined, limit, filter: undefined }, (record) => this.records.stored(record)),
    );
  }

  head(): Promise<Position> {
    return this.records.head();
  }

  latest(): Promise<Instant | undefined> {
    return this.records.latest();
  }

  /** While a subscription has broken off and does not go on yet, nobody is told what is new: the log is not back either. */
  async probe(): Promise<void> {
    await this.head();
    if (this.broken.size > 0) throw failLog('log-unavailable', { reason: 'cut-off' });
  }

  async prefixAt(instant: Instant): Promise<Prefix> {
    return this.index.prefixAt(instant, await this.head());
  }

  /** Begins to build the index that `about` and `prefixAt` are answered from, and keeps it near the end of the log. */
  warm(): void {
    const build = async () => {
      try {
        await this.index.reach(await this.head());
      } catch {
        // Whoever asks is told.
      }
      if (!this.closing.signal.aborted) this.warming = setTimeout(() => void build(), warmEveryMs).unref();
    };
    if (!this.warming) void build();
  }

  subscribe(after: Position | undefined, signal: AbortSignal): AsyncGenerator<Page> {
    const { timeoutMs } = this.server;
    const until = AbortSignal.any([signal, this.closing.signal]);
    const onBroken = (isBroken: boolean) => void (isBroken ? this.broken.add(until) : this.broken.delete(until));
    return tail(
      {
        head: () => this.head(),
        check: (position) => this.check(position),
        subscribe: (position) => this.server.subscribe(subscriptionRequest(position)),
        logged: (record) => this.records.logged(record),
      },
      after,
      until,
      { silenceMs: timeoutMs, report: this.report, onBroken },
    );
  }

  async close(): Promise<void> {
    this.closing.abort();
    clearTimeout(this.warming);
    await this.server.close();
    this.indexInUse?.close();
  }

  private async identify(): Promise<string> {
    const created = async () => (await this.readStream('log', { limit: 1 }))[0];
    let first = await created();
    if (!first && this.settings.readOnly) throw failLog('log-unavailable', { reason: `there is no log at ${this.server.hosts} yet` });
    if (!first) {
      const data = JSON.stringify({ id: randomUUID() });
      const metadata = JSON.stringify({ recordedAt: new Date().toISOString() });
      try {
        await this.append('log', 'none', [{ id: randomUUID(), type: 'LogCreated', data, metadata }]);
      } catch (error) {
        // Another process was faster, or is beginning it just now.
        const isUncertain = error instanceof Failed && error.code === 'log-uncertain';
        if (!(error instanceof WrongExpectedRevision || (isUncertain && (await created())))) throw error;
      }
      first = await created();
    }
    const { id } = (first?.data ?? {}) as { id?: unknown };
    if (first?.type !== 'LogCreated' || typeof id !== 'string') throw this.records.damaged('its first event is missing');
    return id;
  }

  /** Where a page ends at the latest, which is never beyond the log; undefined where everything that comes is in it. */
  private async bound(upTo: Position | undefined, isFiltered: boolean): Promise<Position | undefined> {
    if (upTo === undefined) return isFiltered ? this.head() : undefined;
    if (upTo <= this.records.seen) return upTo;
    const head = await this.head();
    return head < upTo ? head : upTo;
  }

  /** A page of what is found in the records after a position, up to a bound where there is one. */
  private async page<Event extends { readonly position: Position }>(
    {
      after,
      bound,
      limit,
      filter,
    }: { after: Position | undefined; bound: Position | undefined; limit: number; filter: Filter | undefined },
    find: (record: RecordedEvent) => Event | undefined,
  ): Promise<Page<Event>> {
    const events: Event[] = [];
    let isEnd = false;
    for (let from = after; !isEnd && events.length < limit;) {
      // From a position on, the first record is the one that stands there.
      const count = limit - events.length + (from === undefined ? 0 : 1);
      let last = from;
      const received = await this.records.ofAll({ from, count, filter }, (record) => {
        const at = positionOf(record);
        if (bound !== undefined && at > bound) isEnd = true;
        if (isEnd || (from !== undefined && at <= from)) return;
        last = at;
        const event = find(record);
        // A filter leaves out what stands at the position, and then there is one more.
        if (event && events.length < limit) events.push(event);
      });
      isEnd ||= received < count;
      from = last;
    }
    if (events.length < limit) return { events, next: bound ?? events.at(-1)?.position ?? after, end: true };
    const next = events.at(-1)?.position;
    return { events, next, end: next === bound };
  }

  private async pageAbout(
    about: About,
    after: Position | undefined,
    upTo: Position,
    limit: number,
    isWanted: (event: LoggedEvent) => boolean,
  ): Promise<Page> {
    const places = await this.index.about(about, after, upTo, limit);
    const events = await this.eventsAt(places);
    const next = places.length === limit ? (places.at(-1) as Prefix).position : upTo;
    return { events: events.filter(isWanted), next, end: next === upTo };
  }

  /** The events at these places, read as ranges of their streams. */
  private async eventsAt(places: readonly Prefix[]): Promise<LoggedEvent[]> {
    const ranges: { stream: string; from: number; to: number }[] = [];
    for (const { stream, revision } of places.toSorted(byStream)) {
      const range = ranges.at(-1);
      if (range?.stream === stream && revision - range.to <= nearRevisions && revision - range.from < defaultLimit) range.to = revision;
      else ranges.push({ stream, from: revision, to: revision });
    }
    const found = new Map<Position, LoggedEvent>();
    const readNext = async () => {
      for (let range = ranges.pop(); range; range = ranges.pop()) {
        for (const event of await this.readStream(range.stream, { from: range.from, limit: range.to - range.from + 1 }))
          found.set(event.position, event);
      }
    };
    await Promise.all(Array.from({ length: readsAtOnce }, readNext));
    return places.map(({ position }) => {
      const event = found.get(position);
      if (event) return event;
      this.index.empty();
      throw failLog('log-unavailable', { reason: 'the index of the log did not fit it and is rebuilt' });
    });
  }

  /** Made when it is first asked for. */
  private get index(): LogIndex {
    return (this.indexInUse ??= new LogIndex(
      {
        id: this.id,
        readPage: (after) => this.readAll(after === undefined ? {} : { after }),
        at: (position) => this.records.eventAt(position),
      },
      this.settings.index,
    ));
  }

  /** @throws Failed `log-position-unknown` */
  private async check(position: Position): Promise<void> {
    const found = await foundSoon(() => this.records.eventAt(position));
    if (!found) throw failLog('log-position-unknown', { position });
  }
}

function byStream(a: Prefix, b: Prefix): number {
  if (a.stream === b.stream) return a.revision - b.revision;
  return a.stream < b.stream ? -1 : 1;
}

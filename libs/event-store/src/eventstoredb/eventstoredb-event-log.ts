import { randomUUID } from 'node:crypto';
import type { WrongExpectedVersion } from '@eventstore/db-client/generated/shared_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import type { BatchAppendResp, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { LRUCache } from 'lru-cache';
import type { Position } from '#kernel/envelope';
import type { Instant } from '#kernel/helsinki-time';
import {
  checkAppend,
  defaultLimit,
  EventIdReused,
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
} from '../event-log.js';
import { checkTexts } from '../stored-texts.js';
import { LogIndex } from './log-index.js';
import {
  appendRequests,
  filterOf,
  loggedEvent,
  logRequest,
  ours,
  positionOf,
  streamRequest,
  subscriptionRequest,
  textsOf,
  type LogQuestion,
  type RecordedEvent,
  type StreamQuestion,
} from './messages.js';
import { NotAnswered, Server, statusOf } from './server.js';
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
  /** Told once when a subscription breaks off, and once when it goes on. */
  readonly onTrouble?: (trouble: string, details: object) => void;
}

/** Of grpc.status: UNKNOWN, INVALID_ARGUMENT. Versions differ in which of them a position gets that is no event's. */
const noPosition: readonly unknown[] = [2, 3];
/** How many ranges of streams are read at the same time for one page. */
const readsAtOnce = 8;
/** Ranges of a stream this close are read as one. */
const nearRevisions = 16;
const warmEveryMs = 60_000;

/** The event log in EventStoreDB: stream by stream as it is there, `$all` for the whole. What the server writes for itself is left out everywhere. */
export class EventStoreDbLog implements EventLog {
  /** The position of the last event that was seen here: what is appended now comes after it. */
  private seen: Position = '';
  /** First ids of appends that may or may not have been recorded. */
  private readonly uncertain = new LRUCache<string, true>({ max: 10_000 });
  private readonly closing = new AbortController();
  private indexInUse: LogIndex | undefined;
  private warming: NodeJS.Timeout | undefined;

  private constructor(
    readonly id: string,
    private readonly server: Server,
    private readonly settings: EventStoreDbSettings,
  ) {}

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
    const { seen } = this;
    const [{ id: first }] = events as [EventToAppend];
    const answer = await this.answerTo(stream, expected, events);
    const success = answer.getSuccess();
    if (!success) throw this.refusal(answer, stream, expected, first);
    const at = success.getPosition();
    const appended = { stream, revision: Number(success.getCurrentRevision()), position: at ? positionOf(at) : '' };
    // EventStoreDB answers known ids as the first time, whatever comes with them.
    const isKnown = appended.position <= seen || this.uncertain.has(first);
    if (isKnown) appended.position = await this.recordedBefore(stream, expected, events);
    this.uncertain.delete(first);
    this.see(appended.position);
    return appended;
  }

  async readStream(stream: string, { direction = 'forwards', from, limit = defaultLimit }: ReadStream = {}): Promise<readonly LoggedEvent[]> {
    const records = await this.recordsOfStream({ stream, backwards: direction === 'backwards', from, count: limit });
    return records.map((record) => this.logged(record)).filter((event) => event !== undefined);
  }

  async readAll({ after, upTo, limit = defaultLimit, categories, types, about }: ReadAll = {}): Promise<Page> {
    const filter = filterOf(categories, types);
    const isFiltered = filter !== undefined || about !== undefined;
    const bound = upTo === undefined ? (isFiltered ? await this.head() : undefined) : await this.bounded(upTo);
    if (bound !== undefined && after !== undefined && after >= bound) return { events: [], next: bound, end: true };
    const isWanted = (event: LoggedEvent) =>
      (!categories?.length || categories.some((category) => event.stream.startsWith(`${category}-`))) && (!types?.length || types.includes(event.type));
    if (about && bound !== undefined) return this.pageAbout(about, after, bound, limit, isWanted);

    const events: LoggedEvent[] = [];
    let isEnd = false;
    for (let from = after; !isEnd && events.length < limit; ) {
      // From a position on, the first record is the one that stands there.
      const count = limit - events.length + (from === undefined ? 0 : 1);
      let last = from;
      const received = await this.records({ from, count, filter }, (record) => {
        const at = positionOf(record);
        if (bound !== undefined && at > bound) isEnd = true;
        if (isEnd || (from !== undefined && at <= from)) return;
        last = at;
        const event = this.logged(record);
        if (event && isWanted(event)) events.push(event);
      });
      isEnd ||= received < count;
      from = last;
    }
    if (events.length < limit) return { events, next: bound ?? events.at(-1)?.position ?? after, end: true };
    const next = events.at(-1)?.position;
    return { events, next, end: next === bound };
  }

  async head(): Promise<Position> {
    let head: Position | undefined;
    for (let from: Position | undefined, count = 1; head === undefined; count = 100) {
      const received = await this.records({ backwards: true, from, count, filter: ours }, (record) => {
        from = positionOf(record);
        head ??= this.logged(record)?.position;
      });
      if (received === 0) throw this.damaged('it has no first event');
    }
    return head;
  }

  async probe(): Promise<void> {
    await this.head();
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
    return tail(
      {
        head: () => this.head(),
        check: (position) => this.check(position),
        subscribe: (position) => this.server.subscribe(subscriptionRequest(position)),
        logged: (response) => this.logged(recordOf(response)),
      },
      after,
      until,
      { silenceMs: timeoutMs, onTrouble: this.settings.onTrouble ?? (() => {}) },
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
        // Another process was faster.
        if (!(error instanceof WrongExpectedRevision)) throw error;
      }
      first = await created();
    }
    const { id } = (first?.data ?? {}) as { id?: unknown };
    if (first?.type !== 'LogCreated' || typeof id !== 'string') throw this.damaged('its first event is missing');
    return id;
  }

  /** @throws Failed `log-unavailable`, `log-uncertain` */
  private async answerTo(stream: string, expected: ExpectedRevision, events: readonly EventToAppend[]): Promise<BatchAppendResp> {
    const correlationId = randomUUID();
    try {
      return await this.server.append(correlationId, appendRequests(correlationId, stream, expected, events));
    } catch (error) {
      if (!(error instanceof NotAnswered)) throw error;
      if (!error.isSent) throw failLog('log-unavailable', { reason: error.message }, { cause: error });
      throw this.uncertainty(events[0]?.id ?? '', error);
    }
  }

  /** What an append is answered with that was not done. */
  private refusal(answer: BatchAppendResp, stream: string, expected: ExpectedRevision, first: string): Error {
    const error = answer.getError();
    const details = error?.getDetails();
    const reason = error?.getMessage() ?? 'no answer that is known';
    switch (details?.getTypeName()) {
      case 'event_store.client.WrongExpectedVersion': {
        const wrong: WrongExpectedVersion | null = details.unpack((bytes) => shared.WrongExpectedVersion.deserializeBinary(bytes), details.getTypeName());
        return new WrongExpectedRevision(stream, expected, wrong?.hasCurrentStreamRevision() ? Number(wrong.getCurrentStreamRevision()) : 'none');
      }
      case 'event_store.client.MaximumAppendSizeExceeded':
      case 'event_store.client.MaximumAppendEventSizeExceeded':
        return new RangeError(`an append that the server finds too long (${reason})`);
      case 'event_store.client.AccessDenied':
      case 'event_store.client.BadRequest':
      case 'event_store.client.StreamDeleted':
        return failLog('log-unavailable', { reason });
      default:
        // The server takes nothing on in these states; in any other it may have gone on after it answered.
        return /^Server Is |^No leader info/.test(reason) ? failLog('log-unavailable', { reason }) : this.uncertainty(first, new Error(reason));
    }
  }

  private uncertainty(first: string, cause: Error): Error {
    this.uncertain.set(first, true);
    return failLog('log-uncertain', { seconds: this.server.timeoutMs / 1_000 }, { cause });
  }

  /** The position of what was recorded under these ids before. @throws EventIdReused where that is something else */
  private async recordedBefore(stream: string, expected: ExpectedRevision, events: readonly EventToAppend[]): Promise<Position> {
    const records = await this.recordsOfStream({ stream, from: expected === 'none' ? 0 : expected + 1, count: events.length });
    // In a cluster an event is known before it can be read.
    if (records.length < events.length) throw this.uncertainty(events[0]?.id ?? '', new Error('what was recorded before cannot be read yet'));
    for (const [index, event] of events.entries()) {
      const recorded = textsOf(records[index] as RecordedEvent);
      const isSame = recorded.id === event.id && recorded.type === event.type && recorded.data === event.data && recorded.metadata === event.metadata;
      if (!isSame) throw new EventIdReused(event.id);
    }
    return positionOf(records.at(-1) as RecordedEvent);
  }

  /** The position, or the end of the log where that comes first. */
  private async bounded(upTo: Position): Promise<Position> {
    if (upTo <= this.seen) return upTo;
    const head = await this.head();
    return head < upTo ? head : upTo;
  }

  private async pageAbout(about: About, after: Position | undefined, upTo: Position, limit: number, isWanted: (event: LoggedEvent) => boolean): Promise<Page> {
    const places = await this.index.about(about, after, upTo, limit);
    const events = await this.eventsAt(places);
    const next = places.length === limit ? (places.at(-1) as Prefix).position : upTo;
    return { events: events.filter(isWanted), next, end: next === upTo };
  }

  /** The events at these places, read as ranges of their streams. */
  private async eventsAt(places: readonly Prefix[]): Promise<LoggedEvent[]> {
    const ranges: { stream: string; from: number; to: number }[] = [];
    for (const { stream, revision } of places.toSorted((a, b) => (a.stream < b.stream ? -1 : a.stream > b.stream ? 1 : a.revision - b.revision))) {
      const range = ranges.at(-1);
      if (range?.stream === stream && revision - range.to <= nearRevisions && revision - range.from < defaultLimit) range.to = revision;
      else ranges.push({ stream, from: revision, to: revision });
    }
    const found = new Map<Position, LoggedEvent>();
    const readNext = async () => {
      for (let range = ranges.pop(); range; range = ranges.pop()) {
        for (const event of await this.readStream(range.stream, { from: range.from, limit: range.to - range.from + 1 })) found.set(event.position, event);
      }
    };
    await Promise.all(Array.from({ length: readsAtOnce }, readNext));
    return places.map(({ position }) => {
      const event = found.get(position);
      if (event) return event;
      this.index.empty();
      throw failLog('log-unavailable', { reason: 'the index of the log did not fit it and is made anew' });
    });
  }

  /** Made when it is first asked for. */
  private get index(): LogIndex {
    return (this.indexInUse ??= new LogIndex(
      {
        id: this.id,
        readPage: (after) => this.readAll(after === undefined ? {} : { after }),
        at: (position) => this.eventAt(position),
      },
      this.settings.index,
    ));
  }

  /** @throws Failed `log-position-unknown` */
  private async check(position: Position): Promise<void> {
    if (!(await this.eventAt(position))) throw failLog('log-position-unknown', { position });
  }

  private async eventAt(position: Position): Promise<LoggedEvent | undefined> {
    let found: LoggedEvent | undefined;
    try {
      await this.records({ from: position, count: 1 }, (record) => (found = this.logged(record)));
    } catch (error) {
      if ((error as { code?: string }).code !== 'log-position-unknown') throw error;
    }
    return found?.position === position ? found : undefined;
  }

  /** Reads records of the whole log. Returns how many there were. */
  private async records(question: LogQuestion, take: (record: RecordedEvent) => void): Promise<number> {
    let received = 0;
    const taken = (response: ReadResp) => {
      const record = response.getEvent()?.getEvent();
      if (!record) return;
      received += 1;
      take(record);
    };
    // To find what fits a filter may take long; the end of the log is found at once.
    const isAlive = question.filter && question.filter !== ours ? () => this.head() : undefined;
    try {
      await this.server.read(logRequest(question), taken, isAlive);
    } catch (error) {
      const { cause } = error as { cause?: unknown };
      if (question.from !== undefined && cause && noPosition.includes(statusOf(cause))) throw failLog('log-position-unknown', { position: question.from }, { cause });
      throw error;
    }
    return received;
  }

  private async recordsOfStream(question: StreamQuestion): Promise<RecordedEvent[]> {
    const records: RecordedEvent[] = [];
    if (question.count > 0) await this.server.read(streamRequest(question), (response) => void (response.hasEvent() && records.push(recordOf(response))));
    return records;
  }

  private logged(record: RecordedEvent): LoggedEvent | undefined {
    const event = this.parsed(record);
    if (!event) return undefined;
    this.see(event.position);
    if (this.settings.checksTexts) checkTexts(textsOf(record), event, this.server.hosts);
    return event;
  }

  private parsed(record: RecordedEvent): LoggedEvent | undefined {
    try {
      return loggedEvent(record);
    } catch {
      throw this.damaged(`the event at ${positionOf(record)} is no JSON`);
    }
  }

  private see(position: Position): void {
    if (position > this.seen) this.seen = position;
  }

  private damaged(reason: string): Error {
    return failLog('log-damaged', { path: this.server.hosts, reason });
  }
}

function recordOf(response: ReadResp): RecordedEvent {
  return response.getEvent()?.getEvent() as RecordedEvent;
}

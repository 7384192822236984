import { setTimeout as sleep } from 'node:timers/promises';
import { streamCategory, type Position } from '#kernel/envelope';
import type { Instant } from '#kernel/helsinki-time';
import type { Failed } from '#kernel/refused';
import { failLog, type LoggedEvent, type StoredEvent } from '../event-log.js';
import type { Ours } from '../ours.js';
import { checkTexts } from '../stored-texts.js';
import {
  loggedEvent,
  logRequest,
  ours,
  positionOf,
  recordOf,
  storedEvent,
  streamOf,
  streamRequest,
  textsOf,
  writerOf,
  type LogQuestion,
  type RecordedEvent,
  type StreamQuestion,
} from './messages.js';
import { exceptionOf, saidOf, statusOf, type Server } from './server.js';

/** What a position gets that is no event's: of 23.10 by its words, which other failures of its unknown kind do not have; of 24.10 by grpc.status INVALID_ARGUMENT. */
const noPosition = { details: 'Unexpected ReadAllResult: Error', status: 3 };

const patienceMs = 2_000;

/** Asks for so long until something is found: a leader knows an event before its followers have it and it can be read, and so does one that has just been elected. */
export async function foundSoon<Found>(ask: () => Promise<Found | undefined>): Promise<Found | undefined> {
  for (let pause = 1; pause < patienceMs; pause *= 2) {
    const found = await ask();
    if (found) return found;
    await sleep(pause);
  }
  return undefined;
}

/** What the server has recorded, read as events of ours. */
export class Records {
  /** The position of the last event that was seen here: what is appended now comes after it. */
  seen: Position = '';

  private hasToldOfOthers = false;

  constructor(
    private readonly server: Server,
    private readonly checksTexts: boolean,
    private readonly ours: Ours | undefined,
    private readonly report: (what: string, details: object) => void,
  ) {}

  see(position: Position): void {
    if (position > this.seen) this.seen = position;
  }

  /** Reads records of the whole log. Returns how many there were. */
  async ofAll(question: LogQuestion, take: (record: RecordedEvent) => void): Promise<number> {
    let received = 0;
    // To find what fits a filter may take long; the end of the log is found at once.
    const isAlive = question.filter && question.filter !== ours ? () => this.head() : undefined;
    try {
      await this.server.read(
        logRequest(question),
        (response) => {
          const record = recordOf(response);
          if (!record) return;
          received += 1;
          take(record);
        },
        isAlive,
      );
    } catch (error) {
      const { cause } = error as { cause?: unknown };
      if (question.from !== undefined && cause && (statusOf(cause) === noPosition.status || saidOf(cause) === noPosition.details))
        throw failLog('log-position-unknown', { position: question.from }, { cause });
      throw error;
    }
    return received;
  }

  /** @throws Failed `log-damaged` where the stream was deleted for good */
  async ofStream(question: StreamQuestion): Promise<RecordedEvent[]> {
    const records: RecordedEvent[] = [];
    const take = (record: RecordedEvent | undefined) => void (record && records.push(record));
    try {
      if (question.count > 0) await this.server.read(streamRequest(question), (response) => take(recordOf(response)));
    } catch (error) {
      throw exceptionOf((error as Error).cause) === 'stream-deleted' ? this.lacking(question.stream) : error;
    }
    return records;
  }

  /** The events of a stream. @throws Failed `log-damaged` where one of those that are asked for is missing */
  async eventsOf(question: StreamQuestion): Promise<LoggedEvent[]> {
    const { stream, backwards = false, from, count } = question;
    const records = await this.ofStream(question);
    let next = backwards ? undefined : (from ?? 0);
    const events = records.map((record) => {
      const event = this.logged(record);
      if (!event || event.revision !== (next ?? event.revision)) throw this.lacking(stream);
      next = event.revision + (backwards ? -1 : 1);
      return event;
    });
    if (backwards && events.length < count && (next ?? -1) >= 0) throw this.lacking(stream);
    return events;
  }

  /** The position of the last event. */
  async head(): Promise<Position> {
    const last = await this.lastOf(() => true);
    if (!last) throw this.damaged('it has no first event');
    return last.position;
  }

  /** When the last event was recorded that is not the log's of itself: who writes goes by the time of what they have read. */
  async latest(): Promise<Instant | undefined> {
    const last = await this.lastOf(({ stream }) => stream !== 'log');
    return (last?.metadata as { recordedAt?: Instant } | undefined)?.recordedAt;
  }

  /** The last event of ours that is so. */
  private async lastOf(isWanted: (event: LoggedEvent) => boolean): Promise<LoggedEvent | undefined> {
    let [last, from]: [LoggedEvent?, Position?] = [];
    for (let count = 1; last === undefined; count = 100) {
      const before: Position | undefined = from;
      const received = await this.ofAll({ backwards: true, from, count, filter: ours }, (record) => {
        from = positionOf(record);
        const event = last === undefined ? this.logged(record) : undefined;
        if (event && isWanted(event)) last = event;
      });
      if (received === 0 || from === before) break;
    }
    return last;
  }

  async eventAt(position: Position): Promise<LoggedEvent | undefined> {
    let found: LoggedEvent | undefined;
    try {
      await this.ofAll({ from: position, count: 1 }, (record) => (found = this.logged(record)));
    } catch (error) {
      if ((error as { code?: string }).code !== 'log-position-unknown') throw error;
    }
    return found?.position === position ? found : undefined;
  }

  /** The event; undefined for what the server writes for itself, and for what others wrote, of which is told once. */
  logged(record: RecordedEvent): LoggedEvent | undefined {
    const by = writerOf(record);
    if (by === 'the server') return undefined;
    const event = by === 'us' && this.isOfOurs(streamOf(record)) ? this.parsed(record) : undefined;
    if (!event || !this.hasOurMetadata(event)) {
      this.tellOfOthers(record);
      return undefined;
    }
    this.see(event.position);
    if (this.checksTexts) checkTexts(textsOf(record), event, this.server.hosts);
    return event;
  }

  /** The event as it is stored; undefined for what others wrote, and the server. */
  stored(record: RecordedEvent): StoredEvent | undefined {
    if (writerOf(record) !== 'us') return undefined;
    const event = storedEvent(record);
    this.see(event.position);
    return event;
  }

  damaged(reason: string): Failed {
    return failLog('log-damaged', { path: this.server.hosts, reason });
  }

  /** Of a stream of ours in which events cannot be read any more. */
  lacking(stream: string): Failed {
    return this.damaged(
      `events of the stream ${stream} are missing: it was deleted or cut, keeps its last events only, or others wrote to it`,
    );
  }

  private isOfOurs(stream: string): boolean {
    return !this.ours || stream === 'log' || this.ours.isCategory(streamCategory(stream));
  }

  private hasOurMetadata({ stream, metadata }: LoggedEvent): boolean {
    return !this.ours || stream === 'log' || this.ours.isMetadata(metadata);
  }

  private tellOfOthers(record: RecordedEvent): void {
    if (this.hasToldOfOthers) return;
    this.hasToldOfOthers = true;
    this.report('the event log holds events that others wrote, which are left out', {
      position: positionOf(record),
      stream: streamOf(record),
    });
  }

  private parsed(record: RecordedEvent): LoggedEvent {
    try {
      return loggedEvent(record);
    } catch {
      throw this.damaged(`the event at ${positionOf(record)} is no JSON`);
    }
  }
}

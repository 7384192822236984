import type { Position } from '#kernel/envelope';
import type { Failed } from '#kernel/refused';
import { failLog, type LoggedEvent } from '../event-log.js';
import { checkTexts } from '../stored-texts.js';
import { loggedEvent, logRequest, ours, positionOf, recordOf, streamRequest, textsOf, type LogQuestion, type RecordedEvent, type StreamQuestion } from './messages.js';
import { statusOf, type Server } from './server.js';

/** Of grpc.status: UNKNOWN, INVALID_ARGUMENT. Versions differ in which of them a position gets that is no event's. */
const noPosition: readonly unknown[] = [2, 3];

/** What the server has recorded, read as events of ours. */
export class Records {
  /** The position of the last event that was seen here: what is appended now comes after it. */
  seen: Position = '';

  constructor(
    private readonly server: Server,
    private readonly checksTexts: boolean,
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
      if (question.from !== undefined && cause && noPosition.includes(statusOf(cause))) throw failLog('log-position-unknown', { position: question.from }, { cause });
      throw error;
    }
    return received;
  }

  async ofStream(question: StreamQuestion): Promise<RecordedEvent[]> {
    const records: RecordedEvent[] = [];
    const take = (record: RecordedEvent | undefined) => void (record && records.push(record));
    if (question.count > 0) await this.server.read(streamRequest(question), (response) => take(recordOf(response)));
    return records;
  }

  /** The position of the last event. */
  async head(): Promise<Position> {
    let head: Position | undefined;
    for (let from: Position | undefined, count = 1; head === undefined; count = 100) {
      const received = await this.ofAll({ backwards: true, from, count, filter: ours }, (record) => {
        from = positionOf(record);
        head ??= this.logged(record)?.position;
      });
      if (received === 0) throw this.damaged('it has no first event');
    }
    return head;
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

  /** The event; undefined for what the server writes for itself. */
  logged(record: RecordedEvent): LoggedEvent | undefined {
    const event = this.parsed(record);
    if (!event) return undefined;
    this.see(event.position);
    if (this.checksTexts) checkTexts(textsOf(record), event, this.server.hosts);
    return event;
  }

  damaged(reason: string): Failed {
    return failLog('log-damaged', { path: this.server.hosts, reason });
  }

  private parsed(record: RecordedEvent): LoggedEvent | undefined {
    try {
      return loggedEvent(record);
    } catch {
      throw this.damaged(`the event at ${positionOf(record)} is no JSON`);
    }
  }
}

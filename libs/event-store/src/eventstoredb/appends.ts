import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WrongExpectedVersion } from '@eventstore/db-client/generated/shared_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import type { BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import { LRUCache } from 'lru-cache';
import { outageReason } from '#engines/outage';
import type { Position, Revision } from '#kernel/envelope';
import { Failed } from '#kernel/refused';
import { EventIdReused, failLog, WrongExpectedRevision, type Appended, type EventToAppend, type ExpectedRevision } from '../event-log.js';
import { appendRequests, positionOf, textsOf, type RecordedEvent } from './messages.js';
import { foundSoon, type Records } from './records.js';
import { NotAnswered, type Server } from './server.js';

/** How long is waited for what became of an append. */
const readBackMs = 1_000;

/** Appends, and finds out what became of those that were answered like an earlier one, or not at all. */
export class Appends {
  /** First ids of appends that may or may not have been recorded. */
  private readonly uncertain = new LRUCache<string, true>({ max: 10_000 });

  constructor(
    private readonly server: Server,
    private readonly records: Records,
  ) {}

  /**
   * Appends. Where it is not known whether that was done, it is looked for: a server that is sent the same append while the
   * first is under way drops it, and says after seconds that its time was over.
   */
  async append(stream: string, expected: ExpectedRevision, events: readonly EventToAppend[]): Promise<Appended> {
    try {
      return await this.appendNow(stream, expected, events);
    } catch (error) {
      if (!(error instanceof Failed) || error.code !== 'log-uncertain') throw error;
      const found = await this.found(stream, expected, events);
      if (!found) throw error;
      this.uncertain.delete((events[0] as EventToAppend).id);
      return found;
    }
  }

  private async appendNow(stream: string, expected: ExpectedRevision, events: readonly EventToAppend[]): Promise<Appended> {
    const { seen } = this.records;
    const [{ id: first }] = events as [EventToAppend];
    const answer = await this.answerTo(stream, expected, events);
    const success = answer.getSuccess();
    if (!success) {
      const refusal = this.refusal(answer, stream, expected, first);
      if (refusal instanceof WrongExpectedRevision && refusal.actual !== 'none') await this.readable(stream, refusal.actual);
      throw refusal;
    }
    const revision = (expected === 'none' ? -1 : expected) + events.length;
    // What was deleted goes on after its old end where it begins anew.
    if (Number(success.getCurrentRevision()) !== revision) throw this.records.lacking(stream);
    const at = success.getPosition();
    const appended = { stream, revision, position: at ? positionOf(at) : '' };
    // EventStoreDB answers known ids as the first time, whatever comes with them.
    const isKnown = appended.position <= seen || this.uncertain.has(first);
    if (isKnown) appended.position = await this.recordedBefore(stream, expected, events);
    this.uncertain.delete(first);
    this.records.see(appended.position);
    return appended;
  }

  /** @throws Failed `log-unavailable`, `log-uncertain` */
  private async answerTo(stream: string, expected: ExpectedRevision, events: readonly EventToAppend[]): Promise<BatchAppendResp> {
    const correlationId = randomUUID();
    try {
      return await this.server.append(correlationId, appendRequests(correlationId, stream, expected, events));
    } catch (error) {
      if (!(error instanceof NotAnswered)) throw error;
      if (!error.isSent) throw failLog('log-unavailable', { reason: error.message }, { cause: error });
      throw this.uncertainty(events[0]?.id ?? '', error.message, error);
    }
  }

  /** What an append is answered with that was not done. */
  private refusal(answer: BatchAppendResp, stream: string, expected: ExpectedRevision, first: string): Error {
    const error = answer.getError();
    const details = error?.getDetails();
    const reason = error?.getMessage() ?? 'no answer that is known';
    switch (details?.getTypeName()) {
      case 'event_store.client.WrongExpectedVersion': {
        const wrong: WrongExpectedVersion | null = details.unpack(
          (bytes) => shared.WrongExpectedVersion.deserializeBinary(bytes),
          details.getTypeName(),
        );
        return new WrongExpectedRevision(
          stream,
          expected,
          wrong?.hasCurrentStreamRevision() ? Number(wrong.getCurrentStreamRevision()) : 'none',
        );
      }
      case 'event_store.client.MaximumAppendSizeExceeded':
      case 'event_store.client.MaximumAppendEventSizeExceeded':
        return new RangeError(`an append that the server finds too long (${reason})`);
      case 'event_store.client.AccessDenied':
        return failLog('log-unavailable', { reason: 'access-refused' });
      case 'event_store.client.BadRequest':
        return failLog('log-unavailable', { reason });
      case 'event_store.client.StreamDeleted':
        return this.records.lacking(stream);
      default:
        // The server takes nothing on in these states; in any other it may have gone on after it answered.
        return /^Server Is |^No leader info/.test(reason)
          ? failLog('log-unavailable', { reason })
          : this.uncertainty(first, outageReason(reason), new Error(reason));
    }
  }

  /** Who decides anew is to find what stood in the way. */
  private async readable(stream: string, revision: Revision): Promise<void> {
    const found = await foundSoon(async () => (await this.records.ofStream({ stream, from: revision, count: 1 }))[0]);
    if (!found)
      throw failLog('log-unavailable', {
        reason: `revision ${revision} of ${stream} cannot be read: followers have not written it, or it was removed`,
      });
  }

  private uncertainty(first: string, reason: string, cause?: Error): Error {
    this.uncertain.set(first, true);
    return failLog('log-uncertain', { reason }, cause && { cause });
  }

  /** What stands where the events were to be appended; undefined where nothing does, or it cannot be read at once. @throws WrongExpectedRevision where that is something else */
  private async found(stream: string, expected: ExpectedRevision, events: readonly EventToAppend[]): Promise<Appended | undefined> {
    const before = expected === 'none' ? -1 : expected;
    const reading = this.records.ofStream({ stream, from: before + 1, count: events.length }).catch(() => []);
    const records = await Promise.race([reading, sleep(Math.min(readBackMs, this.server.timeoutMs), [], { ref: false })]);
    const [first] = records;
    if (!first) return undefined;
    if (textsOf(first).id !== events[0]?.id) throw new WrongExpectedRevision(stream, expected, before + records.length);
    if (records.length < events.length) return undefined;
    const position = await this.recordedBefore(stream, expected, events);
    this.records.see(position);
    return { stream, revision: before + events.length, position };
  }

  /** The position of what was recorded under these ids before. @throws EventIdReused where that is something else */
  private async recordedBefore(stream: string, expected: ExpectedRevision, events: readonly EventToAppend[]): Promise<Position> {
    const records = await this.records.ofStream({ stream, from: expected === 'none' ? 0 : expected + 1, count: events.length });
    // In a cluster an event is known before it can be read.
    if (records.length < events.length) throw this.uncertainty(events[0]?.id ?? '', 'not-readable-yet');
    for (const [index, event] of events.entries()) {
      const recorded = textsOf(records[index] as RecordedEvent);
      const isSame =
        recorded.id === event.id && recorded.type === event.type && recorded.data === event.data && recorded.metadata === event.metadata;
      if (!isSame) throw new EventIdReused(event.id);
    }
    return positionOf(records.at(-1) as RecordedEvent);
  }
}

import shared, { type UUID } from '@eventstore/db-client/generated/shared_pb.js';
import streams, { type BatchAppendReq, type ReadReq, type ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { Position, Revision } from '#kernel/envelope';
import { position, type EventToAppend, type ExpectedRevision, type LoggedEvent, type StoredEvent } from '../event-log.js';

export type RecordedEvent = ReadResp.ReadEvent.RecordedEvent;

/** The client cuts appends at 3 MiB, since the server takes messages up to a size. */
const maxMessageBytes = 3 * 1024 * 1024;
const json = 'application/json';
/** How many records the server looks through for one piece of an answer. It takes 32 by itself, too few where few fit. */
const searchWindow = 4_096;

export interface StreamQuestion {
  readonly stream: string;
  readonly backwards?: boolean;
  readonly from?: Revision | undefined;
  readonly count: number;
}

export interface LogQuestion {
  readonly backwards?: boolean;
  /** Read forwards from it, itself included; backwards from before it. */
  readonly from?: Position | undefined;
  readonly count: number;
  readonly filter?: Filter | undefined;
}

/** What the server leaves out: regular expressions that it and we read alike. */
export type Filter = { readonly stream: string } | { readonly type: string };

/** Everything but what the server writes for itself. */
export const ours: Filter = { stream: '^[^$]' };

/** The filter that leaves the most out; the rest is left out here. */
export function filterOf(categories: readonly string[] | undefined, types: readonly string[] | undefined): Filter | undefined {
  if (types?.length) return { type: `^(?:${types.map(literally).join('|')})$` };
  if (categories?.length) return { stream: `^(?:${categories.map(literally).join('|')})-` };
  return undefined;
}

const literally = (text: string) => text.replace(/[^\p{L}\p{N}_]/gu, '\\$&');

export function streamRequest({ stream, backwards = false, from, count }: StreamQuestion): ReadReq {
  const of = new streams.ReadReq.Options.StreamOptions().setStreamIdentifier(identifier(stream));
  if (from !== undefined) of.setRevision(String(from));
  else if (backwards) of.setEnd(new shared.Empty());
  else of.setStart(new shared.Empty());
  const options = new streams.ReadReq.Options().setStream(of).setCount(String(count)).setNoFilter(new shared.Empty());
  return request(options, backwards);
}

export function logRequest({ backwards = false, from, count, filter }: LogQuestion): ReadReq {
  const options = new streams.ReadReq.Options().setAll(everythingFrom(from, backwards)).setCount(String(count));
  return request(filter ? options.setFilter(filterOptions(filter)) : options.setNoFilter(new shared.Empty()), backwards);
}

/** All that comes after the position, as it comes. */
export function subscriptionRequest(after: Position | undefined): ReadReq {
  const options = new streams.ReadReq.Options().setAll(everythingFrom(after, false)).setNoFilter(new shared.Empty());
  return request(options.setSubscription(new streams.ReadReq.Options.SubscriptionOptions()), false);
}

function request(options: ReadReq.Options, backwards: boolean): ReadReq {
  const { FORWARDS, BACKWARDS } = streams.ReadReq.Options.ReadDirection;
  const ids = new streams.ReadReq.Options.UUIDOption().setString(new shared.Empty());
  return new streams.ReadReq().setOptions(
    options
      .setReadDirection(backwards ? BACKWARDS : FORWARDS)
      .setResolveLinks(false)
      .setUuidOption(ids),
  );
}

function everythingFrom(from: Position | undefined, backwards: boolean): ReadReq.Options.AllOptions {
  const options = new streams.ReadReq.Options.AllOptions();
  if (from === undefined) return backwards ? options.setEnd(new shared.Empty()) : options.setStart(new shared.Empty());
  const part = (digits: string) => BigInt(`0x${digits}`).toString();
  const at = new streams.ReadReq.Options.Position().setCommitPosition(part(from.slice(0, 16))).setPreparePosition(part(from.slice(16)));
  return options.setPosition(at);
}

function filterOptions(filter: Filter): ReadReq.Options.FilterOptions {
  const { FilterOptions } = streams.ReadReq.Options;
  const options = new FilterOptions().setMax(searchWindow).setCheckpointintervalmultiplier(1);
  const fits = (regex: string) => new FilterOptions.Expression().setRegex(regex);
  return 'stream' in filter ? options.setStreamIdentifier(fits(filter.stream)) : options.setEventType(fits(filter.type));
}

/** One append as the messages that carry it. */
export function appendRequests(
  correlationId: string,
  stream: string,
  expected: ExpectedRevision,
  events: readonly EventToAppend[],
): readonly BatchAppendReq[] {
  const options = new streams.BatchAppendReq.Options().setStreamIdentifier(identifier(stream));
  // No deadline goes with it: it would be an instant of our clock, and a server whose clock is ahead would refuse everything.
  if (expected === 'none') options.setNoStream(new shared.Empty());
  else options.setStreamPosition(String(expected));
  const requests = [new streams.BatchAppendReq().setCorrelationId(uuid(correlationId)).setOptions(options)];
  let bytes = 0;
  for (const event of events) {
    const message = proposed(event);
    const size = message.getData_asU8().length + message.getCustomMetadata_asU8().length + 4 * event.type.length + 200;
    if (bytes + size > maxMessageBytes) {
      requests.push(new streams.BatchAppendReq().setCorrelationId(uuid(correlationId)));
      bytes = 0;
    }
    bytes += size;
    requests.at(-1)?.addProposedMessages(message);
  }
  requests.at(-1)?.setIsFinal(true);
  return requests;
}

function proposed({ id, type, data, metadata }: EventToAppend): BatchAppendReq.ProposedMessage {
  const message = new streams.BatchAppendReq.ProposedMessage().setId(uuid(id)).setData(bytesOf(data)).setCustomMetadata(bytesOf(metadata));
  message.getMetadataMap().set('type', type).set('content-type', json);
  return message;
}

function identifier(stream: string) {
  return new shared.StreamIdentifier().setStreamName(bytesOf(stream));
}

function uuid(id: string): UUID {
  return new shared.UUID().setString(id);
}

/** The UUID in lower case; the server writes one in two halves where it made the message itself. */
export function uuidText(id: UUID | undefined): string {
  const halves = id?.getStructured();
  if (!halves) return id?.getString() ?? '';
  const half = (bits: string) => BigInt.asUintN(64, BigInt(bits)).toString(16).padStart(16, '0');
  const digits = half(halves.getMostSignificantBits()) + half(halves.getLeastSignificantBits());
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** What a piece of an answer brings, where it brings a record: the server tells other things between. */
export function recordOf(response: ReadResp): RecordedEvent | undefined {
  return response.getEvent()?.getEvent();
}

/** The texts of an event, exactly as they were appended. */
export function textsOf(record: RecordedEvent): EventToAppend {
  return {
    id: uuidText(record.getId()),
    type: typeOf(record),
    data: textOf(record.getData_asU8()),
    metadata: textOf(record.getCustomMetadata_asU8()),
  };
}

export function streamOf(record: RecordedEvent): string {
  return textOf(record.getStreamIdentifier()?.getStreamName_asU8() ?? new Uint8Array());
}

/** Who wrote it: our events have data and metadata that are JSON objects. */
export function writerOf(record: RecordedEvent): 'us' | 'others' | 'the server' {
  const begins = (bytes: Uint8Array | undefined, letter: string) => bytes?.[0] === letter.charCodeAt(0);
  if (begins(record.getStreamIdentifier()?.getStreamName_asU8(), '$') || typeOf(record).startsWith('$')) return 'the server';
  const isJson = record.getMetadataMap().get('content-type') === json;
  return isJson && begins(record.getData_asU8(), '{') && begins(record.getCustomMetadata_asU8(), '{') ? 'us' : 'others';
}

/** An event of ours. Throws SyntaxError where data or metadata are no JSON. */
export function loggedEvent(record: RecordedEvent): LoggedEvent {
  const event = storedEvent(record);
  return { ...event, data: JSON.parse(event.data), metadata: JSON.parse(event.metadata) };
}

/** An event of ours as it is stored. */
export function storedEvent(record: RecordedEvent): StoredEvent {
  return { ...textsOf(record), stream: streamOf(record), revision: Number(record.getStreamRevision()), position: positionOf(record) };
}

/** Of an event, or of what an append is answered with. */
export function positionOf(at: { getCommitPosition(): string; getPreparePosition(): string }): Position {
  const commit = at.getCommitPosition();
  const prepare = at.getPreparePosition();
  return prepare === commit ? position(wide(commit)) : position(wide(commit), wide(prepare));
}

const wide = (decimal: string) => (decimal.length < 16 ? Number(decimal) : BigInt(decimal));

function typeOf(record: RecordedEvent): string {
  return record.getMetadataMap().get('type') ?? '';
}

const encoder = new TextEncoder();
function bytesOf(text: string): Uint8Array {
  return encoder.encode(text);
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
}

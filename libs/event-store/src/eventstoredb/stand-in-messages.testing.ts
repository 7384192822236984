import { Metadata, status } from '@grpc/grpc-js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import statuses from '@eventstore/db-client/generated/status_pb.js';
import streams, {
  type AppendReq,
  type AppendResp,
  type BatchAppendReq,
  type BatchAppendResp,
  type ReadReq,
  type ReadResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import { maxAppendSize, type Expected, type Fits, type Outcome, type Proposed, type Stored } from './stand-in-store.testing.js';

/** What the stand-in is asked, and answers, as EventStoreDB's messages say it. */

export interface ServiceFault {
  readonly code: status;
  readonly details: string;
  readonly message: string;
  readonly metadata: Metadata;
}

function fault(code: status, details: string, told: Record<string, string>): Partial<ServiceFault> {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(told)) metadata.set(key, value);
  return { code, details, metadata };
}

const noLeader = 'No leader info available in response';
export const accessDenied = () => fault(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });
export const unauthenticated = () => fault(status.UNAUTHENTICATED, 'Received HTTP status code 401', {});
export const leaderIs = (port: number | 'unknown') =>
  port === 'unknown'
    ? fault(status.UNKNOWN, noLeader, {})
    : fault(status.NOT_FOUND, 'Leader info available', {
        exception: 'not-leader',
        'leader-endpoint-host': '127.0.0.1',
        'leader-endpoint-port': String(port),
      });
export const noPlace = (isCalledInvalid = false) =>
  isCalledInvalid
    ? fault(status.INVALID_ARGUMENT, 'Trying to read from an invalid position.', {})
    : fault(status.UNKNOWN, 'Unexpected ReadAllResult: Error', {});
export const streamDeleted = (name: string) =>
  fault(status.FAILED_PRECONDITION, `Event stream '${name}' is deleted.`, { exception: 'stream-deleted', 'stream-name': name });
export const tooLong = () =>
  fault(status.INVALID_ARGUMENT, `Maximum Append Size of ${maxAppendSize} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(maxAppendSize),
  });

export function nameOf(identifier: { getStreamName_asU8(): Uint8Array } | undefined): string {
  return Buffer.from(identifier?.getStreamName_asU8() ?? []).toString();
}

/** Where in the log a reader begins; undefined for its start, or for its end where it reads backwards. */
export function placeOf(options: ReadReq.Options): number | undefined {
  const all = options.getAll();
  if (all?.hasEnd()) return options.hasSubscription() ? Number.MAX_SAFE_INTEGER : undefined;
  return all?.hasPosition() ? Number(all.getPosition()?.getCommitPosition()) : undefined;
}

export function fitsOf(options: ReadReq.Options): Fits | undefined {
  const filter = options.getFilter();
  if (!filter) return undefined;
  const expression = filter.getStreamIdentifier() ?? filter.getEventType();
  const part = filter.hasStreamIdentifier() ? 'stream' : 'type';
  const regex = expression?.getRegex() ? new RegExp(expression.getRegex()) : undefined;
  const prefixes = expression?.getPrefixList() ?? [];
  return (event) => (regex ? regex.test(event[part]) : prefixes.some((prefix) => event[part].startsWith(prefix)));
}

export function proposed(message: BatchAppendReq.ProposedMessage | AppendReq.ProposedMessage): Proposed {
  const told = message.getMetadataMap();
  return {
    id: message.getId()?.getString() ?? '',
    type: told.get('type') ?? '',
    isJson: told.get('content-type') === 'application/json',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}

export function eventResponse({ position, stream, revision, id, type, data, metadata, created, ...row }: Stored): ReadResp {
  const at = String(position);
  const record = new streams.ReadResp.ReadEvent.RecordedEvent()
    .setId(new shared.UUID().setString(id))
    .setStreamIdentifier(new shared.StreamIdentifier().setStreamName(new Uint8Array(Buffer.from(stream))))
    .setStreamRevision(String(revision))
    .setCommitPosition(at)
    .setPreparePosition(at)
    .setData(data)
    .setCustomMetadata(metadata);
  const isJson = (row as unknown as { json: number }).json === 1;
  record
    .getMetadataMap()
    .set('type', type)
    .set('created', created)
    .set('content-type', isJson ? 'application/json' : 'application/octet-stream');
  return new streams.ReadResp().setEvent(new streams.ReadResp.ReadEvent().setEvent(record).setCommitPosition(at));
}

type Failure = InstanceType<typeof statuses.Status>;
type Refusal = Exclude<Outcome, { is: 'success' }>;

export function batchSuccess({ revision, position }: Extract<Outcome, { is: 'success' }>): BatchAppendResp.Success {
  const at = new shared.AllStreamPosition().setCommitPosition(String(position)).setPreparePosition(String(position));
  return new streams.BatchAppendResp.Success().setCurrentRevision(String(revision)).setPosition(at);
}

export function batchError(outcome: Refusal, expected: Expected): Failure {
  const details = {
    wrong: 'WrongExpectedVersion',
    'too-long': 'MaximumAppendSizeExceeded',
    'bad-request': 'BadRequest',
    deleted: 'StreamDeleted',
    timeout: 'Timeout',
  }[outcome.is];
  return failure(details, refusalOf(outcome, expected).serializeBinary(), `event_store.client.${details}`);
}

function refusalOf(outcome: Refusal, expected: Expected) {
  switch (outcome.is) {
    case 'wrong':
      return wrongVersion(outcome.actual, expected);
    case 'too-long':
      return new shared.MaximumAppendSizeExceeded().setMaxappendsize(maxAppendSize);
    case 'bad-request':
      return new shared.BadRequest().setMessage(outcome.message);
    case 'deleted':
      return new shared.StreamDeleted();
    case 'timeout':
      return new shared.Timeout();
  }
}

/** What an append is told that a node cannot take on. */
export function notHandled(): Failure {
  return failure(noLeader, new Uint8Array(), 'google.protobuf.Empty');
}

function failure(message: string, details: Uint8Array, type: string): Failure {
  // google-protobuf's Any comes with the message that holds one.
  const any = statuses.Status.deserializeBinary(Uint8Array.of(0x1a, 0x00)).getDetails();
  any?.pack(details, type);
  return new statuses.Status().setMessage(message).setDetails(any);
}

function wrongVersion(actual: number, expected: Expected) {
  const wrong = new shared.WrongExpectedVersion();
  if (actual === -1) wrong.setCurrentNoStream(new shared.Empty());
  else wrong.setCurrentStreamRevision(String(actual));
  if (expected === 'any') return wrong.setExpectedAny(new shared.Empty());
  if (expected === 'exists') return wrong.setExpectedStreamExists(new shared.Empty());
  return expected === -1 ? wrong.setExpectedNoStream(new shared.Empty()) : wrong.setExpectedStreamPosition(String(expected));
}

export function unarySuccess({ revision, position }: Extract<Outcome, { is: 'success' }>): AppendResp {
  const at = new streams.AppendResp.Position().setCommitPosition(String(position)).setPreparePosition(String(position));
  return new streams.AppendResp().setSuccess(new streams.AppendResp.Success().setCurrentRevision(String(revision)).setPosition(at));
}

export function unaryWrong(actual: number, expected: Expected): AppendResp {
  const wrong = new streams.AppendResp.WrongExpectedVersion();
  if (actual === -1) wrong.setCurrentNoStream(new shared.Empty());
  else wrong.setCurrentRevision(String(actual));
  if (expected === 'any') wrong.setExpectedAny(new shared.Empty());
  else if (expected === 'exists') wrong.setExpectedStreamExists(new shared.Empty());
  else if (expected === -1) wrong.setExpectedNoStream(new shared.Empty());
  else wrong.setExpectedRevision(String(expected));
  return new streams.AppendResp().setWrongExpectedVersion(wrong);
}

export function supportedMethods() {
  const methods = ['append', 'batchappend', 'read', 'tombstone'].map((name) =>
    new features.SupportedMethod().setServiceName('event_store.client.streams.streams').setMethodName(name),
  );
  return new features.SupportedMethods().setEventStoreServerVersion('23.10.8').setMethodsList(methods);
}

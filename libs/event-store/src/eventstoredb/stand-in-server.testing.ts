import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import {
  Metadata,
  Server,
  ServerCredentials,
  status,
  type sendUnaryData,
  type ServerDuplexStream,
  type ServerReadableStream,
  type ServerUnaryCall,
  type ServerWritableStream,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import featuresService from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import gossipService from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import statuses from '@eventstore/db-client/generated/status_pb.js';
import services from '@eventstore/db-client/generated/streams_grpc_pb.js';
import streams, {
  type AppendReq,
  type AppendResp,
  type BatchAppendReq,
  type BatchAppendResp,
  type ReadReq,
  type ReadResp,
  type TombstoneReq,
  type TombstoneResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import { maxAppendSize, StandInStore, type Expected, type Fits, type Outcome, type Proposed, type Stored } from './stand-in-store.testing.js';

export interface StandInOptions {
  /** The file that holds the log. */
  readonly file: string;
  /** One that is free by default; it stays the same when the server is started again. */
  readonly port?: number;
  /** Asks for TLS with this key and certificate. */
  readonly tls?: { readonly key: string; readonly certificate: string };
  /** Asks every call for these, `user:password`. */
  readonly credentials?: string;
  /** The port of the node that leads, where this one does not. */
  readonly leaderPort?: number;
  /** Versions before 23.10 do not say when a subscription has caught up. */
  readonly saysCaughtUp?: boolean;
}

type Reading = ServerWritableStream<ReadReq, ReadResp>;
type Appending = ServerDuplexStream<BatchAppendReq, BatchAppendResp>;

/** An append that waits for the next transaction. */
interface Waiting {
  readonly stream: string;
  readonly expected: Expected;
  readonly events: readonly Proposed[];
  readonly answer: (outcome: Outcome) => void;
}

/**
 * A server that answers EventStoreDB's client over a real socket as EventStoreDB 23.10 does, as far as the event log asks,
 * and that can fail in the ways that servers fail.
 */
export class StandInServer {
  /** Ends the server like a `kill -9` when the next append is before, or right after, its commit. */
  dieAt: 'before-commit' | 'after-commit' | undefined;
  /** Ends it when so many events more were given to subscribers. */
  dieAfterEvents = Infinity;
  /** How long each call waits for its answer. */
  slowMs = 0;
  /** Gives subscribers nothing, though the connection stands. */
  isMute = false;
  /** How many calls were begun, by name. */
  readonly calls = new Map<string, number>();
  private server: Server | undefined;
  private store: StandInStore | undefined;
  private waiting: Waiting[] = [];
  private thawed: PromiseWithResolvers<void> | undefined;
  private appended = Promise.withResolvers<void>();
  private ended = Promise.withResolvers<void>();
  private boundPort: number;

  constructor(private readonly options: StandInOptions) {
    this.boundPort = options.port ?? 0;
  }

  get port(): number {
    return this.boundPort;
  }

  /** The connection string of a client without TLS. */
  get url(): string {
    return `esdb://127.0.0.1:${this.port}?tls=false`;
  }

  async start(): Promise<this> {
    this.store = new StandInStore(this.options.file);
    const server = new Server({ 'grpc.max_receive_message_length': -1 });
    server.addService(services.StreamsService, {
      read: this.serving('read', (call: Reading) => this.read(call)),
      batchAppend: this.serving('batchAppend', (call: Appending) => this.batchAppend(call)),
      append: this.serving('append', (call: ServerReadableStream<AppendReq, AppendResp>, answer: sendUnaryData<AppendResp>) => this.unaryAppend(call, answer)),
      tombstone: this.serving('tombstone', (call: ServerUnaryCall<TombstoneReq, TombstoneResp>, answer: sendUnaryData<TombstoneResp>) => {
        const at = this.log.tombstone(nameOf(call.request.getOptions()?.getStreamIdentifier()));
        answer(null, new streams.TombstoneResp().setPosition(new streams.TombstoneResp.Position().setCommitPosition(String(at)).setPreparePosition(String(at))));
      }),
      delete: () => {},
    } satisfies UntypedServiceImplementation);
    server.addService(featuresService.ServerFeaturesService, {
      getSupportedMethods: this.serving('features', (_: unknown, answer: sendUnaryData<unknown>) => answer(null, supportedMethods())),
    });
    server.addService(gossipService.GossipService, {
      read: this.serving('gossip', (_: unknown, answer: sendUnaryData<unknown>) => answer(null, this.cluster())),
    });
    const { tls } = this.options;
    const credentials = tls
      ? ServerCredentials.createSsl(null, [{ private_key: Buffer.from(tls.key), cert_chain: Buffer.from(tls.certificate) }])
      : ServerCredentials.createInsecure();
    this.boundPort = await new Promise<number>((resolve, reject) =>
      server.bindAsync(`127.0.0.1:${this.boundPort}`, credentials, (error, port) => (error ? reject(error) : resolve(port))),
    );
    this.server = server;
    return this;
  }

  /** Ends it at once, connections cut, as a `kill -9` does. */
  stop(): void {
    const { server, store } = this;
    this.server = this.store = undefined;
    this.waiting = [];
    this.wake();
    server?.forceShutdown();
    store?.close();
    this.ended.resolve();
    this.ended = Promise.withResolvers();
  }

  /** Resolves when it ends the next time. */
  get end(): Promise<void> {
    return this.ended.promise;
  }

  /** From now on nothing is answered. */
  freeze(): void {
    this.thawed ??= Promise.withResolvers();
  }

  thaw(): void {
    this.thawed?.resolve();
    this.thawed = undefined;
  }

  private get log(): StandInStore {
    if (!this.store) throw new Error('the stand-in is not running');
    return this.store;
  }

  private serving<Call extends { metadata: Metadata }, Rest extends unknown[]>(name: string, serve: (call: Call, ...rest: Rest) => unknown) {
    return (call: Call, ...rest: Rest): void => {
      this.calls.set(name, (this.calls.get(name) ?? 0) + 1);
      const refuse = (error: Partial<ServiceFault>) => {
        const [answer] = rest as unknown as [sendUnaryData<unknown> | undefined];
        if (answer) answer(error, null);
        else (call as unknown as Reading).emit('error', error);
      };
      const work = async () => {
        await this.turn();
        const { credentials, leaderPort } = this.options;
        const given = Buffer.from(String(call.metadata.get('authorization')[0] ?? '').replace(/^Basic /, ''), 'base64').toString();
        if (credentials !== undefined && name !== 'gossip' && name !== 'features' && given !== credentials) refuse(accessDenied());
        else if (leaderPort !== undefined && name !== 'gossip' && call.metadata.get('requires-leader')[0] === 'true') refuse(leaderIs(leaderPort));
        else await serve(call, ...rest);
      };
      work().catch((error: unknown) => refuse({ code: status.UNKNOWN, details: 'Exception was thrown by handler.', message: String(error) }));
    };
  }

  /** Waits as long as the server is frozen, or slow. */
  private async turn(): Promise<void> {
    while (this.thawed) await this.thawed.promise;
    if (this.slowMs > 0) await new Promise((resolve) => setTimeout(resolve, this.slowMs));
  }

  private async read(call: Reading): Promise<void> {
    const options = call.request.getOptions() as ReadReq.Options;
    if (options.hasSubscription()) return this.subscription(call, options);
    const isBackwards = options.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS;
    const count = Number(options.getCount());
    let rows: Iterable<Stored>;
    const stream = options.getStream();
    if (stream) {
      const name = nameOf(stream.getStreamIdentifier());
      if (count === 0) return void call.emit('error', { code: status.UNKNOWN, details: 'Unexpected ReadStreamResult: Error' });
      if (this.log.isDeleted(name)) return void call.emit('error', streamDeleted(name));
      if (this.log.head(name) === -1) {
        const notFound = new streams.ReadResp.StreamNotFound().setStreamIdentifier(stream.getStreamIdentifier());
        call.write(new streams.ReadResp().setStreamNotFound(notFound));
        return void call.end();
      }
      rows = this.log.stream(name, stream.hasRevision() ? Number(stream.getRevision()) : undefined, isBackwards);
    } else {
      const from = placeOf(options);
      if (from !== undefined && !this.log.isPlace(from)) return void call.emit('error', { code: status.UNKNOWN, details: 'Unexpected ReadAllResult: Error' });
      rows = this.log.all(from, isBackwards, fitsOf(options));
    }
    let given = 0;
    for (const row of rows) {
      if (call.cancelled || given === count) break;
      given += 1;
      await written(call, eventResponse(row));
    }
    call.end();
  }

  private async subscription(call: Reading, options: ReadReq.Options): Promise<void> {
    let after = placeOf(options) ?? -1;
    if (after >= 0 && !this.log.isPlace(after)) throw new Error('no record begins there');
    await written(call, new streams.ReadResp().setConfirmation(new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId(crypto.randomUUID())));
    let hasCaughtUp = false;
    const fits = fitsOf(options);
    while (this.store && !call.cancelled) {
      await this.turn();
      const { promise: more } = this.appended;
      if (!this.isMute) {
        for (const row of this.store?.all(after + 1, false, fits) ?? []) {
          if (call.cancelled || !this.store) return;
          after = row.position;
          await written(call, eventResponse(row));
          if (--this.dieAfterEvents <= 0) {
            this.dieAfterEvents = Infinity;
            this.stop();
            return;
          }
        }
        if (!hasCaughtUp && this.options.saysCaughtUp !== false) await written(call, new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp()));
        hasCaughtUp = true;
      }
      await Promise.race([more, goneOf(call)]);
    }
  }

  private batchAppend(call: Appending): void {
    const begun = new Map<string, { request: BatchAppendReq; events: Proposed[] }>();
    call.on('data', (request: BatchAppendReq) => {
      const correlation = request.getCorrelationId();
      const id = correlation?.getString() ?? '';
      const one = begun.get(id) ?? { request, events: [] };
      begun.set(id, one);
      one.events.push(...request.getProposedMessagesList().map(proposed));
      if (!request.getIsFinal()) return;
      begun.delete(id);
      const options = one.request.getOptions() as BatchAppendReq.Options;
      const identifier = options.getStreamIdentifier();
      const { STREAM_POSITION, NO_STREAM, ANY } = streams.BatchAppendReq.Options.ExpectedStreamPositionCase;
      const kind = options.getExpectedStreamPositionCase();
      const expected = kind === STREAM_POSITION ? Number(options.getStreamPosition()) : kind === NO_STREAM ? -1 : kind === ANY ? 'any' : 'exists';
      this.append(nameOf(identifier), expected, one.events, (outcome) => {
        const answer = new streams.BatchAppendResp().setCorrelationId(correlation).setStreamIdentifier(identifier);
        call.write(outcome.is === 'success' ? answer.setSuccess(batchSuccess(outcome)) : answer.setError(batchError(outcome, expected)));
      });
    });
    call.on('end', () => call.end());
    call.on('error', () => {});
  }

  private unaryAppend(call: ServerReadableStream<AppendReq, AppendResp>, answer: sendUnaryData<AppendResp>): void {
    let options: AppendReq.Options | undefined;
    const events: Proposed[] = [];
    call.on('data', (request: AppendReq) => {
      options ??= request.getOptions();
      const message = request.getProposedMessage();
      if (message) events.push(proposed(message));
    });
    call.on('end', () => {
      const { REVISION, NO_STREAM, ANY } = streams.AppendReq.Options.ExpectedStreamRevisionCase;
      const kind = options?.getExpectedStreamRevisionCase();
      const expected = kind === REVISION ? Number(options?.getRevision()) : kind === NO_STREAM ? -1 : kind === ANY ? 'any' : 'exists';
      const stream = nameOf(options?.getStreamIdentifier());
      this.append(stream, expected, events, (outcome) => {
        if (outcome.is === 'deleted') answer(streamDeleted(stream));
        else if (outcome.is === 'too-long') answer(tooLong());
        else if (outcome.is === 'bad-request') answer({ code: status.INVALID_ARGUMENT, details: outcome.message });
        else answer(null, outcome.is === 'success' ? unarySuccess(outcome) : unaryWrong(outcome.actual, expected));
      });
    });
  }

  /** Gathers what is appended at the same time into one transaction. */
  private append(stream: string, expected: Expected, events: readonly Proposed[], answer: Waiting['answer']): void {
    this.waiting.push({ stream, expected, events, answer });
    if (this.waiting.length === 1) setImmediate(() => void this.flush());
  }

  private async flush(): Promise<void> {
    await this.turn();
    const group = this.waiting.splice(0);
    if (group.length === 0 || !this.store) return;
    const outcomes: Outcome[] = [];
    if (this.dieAt === 'before-commit') return this.die();
    this.store.inTransaction(() => outcomes.push(...group.map(({ stream, expected, events }) => this.log.append(stream, expected, events))));
    if (this.dieAt === 'after-commit') return this.die();
    for (const [index, outcome] of outcomes.entries()) group[index]?.answer(outcome);
    this.wake();
  }

  private die(): void {
    this.dieAt = undefined;
    this.stop();
  }

  private wake(): void {
    this.appended.resolve();
    this.appended = Promise.withResolvers();
  }

  private cluster() {
    const { leaderPort } = this.options;
    const { FOLLOWER, LEADER } = gossip.MemberInfo.VNodeState;
    const member = (port: number, state: typeof FOLLOWER | typeof LEADER) =>
      new gossip.MemberInfo()
        .setInstanceId(new shared.UUID().setString(crypto.randomUUID()))
        .setTimeStamp(String(Date.now()))
        .setState(state)
        .setIsAlive(true)
        .setHttpEndPoint(new gossip.EndPoint().setAddress('127.0.0.1').setPort(port));
    const members = leaderPort === undefined ? [member(this.port, LEADER)] : [member(this.port, FOLLOWER), member(leaderPort, LEADER)];
    return new gossip.ClusterInfo().setMembersList(members);
  }
}

interface ServiceFault {
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

const accessDenied = () => fault(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });
const leaderIs = (port: number) =>
  fault(status.NOT_FOUND, 'Leader info available', { exception: 'not-leader', 'leader-endpoint-host': '127.0.0.1', 'leader-endpoint-port': String(port) });
const streamDeleted = (name: string) =>
  fault(status.FAILED_PRECONDITION, `Event stream '${name}' is deleted.`, { exception: 'stream-deleted', 'stream-name': name });
const tooLong = () =>
  fault(status.INVALID_ARGUMENT, `Maximum Append Size of ${maxAppendSize} Exceeded.`, { exception: 'maximum-append-size-exceeded', 'maximum-append-size': String(maxAppendSize) });

function nameOf(identifier: { getStreamName_asU8(): Uint8Array } | undefined): string {
  return Buffer.from(identifier?.getStreamName_asU8() ?? []).toString();
}

/** Where in the log a reader begins; undefined for its start, or for its end where it reads backwards. */
function placeOf(options: ReadReq.Options): number | undefined {
  const all = options.getAll();
  if (all?.hasEnd()) return options.hasSubscription() ? Number.MAX_SAFE_INTEGER : undefined;
  return all?.hasPosition() ? Number(all.getPosition()?.getCommitPosition()) : undefined;
}

function fitsOf(options: ReadReq.Options): Fits | undefined {
  const filter = options.getFilter();
  if (!filter) return undefined;
  const expression = filter.getStreamIdentifier() ?? filter.getEventType();
  const part = filter.hasStreamIdentifier() ? 'stream' : 'type';
  const regex = expression?.getRegex() ? new RegExp(expression.getRegex()) : undefined;
  const prefixes = expression?.getPrefixList() ?? [];
  return (event) => (regex ? regex.test(event[part]) : prefixes.some((prefix) => event[part].startsWith(prefix)));
}

function proposed(message: BatchAppendReq.ProposedMessage | AppendReq.ProposedMessage): Proposed {
  const told = message.getMetadataMap();
  return {
    id: message.getId()?.getString() ?? '',
    type: told.get('type') ?? '',
    isJson: told.get('content-type') === 'application/json',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}

function eventResponse({ position, stream, revision, id, type, data, metadata, created, ...row }: Stored): ReadResp {
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
  record.getMetadataMap().set('type', type).set('created', created).set('content-type', isJson ? 'application/json' : 'application/octet-stream');
  return new streams.ReadResp().setEvent(new streams.ReadResp.ReadEvent().setEvent(record).setCommitPosition(at));
}

const gone = new WeakMap<Reading, Promise<unknown>>();
/** Resolves when the reader has gone. */
function goneOf(call: Reading): Promise<unknown> {
  let one = gone.get(call);
  if (!one) gone.set(call, (one = new Promise((resolve) => call.once('cancelled', resolve))));
  return one;
}

async function written(call: Reading, response: ReadResp): Promise<void> {
  if (!call.write(response) && !call.cancelled) await Promise.race([once(call, 'drain'), goneOf(call)]);
}

type Refusal = Exclude<Outcome, { is: 'success' }>;

function batchSuccess({ revision, position }: Extract<Outcome, { is: 'success' }>): BatchAppendResp.Success {
  const at = new shared.AllStreamPosition().setCommitPosition(String(position)).setPreparePosition(String(position));
  return new streams.BatchAppendResp.Success().setCurrentRevision(String(revision)).setPosition(at);
}

function batchError(outcome: Refusal, expected: Expected) {
  const details = { wrong: 'WrongExpectedVersion', 'too-long': 'MaximumAppendSizeExceeded', 'bad-request': 'BadRequest', deleted: 'StreamDeleted' }[outcome.is];
  const message =
    outcome.is === 'wrong'
      ? wrongVersion(outcome.actual, expected)
      : outcome.is === 'too-long'
        ? new shared.MaximumAppendSizeExceeded().setMaxappendsize(maxAppendSize)
        : outcome.is === 'bad-request'
          ? new shared.BadRequest().setMessage(outcome.message)
          : new shared.StreamDeleted();
  const error = new statuses.Status().setMessage(details);
  // google-protobuf's Any comes with the message that holds one.
  const any = statuses.Status.deserializeBinary(Uint8Array.of(0x1a, 0x00)).getDetails();
  any?.pack(message.serializeBinary(), `event_store.client.${details}`);
  return error.setDetails(any);
}

function wrongVersion(actual: number, expected: Expected) {
  const wrong = new shared.WrongExpectedVersion();
  if (actual === -1) wrong.setCurrentNoStream(new shared.Empty());
  else wrong.setCurrentStreamRevision(String(actual));
  if (expected === 'any') return wrong.setExpectedAny(new shared.Empty());
  if (expected === 'exists') return wrong.setExpectedStreamExists(new shared.Empty());
  return expected === -1 ? wrong.setExpectedNoStream(new shared.Empty()) : wrong.setExpectedStreamPosition(String(expected));
}

function unarySuccess({ revision, position }: Extract<Outcome, { is: 'success' }>): AppendResp {
  const at = new streams.AppendResp.Position().setCommitPosition(String(position)).setPreparePosition(String(position));
  return new streams.AppendResp().setSuccess(new streams.AppendResp.Success().setCurrentRevision(String(revision)).setPosition(at));
}

function unaryWrong(actual: number, expected: Expected): AppendResp {
  const wrong = new streams.AppendResp.WrongExpectedVersion();
  if (actual === -1) wrong.setCurrentNoStream(new shared.Empty());
  else wrong.setCurrentRevision(String(actual));
  if (expected === 'any') wrong.setExpectedAny(new shared.Empty());
  else if (expected === 'exists') wrong.setExpectedStreamExists(new shared.Empty());
  else if (expected === -1) wrong.setExpectedNoStream(new shared.Empty());
  else wrong.setExpectedRevision(String(expected));
  return new streams.AppendResp().setWrongExpectedVersion(wrong);
}

function supportedMethods() {
  const methods = ['append', 'batchappend', 'read', 'tombstone'].map((name) =>
    new features.SupportedMethod().setServiceName('event_store.client.streams.streams').setMethodName(name),
  );
  return new features.SupportedMethods().setEventStoreServerVersion('23.10.8').setMethodsList(methods);
}

/** In a process of its own: `node stand-in-server.testing.js --port P --file F`. Says its port when it serves. */
if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '0' }, file: { type: 'string' } } });
  const server = await new StandInServer({ file: values.file ?? ':memory:', port: Number(values.port) }).start();
  process.stdout.write(`serving on port ${server.port}\n`);
}

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
import featuresService from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import gossipService from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import services from '@eventstore/db-client/generated/streams_grpc_pb.js';
import streams, {
  type AppendReq,
  type AppendResp,
  type BatchAppendReq,
  type BatchAppendResp,
  type DeleteReq,
  type DeleteResp,
  type ReadReq,
  type ReadResp,
  type TombstoneReq,
  type TombstoneResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import {
  accessDenied,
  batchError,
  batchSuccess,
  eventResponse,
  fitsOf,
  leaderIs,
  nameOf,
  noPlace,
  notHandled,
  placeOf,
  proposed,
  streamDeleted,
  supportedMethods,
  tooLong,
  unarySuccess,
  unauthenticated,
  unaryWrong,
  type ServiceFault,
} from './stand-in-messages.testing.js';
import { StandInStore, type Expected, type Outcome, type Proposed, type Stored } from './stand-in-store.testing.js';

export interface StandInOptions {
  /** The file that holds the log. */
  readonly file: string;
  /** One that is free by default; it stays the same when the server is started again. */
  readonly port?: number;
  /** Asks for TLS with this key and certificate. */
  readonly tls?: { readonly key: string; readonly certificate: string };
  /** Asks every call for these, `user:password`. */
  readonly credentials?: string;
  /** The port of the node that leads, where this one does not at first. */
  readonly leaderPort?: number;
  /** Versions before 23.10 do not say when a subscription has caught up. */
  readonly saysCaughtUp?: boolean;
  /** Versions from 24.10 on call a position invalid that is no event's; those before have no words of its own for it. */
  readonly callsPositionsInvalid?: boolean;
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
  /** Told of each message: a read begun, an event given to it, an append taken in, begun to be written, and written but not answered. */
  onMessage = () => {};
  /** How many reads do not find the last event yet, as on a leader whose followers have not written it. */
  readsBehind = 0;
  /** How long each call waits for its answer. */
  slowMs = 0;
  /** What calls are asked for from now on. */
  credentials: string | undefined;
  /** Gives subscribers nothing, though the connection stands. */
  isMute = false;
  /** The port of the node that leads, where this one does not: the other one holds the file then. Unknown while they elect. */
  leaderPort: number | 'unknown' | undefined;
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
    this.credentials = options.credentials;
    this.boundPort = options.port ?? 0;
    this.leaderPort = options.leaderPort;
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
      delete: this.serving('delete', (call: ServerUnaryCall<DeleteReq, DeleteResp>, answer: sendUnaryData<DeleteResp>) => {
        const at = String(this.log.softlyDelete(nameOf(call.request.getOptions()?.getStreamIdentifier())));
        answer(null, new streams.DeleteResp().setPosition(new streams.DeleteResp.Position().setCommitPosition(at).setPreparePosition(at)));
      }),
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
        const { credentials, leaderPort } = this;
        const given = Buffer.from(String(call.metadata.get('authorization')[0] ?? '').replace(/^Basic /, ''), 'base64').toString();
        if (credentials !== undefined && name !== 'gossip' && name !== 'features' && given !== credentials) refuse(given === '' ? accessDenied() : unauthenticated());
        else if (leaderPort !== undefined && name !== 'gossip' && name !== 'batchAppend' && isForLeader(call)) refuse(leaderIs(leaderPort));
        else await serve(call, ...rest);
      };
      work().catch((error: unknown) => refuse({ code: status.UNKNOWN, details: 'Exception was thrown by handler.', message: String(error) }));
    };
  }

  /** Waits as long as the server is frozen, or slow. */
  private async turn(): Promise<void> {
    await this.thawing();
    if (this.slowMs > 0) await new Promise((resolve) => setTimeout(resolve, this.slowMs));
  }

  private async thawing(): Promise<void> {
    while (this.thawed) await this.thawed.promise;
  }

  private async read(call: Reading): Promise<void> {
    this.onMessage();
    await this.thawing();
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
      if (this.log.head(name) === -1 || this.log.isSoftlyDeleted(name)) {
        const notFound = new streams.ReadResp.StreamNotFound().setStreamIdentifier(stream.getStreamIdentifier());
        call.write(new streams.ReadResp().setStreamNotFound(notFound));
        return void call.end();
      }
      rows = this.log.stream(name, stream.hasRevision() ? Number(stream.getRevision()) : undefined, isBackwards);
    } else {
      const from = placeOf(options);
      if (from !== undefined && !this.log.isPlace(from)) return void call.emit('error', noPlace(this.options.callsPositionsInvalid));
      rows = this.log.all(from, isBackwards, fitsOf(options));
    }
    const hidden = this.readsBehind > 0 ? this.log.lastPosition : undefined;
    if (hidden !== undefined) this.readsBehind -= 1;
    let given = 0;
    for (const row of rows) {
      if (call.cancelled || given === count) break;
      if (row.position === hidden) continue;
      given += 1;
      this.onMessage();
      await this.thawing();
      if (!this.store) return;
      if (this.leaderPort !== undefined && isForLeader(call)) return void call.emit('error', leaderIs(this.leaderPort));
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
      // The call stands also where the node does not lead: the first append ends it, with all that waits in it.
      if (this.leaderPort === 'unknown') return void call.write(new streams.BatchAppendResp().setCorrelationId(correlation).setError(notHandled()));
      if (this.leaderPort !== undefined && isForLeader(call)) return void call.emit('error', leaderIs(this.leaderPort));
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
    this.onMessage();
    this.waiting.push({ stream, expected, events, answer });
    if (this.waiting.length === 1) setImmediate(() => void this.flush());
  }

  private async flush(): Promise<void> {
    this.onMessage();
    await this.turn();
    const group = this.waiting.splice(0);
    if (group.length === 0 || !this.store) return;
    const outcomes: Outcome[] = [];
    if (this.dieAt === 'before-commit') return this.die();
    this.store.inTransaction(() => outcomes.push(...group.map(({ stream, expected, events }) => this.log.append(stream, expected, events))));
    if (this.dieAt === 'after-commit') return this.die();
    this.onMessage();
    await this.thawing();
    if (!this.store) return;
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
    const { leaderPort } = this;
    const { FOLLOWER, LEADER } = gossip.MemberInfo.VNodeState;
    const member = (port: number, state: typeof FOLLOWER | typeof LEADER) =>
      new gossip.MemberInfo()
        .setInstanceId(new shared.UUID().setString(crypto.randomUUID()))
        .setTimeStamp(String(Date.now()))
        .setState(state)
        .setIsAlive(true)
        .setHttpEndPoint(new gossip.EndPoint().setAddress('127.0.0.1').setPort(port));
    const members = typeof leaderPort !== 'number' ? [member(this.port, LEADER)] : [member(this.port, FOLLOWER), member(leaderPort, LEADER)];
    return new gossip.ClusterInfo().setMembersList(members);
  }
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

const isForLeader = (call: { metadata: Metadata }) => call.metadata.get('requires-leader')[0] === 'true';

/** In a process of its own: `node stand-in-server.testing.js --port P --file F`. Says its port when it serves. */
if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '0' }, file: { type: 'string' } } });
  const server = await new StandInServer({ file: values.file ?? ':memory:', port: Number(values.port) }).start();
  process.stdout.write(`serving on port ${server.port}\n`);
}

import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import {
  Server,
  ServerCredentials,
  status,
  type Metadata,
  type sendUnaryData,
  type ServerUnaryCall,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import featuresService from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import gossipService from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import services from '@eventstore/db-client/generated/streams_grpc_pb.js';
import streams, {
  type AppendResp,
  type DeleteReq,
  type DeleteResp,
  type TombstoneReq,
  type TombstoneResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import { StandInAppends, type Appending, type BatchAppending } from './stand-in-appends.testing.js';
import { accessDenied, leaderIs, nameOf, supportedMethods, unauthenticated, type ServiceFault } from './stand-in-messages.testing.js';
import { isForLeader, StandInNode, type StandInOptions } from './stand-in-node.testing.js';
import { StandInReads, type Reading } from './stand-in-reads.testing.js';
import { StandInStore } from './stand-in-store.testing.js';

/**
 * A server that answers EventStoreDB's client over a real socket as EventStoreDB 23.10 does, as far as the event log asks,
 * and that can fail in the ways that servers fail.
 */
export class StandInServer extends StandInNode {
  private server: Server | undefined;
  private readonly reads = new StandInReads(this);
  private readonly appends = new StandInAppends(this);
  private ended = Promise.withResolvers<void>();
  private boundPort: number;

  constructor(options: StandInOptions) {
    super(options);
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
    const server = new Server({ 'grpc.max_receive_message_length': -1 });
    server.addService(services.StreamsService, {
      read: this.serving('read', (call: Reading) => this.reads.read(call)),
      batchAppend: this.serving('batchAppend', (call: BatchAppending) => this.appends.batchAppend(call)),
      append: this.serving('append', (call: Appending, answer: sendUnaryData<AppendResp>) => this.appends.unaryAppend(call, answer)),
      tombstone: this.serving('tombstone', (call: ServerUnaryCall<TombstoneReq, TombstoneResp>, answer: sendUnaryData<TombstoneResp>) => {
        const at = this.log.tombstone(nameOf(call.request.getOptions()?.getStreamIdentifier()));
        answer(
          null,
          new streams.TombstoneResp().setPosition(
            new streams.TombstoneResp.Position().setCommitPosition(String(at)).setPreparePosition(String(at)),
          ),
        );
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
    this.store = new StandInStore(this.options.file);
    return this;
  }

  override stop(): void {
    const { server, store } = this;
    this.server = this.store = undefined;
    this.appends.clear();
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

  private serving<Call extends { metadata: Metadata }, Rest extends unknown[]>(
    name: string,
    serve: (call: Call, ...rest: Rest) => unknown,
  ) {
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
        if (credentials !== undefined && name !== 'gossip' && name !== 'features' && given !== credentials)
          refuse(given === '' ? accessDenied() : unauthenticated());
        else if (leaderPort !== undefined && name !== 'gossip' && name !== 'batchAppend' && isForLeader(call)) refuse(leaderIs(leaderPort));
        else await serve(call, ...rest);
      };
      work().catch((error: unknown) =>
        refuse({ code: status.UNKNOWN, details: 'Exception was thrown by handler.', message: String(error) }),
      );
    };
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
    const members =
      typeof leaderPort !== 'number' ? [member(this.port, LEADER)] : [member(this.port, FOLLOWER), member(leaderPort, LEADER)];
    return new gossip.ClusterInfo().setMembersList(members);
  }
}

/** In a process of its own: `node stand-in-server.testing.js --port P --file F`. Says its port when it serves. */
if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '0' }, file: { type: 'string' } } });
  const server = await new StandInServer({ file: values.file ?? ':memory:', port: Number(values.port) }).start();
  process.stdout.write(`serving on port ${server.port}\n`);
}

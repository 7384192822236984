import { existsSync } from 'node:fs';
import { EventStoreDBClient } from '@eventstore/db-client';
import services, { type StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import './closed-subchannels.js';
import { checkUrl, filesOf, unreadableUrl } from './url.js';

export type ReadCall = ReturnType<StreamsClient['read']>;
export type AppendCall = ReturnType<StreamsClient['batchAppend']>;
type CallArguments = Parameters<StreamsClient['batchAppend']>;

/**
 * What the client (6.2.1) hides in its types, and what all of its own calls are made of: the connection with discovery and
 * the change to another leader, the credentials of the URL, the list of what `dispose` ends.
 */
interface Hidden {
  callArguments(options: { requiresLeader: boolean }, callOptions: { deadline: number }): CallArguments;
  GRPCStreamCreator<Call>(
    Client: typeof StreamsClient,
    name: string,
    create: (client: StreamsClient) => Call | Promise<Call>,
    cache?: WeakMap<StreamsClient, Call | Promise<Call>>,
  ): () => Promise<Call>;
}

/** Of grpc.connectivityState: READY; TRANSIENT_FAILURE and SHUTDOWN. */
const ready: readonly number[] = [2];
const failing: readonly number[] = [3, 4];

/**
 * One instance of EventStoreDB's client, of which calls are made as it makes its own, but with the messages as they are on
 * the wire: the exact bytes of events, filters in reads, and appends that wait in no list shared by all clients of the process.
 */
export class Client {
  private readonly client: EventStoreDBClient;
  private readonly hidden: Hidden;
  private readonly used = new Set<StreamsClient>();
  private isClosed = false;
  private readonly appendCalls = new WeakMap<StreamsClient, AppendCall | Promise<AppendCall>>();

  /** Throws TypeError for a URL that cannot be used. */
  constructor(
    url: string,
    private readonly connectMs: number,
  ) {
    checkUrl(url);
    try {
      this.client = EventStoreDBClient.connectionString(url);
    } catch (error) {
      // It does not say which file it did not find.
      const missing = filesOf(url).find(([, path]) => !existsSync(path));
      if (missing) throw new TypeError(`the URL of EventStoreDB names a file that is not there: ${missing.join('=')}`, { cause: error });
      // The error of its parser holds the connection string.
      throw error instanceof Error && !('connectionString' in error) ? new TypeError(error.message, { cause: error }) : unreadableUrl();
    }
    this.hidden = this.client as unknown as Hidden;
  }

  /** Of a node that does not lead, the client goes to the one that does: what was written is read. */
  read(request: ReadReq): Promise<ReadCall> {
    return this.call((client, ...options) => client.read(request, ...options));
  }

  /** The one call for appends over this connection, made with the first of them. Rejects where there is no connection: nothing was sent then. */
  appends(prepare: (call: AppendCall) => void): Promise<AppendCall> {
    return this.call(async (client, ...options) => {
      const forget = () => this.appendCalls.delete(client);
      try {
        await this.connected(client);
      } catch (error) {
        forget();
        throw error;
      }
      const call = client.batchAppend(...options);
      call.on('error', forget).on('end', forget);
      prepare(call);
      return call;
    }, this.appendCalls);
  }

  /** Takes no more calls; those under way go on. */
  close(): void {
    this.isClosed = true;
    for (const client of this.used) client.close();
  }

  /** Ends all calls, and the connection. */
  async dispose(): Promise<void> {
    this.close();
    await this.client.dispose();
  }

  private call<Call>(
    make: (client: StreamsClient, ...options: CallArguments) => Call | Promise<Call>,
    cache?: WeakMap<StreamsClient, Call | Promise<Call>>,
  ): Promise<Call> {
    const create = (client: StreamsClient) => {
      if (this.isClosed) throw new Error('the connection was given up');
      this.used.add(client);
      return make(client, ...this.hidden.callArguments({ requiresLeader: true }, { deadline: Infinity }));
    };
    return this.hidden.GRPCStreamCreator(services.StreamsClient, 'digituki', create, cache)();
  }

  private async connected(client: StreamsClient): Promise<void> {
    const channel = client.getChannel();
    const until = Date.now() + this.connectMs;
    for (;;) {
      const state = channel.getConnectivityState(true);
      if (ready.includes(state)) return;
      if (failing.includes(state)) throw new Error('no connection');
      await new Promise<void>((resolve, reject) =>
        channel.watchConnectivityState(state, until, (error) => (error ? reject(error) : resolve())),
      );
    }
  }
}

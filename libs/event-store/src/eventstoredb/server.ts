import type { BatchAppendReq, BatchAppendResp, ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { outageReason } from '#engines/outage';
import { Failed } from '#kernel/refused';
import { failLog } from '../event-log.js';
import { Client, type AppendCall, type ReadCall } from './client.js';
import { uuidText } from './messages.js';
import { hostsOf } from './url.js';

/** An append that was not answered: `isSent` where it may have been recorded all the same. */
export class NotAnswered extends Error {
  override readonly name = 'NotAnswered';
  constructor(
    readonly isSent: boolean,
    reason: string,
    options?: ErrorOptions,
  ) {
    super(reason, options);
  }
}

interface Waiting {
  readonly call: AppendCall;
  readonly settle: (answer: BatchAppendResp | NotAnswered) => void;
}

/** One client with what is under way over it. Each call has a time of its own, since the client keeps none. */
class Connection {
  private readonly client: Client;
  private readonly waiting = new Map<string, Waiting>();
  private readonly ended = new WeakSet<AppendCall>();
  private readonly subscriptions = new Set<ReadCall>();

  constructor(
    url: string,
    private readonly timeoutMs: number,
    /** It does not answer, or cannot be made: the next call needs another one. */
    private readonly onStuck: (connection: Connection) => void,
  ) {
    this.client = new Client(url, timeoutMs);
  }

  /** Sends an append and waits for its answer. @throws NotAnswered */
  append(correlationId: string, requests: readonly BatchAppendReq[]): Promise<BatchAppendResp> {
    return new Promise((resolve, reject) => {
      let isSent = false;
      let isSettled = false;
      const settle: Waiting['settle'] = (answer) => {
        isSettled = true;
        clearTimeout(timer);
        this.waiting.delete(correlationId);
        if (answer instanceof NotAnswered) reject(answer);
        else resolve(answer);
      };
      const timer = setTimeout(() => {
        settle(new NotAnswered(isSent, 'no-answer'));
        this.onStuck(this);
      }, this.timeoutMs);
      this.appendCall().then(
        (call) => {
          if (isSettled) return;
          isSent = true;
          this.waiting.set(correlationId, { call, settle });
          for (const request of requests) call.write(request);
        },
        (error: unknown) => {
          settle(new NotAnswered(false, reasonOf(error), { cause: error }));
          this.onStuck(this);
        },
      );
    });
  }

  /**
   * Asks, and gives each piece of the answer to `take`. A silence longer than the timeout ends it, unless `isAlive` can say
   * that the server is at work: looking for what fits a filter may take longer.
   */
  async read(request: ReadReq, take: (response: ReadResp) => void, isAlive?: () => Promise<unknown>): Promise<void> {
    const call = this.client.read(request);
    let isOver = false;
    let timer: NodeJS.Timeout | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        const silent = () => {
          reject(failLog('log-unavailable', { reason: 'no-answer' }));
          this.onStuck(this);
        };
        timer = setTimeout(() => {
          if (isAlive) isAlive().then(() => !isOver && timer?.refresh(), silent);
          else silent();
        }, this.timeoutMs);
        call.then((made) => {
          made.on('data', (response: ReadResp) => {
            if (isOver) return;
            timer?.refresh();
            try {
              take(response);
            } catch (error) {
              reject(error);
            }
          });
          made.on('end', resolve);
          made.on('error', reject);
        }, reject);
      });
    } catch (error) {
      void call.then(
        (made) => made.cancel(),
        () => {},
      );
      throw error;
    } finally {
      isOver = true;
      clearTimeout(timer);
    }
  }

  /** A call that goes on until it is cancelled, or until this connection is given up. */
  async subscribe(request: ReadReq): Promise<ReadCall> {
    const call = await this.client.read(request);
    this.subscriptions.add(call);
    call.once('status', () => this.subscriptions.delete(call));
    return call;
  }

  /** Takes no more calls. What is under way may still be answered within its time; subscriptions are to be begun again elsewhere. */
  async giveUp(): Promise<void> {
    this.client.close();
    for (const call of this.subscriptions) call.cancel();
    await new Promise<void>((resolve) => setTimeout(resolve, this.timeoutMs).unref());
    await this.end();
  }

  /** Ends all calls, and the connection. */
  async end(): Promise<void> {
    await this.client.dispose();
    for (const { settle } of this.waiting.values()) settle(new NotAnswered(true, 'cut-off'));
  }

  private async appendCall(): Promise<AppendCall> {
    const call = await this.client.appends((made) => this.answer(made));
    // It may have ended since it was made.
    return this.ended.has(call) ? this.client.appends((made) => this.answer(made)) : call;
  }

  private answer(call: AppendCall): void {
    call.on('data', (answer: BatchAppendResp) => this.waiting.get(uuidText(answer.getCorrelationId()))?.settle(answer));
    const ended = (error?: unknown) => {
      this.ended.add(call);
      const reason = error === undefined ? 'cut-off' : reasonOf(error);
      // Who is not let in is told so before anything is looked at.
      const isSent = reason !== 'access-refused';
      for (const waiting of this.waiting.values())
        if (waiting.call === call) waiting.settle(new NotAnswered(isSent, reason, { cause: error }));
    };
    call.on('error', ended);
    call.on('end', () => {
      ended();
      call.end();
    });
  }
}

/**
 * The server as the log calls it: over one connection, which is replaced when it does not answer. Whatever stands in the
 * way of reading is told as `log-unavailable`.
 */
export class Server {
  private connection: Connection;
  private readonly givenUp = new Set<Connection>();
  private isClosed = false;

  /** Throws TypeError for a URL that cannot be used. */
  constructor(
    private readonly url: string,
    readonly timeoutMs: number,
  ) {
    this.connection = this.connect();
  }

  /** What may be told of where it is. */
  get hosts(): string {
    return hostsOf(this.url);
  }

  /** @throws NotAnswered */
  async append(correlationId: string, requests: readonly BatchAppendReq[]): Promise<BatchAppendResp> {
    if (this.isClosed) throw new NotAnswered(false, closed);
    try {
      return await this.connection.append(correlationId, requests);
    } catch (error) {
      if (!isOfAnotherLeader((error as Error).cause)) throw error;
      // Its call ended with another append's. The same again is recorded once, whether it was sent while that node led or not.
      await new Promise(setImmediate);
      try {
        return await this.connection.append(correlationId, requests);
      } catch (again) {
        throw new NotAnswered(true, reasonOf(again), { cause: again });
      }
    }
  }

  /** @throws Failed `log-unavailable`, or what `take` fails with */
  async read(request: ReadReq, take: (response: ReadResp) => void, isAlive?: () => Promise<unknown>): Promise<void> {
    let hasTaken = false;
    const taking = (response: ReadResp) => {
      hasTaken = true;
      take(response);
    };
    await this.told(async () => {
      try {
        await this.connection.read(request, taking, isAlive);
      } catch (error) {
        // A node may cease to lead in the middle of an answer: from its beginning again, that would be given twice.
        if (hasTaken || !isOfAnotherLeader(error)) throw error;
        // The client has just learnt where the leader is.
        await new Promise(setImmediate);
        await this.connection.read(request, take, isAlive);
      }
    });
  }

  /** @throws Failed `log-unavailable` */
  subscribe(request: ReadReq): Promise<ReadCall> {
    return this.told(() => this.connection.subscribe(request));
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await Promise.all([this.connection, ...this.givenUp].map((connection) => connection.end()));
  }

  private connect(): Connection {
    return new Connection(this.url, this.timeoutMs, (stuck) => this.replace(stuck));
  }

  private replace(stuck: Connection): void {
    if (this.connection !== stuck || this.isClosed) return;
    try {
      this.connection = this.connect();
    } catch {
      // The files of its certificates may be away just now: it goes on trying with what it has.
      return;
    }
    this.givenUp.add(stuck);
    void stuck.giveUp().finally(() => this.givenUp.delete(stuck));
  }

  private async told<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.isClosed) throw failLog('log-unavailable', { reason: closed });
    try {
      return await work();
    } catch (error) {
      if (error instanceof Failed) throw error;
      throw failLog('log-unavailable', { reason: reasonOf(error) }, { cause: error });
    }
  }
}

/** Of a connection that this process has closed itself. */
const closed = 'cut-off';

/** Of grpc.status: PERMISSION_DENIED, UNAUTHENTICATED. */
const accessRefused: readonly unknown[] = [7, 16];

/** https://grpc.io/docs/guides/status-codes/ */
export function statusOf(error: unknown): number | undefined {
  const { code } = error as { code?: unknown };
  return typeof code === 'number' ? code : undefined;
}

/** What the server, or else the client, says of an error. */
export function saidOf(error: unknown): string {
  const { details, message } = error as { details?: unknown; message?: unknown };
  return typeof details === 'string' && details !== '' ? details : String(message ?? error);
}

function reasonOf(error: unknown): string {
  if (error instanceof NotAnswered) return error.message;
  return accessRefused.includes(statusOf(error)) ? 'access-refused' : outageReason(saidOf(error));
}

/** What EventStoreDB calls the error that it answered with; undefined for any other. */
export function exceptionOf(error: unknown): unknown {
  const { metadata } = (error ?? {}) as { metadata?: { get?: (key: string) => unknown[] } };
  return metadata?.get?.('exception')[0];
}

function isOfAnotherLeader(error: unknown): boolean {
  return exceptionOf(error) === 'not-leader';
}

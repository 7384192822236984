import { setTimeout as sleep } from 'node:timers/promises';
import {
  BSON,
  MongoAPIError,
  MongoClient,
  MongoClientClosedError,
  MongoNotConnectedError,
  MongoParseError,
  MongoServerClosedError,
  MongoServerError,
  MongoServerSelectionError,
  MongoTopologyClosedError,
  type Db,
  type MongoClientOptions,
} from 'mongodb';
import { outageReason } from './outage.js';
import { CodedError, type Failed } from '#kernel/refused';

/** Codes of the server: an id, or another key that is unique, is there already; what is to be dropped is not there. */
export const duplicateKey = 11000;
export const noSuchCollection = 26;
export const noSuchIndex = 27;

/**
 * Codes that say that the server was asked wrongly, or was given what it does not keep: BadValue, FailedToParse,
 * TypeMismatch, CommandNotFound, InvalidOptions, InvalidNamespace, IndexOptionsConflict, DocumentValidationFailure,
 * BSONObjectTooLarge, DuplicateKey, a resulting document that is too large. To ask again would not help.
 */
const askedWrongly = new Set<unknown>([2, 9, 14, 59, 72, 73, 85, 121, 10334, duplicateKey, 17419]);
/** Codes of a user who is not let in, or may not do this: Unauthorized, AuthenticationFailed, AtlasError. */
const accessRefused = new Set<unknown>([13, 18, 8000]);
const closed = [MongoClientClosedError, MongoNotConnectedError, MongoServerClosedError, MongoTopologyClosedError];

const mostConnections = 32;
const goodbyeMs = 1_000;

/** The failure of what cannot be used, for this reason: a code of an outage, or the driver's words. */
type Unavailable = (reason: string, options?: ErrorOptions) => Failed;

export interface Connecting {
  readonly url: string;
  /** The database, where the address names none. */
  readonly database: string;
  /** The longest that a call may take. */
  readonly timeoutMs: number;
  readonly unavailable: Unavailable;
}

/**
 * A connection to the server. What was acknowledged is on the disks of a majority and is never rolled back; what is read is
 * so, too: a row that could vanish with its primary must not be folded onto.
 */
export class MongoDbServer {
  private constructor(
    private readonly client: MongoClient,
    readonly db: Db,
    readonly timeoutMs: number,
    private readonly unavailable: Unavailable,
  ) {}

  /** @throws what `unavailable` makes, and TypeError for an address that cannot be used */
  static async connect({ url, database, timeoutMs, unavailable }: Connecting): Promise<MongoDbServer> {
    const client = clientOf(url, {
      appName: database,
      // The driver's own timeoutMS has no effect. It is to say what is wrong before our time is over.
      serverSelectionTimeoutMS: timeoutMs * 0.8,
      connectTimeoutMS: timeoutMs,
      socketTimeoutMS: timeoutMs,
      waitQueueTimeoutMS: timeoutMs,
      maxPoolSize: mostConnections,
      writeConcern: { w: 'majority', journal: true },
      readConcern: { level: 'majority' },
      readPreference: 'primary',
      retryWrites: true,
      ignoreUndefined: true,
    });
    const server = new MongoDbServer(client, client.db(databaseOf(url) ?? database), timeoutMs, unavailable);
    try {
      await server.call(() => client.connect());
      return server;
    } catch (error) {
      await client.close();
      throw error;
    }
  }

  /**
   * Asks the server for something. What was not answered in time may still be done.
   * @throws what `unavailable` makes in place of what the driver throws, other than for what it or the server was asked wrongly
   */
  async call<Result>(work: () => Promise<Result>): Promise<Result> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(this.unavailable('no-answer')), this.timeoutMs);
    });
    try {
      return await Promise.race([work(), tooLate]);
    } catch (error) {
      throw this.told(error);
    } finally {
      clearTimeout(timer);
    }
  }

  /** The database server's clock, which all servers share. @throws what `unavailable` makes where there is no primary that takes writes */
  async now(): Promise<Date> {
    const { isWritablePrimary, localTime } = await this.call(() => this.db.command({ hello: 1 }));
    if (isWritablePrimary !== true) throw this.unavailable('no-primary');
    return localTime as Date;
  }

  /** Ends what is under way. The driver takes leave of the server, which may be down: that is not waited for long. */
  async close(): Promise<void> {
    await Promise.race([this.client.close(), sleep(goodbyeMs, undefined, { ref: false })]);
  }

  /** The driver lets errors of Node's sockets through, too: whatever is nobody's fault here is the server's or the network's. */
  private told(error: unknown): unknown {
    if (error instanceof CodedError || isOwnFault(error)) return error;
    // A file of certificates that the address names.
    if ((error as NodeJS.ErrnoException).syscall === 'open') return new TypeError((error as Error).message, { cause: error });
    return this.unavailable(reasonOf(error as Error), { cause: error });
  }
}

/** The driver's error may hold the address, password and all: it is not handed on. */
function clientOf(url: string, options: MongoClientOptions): MongoClient {
  try {
    return new MongoClient(url, options);
  } catch (error) {
    // eslint-disable-next-line preserve-caught-error
    throw new TypeError((error as Error).message.replaceAll(url, '…').replace(/\/\/\S*@/g, '//'));
  }
}

/** The database that the path of a connection string names. */
export function databaseOf(url: string): string | undefined {
  const [, name] = /^[^/]*\/\/[^/]+\/([^/?]+)/.exec(url) ?? [];
  return name && decodeURIComponent(name);
}

function isOwnFault(error: unknown): boolean {
  if (error instanceof MongoServerError) return askedWrongly.has(error.code);
  if (closed.some((type) => error instanceof type)) return false;
  return [MongoAPIError, MongoParseError, BSON.BSONError, TypeError, RangeError].some((type) => error instanceof type);
}

function reasonOf(error: Error): string {
  if (error instanceof MongoServerError && accessRefused.has(error.code)) return 'access-refused';
  if (error instanceof MongoServerSelectionError && hasNoPrimary(error)) return 'no-primary';
  return outageReason(error.message);
}

/** Whether the servers answer, and none of them is a primary of the set that is asked for. */
function hasNoPrimary({ reason }: MongoServerSelectionError): boolean {
  return reason?.type === 'ReplicaSetNoPrimary' && [...reason.servers.values()].every(({ type }) => type !== 'Unknown');
}

/** Hands on an error unless it is of this code. */
export function unless(code: number): (error: unknown) => undefined {
  return (error) => {
    if (!(error instanceof MongoServerError) || error.code !== code) throw error;
  };
}

import { BSON, MongoAPIError, MongoClient, MongoClientClosedError, MongoNotConnectedError, MongoParseError, MongoServerClosedError, MongoServerError, MongoTopologyClosedError, type Db } from 'mongodb';
import { CodedError } from '#kernel/refused';
import { failViews } from '../read-store.js';

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
const closed = [MongoClientClosedError, MongoNotConnectedError, MongoServerClosedError, MongoTopologyClosedError];

const mostConnections = 32;

/**
 * A connection to the server. What was acknowledged is on the disks of a majority and is never rolled back; what is read is
 * so, too: a row that could vanish with its primary must not be folded onto.
 */
export class MongoDbServer {
  private constructor(
    private readonly client: MongoClient,
    readonly db: Db,
    readonly timeoutMs: number,
  ) {}

  /** @throws Failed `views-unavailable` */
  static async connect(url: string, timeoutMs: number): Promise<MongoDbServer> {
    const client = new MongoClient(url, {
      appName: 'digituki',
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
    const server = new MongoDbServer(client, client.db(databaseOf(url)), timeoutMs);
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
   * @throws Failed `views-unavailable` in place of what the driver throws, other than for what it or the server was asked wrongly
   */
  async call<Result>(work: () => Promise<Result>): Promise<Result> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(failViews('views-unavailable', { reason: `no answer within ${this.timeoutMs} ms` })), this.timeoutMs);
    });
    try {
      return await Promise.race([work(), tooLate]);
    } catch (error) {
      throw toldAs(error);
    } finally {
      clearTimeout(timer);
    }
  }

  /** The server's clock, which all processes share. @throws Failed `views-unavailable` where there is no primary that takes writes */
  async now(): Promise<Date> {
    const { isWritablePrimary, localTime } = await this.call(() => this.db.command({ hello: 1 }));
    if (isWritablePrimary !== true) throw failViews('views-unavailable', { reason: 'the server is no primary that takes writes' });
    return localTime as Date;
  }

  async close(): Promise<void> {
    await this.client.close();
  }
}

/** The database that the path of a connection string names. */
export function databaseOf(url: string): string {
  const [, name] = /^[^/]*\/\/[^/]+\/([^/?]+)/.exec(url) ?? [];
  return name === undefined ? 'digituki' : decodeURIComponent(name);
}

/** The driver lets errors of Node's sockets through, too: whatever is nobody's fault here is the server's or the network's. */
function toldAs(error: unknown): unknown {
  if (error instanceof CodedError || isOwnFault(error)) return error;
  return failViews('views-unavailable', { reason: withoutPlaces((error as Error).message) }, { cause: error });
}

function isOwnFault(error: unknown): boolean {
  if (error instanceof MongoServerError) return askedWrongly.has(error.code);
  if (closed.some((type) => error instanceof type)) return false;
  return [MongoAPIError, MongoParseError, BSON.BSONError, TypeError, RangeError].some((type) => error instanceof type);
}

/** Clients read the reason: it names no credentials and no addresses. */
function withoutPlaces(message: string): string {
  return message.replace(/\/\/\S*@/g, '//').replace(/\S+:\d{2,5}\b/g, '…');
}

/** Hands on an error unless it is of this code. */
export function unless(code: number): (error: unknown) => undefined {
  return (error) => {
    if (!(error instanceof MongoServerError) || error.code !== code) throw error;
  };
}

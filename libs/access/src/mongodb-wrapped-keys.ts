import { MongoClient, ReadConcern, ReadPreference, WriteConcern, type Collection, type MongoClientOptions, type MongoError } from 'mongodb';
import { withoutCredentials } from '#kernel/connection-string';
import { fail, type KeptKey, type WrappedKeys } from './key-store.js';

interface Document {
  readonly _id: string;
  readonly wrapped: Buffer | null;
  readonly forgottenAt?: string;
}

const defaultDatabase = 'digituki-keys';
const duplicateKey = 11_000;

/**
 * Wrapped keys in MongoDB, for processes on several machines. A key is used only once a majority of the servers has it in
 * its journal, whoever of those who race for it made it.
 */
export class MongodbWrappedKeys implements WrappedKeys {
  private constructor(
    readonly place: string,
    private readonly client: MongoClient,
    private readonly keys: Collection<Document>,
    private readonly timeoutMs: number,
  ) {}

  /** Connects. The database is the one that the address names, or `digituki-keys`. @throws TypeError for an address that cannot be used, Failed `keys-unavailable` */
  static async open(url: string, { timeoutMs = 5_000 } = {}): Promise<MongodbWrappedKeys> {
    const place = withoutCredentials(url);
    const client = clientOf(url, { appName: 'digituki-keys', serverSelectionTimeoutMS: timeoutMs, connectTimeoutMS: timeoutMs, socketTimeoutMS: timeoutMs, promoteBuffers: true });
    try {
      await within(timeoutMs, client.connect());
    } catch (error) {
      await client.close();
      throw fail('keys-unavailable', { reason: (error as Error).message.replaceAll(url, place) }, { cause: error });
    }
    const keys = client.db(databaseIn(url)).collection<Document>('keys', {
      readPreference: ReadPreference.primary,
      readConcern: new ReadConcern('majority'),
      writeConcern: new WriteConcern('majority', timeoutMs, true),
    });
    return new MongodbWrappedKeys(place, client, keys, timeoutMs);
  }

  async get(id: string): Promise<KeptKey | undefined> {
    const found = await this.asked(() => this.keys.findOne({ _id: id }));
    return found ? kept(found) : undefined;
  }

  async putIfAbsent(id: string, wrapped: Buffer): Promise<KeptKey> {
    // Also where somebody else was faster, this waits until what they wrote is durable; an insert would only be refused.
    await this.upserted(() => this.keys.updateOne({ _id: id }, { $setOnInsert: { wrapped } }, { upsert: true }));
    return (await this.get(id)) as KeptKey;
  }

  async forget(id: string, at: string): Promise<void> {
    await this.upserted(() => this.keys.updateOne({ _id: id }, { $set: { wrapped: null }, $min: { forgottenAt: at } }, { upsert: true }));
  }

  async page(afterId: string | undefined, limit: number): Promise<readonly KeptKey[]> {
    const found = await this.asked(() => this.keys.find({ _id: { $gt: afterId ?? '' } }).sort({ _id: 1 }).limit(limit).toArray());
    return found.map(kept);
  }

  async close(): Promise<void> {
    await this.client.close();
  }

  /** The server may refuse all but one of those who insert the same at once: for them it is an update. */
  private upserted<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.asked(() =>
      work().catch((error: unknown) => {
        if ((error as MongoError).code === duplicateKey) return work();
        throw error;
      }),
    );
  }

  private async asked<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await within(this.timeoutMs, work());
    } catch (error) {
      throw fail('keys-unavailable', { reason: (error as Error).message }, { cause: error });
    }
  }
}

function clientOf(url: string, options: MongoClientOptions): MongoClient {
  try {
    return new MongoClient(url, options);
  } catch (error) {
    throw new TypeError((error as Error).message.replaceAll(url, withoutCredentials(url)), { cause: error });
  }
}

function kept({ _id: id, wrapped, forgottenAt }: Document): KeptKey {
  return { id, wrapped, forgottenAt: forgottenAt ?? null } as KeptKey;
}

function databaseIn(url: string): string {
  const path = /^[^/]*\/\/[^/?]*\/([^?]+)/.exec(url)?.[1];
  return path === undefined ? defaultDatabase : decodeURIComponent(path);
}

/** The driver has no time of its own for an operation as a whole. */
async function within<Result>(timeoutMs: number, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs / 1_000} s`)), timeoutMs)));
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

import type { Collection } from 'mongodb';
import { withoutCredentials } from '#engines/connection-string';
import { duplicateKey, MongoDbServer, unless } from '#engines/mongodb-server';
import { fail, type KeptKey, type WrappedKeys } from './key-store.js';

interface Document {
  readonly _id: string;
  readonly wrapped: Buffer | null;
  readonly forgottenAt?: string;
}

/**
 * Wrapped keys in MongoDB, for servers on several machines. A key is used only once a majority of the servers has it in
 * its journal, whoever of those who race for it made it.
 */
export class MongoDbWrappedKeys implements WrappedKeys {
  private readonly keys: Collection<Document>;

  private constructor(
    readonly place: string,
    private readonly server: MongoDbServer,
  ) {
    this.keys = server.db.collection('keys', { promoteBuffers: true });
  }

  /** Connects. The database is the one that the address names, or `digituki-keys`. @throws Failed `keys-unavailable`, TypeError for an address that cannot be used */
  static async open(url: string, { timeoutMs = 5_000 } = {}): Promise<MongoDbWrappedKeys> {
    const unavailable = (reason: string, options?: ErrorOptions) => fail('keys-unavailable', { reason }, options);
    return new MongoDbWrappedKeys(
      withoutCredentials(url),
      await MongoDbServer.connect({ url, database: 'digituki-keys', timeoutMs, unavailable }),
    );
  }

  async get(id: string): Promise<KeptKey | undefined> {
    const found = await this.server.call(() => this.keys.findOne({ _id: id }));
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
    const found = await this.server.call(() =>
      this.keys
        .find({ _id: { $gt: afterId ?? '' } })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray(),
    );
    return found.map(kept);
  }

  async close(): Promise<void> {
    await this.server.close();
  }

  /** The server may refuse all but one of those who insert the same at once: for them it is an update. */
  private async upserted(work: () => Promise<unknown>): Promise<void> {
    await this.server.call(async () => (await work().catch(unless(duplicateKey))) ?? work());
  }
}

function kept({ _id: id, wrapped, forgottenAt }: Document): KeptKey {
  return { id, wrapped, forgottenAt: forgottenAt ?? null } as KeptKey;
}

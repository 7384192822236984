import { MongoServerError, type Collection as Documents } from 'mongodb';
import type { Lease, Leases } from '../read-store.js';
import { duplicateKey, type MongoDbServer } from './server.js';

interface LeaseDocument {
  readonly _id: string;
  /** Null where it was given back: the beats go on from there, so that nobody takes a new holder for the old one. */
  readonly owner: string | null;
  readonly beat: number;
}

export class MongoDbLeases implements Leases {
  private readonly documents: Documents<LeaseDocument>;

  constructor(private readonly server: MongoDbServer) {
    this.documents = server.db.collection('leases');
  }

  async list(): Promise<readonly Lease[]> {
    const held = await this.server.call(() => this.documents.find({ owner: { $ne: null } }, { sort: { _id: 1 } }).toArray());
    return held.map(leaseOf);
  }

  async claim(name: string, owner: string, previous: Lease | undefined): Promise<Lease | undefined> {
    const asTold = previous ? { owner: previous.owner, beat: previous.beat } : { owner: null };
    return this.server.call(async () => {
      try {
        const claimed = await this.documents.findOneAndUpdate({ _id: name, ...asTold }, { $set: { owner }, $inc: { beat: 1 } }, { upsert: !previous, returnDocument: 'after' });
        return claimed ? leaseOf(claimed) : undefined;
      } catch (error) {
        // Somebody holds it.
        if (error instanceof MongoServerError && error.code === duplicateKey) return undefined;
        throw error;
      }
    });
  }

  async release({ name, owner, beat }: Lease): Promise<void> {
    await this.server.call(() => this.documents.updateOne({ _id: name, owner, beat }, { $set: { owner: null } }));
  }
}

function leaseOf({ _id: name, owner, beat }: LeaseDocument): Lease {
  return { name, owner: owner as string, beat };
}

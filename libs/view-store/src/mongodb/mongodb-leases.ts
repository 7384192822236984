import { randomInt } from 'node:crypto';
import type { Collection as Documents } from 'mongodb';
import type { Lease, Leases } from '../view-store.js';
import { duplicateKey, unless, type MongoDbServer } from '#engines/mongodb-server';

/** As it is stored; servers of an earlier version share the leases while they are upgraded. */
interface LeaseDocument {
  readonly _id: string;
  readonly owner: string;
  readonly beat: number;
}

/** Where the count of a lease's heartbeats begins: anywhere, so that nobody takes a new holder for the one who gave it back. */
const firstHeartbeats = 2 ** 40;

export class MongoDbLeases implements Leases {
  private readonly documents: Documents<LeaseDocument>;

  constructor(private readonly server: MongoDbServer) {
    this.documents = server.db.collection('leases');
  }

  async list(): Promise<readonly Lease[]> {
    const held = await this.server.call(() => this.documents.find({}, { sort: { _id: 1 } }).toArray());
    return held.map(leaseOf);
  }

  async claim(name: string, owner: string, previous: Lease | undefined): Promise<Lease | undefined> {
    return this.server.call(async () => {
      if (previous) {
        const claimed = await this.documents.findOneAndUpdate(
          { _id: name, owner: previous.owner, beat: previous.heartbeats },
          { $set: { owner }, $inc: { beat: 1 } },
          { returnDocument: 'after' },
        );
        return claimed ? leaseOf(claimed) : undefined;
      }
      const first = { _id: name, owner, beat: randomInt(firstHeartbeats) };
      // Else somebody holds it.
      return (await this.documents.insertOne(first).catch(unless(duplicateKey))) && leaseOf(first);
    });
  }

  async release({ name, owner, heartbeats }: Lease): Promise<void> {
    await this.server.call(() => this.documents.deleteOne({ _id: name, owner, beat: heartbeats }));
  }
}

function leaseOf({ _id: name, owner, beat }: LeaseDocument): Lease {
  return { name, owner, heartbeats: beat };
}

import { EmbeddedReadStore } from './embedded/embedded-read-store.js';
import type { Lease, Leases } from './read-store.js';

/** Leases in memory, as a server keeps them. */
export class MemoryLeases implements Leases {
  private readonly kept = new Map<string, Lease>();
  private nextFirstBeat = 1;

  async list(): Promise<readonly Lease[]> {
    return [...this.kept.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  async claim(name: string, owner: string, previous: Lease | undefined): Promise<Lease | undefined> {
    if (!this.is(name, previous)) return undefined;
    const lease = { name, owner, beat: previous ? previous.beat + 1 : (this.nextFirstBeat += 1_000_000) };
    this.kept.set(name, lease);
    return lease;
  }

  async release(lease: Lease): Promise<void> {
    if (this.is(lease.name, lease)) this.kept.delete(lease.name);
  }

  private is(name: string, lease: Lease | undefined): boolean {
    const kept = this.kept.get(name);
    return kept?.owner === lease?.owner && kept?.beat === lease?.beat;
  }
}

/** A store in memory that several runners share, as processes share a server. */
export class SharedReadStore extends EmbeddedReadStore {
  override readonly leases = new MemoryLeases();
}

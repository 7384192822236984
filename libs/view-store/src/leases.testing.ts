import { EmbeddedViewStore } from './embedded/embedded-view-store.js';
import type { Lease, Leases, Opened } from './view-store.js';

/** Leases in memory, as a server keeps them. */
export class MemoryLeases implements Leases {
  private readonly kept = new Map<string, Lease>();
  private nextFirstHeartbeat = 1;

  async list(): Promise<readonly Lease[]> {
    return [...this.kept.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  async claim(name: string, owner: string, previous: Lease | undefined): Promise<Lease | undefined> {
    if (!this.is(name, previous)) return undefined;
    const lease = { name, owner, heartbeats: previous ? previous.heartbeats + 1 : (this.nextFirstHeartbeat += 1_000_000) };
    this.kept.set(name, lease);
    return lease;
  }

  async release(lease: Lease): Promise<void> {
    if (this.is(lease.name, lease)) this.kept.delete(lease.name);
  }

  private is(name: string, lease: Lease | undefined): boolean {
    const kept = this.kept.get(name);
    return kept?.owner === lease?.owner && kept?.heartbeats === lease?.heartbeats;
  }
}

/** A store in memory that several runners share, as servers share a database: who opened rows that were replaced meanwhile writes no others. */
export class SharedViewStore extends EmbeddedViewStore {
  override readonly leases = new MemoryLeases();
  /** How often there were other rows under a name. */
  private readonly changes = new Map<string, number>();

  override async open<Row extends object>(name: string, indexes?: readonly string[]): Promise<Opened<Row>> {
    const { rows, checkpoint, saveCheckpoint } = await super.open<Row>(name, indexes);
    const changes = this.changes.get(name);
    const isThere = () => this.changes.get(name) === changes;
    const write: typeof rows.write = async (written) => (isThere() ? rows.write(written) : undefined);
    const own = new Proxy(rows, {
      get: (_, method) => (method === 'write' ? write : (rows[method as keyof typeof rows] as () => unknown).bind(rows)),
    });
    return { rows: own, checkpoint, saveCheckpoint: async (next, previous) => isThere() && saveCheckpoint(next, previous) };
  }

  override async replace(name: string, by: string): Promise<boolean> {
    const isReplaced = await super.replace(name, by);
    if (isReplaced) this.changed(name);
    return isReplaced;
  }

  override async drop(name: string): Promise<void> {
    await super.drop(name);
    this.changed(name);
  }

  private changed(name: string): void {
    this.changes.set(name, (this.changes.get(name) ?? 0) + 1);
  }
}

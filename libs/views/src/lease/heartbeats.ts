import type { Lease } from '#view-store/view-store';

/** How many heartbeats a holder gives within the length of a lease. */
export const heartbeatsPerLease = 4;

/** Which leases are held by servers that live: told by their heartbeats alone, on the own clock. No clock is compared with another machine's. */
export class Heartbeats {
  private readonly seen = new Map<string, { readonly lease: Lease; readonly since: number }>();

  constructor(
    /** How long a lease lasts without a heartbeat. */
    private readonly seconds: number,
    /** Milliseconds that only grow. */
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Takes in all leases as they are just now. */
  look(found: readonly Lease[]): void {
    const now = this.now();
    const names = new Set(found.map(({ name }) => name));
    for (const name of this.seen.keys()) if (!names.has(name)) this.seen.delete(name);
    for (const lease of found) {
      const before = this.seen.get(lease.name)?.lease;
      if (before?.owner !== lease.owner || before.heartbeats !== lease.heartbeats) this.seen.set(lease.name, { lease, since: now });
    }
  }

  /** Whether the lease is held, and gave a heartbeat within its length. One that was just met is taken to live. */
  lives(name: string): boolean {
    const seen = this.seen.get(name);
    return seen !== undefined && this.now() - seen.since < this.seconds * 1_000;
  }
}

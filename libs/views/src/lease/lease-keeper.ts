import { setTimeout as sleep } from 'node:timers/promises';
import { troubleText } from '#engines/outage';
import { Heartbeats, heartbeatsPerLease } from './heartbeats.js';
import type { Lease, Leases } from '#view-store/view-store';

/** Under this beginning each member has a lease of its own, by which the others count it. */
const member = 'member:';

/** What is done with a share of the work. */
export interface Share {
  readonly name: string;
  /** The share is held from now on. */
  readonly take: () => void;
  /** The share is held no more: resolves once nothing is done for it any longer. */
  readonly leave: () => Promise<void>;
}

export interface KeeperParts {
  readonly leases: Leases;
  /** Who this is among the members: another each time that a server starts. */
  readonly owner: string;
  readonly shares: readonly Share[];
  /** How long a lease lasts without a heartbeat. */
  readonly seconds: number;
  /** Clears away what belongs to a lease that is no share, and whose holder has died. */
  readonly onDead?: (lease: Lease) => Promise<void>;
  readonly report: (what: string, details: object) => void;
  /** Milliseconds that only grow. */
  readonly now?: () => number;
}

/**
 * Shares work among servers: each holds as many shares as is fair among those that live, takes what nobody holds, and
 * gives back what is too much, or all when it stops. Whether another one lives is told by its heartbeats alone, on the own
 * clock.
 */
export class LeaseKeeper {
  private readonly mine = new Map<string, Lease>();
  private readonly declined = new Set<string>();
  /** Since when shares that this server could do have been free. */
  private readonly free = new Map<string, number>();
  /** Shares beyond its fair part, which the other members left to it. */
  private readonly extra = new Set<string>();
  private members = '';
  private readonly stopping = new AbortController();
  private readonly now: () => number;
  private readonly heartbeats: Heartbeats;
  private keeping: Promise<void> = Promise.resolve();
  private hasTrouble = false;

  private constructor(private readonly parts: KeeperParts) {
    this.now = parts.now ?? (() => performance.now());
    this.heartbeats = new Heartbeats(parts.seconds, this.now);
  }

  /** Takes its share of what is free, and goes on keeping its leases. */
  static async start(parts: KeeperParts): Promise<LeaseKeeper> {
    const keeper = new LeaseKeeper(parts);
    await keeper.heartbeat();
    keeper.keeping = keeper.goOn();
    return keeper;
  }

  /** The names of the shares that are held here. */
  get held(): readonly string[] {
    return [...this.mine.keys()].filter((name) => !name.startsWith(member));
  }

  /** Gives a share to others that this server cannot do, and does not take it again until it is told that it can. */
  async decline(name: string): Promise<void> {
    this.declined.add(name);
    const share = this.parts.shares.find((one) => one.name === name);
    if (share) await this.giveBack(share);
  }

  /** Takes a share again that it had declined. */
  accept(name: string): void {
    this.declined.delete(name);
  }

  /** Gives everything back, at once, for others to take. Where the leases cannot be kept they run out instead: nothing is asked that would not be answered. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.keeping;
    const self = this.mine.get(this.self);
    await Promise.all([...this.parts.shares.map((share) => this.giveBack(share)), self && this.release(self)]);
  }

  /** One heartbeat, and what follows from those of the others. */
  async heartbeat(): Promise<void> {
    const { leases, owner, shares } = this.parts;
    try {
      const found = await leases.list();
      const current = new Map(found.map((lease) => [lease.name, lease]));
      this.heartbeats.look(found);
      await this.claim(this.self, current.get(this.self));
      for (const share of shares) {
        const [known, lease] = [this.mine.get(share.name), current.get(share.name)];
        if (known && !(lease?.owner === owner && (await this.claim(share.name, lease)))) void this.lose(share);
      }
      const fair = Math.ceil(shares.length / this.count(found));
      for (const share of shares) {
        const lease = current.get(share.name);
        const isFree = !this.mine.has(share.name) && !this.declined.has(share.name) && !this.heartbeats.lives(share.name);
        if (!isFree) this.free.delete(share.name);
        const isExtra = this.fairly.length >= fair;
        if (!isFree || (isExtra && !this.isLeft(share.name)) || !(await this.claim(share.name, lease))) continue;
        if (isExtra) this.extra.add(share.name);
        share.take();
      }
      for (const share of shares.toReversed()) {
        // Also what was declined while its lease was being kept.
        const isTooMuch = this.declined.has(share.name) || (this.fairly.length > fair && this.fairly.includes(share.name));
        if (isTooMuch) await this.giveBack(share);
      }
      for (const lease of found.filter(({ name }) => !this.heartbeats.lives(name))) {
        if (lease.name.startsWith(member)) await leases.release(lease);
        else await this.parts.onDead?.(lease);
      }
      if (this.hasTrouble) this.parts.report('the leases can be kept again', {});
      this.hasTrouble = false;
    } catch (error) {
      // What is held stays so: nobody else can take it either, and the checkpoints refuse who comes too late.
      if (!this.hasTrouble) this.parts.report('the leases cannot be kept', { reason: troubleText(error) });
      this.hasTrouble = true;
    }
  }

  private async goOn(): Promise<void> {
    const pause = (this.parts.seconds * 1_000) / heartbeatsPerLease;
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await sleep(pause, undefined, { signal, ref: false }).catch(() => undefined);
      if (!signal.aborted) await this.heartbeat();
    }
  }

  private get self(): string {
    return `${member}${this.parts.owner}`;
  }

  /** What it holds as its part of the work. */
  private get fairly(): readonly string[] {
    return this.held.filter((name) => !this.extra.has(name));
  }

  /** How many members live. What was left to this one is shared again when others come or go. */
  private count(found: readonly Lease[]): number {
    const others = found
      .map(({ name }) => name)
      .filter((name) => name.startsWith(member) && name !== this.self && this.heartbeats.lives(name));
    const members = others.join();
    if (members !== this.members) this.extra.clear();
    this.members = members;
    return others.length + 1;
  }

  /** Whether nobody took the share for a lease's whole length, as nobody else can do it who has room for it. */
  private isLeft(name: string): boolean {
    const since = this.free.get(name) ?? this.now();
    this.free.set(name, since);
    return this.now() - since >= this.parts.seconds * 1_000;
  }

  private async claim(name: string, previous: Lease | undefined): Promise<boolean> {
    const lease = await this.parts.leases.claim(name, this.parts.owner, previous);
    if (lease) this.mine.set(name, lease);
    return lease !== undefined;
  }

  private async lose(share: Share): Promise<void> {
    this.mine.delete(share.name);
    this.extra.delete(share.name);
    await share.leave();
  }

  private async giveBack(share: Share): Promise<void> {
    const lease = this.mine.get(share.name);
    if (!lease) return;
    await this.lose(share);
    await this.release(lease);
  }

  private async release(lease: Lease): Promise<void> {
    if (!this.hasTrouble) await this.parts.leases.release(lease).catch(() => undefined);
  }
}

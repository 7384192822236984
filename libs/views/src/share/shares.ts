import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Lease, Leases } from '#view-store/view-store';
import { LeaseKeeper } from '../lease/lease-keeper.js';
import type { View } from '../life/view.js';

/** How servers that share a view store share the projections. */
export interface Sharing {
  /** Whether this server takes its share; else it only follows what others fold. */
  readonly runs: boolean;
  /** How long a lease lasts without a heartbeat. */
  readonly seconds: number;
  /** Projections that are taken together, each list by its first. Every other one is taken by itself. */
  readonly together: readonly (readonly string[])[];
}

export interface SharesParts {
  readonly leases: Leases | undefined;
  readonly views: ReadonlyMap<string, View>;
  readonly together: readonly (readonly string[])[];
  readonly report: (what: string, details: object) => void;
}

/** What is done with the views of a share, and with what the leases tell. */
export interface Work {
  readonly held: (view: View) => void;
  /** Resolves once nothing is done for the view any longer. */
  readonly lost: (view: View) => Promise<void>;
  readonly onDead: (lease: Lease) => Promise<void>;
}

/** The shares of the work: single views, or views that are taken together and go by the first of them. */
export class Shares {
  private keeper: LeaseKeeper | undefined;

  constructor(private readonly parts: SharesParts) {}

  get all(): readonly string[] {
    const followers = this.parts.leases ? this.parts.together.flatMap((names) => names.slice(1)) : [];
    return [...this.parts.views.keys()].filter((name) => !followers.includes(name));
  }

  /** The shares that this server has; all of them where nothing is shared. */
  get held(): readonly string[] {
    return this.parts.leases ? (this.keeper?.held ?? []) : this.all;
  }

  /** The share that the view belongs to. */
  of({ name }: View): string {
    return this.parts.together.find((names) => names.includes(name))?.[0] ?? name;
  }

  /** Takes part in the sharing of the work. */
  async join(leases: Leases, seconds: number, { held, lost, onDead }: Work): Promise<void> {
    const shares = this.all.map((name) => {
      const views = this.viewsOf(name);
      return { name, take: () => views.forEach(held), leave: async () => void (await Promise.all(views.map(lost))) };
    });
    const owner = `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`;
    this.keeper = await LeaseKeeper.start({ leases, owner, shares, seconds, onDead, report: this.parts.report });
  }

  /** Leaves the view's share to others. */
  async decline(view: View): Promise<void> {
    await this.keeper?.decline(this.of(view));
  }

  /** Takes again what was left to newer servers, once it was rebuilt by this version or thrown away. */
  acceptReadable(): void {
    for (const share of this.all)
      if (this.viewsOf(share).every(({ version, projection }) => version <= projection.version)) this.keeper?.accept(share);
  }

  /** Gives back what is held, once what is under way is folded. */
  async leave(): Promise<void> {
    await this.keeper?.stop();
  }

  private viewsOf(share: string): readonly View[] {
    return (this.parts.together.find(([first]) => first === share) ?? [share]).map((name) => this.parts.views.get(name) as View);
  }
}

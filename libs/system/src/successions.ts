import { LRUCache } from 'lru-cache';
import type { Clock } from '#kernel/clock';
import { instantOf } from '#kernel/helsinki-time';
import type { ProjectionRunner } from '#views/run/projection-runner';
import { predecessors } from './contexts.js';

/** How long what the register said is taken for what it says, by the time of the log. */
const keptMs = 2_000;

interface Known {
  readonly at: number;
  readonly succeeded: Promise<readonly string[]>;
}

/** Whose matters an organisation has stepped into, as the register says it now. */
export class Successions {
  private readonly known = new LRUCache<string, Known>({ max: 1_000 });

  constructor(
    private readonly runner: Pick<ProjectionRunner, 'rows'>,
    private readonly clock: Clock,
  ) {}

  /** Nobody's while the register cannot be read: who asks about their own is answered all the same. */
  of(organisation: string): Promise<readonly string[]> {
    const now = this.clock.now();
    let found = this.known.get(organisation);
    if (!found || now - found.at >= keptMs) found = { at: now, succeeded: this.read(organisation).catch(() => []) };
    this.known.set(organisation, found);
    return found.succeeded;
  }

  private async read(organisation: string): Promise<readonly string[]> {
    const at = instantOf(this.clock.now());
    return (await Promise.all(predecessors.map((by) => by(organisation, this.runner, at)))).flat();
  }
}

import type { Position } from '#kernel/envelope';

interface Stretch {
  readonly upTo: Position;
  readonly events: number;
  /** When its first event was recorded, in milliseconds since 1970; undefined where none says so. */
  readonly since: number | undefined;
}

/** Beyond so many, neighbours are counted as one. */
const mostStretches = 1_000;

/** How much a view has not folded of what the tail has read. */
export interface Lag {
  readonly events: number;
  /** When the oldest of them was recorded, in milliseconds since 1970; undefined where there is none. */
  readonly since: number | undefined;
}

/** What the tail has read and not every view has folded. */
export class Backlog {
  private stretches: Stretch[] = [];

  add(stretch: Stretch): void {
    this.stretches.push(stretch);
    if (this.stretches.length <= mostStretches) return;
    this.stretches = this.stretches.flatMap((one, index, all) => {
      if (index % 2 === 1) return [];
      const next = all[index + 1];
      return next ? [{ upTo: next.upTo, events: one.events + next.events, since: one.since ?? next.since }] : [one];
    });
  }

  /** Forgets what all views have folded, whose positions these are. */
  forget(positions: readonly (Position | undefined)[]): void {
    const isFolded = ({ upTo }: Stretch) => positions.every((position) => position !== undefined && position >= upTo);
    while (this.stretches[0] && isFolded(this.stretches[0])) this.stretches.shift();
  }

  get isEmpty(): boolean {
    return this.stretches.length === 0;
  }

  /** What a view that is at the position has not folded. */
  after(position: Position | undefined): Lag {
    const ahead = position === undefined ? this.stretches : this.stretches.filter(({ upTo }) => upTo > position);
    return { events: ahead.reduce((sum, { events }) => sum + events, 0), since: ahead.find(({ since }) => since !== undefined)?.since };
  }
}

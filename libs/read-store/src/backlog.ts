import type { Position } from '#kernel/envelope';

interface Stretch {
  readonly upTo: Position;
  readonly events: number;
  /** When its first event was recorded; milliseconds since 1970. */
  readonly since: number;
}

/** Beyond so many, neighbours are counted as one. */
const mostStretches = 1_000;

/** What the tail has read and not every view has folded. */
export class Backlog {
  private stretches: Stretch[] = [];

  add(stretch: Stretch): void {
    this.stretches.push(stretch);
    if (this.stretches.length <= mostStretches) return;
    this.stretches = this.stretches.flatMap((one, index, all) => {
      const next = all[index + 1];
      return index % 2 === 1 ? [] : next ? [{ upTo: next.upTo, events: one.events + next.events, since: one.since }] : [one];
    });
  }

  /** Forgets what every view has folded. */
  forget(upTo: Position): void {
    while (this.stretches[0] && this.stretches[0].upTo <= upTo) this.stretches.shift();
  }

  /** What a view that is at the position has not folded: how many events, and since when the oldest waits. */
  after(position: Position | undefined): { readonly events: number; readonly since: number | undefined } {
    const ahead = position === undefined ? this.stretches : this.stretches.filter(({ upTo }) => upTo > position);
    return { events: ahead.reduce((sum, { events }) => sum + events, 0), since: ahead[0]?.since };
  }
}

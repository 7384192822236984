import type { AlarmClock } from '#kernel/clock';
import { firstInstant } from '#kernel/when';

/** A clock that goes only when it is told to, and stops at every alarm on its way until what it rang for is done. */
export class DemoClock implements AlarmClock {
  private time: number;
  private readonly alarms = new Set<{ readonly at: number; readonly ring: () => void }>();

  constructor(start: string) {
    this.time = Date.parse(firstInstant(start));
  }

  now(): number {
    return this.time;
  }

  alarm(at: number, ring: () => void): () => void {
    const alarm = { at, ring };
    this.alarms.add(alarm);
    return () => void this.alarms.delete(alarm);
  }

  /** Goes on to a later time, through every alarm before it; `settle` waits for what is under way. */
  async goOnTo(later: string, settle: () => Promise<void>): Promise<void> {
    const end = Date.parse(firstInstant(later));
    if (end < this.time) throw new RangeError(`the demonstration goes back in time, to ${later}`);
    for (;;) {
      await settle();
      const [next] = [...this.alarms].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (!next) break;
      this.alarms.delete(next);
      this.time = Math.max(this.time, next.at);
      next.ring();
    }
    this.time = end;
  }
}

import { StandingClock } from '#kernel/standing-clock';
import { firstInstant } from '#kernel/when';

/** A clock that goes only when it is told to, and stops at every alarm on its way until what it rang for is done. */
export class DemoClock extends StandingClock {
  /** Goes on to a later time, through every alarm before it; `settle` waits for what is under way. */
  async goOnTo(later: string, settle: () => Promise<void>): Promise<void> {
    const end = Date.parse(firstInstant(later));
    if (end < this.time) throw new RangeError(`the demonstration goes back in time, to ${later}`);
    for (;;) {
      await settle();
      const next = this.takeDue(end);
      if (!next) break;
      this.time = Math.max(this.time, next.at);
      next.ring();
    }
    this.time = end;
  }
}

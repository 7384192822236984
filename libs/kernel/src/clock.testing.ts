import { StandingClock } from './standing-clock.js';
import { firstInstant } from './when.js';

/** A clock that stands until a spec sets it. */
export class ManualClock extends StandingClock {
  override alarm(at: number, ring: () => void): () => void {
    const silence = super.alarm(at, ring);
    this.ringDue();
    return silence;
  }

  /** Sets the clock to a later time and rings what has come due, in the order of its time. */
  set(to: string): void {
    this.time = Date.parse(firstInstant(to));
    this.ringDue();
  }

  private ringDue(): void {
    for (let due = this.takeDue(this.time); due; due = this.takeDue(this.time)) queueMicrotask(due.ring);
  }
}

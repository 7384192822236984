import type { AlarmClock } from './clock.js';
import { firstInstant } from './when.js';

/** A clock that stands until it is set: years pass in no time. */
export class ManualClock implements AlarmClock {
  private time: number;
  private readonly alarms = new Set<{ at: number; ring: () => void }>();

  constructor(start: string) {
    this.time = Date.parse(firstInstant(start));
  }

  now(): number {
    return this.time;
  }

  alarm(at: number, ring: () => void): () => void {
    const alarm = { at, ring };
    this.alarms.add(alarm);
    this.ringDue();
    return () => void this.alarms.delete(alarm);
  }

  /** Sets the clock to a later time and rings what has come due, in the order of its time. */
  set(to: string): void {
    this.time = Date.parse(firstInstant(to));
    this.ringDue();
  }

  private ringDue(): void {
    for (const alarm of [...this.alarms].sort((a, b) => a.at - b.at)) {
      if (alarm.at > this.time || !this.alarms.delete(alarm)) continue;
      queueMicrotask(alarm.ring);
    }
  }
}

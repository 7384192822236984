import type { AlarmClock } from './clock.js';
import { firstInstant, type When } from './when.js';

interface Alarm {
  readonly at: number;
  readonly ring: () => void;
}

/** A clock that stands until it is moved, with the alarms that wait in it: for demonstrations and specs, where years pass in no time. */
export abstract class StandingClock implements AlarmClock {
  protected time: number;
  private readonly alarms = new Set<Alarm>();

  constructor(start: When) {
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

  /** Takes out the first alarm that is due by then. */
  protected takeDue(by: number): Alarm | undefined {
    const [first] = [...this.alarms].filter(({ at }) => at <= by).sort((a, b) => a.at - b.at);
    if (first) this.alarms.delete(first);
    return first;
  }
}

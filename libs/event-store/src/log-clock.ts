import type { AlarmClock } from '#kernel/clock';
import { instantOf, type Instant } from '#kernel/helsinki-time';

/** What is told of the machine's clock, and what of it is measured. */
export interface ClockWatch {
  readonly report: (what: string, details: object) => void;
  /** Milliseconds that have passed, by something that nobody sets; undefined where time is made up. */
  readonly passed?: () => number;
}

/** What clocks of several machines differ by, and more. */
const toleratedMs = 5_000;

/**
 * The time of the log: the machine's, and never before what was recorded. Where the machine's clock is set back it stands
 * until that has come to where the log was. Every jump is told once: times between two jumps may be wrong in the record.
 */
export class LogClock implements AlarmClock {
  private latest = -Infinity;
  private isTold = false;
  private offset: number | undefined;

  constructor(
    private readonly machine: AlarmClock,
    private readonly watch: ClockWatch,
  ) {}

  now(): number {
    const now = this.machine.now();
    this.lookForJump(now);
    this.tellWhereBehind(now);
    return Math.max(now, this.latest);
  }

  alarm(at: number, ring: () => void): () => void {
    // The log's time may have come to it already.
    return this.machine.alarm(at <= this.latest ? Math.min(at, this.machine.now()) : at, ring);
  }

  /** Takes in when something was recorded, here or elsewhere. */
  recorded(at: Instant): void {
    const time = Date.parse(at);
    if (time > this.latest) this.latest = time;
  }

  /** By how many seconds the machine's clock is behind what was recorded. */
  get secondsBehind(): number {
    return Math.max(0, (this.latest - this.machine.now()) / 1_000);
  }

  private lookForJump(now: number): void {
    const passed = this.watch.passed?.();
    if (passed === undefined) return;
    const offset = now - passed;
    const jump = offset - (this.offset ?? offset);
    if (this.offset === undefined || Math.abs(jump) > toleratedMs) this.offset = offset;
    if (Math.abs(jump) > toleratedMs)
      this.watch.report('the clock of the machine jumped: compare it with a time server', { seconds: jump / 1_000, to: instantOf(now) });
  }

  private tellWhereBehind(now: number): void {
    const isBehind = this.latest - now > toleratedMs;
    if (isBehind && !this.isTold)
      this.watch.report('the clock of the machine is behind what was recorded: the time of the log stands until it has come there', {
        seconds: (this.latest - now) / 1_000,
        recordedAt: instantOf(this.latest),
      });
    this.isTold = isBehind;
  }
}

import type { CheckResult } from '#audit/audit-state';
import { instantOf } from '#kernel/helsinki-time';

/** Something that is asked of the whole log at intervals. */
export interface Check {
  readonly name: string;
  /** What to do where it finds something, for the log line. */
  readonly warning: string;
  /** From the end of one round to the beginning of the next. */
  readonly everyMs: number;
  /** What is not as it should be, in words; empty where all is, undefined where it was given up. */
  find(isStopped: () => boolean): Promise<readonly string[] | undefined>;
}

/** Makes a check at intervals, never twice at the same time. What is found is reported when it is new. */
export class CheckRounds {
  private last: CheckResult | undefined;
  private timer: NodeJS.Timeout | undefined;
  private isStopped = false;
  private told = '[]';
  private trouble = '';

  constructor(
    private readonly check: Check,
    private readonly report: (what: string, details: object) => void,
  ) {}

  /** What the last round came to. */
  get result(): CheckResult | undefined {
    return this.last;
  }

  /** The first round begins at once. */
  start(): void {
    if (this.isStopped) return;
    void this.round().then(() => {
      if (!this.isStopped) this.timer = setTimeout(() => this.start(), this.check.everyMs).unref();
    });
  }

  stop(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
  }

  async round(): Promise<void> {
    const { name, warning } = this.check;
    try {
      const findings = await this.check.find(() => this.isStopped);
      if (!findings) return;
      this.last = { name, at: instantOf(Date.now()), findings };
      this.trouble = '';
      const text = JSON.stringify(findings);
      if (text !== this.told && findings.length > 0) this.report(warning, { findings });
      this.told = text;
    } catch (error) {
      const reason = String(error);
      if (!this.isStopped && reason !== this.trouble) this.report('a check of the whole log was not made', { check: name, reason });
      this.trouble = reason;
    }
  }
}

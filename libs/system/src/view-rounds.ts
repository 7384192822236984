import type { CheckResult } from '#audit/audit-state';
import { instantOf } from '#kernel/helsinki-time';
import type { ProjectionRunner } from '#views/run/projection-runner';

/** What a scan of the log is held against: the views as far as they are folded by this version of their projections. */
const settled: readonly string[] = ['live', 'followed'];

/** Whether the views are what the log says, at intervals: each is folded anew in the thread of the scans and compared row for row. */
export class ViewRounds {
  private last: CheckResult | undefined;
  private timer: NodeJS.Timeout | undefined;
  private isStopped = false;

  constructor(
    private readonly runner: Pick<ProjectionRunner, 'status' | 'verify'>,
    private readonly versions: ReadonlyMap<string, number>,
    private readonly report: (what: string, details: object) => void,
  ) {}

  /** What the last round came to. */
  get result(): CheckResult | undefined {
    return this.last;
  }

  /** The first one begins at once. */
  start(hours: number): void {
    if (this.isStopped) return;
    void this.round();
    this.timer = setInterval(() => void this.round(), hours * 3_600_000).unref();
  }

  stop(): void {
    this.isStopped = true;
    clearInterval(this.timer);
  }

  /** Compares all views that are settled, one after the other. */
  async round(): Promise<void> {
    const findings: string[] = [];
    const views = this.runner.status().filter(({ name, state, version }) => settled.includes(state) && this.versions.get(name) === version);
    for (const { name } of views) {
      if (this.isStopped) return;
      try {
        const work = this.runner.verify(name);
        let step = await work.next();
        while (!step.done) step = await work.next();
        const { differing, differences } = step.value;
        if (differing > 0)
          findings.push(`${differing} rows of the view ${name} are not what the log says: ${differences.map(({ id }) => id).join(', ')}`);
      } catch (error) {
        if (!this.isStopped) this.report('a view cannot be held against the log', { projection: name, reason: String(error) });
      }
    }
    this.last = { name: 'views', at: instantOf(Date.now()), findings };
    if (findings.length > 0) this.report('the views are not what the log says: digituki projections rebuild', { findings });
  }
}

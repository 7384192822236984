import type { ProjectionRunner } from '#views/run/projection-runner';
import type { Check } from './check-rounds.js';

/** What a scan of the log is held against: the views as far as they are folded by this version of their projections. */
const settled: readonly string[] = ['live', 'followed'];

/** Whether the views are what the log says: each that is settled is folded anew in the thread of the scans and compared row for row, one after the other. */
export function viewCheck(
  runner: Pick<ProjectionRunner, 'status' | 'verify'>,
  versions: ReadonlyMap<string, number>,
  everyMs: number,
  report: (what: string, details: object) => void,
): Check {
  return {
    name: 'views',
    warning: 'the views are not what the log says: digituki projections rebuild',
    everyMs,
    async find(isStopped) {
      const findings: string[] = [];
      const views = runner.status().filter(({ name, state, version }) => settled.includes(state) && versions.get(name) === version);
      for (const { name } of views) {
        if (isStopped()) return undefined;
        try {
          const work = runner.verify(name);
          let step = await work.next();
          while (!step.done) step = await work.next();
          const { differing, differences } = step.value;
          if (differing > 0)
            findings.push(`${differing} rows of the view ${name} are not what the log says: ${differences.map(({ id }) => id).join(', ')}`);
        } catch (error) {
          if (!isStopped()) report('a view cannot be held against the log', { projection: name, reason: String(error) });
        }
      }
      return findings;
    },
  };
}

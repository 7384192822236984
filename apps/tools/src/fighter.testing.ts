import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { EventStoreDbLog } from '#event-store/eventstoredb/eventstoredb-event-log';
import { MongoDbViewStore } from '#view-store/mongodb/mongodb-view-store';
import { scansInThread } from '#views/past/prefix-scans.testing';
import { ProjectionRunner } from '#views/run/projection-runner';
import type { Opened, ViewStore } from '#view-store/view-store';
import { drained } from '#views/rebuild/rebuilder';
import { systemClock } from '#engines/system-clock';
import { pileCodec, piles } from './fight.testing.js';

/**
 * A process that runs the projections with a short lease: `node fighter.testing.js LOG VIEWS SECONDS VERSION`. Told by
 * lines on its standard input to stop itself at a step of its own (`stop <step> <how many of them it still does>`), to rebuild a view,
 * and to say how it stands (`tell`).
 */
const [log, views, seconds, version] = process.argv.slice(2) as [string, string, string, string];

/** The steps at which it can stop: after rows were read, while they are on their way, after they were written, and so with what moves a view. */
type Step = 'stored' | 'writing' | 'write' | 'saving' | 'saveCheckpoint' | 'replacing' | 'replace';
let stopAt: { readonly step: Step; left: number; readonly until: number } | undefined;
const stopWithinMs = 250;
let [saved, refused, rebuilt, kept] = [0, 0, 0, 0];

const say = (line: object) => writeSync(1, `${JSON.stringify(line)}\n`);

function passing(step: Step): void {
  if (stopAt?.step !== step || stopAt.until < performance.now() || stopAt.left-- > 0) return;
  stopAt = undefined;
  say({ stopped: step });
  process.kill(process.pid, 'SIGSTOP');
}

const during: Readonly<Record<string, Step>> = { write: 'writing', saveCheckpoint: 'saving', replace: 'replacing' };

function stoppable<Target extends object>(target: Target): Target {
  return new Proxy(target, {
    get: (_, name: string) => {
      const found: unknown = (target as Record<string, unknown>)[name];
      if (typeof found !== 'function') return found;
      return (...given: unknown[]): unknown => {
        const answer: unknown = found.apply(target, given);
        if (!(answer instanceof Promise)) return answer;
        return (async () => {
          const step = during[name];
          if (step) {
            // What is asked is on its way, and may be answered or not.
            await new Promise(setImmediate);
            passing(step);
          }
          const answered: unknown = await answer;
          if (name === 'saveCheckpoint') saved += 1;
          if (name === 'saveCheckpoint' && answered === false) refused += 1;
          passing(name as Step);
          if (name !== 'open') return answered;
          const { rows, checkpoint, saveCheckpoint } = answered as Opened<object>;
          return { rows: stoppable(rows), checkpoint, saveCheckpoint: stoppable({ saveCheckpoint }).saveCheckpoint };
        })();
      };
    },
  });
}

const projections = piles(Number(version)) as never;
const opened = await EventStoreDbLog.open({ url: log, timeoutMs: 5_000 });
const store: ViewStore = stoppable(await MongoDbViewStore.open({ url: views, timeoutMs: 5_000 }));
const runner = await ProjectionRunner.start({
  log: opened,
  codec: pileCodec,
  store,
  clock: systemClock,
  projections,
  scans: scansInThread({ log: opened, codec: pileCodec, clock: systemClock, projections }),
  report: (trouble, details) => say({ trouble, ...details }),
  sharing: { runs: true, seconds: Number(seconds), together: [] },
});
say({ started: version });

const told: Readonly<Record<string, (...words: string[]) => void>> = {
  stop: (step, left) => (stopAt = { step: step as Step, left: Number(left), until: performance.now() + stopWithinMs }),
  tell: () => say({ saved, refused, rebuilt, kept, held: runner.held, status: runner.status() }),
  rebuild: (name) =>
    void drained(runner.rebuild(name)).then(
      () => say({ rebuilt: ++rebuilt }),
      // Another one was faster with the rows, or with the events.
      (error: unknown) => say({ kept: ++kept, reason: String(error) }),
    ),
  verify: () =>
    void (async () => {
      const differing: Record<string, number> = {};
      for (const name of runner.names) differing[name] = (await drained(runner.verify(name))).differing;
      say({ differing });
    })(),
};
createInterface({ input: process.stdin }).on('line', (line) => {
  const [word = '', ...words] = line.split(' ');
  told[word]?.(...words);
});
process.once('SIGTERM', () => void runner.stop().then(() => process.exit()));
// Whoever started it is gone.
process.stdin.once('close', () => process.exit());

import { dirname, join } from 'node:path';
import type { Codec } from '#event-store/codec';
import { SqliteEventLog } from '#event-store/sqlite/sqlite-event-log';
import { EmbeddedViewStore } from '#view-store/embedded/embedded-view-store';
import { ProjectionRunner } from '#views/run/projection-runner';
import { projections } from '#system/contexts';
import { scanThread } from '#system/scan-thread';
import { bareScan } from './bare-scan.js';
import { benchCodec } from './bench-codec.js';
import { callStories, encoded } from './events.js';
import { alternated, line, perSecond, type Bench } from './measure.js';

const rounds = 5;
const calls = 2_100;
const [rebuilt, small] = ['applications', 'appropriations'];

/** How fast are the views filled from the log, when a process starts and when one of them is rebuilt? */
export const rebuild: Bench = {
  name: 'rebuild',
  async run(folder) {
    const path = join(folder, 'log.db');
    const codec = benchCodec();
    const events = await writeLog(path, codec);
    const log = SqliteEventLog.open(path, { readOnly: true });
    const started = () => startedOn(path, log, codec);
    const runner = await started();
    const { start, one, few, floor } = await alternated(rounds, {
      start: () => perSecond(events, async () => (await started()).stop()),
      floor: () => perSecond(events, () => bareScan(path)),
      one: () => perSecond(events, () => drained(runner.rebuild(rebuilt))),
      few: () => perSecond(events, () => drained(runner.rebuild(small))),
    });
    await runner.stop();
    await log.close();
    return [
      line(`all ${projections.length} views from a log of ${events} events`, start, floor, { atLeast: 0.5 }),
      line(`one view of them (${rebuilt}) rebuilt`, one, floor, { atLeast: 0.5 }),
      line(`a small one (${small}) rebuilt`, few, floor, { atLeast: 20 }),
    ];
  },
};

/** Writes calls with all that belongs to them, and returns how many events the log then has. */
export async function writeLog(path: string, codec: Codec): Promise<number> {
  const log = SqliteEventLog.open(path);
  let events = 1;
  for (let call = 0; call < calls; call++) {
    const stories = callStories(`coordination-${call}`);
    const texts = await Promise.all(stories.map((story) => encoded(codec, story)));
    await Promise.all(stories.map(({ stream }, index) => log.append(stream, 'none', texts[index] ?? [])));
    events += texts.flat().length;
  }
  await log.close();
  return events;
}

function startedOn(path: string, log: SqliteEventLog, codec: Codec): Promise<ProjectionRunner> {
  const report = (trouble: string, details: object) => {
    throw new Error(`${trouble} ${JSON.stringify(details)}`);
  };
  return ProjectionRunner.start({
    log,
    codec,
    store: new EmbeddedViewStore(),
    scans: scanThread({ file: path }, { scanSeconds: 600, scanMegabytes: 2_048, dataFolder: dirname(path) }),
    clock: Date,
    projections,
    report,
  });
}

async function drained(steps: AsyncGenerator<unknown, unknown>): Promise<void> {
  while (!(await steps.next()).done);
}

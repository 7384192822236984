import { cpSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { position, type LoggedEvent } from '#event-store/event-log';
import { SqliteEventLog } from '#event-store/sqlite/sqlite-event-log';
import type { EventMetadata } from '#kernel/envelope';
import { DataFolder } from '#system/data-folder';
import { TrailIndex, type TrailFilter } from '#trail/trail-index';
import { bareScan } from './bare-scan.js';
import { identityProvider } from './identity-provider.js';
import { answerOf, load, warmUp, type Asked } from './load.js';
import { line, type Bench, type Line } from './measure.js';
import { ourServer, synthesised } from './servers.js';

/** A folder that `digituki synth` has filled; without it a smaller one is made. */
const given = process.env['BENCH_LOG'];
const events = '60000';
const starts = 3;
const scans = 5;
const trailSearches = 20;
const connections = 8;
const milliseconds = 3_000;
/** After so long the threads that nobody asks have ended, and V8 has given back their pages. */
const quietMs = 45_000;
/** In MiB and milliseconds. */
const wanted = { quiet: 320, busy: 512, nearMs: 150, searchMs: 30 };

const ofToday = '{ calls(first: 10) { totalCount edges { node { id name { text } stage } } } }';
const ofThen = (knownAt: string) => `{ waitingPlanComments(first: 5, knownAt: "${knownAt}") { totalCount } }`;

/** What a large log costs: starting, memory, asking what was known, and what that does to the others. */
export const scale: Bench = {
  name: 'scale',
  async run(parent) {
    const folder = join(parent, 'data');
    if (given) cpSync(given, folder, { recursive: true });
    else await synthesised(folder, events);
    const log = join(folder, 'log.db');
    await using provider = await identityProvider();
    const { token, trusted } = provider;
    const masterKey = readFileSync(join(folder, 'development-master-key'));
    const started = async () => {
      const begin = performance.now();
      const server = await ourServer(folder, trusted, masterKey);
      return { server, took: performance.now() - begin, most: memoryOf(folder, 'VmHWM') };
    };

    const [folded, loaded, memory]: [number[], number[], number[]] = [[], [], []];
    for (let round = 0; round < starts; round++) {
      rmSync(join(folder, 'views.db'), { force: true });
      const first = await started();
      folded.push(first.took);
      memory.push(first.most);
      await first.server[Symbol.asyncDispose]();
      const second = await started();
      loaded.push(second.took);
      await second.server[Symbol.asyncDispose]();
    }
    const count = (
      new DatabaseSync(log, { readOnly: true }).prepare('SELECT MAX(position) AS count FROM events').get() as { count: number }
    ).count;
    const size = statSync(log).size / 1_048_576;
    const lines: Line[] = [
      line(`a start from kept views of ${count} events, against folding them`, loaded, folded, undefined, 'ms'),
      line(
        'most memory of a start that folds them, against the log’s size',
        memory,
        memory.map(() => size),
        undefined,
        'MB',
      ),
    ];

    await using server = (await started()).server;
    await sleep(quietMs);
    const quiet = memoryOf(folder, 'VmRSS');
    lines.push(line('memory of a quiet server, floor: what is wanted', [quiet], [wanted.quiet], { atMost: 1 }, 'MB'));
    const asked = (body: string): Asked => ({ url: server.url, token, body: () => JSON.stringify({ query: body }) });
    // The scanner's thread is started, and the scan of the rows is compiled.
    await answerOf(asked(`{ organisations(first: 1, knownAt: "${recordedAt(log, Math.floor(count / 2))}") { totalCount } }`));
    await timed(() => bareScan(log, count / 4));
    await warmUp(asked(ofToday), connections, 2);
    const middle = Math.floor(count / 2);
    const knownAt = (position: number) => timed(() => answerOf(asked(ofThen(recordedAt(log, position)))));
    const first = await knownAt(middle);
    const floor = await timed(() => bareScan(log, middle));
    lines.push(line('what was known in the middle, asked first, against a bare scan', [first], [floor], { atMost: 1.5 }, 'ms'));
    const [known, bare]: [number[], number[]] = [[], []];
    for (let round = 1; round <= scans; round++) {
      const near = middle - Math.floor((round * count) / 23);
      known.push(await knownAt(near));
      bare.push(await timed(() => bareScan(log, near)));
    }
    lines.push(
      line('what was known at other times then, against a bare scan', known, bare, { atMost: 1.5 }, 'ms'),
      line(
        'the same, floor: what is wanted where a stage of the view is near',
        known,
        known.map(() => wanted.nearMs),
        { atMost: 1 },
        'ms',
      ),
    );
    lines.push(...(await trailLines(log, join(folder, 'bench-trail.db'), count)));
    lines.push(await meanwhile(log, count, asked));
    const busy = Math.max(...memory, memoryOf(folder, 'VmHWM'));
    lines.push(
      line('most memory while views are folded and scans go on, floor: what is wanted', [busy], [wanted.busy], { atMost: 1 }, 'MB'),
    );
    return lines;
  },
};

/** What the index of the trail takes to be made, and the first page of what is looked for in it. */
async function trailLines(path: string, file: string, count: number): Promise<Line[]> {
  const log = SqliteEventLog.open(path, { readOnly: true });
  const index = new TrailIndex(log, file);
  const made = await timed(() => index.reach());
  const floor = await timed(() => bareScan(path));
  const searches: readonly ((event: LoggedEvent) => TrailFilter)[] = [
    ({ stream }) => ({ stream }),
    ({ type }) => ({ types: [type] }),
    ({ metadata }) => ({ commandId: (metadata as EventMetadata).commandId }),
    ({ metadata }) => ({ actor: (metadata as EventMetadata).actor.id }),
    ({ metadata }) => ({ role: (metadata as EventMetadata).actor.role }),
  ];
  const took: number[] = [];
  for (let n = 0; n < trailSearches; n++) {
    const { events } = await log.readAll({ after: position(Math.ceil((count * (n + 1)) / (trailSearches + 2))), limit: 1 });
    for (const of of searches)
      for (const event of events) took.push(await timed(() => index.find(of(event), { limit: 25, fromEnd: true })));
  }
  index.close();
  await log.close();
  const slowest = took.sort((a, b) => a - b)[Math.floor(took.length * 0.99)] as number;
  return [
    line('the index of the trail made, against a bare scan', [made], [floor], undefined, 'ms'),
    line('searches of the trail, 99 % within, floor: what is wanted', [slowest], [wanted.searchMs], { atMost: 1 }, 'ms'),
  ];
}

/** How long others wait while scans go on, against how long without. */
async function meanwhile(log: string, count: number, asked: (body: string) => Asked): Promise<Line> {
  const [busy, quiet]: [number[], number[]] = [[], []];
  for (let round = 0; round < 3; round++) {
    quiet.push((await load(asked(ofToday), connections, milliseconds)).p99);
    let isOver = false;
    const scanning = (async () => {
      for (let n = 0; !isOver; n++) await answerOf(asked(ofThen(recordedAt(log, Math.floor(count / 2) - 1_000 * (round + 1) - 37 * n))));
    })();
    busy.push((await load(asked(ofToday), connections, milliseconds)).p99);
    isOver = true;
    await scanning;
  }
  return line('others’ queries while scans go on, 99 % within', busy, quiet, { atMost: 2 }, 'ms');
}

/** When the event at the position was recorded. */
export function recordedAt(path: string, position: number): string {
  const db = new DatabaseSync(path, { readOnly: true });
  const { metadata } = db.prepare('SELECT metadata FROM events WHERE position = ?').get(position) as { metadata: string };
  db.close();
  return (JSON.parse(metadata) as { recordedAt: string }).recordedAt;
}

/** The memory that the server of the folder has now, or the most that it had so far, in MiB, as Linux tells it. */
function memoryOf(folder: string, what: 'VmRSS' | 'VmHWM'): number {
  const { pid } = new DataFolder(folder).running() ?? { pid: 0 };
  const kilobytes = new RegExp(`${what}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1_024;
}

async function timed(work: () => unknown): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AddCoin, jar, jarEvents, OpenJar, plumbing, sent } from '#event-store/handle.testing';
import { ManualClock } from '#kernel/clock.testing';
import { streamKey } from '#kernel/envelope';
import { removed, type Projection } from '#kernel/projection';
import { ProjectionRunner } from '../run/projection-runner.js';
import { scansInThread } from '../past/prefix-scans.testing.js';
import { EmbeddedViewStore } from '#view-store/embedded/embedded-view-store';
import { Snapshots } from '#view-store/embedded/snapshots';

const jars: Projection<{ cents: number; from: number }, typeof jarEvents, 'JarOpened'> = {
  name: 'jars',
  version: 1,
  events: jarEvents,
  indexes: ['cents'],
  key: ({ stream }) => streamKey(stream),
  starts: { JarOpened: () => ({ cents: 0, from: jars.version }) },
  on: {
    CoinAdded: (row, { data }) => ({ ...row, cents: row.cents + data.cents }),
    JarSigned: () => removed,
  },
};

describe('snapshots of embedded views', () => {
  let parts: ReturnType<typeof plumbing>;
  let folder: string;
  const troubles: object[] = [];
  const report = (trouble: string, details: object) => void troubles.push({ trouble, ...details });
  const running: ProjectionRunner[] = [];

  const opened = async (projection: typeof jars = jars) => {
    const { log, codec, clock } = parts;
    const store = new EmbeddedViewStore();
    const snapshots = new Snapshots({ folder, store, log, report });
    await snapshots.load([projection]);
    const fromSnapshot = await store.checkpoint('jars');
    const runner = await ProjectionRunner.start({
      log,
      codec,
      clock,
      store,
      scans: scansInThread({ log, codec, clock, projections: [projection] }),
      projections: [projection],
      report,
    });
    running.push(runner);
    return { store, snapshots, runner, rows: runner.rows<{ cents: number; from: number }>(projection), fromSnapshot };
  };
  const stopAll = async () => {
    for (const runner of running.splice(0)) await runner.stop();
  };
  const add = (key: string, cents: number) => parts.handler.handle(jar, sent(AddCoin, { jar: key, cents }));
  const file = () => join(folder, 'jars.snapshot');
  /** Two jars, in the log and in a snapshot. */
  const taken = async () => {
    for (const key of ['a', 'b']) await parts.handler.handle(jar, sent(OpenJar, { jar: key }));
    await add('a', 5);
    const { snapshots } = await opened();
    await snapshots.save(['jars']);
    await stopAll();
  };

  beforeEach(() => {
    parts = plumbing();
    folder = join(parts.folder, 'snapshots');
    troubles.length = 0;
  });
  afterEach(async () => {
    await stopAll();
    await parts.log.close();
    parts.remove();
  });

  it('start a view where it was, with its indexes, and it folds the rest', async () => {
    await taken();
    const { position } = await add('b', 7);
    const { rows, fromSnapshot, runner } = await opened();
    expect(fromSnapshot?.position).toMatch(/^0+4/);
    expect(await rows.find({ orderBy: 'cents', descending: true, limit: 9 })).toMatchObject([
      { _id: 'b', cents: 7, position },
      { _id: 'a', cents: 5 },
    ]);
    const steps = runner.verify('jars');
    let step = await steps.next();
    while (!step.done) step = await steps.next();
    expect(step.value).toMatchObject({ rows: 2, differences: [] });
    expect(troubles).toEqual([]);
  });

  const unfit: [string, RegExp, () => void | Promise<void>][] = [
    [
      'of another log',
      /another log/,
      async () => {
        await parts.log.close();
        parts = { ...plumbing(), folder: parts.folder };
      },
    ],
    [
      'of a log that was cut and went on otherwise',
      /cut or restored/,
      () => rewritten((header) => ({ ...header, witness: { ...(header['witness'] as object), event: 'other' } })),
    ],
    ['newer than the log', /newer/, () => rewritten((header) => ({ ...header, position: 'f'.repeat(32) }))],
    ['of a later version of the projection', /version 2/, () => rewritten((header) => ({ ...header, version: 2 }))],
    ['of an earlier version that nothing can read', /version 0/, () => rewritten((header) => ({ ...header, version: 0 }))],
    ['of another format', /format 9/, () => rewritten((header) => ({ ...header, format: 9 }))],
    ['cut short', /damaged|JSON/, () => truncateSync(file(), statSync(file()).size - 10)],
    ['without its last lines', /damaged/, () => writeFileSync(file(), readFileSync(file(), 'utf8').split('\n').slice(0, 2).join('\n'))],
    ['changed in one sign', /damaged/, () => writeFileSync(file(), readFileSync(file(), 'utf8').replace('"cents":5', '"cents":6'))],
    ['empty', /JSON/, () => writeFileSync(file(), '')],
  ];
  const rewritten = (change: (header: Record<string, unknown>) => object) => {
    const [first = '', ...rest] = readFileSync(file(), 'utf8').split('\n');
    writeFileSync(file(), [JSON.stringify(change(JSON.parse(first) as Record<string, unknown>)), ...rest].join('\n'));
  };

  it.each(unfit)('are refused with the reason when they are %s, and the view is made from the log', async (_, reason, spoil) => {
    await taken();
    await spoil();
    const { rows, fromSnapshot } = await opened();
    expect(fromSnapshot).toBeUndefined();
    expect(troubles).toMatchObject([{ projection: 'jars', reason: expect.stringMatching(reason) }]);
    const cents = (await rows.get('a'))?.cents;
    expect(cents).toBe(parts.handler && (await parts.log.readStream('jar-a')).length > 0 ? 5 : undefined);
  });

  it('of an earlier version that can be read are served until the view is rebuilt', async () => {
    await taken();
    const next = { ...jars, version: 2, readableSince: 1, starts: { JarOpened: () => ({ cents: 0, from: 2 }) } };
    const { rows, runner, snapshots } = await opened(next);
    expect([runner.status()[0]?.state, (await rows.get('a'))?.from]).toEqual(['rebuilding', 1]);
    await runner.reached((await add('a', 1)).position, ['jars']);
    expect((await rows.get('a'))?.from).toBe(2);
    await snapshots.save(['jars']);
    await stopAll();
    expect((await opened(next)).fromSnapshot).toMatchObject({ version: 2 });
  });

  it('leave the one before in its place when they cannot be written', async () => {
    await taken();
    const before = readFileSync(file());
    await add('a', 1);
    const { snapshots, store, runner } = await opened();
    await runner.reached(await parts.log.head(), ['jars']);
    const captured = store.captured.bind(store);
    // A row that cannot be written stands for a disk that cannot take it: the draft is begun, and ends in the middle.
    store.captured = (name) => {
      const found = captured(name);
      return (
        found && {
          ...found,
          rows: [
            ...found.rows,
            {
              toJSON: () => {
                throw new Error('no space left');
              },
            } as never,
          ],
        }
      );
    };
    await snapshots.save(['jars']);
    expect(troubles).toMatchObject([{ reason: 'no space left' }]);
    expect([readdirSync(folder), readFileSync(file()).equals(before)]).toEqual([['jars.snapshot'], true]);
  });

  it('are written on schedule and once more at the end, are not written where nothing has moved, and go when their view is gone', async () => {
    const clock = new ManualClock('2026-01-01');
    const { snapshots, runner } = await opened();
    const due = async (time: string) => {
      clock.set(time);
      await new Promise(setImmediate);
      await snapshots.idle();
    };
    snapshots.schedule(clock, 10, ['jars']);
    expect(existsSync(file())).toBe(false);
    await due('2026-01-01T00:10:00Z');
    const first = statSync(file()).ino;
    await due('2026-01-01T00:20:00Z');
    expect(statSync(file()).ino).toBe(first);
    const { position } = await parts.handler.handle(jar, sent(OpenJar, { jar: 'c' }));
    await runner.reached(position, ['jars']);
    await snapshots.stop(['jars']);
    expect(readFileSync(file(), 'utf8')).toContain(position);
    await snapshots.save([]);
    expect(readdirSync(folder)).toEqual([]);
  });
});

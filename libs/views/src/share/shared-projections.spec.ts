import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { AddCoin, jar, jarEvents, OpenJar, plumbing, sent, SignJar } from '#event-store/handle.testing';
import { streamKey } from '#kernel/envelope';
import { unchanged } from '#kernel/chosen-events';
import type { AnyProjection, Projection, Stored } from '#kernel/projection';
import { SharedViewStore } from '#view-store/leases.testing';
import { scansInThread } from '../past/prefix-scans.testing.js';
import { ProjectionRunner } from '../run/projection-runner.js';
import type { Checkpoint, Lease } from '#view-store/view-store';
import { withRowsBeside } from '../rebuild/rows-beside.js';
import { skippingEvents } from '../skip/skipping.events.js';
import { ViewChanges } from '../run/view-changes.js';

interface JarRow {
  readonly cents: number;
}
const jarsOf = (name: string, version = 1): Projection<JarRow, typeof jarEvents, 'JarOpened'> => ({
  name,
  version,
  events: jarEvents,
  key: ({ stream }) => streamKey(stream),
  starts: { JarOpened: () => ({ cents: 0 }) },
  on: {
    CoinAdded: (row, { data: { cents } }) => {
      if (cents === 13) throw new Error('an unlucky coin');
      return { cents: row.cents + cents };
    },
    ...unchanged('JarSigned'),
  },
});
const [left, right] = [jarsOf('left'), jarsOf('right')];

describe('runners that share a view store', () => {
  let parts: ReturnType<typeof plumbing>;
  let store: SharedViewStore;
  const running = new Set<ProjectionRunner>();
  const troubles: string[] = [];

  const start = async ({
    runs = true,
    projections = [left, right] as readonly AnyProjection[],
    together = [] as readonly (readonly string[])[],
    abortStart = new AbortController().signal,
  } = {}) => {
    const { log, codec, clock } = parts;
    const runner = await ProjectionRunner.start({
      log,
      codec,
      clock,
      store,
      projections,
      scans: scansInThread({ log, codec, clock, projections }),
      report: (trouble) => troubles.push(trouble),
      sharing: { runs, seconds: 0.4, together },
      abortStart,
    });
    running.add(runner);
    return runner;
  };
  const stop = async (runner: ProjectionRunner) => {
    running.delete(runner);
    await runner.stop();
  };
  const open = async (key: string) => (await parts.handler.handle(jar, sent(OpenJar, { jar: key }))).position;
  const coin = async (key: string, cents = 1) => (await parts.handler.handle(jar, sent(AddCoin, { jar: key, cents }))).position;
  /** Resolves once it holds: the runners' own time goes on meanwhile. */
  const until = async (holds: () => boolean) => {
    while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  const codeOf = (work: () => unknown): unknown => {
    try {
      return work();
    } catch (error) {
      return (error as { code?: string }).code;
    }
  };
  const states = (runner: ProjectionRunner) => Object.fromEntries(runner.status().map(({ name, state }) => [name, state]));

  beforeEach(() => {
    parts = plumbing(skippingEvents);
    store = new SharedViewStore();
    troubles.length = 0;
  });
  afterEach(async () => {
    await Promise.all([...running].map(stop));
    await parts.log.close();
    parts.remove();
  });

  it('answer from what others fold, as soon as that has reached the position asked for', async () => {
    const worker = await start();
    const reader = await start({ runs: false });
    await open('a');
    for (let n = 1; n <= 20; n++) {
      await reader.reached(await coin('a'), ['left']);
      expect(await reader.rows<JarRow>(left).get('a')).toMatchObject({ cents: n });
    }
    expect([states(worker), states(reader)]).toEqual([
      { left: 'live', right: 'live' },
      { left: 'followed', right: 'followed' },
    ]);
    expect([worker.held, reader.held]).toEqual([['left', 'right'], []]);
  });

  it('say of a view whether another one folds it, or nobody, also where that one died', async () => {
    const worker = await start({ projections: [left] });
    const reader = await start({ runs: false, projections: [left] });
    await reader.reached(await open('a'), ['left']);
    expect(states(reader)).toEqual({ left: 'followed' });
    await stop(worker);
    await until(() => states(reader)['left'] === 'unattended');
    // Nobody else gives heartbeats for it.
    await store.leases.claim('left', 'a server that dies', undefined);
    await until(() => states(reader)['left'] === 'followed');
    await until(() => states(reader)['left'] === 'unattended');
    await start({ projections: [left] });
    await until(() => states(reader)['left'] === 'followed');
  });

  it('answer from rows of an older version that they can read, as older ones fold them on: where servers are upgraded first', async () => {
    await start({ projections: [left] });
    const reader = await start({ runs: false, projections: [{ ...jarsOf('left', 2), readableSince: 1 }] });
    await open('a');
    await reader.reached(await coin('a'), ['left']);
    expect(await reader.rows<JarRow>(left).get('a')).toMatchObject({ cents: 1 });
  });

  it('have no answer where nobody has folded anything yet, and say so instead of answering that there is nothing', async () => {
    const reader = await start({ runs: false });
    expect(states(reader)).toEqual({ left: 'catching-up', right: 'catching-up' });
    expect(codeOf(() => reader.rows(left))).toBe('view-unreadable');
    const position = await open('a');
    await start();
    await reader.reached(position, ['left']);
    expect(await reader.rows<JarRow>(left).get('a')).toMatchObject({ cents: 0 });
  });

  it('do half of the work each, and what is taken together goes to one of them', async () => {
    const projections = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => jarsOf(name)) as readonly AnyProjection[];
    const [one, other] = [await start({ projections, together: [['b', 'e']] }), await start({ projections, together: [['b', 'e']] })];
    expect(one.shares).toEqual(['a', 'b', 'c', 'd', 'f']);
    await until(() => one.held.length + other.held.length === 5 && Math.abs(one.held.length - other.held.length) === 1);
    await one.reached(await open('a'), one.names);
    const who = (name: string) => (states(one)[name] === 'live' ? 'one' : 'other');
    expect(who('b')).toBe(who('e'));
  });

  it('go on where one stopped, at once, and with every event folded once', async () => {
    const [one, other] = [await start(), await start()];
    await until(() => one.held.length === 1 && other.held.length === 1);
    await open('a');
    for (let n = 0; n < 10; n++) await coin('a');
    await stop(one);
    const position = await coin('a');
    await other.reached(position, ['left', 'right']);
    for (const view of [left, right]) expect(await other.rows<JarRow>(view).get('a')).toMatchObject({ cents: 11, position });
    expect(states(other)).toEqual({ left: 'live', right: 'live' });
  });

  it('tell of changes that others folded, and of those only', async () => {
    const worker = await start({ projections: [left] });
    const reader = await start({ runs: false, projections: [left] });
    await reader.reached(await open('a'), ['left']);
    const watcher = new ViewChanges(reader).follow(['left'], undefined, new AbortController().signal);
    const first = watcher.next();
    const position = await coin('a');
    expect(await first).toEqual({ done: false, value: position });
    expect(worker.positionOf('left')).toBe(position);
  });

  it('tell of rows that others rebuilt, which may all be other ones', async () => {
    const worker = await start({ projections: [left] });
    const reader = await start({ runs: false, projections: [left] });
    await reader.reached(await open('a'), ['left']);
    const first = new ViewChanges(reader).follow(['left'], undefined, new AbortController().signal).next();
    // An event that changes no row.
    const { position } = await parts.handler.handle(
      jar,
      sent(SignJar, { jar: 'a', person: '0198b5f0-0000-7000-8000-000000000001', name: 'Esko Esimerkki' }),
    );
    await reader.reached(position, ['left']);
    for await (const _ of worker.rebuild('left'));
    expect(await first).toEqual({ done: false, value: position });
  });

  it('know of a view that another one had to pause at its first event', async () => {
    const unlucky = {
      ...left,
      starts: {
        JarOpened: () => {
          throw new Error('an unlucky jar');
        },
      },
    };
    const position = await open('a');
    await start({ projections: [unlucky] });
    const reader = await start({ runs: false, projections: [unlucky] });
    await expect(reader.reached(position, ['left'])).rejects.toMatchObject({ code: 'view-paused' });
    expect(reader.status()).toMatchObject([{ state: 'paused', position: undefined, paused: { position, reason: 'an unlucky jar' } }]);
  });

  it('know of a view that another one had to pause, and why', async () => {
    const worker = await start();
    const reader = await start({ runs: false });
    await open('a');
    const before = await coin('a');
    const poison = await coin('a', 13);
    await expect(reader.reached(poison, ['left'])).rejects.toMatchObject({ code: 'view-paused' });
    expect(reader.status()[0]).toMatchObject({
      state: 'paused',
      position: before,
      paused: { position: poison, reason: 'an unlucky coin' },
    });
    // Whoever takes it over tries again.
    await stop(worker);
    const next = await start({
      projections: [{ ...left, on: { ...left.on, CoinAdded: (row: JarRow) => row } }, right] as never[],
    });
    expect(next.status()[0]).toMatchObject({ state: 'live', paused: undefined });
  });

  it('count what was recorded before they started, too, where nobody has folded it', async () => {
    const worker = await start({ projections: [left] });
    await worker.reached(await open('a'), ['left']);
    await stop(worker);
    await coin('a');
    const position = await coin('a');
    const reader = await start({ runs: false, projections: [left] });
    expect(reader.status()[0]).toMatchObject({ lagEvents: 2 });
    const next = await start({ projections: [left] });
    await reader.reached(position, ['left']);
    expect([reader.status()[0], next.status()[0]]).toMatchObject([{ lagEvents: 0 }, { lagEvents: 0 }]);
  });

  it('rebuild what they take over of an older version, also where something reacts to its rows that nobody can read', async () => {
    const old = await start({ projections: [left] });
    await old.reached(await open('a'), ['left']);
    const newer = await start({ projections: [jarsOf('left', 2)] });
    const taken: string[] = [];
    await newer.attach({
      reactsTo: ['left'],
      taken: async () => void taken.push(...(await newer.rows<JarRow>(left).page(undefined, 10)).map(({ _id }) => _id)),
      folded: () => undefined,
      left: async () => undefined,
    });
    await stop(old);
    await newer.reached(await coin('a'), ['left']);
    expect(await newer.rows<JarRow>(left).get('a')).toMatchObject({ cents: 1 });
    expect(taken).toEqual(['a']);
  });

  it('answer nothing from views that were put in the place of their own and are of another log, and say so once', async () => {
    const worker = await start({ projections: [left] });
    const reader = await start({ runs: false, projections: [left] });
    await reader.reached(await open('a'), ['left']);
    const own = (await store.checkpoint('left')) as Checkpoint;
    const told = 'a view is of another log: it is not read';
    await store.saveCheckpoint('left', { ...own, log: 'another' }, own);
    await until(() => [worker, reader].every((one) => codeOf(() => one.rows(left)) === 'view-unreadable'));
    await store.saveCheckpoint('left', own, { ...own, log: 'another' });
    await reader.reached(await coin('a'), ['left']);
    expect(await reader.rows<JarRow>(left).get('a')).toMatchObject({ cents: 1 });
    expect(troubles.filter((trouble) => trouble === told)).toHaveLength(2);
  });

  it('leave to others what is of a newer version, and answer nothing from it', async () => {
    const position = await open('a');
    await stop(await start({ projections: [jarsOf('left', 2), right] as never[] }));
    const older = await start();
    await until(() => !older.held.includes('left'));
    expect(older.held).toEqual(['right']);
    expect(codeOf(() => older.rows(left))).toBe('view-unreadable');
    await older.reached(position, ['right']);
    expect(troubles).toContain('a view is of a newer version of the program: it is left to others');
    expect((await store.checkpoint('left'))?.version).toBe(2);
  });

  it('go on with what they left as of a newer version once it is rebuilt by theirs: where the program was put back', async () => {
    await stop(await start({ projections: [jarsOf('left', 2)] }));
    const older = await start({ projections: [left] });
    await until(() => troubles.includes('a view is of a newer version of the program: it is left to others') && older.held.length === 0);
    for await (const _ of older.rebuild('left'));
    await older.reached(await open('a'), ['left']);
    expect(await older.rows<JarRow>(left).get('a')).toMatchObject({ cents: 0 });
  });

  it('end their start when they are told to stop, also where they cannot take up what is theirs', async () => {
    store.open = () => Promise.reject(new Error('no answer'));
    const stopping = new AbortController();
    const starting = start({ projections: [left], abortStart: stopping.signal });
    await until(() => troubles.includes('a view cannot be taken up, and it will be tried again'));
    stopping.abort();
    await stop(await starting);
    expect(await store.leases.list()).toEqual([]);
  });

  it('take again what they left to a newer version once its rows were thrown away', async () => {
    await open('a');
    await stop(await start({ projections: [jarsOf('left', 2)] }));
    const older = await start({ projections: [left] });
    await until(() => older.held.length === 0);
    await store.drop('left');
    await older.reached(await coin('a'), ['left']);
    expect(await older.rows<JarRow>(left).get('a')).toMatchObject({ cents: 1 });
  });

  it('have reactors begin on the rows again where they could not begin once these were rebuilt', async () => {
    const runner = await start({ projections: [left] });
    let [taken, isBroken] = [0, false];
    const began = async () => {
      if (isBroken) throw new Error(`no answer ${(isBroken = false)}`);
      taken += 1;
    };
    await runner.attach({ reactsTo: ['left'], taken: began, folded: () => undefined, left: async () => undefined });
    await runner.reached(await open('a'), ['left']);
    isBroken = true;
    for await (const _ of runner.rebuild('left'));
    await until(() => taken === 2);
    await runner.reached(await coin('a'), ['left']);
    expect(await runner.rows<JarRow>(left).get('a')).toMatchObject({ cents: 1 });
  });

  it('start and take over while others go on, whatever was recorded and folded since a start began', async () => {
    const one = await start();
    await open('a');
    const { log } = parts;
    const head = log.head.bind(log);
    // What is asked for by a start is old as soon as it is known.
    log.head = async () => {
      const found = await head();
      log.head = head;
      await one.reached(await coin('a'), ['left', 'right']);
      return found;
    };
    const other = await start();
    await until(() => other.held.length === 1);
    const position = await coin('a');
    await Promise.all([one, other].map((runner) => runner.reached(position, ['left', 'right'])));
    expect(troubles).toEqual([]);
  });

  it('find by verification that rows are right while others fold on, and which are not', async () => {
    await start();
    const reader = await start({ runs: false });
    await open('a');
    const adding = (async () => {
      for (let n = 0; n < 100; n++) await coin('a');
    })();
    const verified = async () => {
      const work = reader.verify('left');
      for (;;) {
        const step = await work.next();
        if (step.done) return step.value;
      }
    };
    for (let n = 0; n < 5; n++) expect(await verified()).toMatchObject({ differing: 0 });
    await adding;
    const position = await coin('a');
    await reader.reached(position, ['left']);
    expect(await verified()).toMatchObject({ differing: 0, rows: 1 });
    await store.collection<JarRow>('left').write([{ _id: 'b', position, revision: 0, cents: 7 }]);
    expect(await verified()).toMatchObject({ differing: 1, differences: [{ id: 'b', served: { cents: 7 }, rebuilt: undefined }] });
  });

  it('say at once that views cannot be read while their store is down, and go on by themselves', async () => {
    const worker = await start();
    const reader = await start({ runs: false });
    await reader.reached(await open('a'), ['left']);
    const down = () => Promise.reject(new Error('no answer'));
    const broken = [
      jest.spyOn(store, 'checkpoints').mockImplementation(down),
      jest.spyOn(store, 'saveCheckpoint').mockImplementation(down),
    ];
    await until(() => troubles.filter((trouble) => trouble === 'the views cannot be reached').length === 2);
    expect(codeOf(() => reader.rows(left))).toBe('views-unavailable');
    const position = await coin('a');
    await until(() => troubles.includes('a view cannot be folded on'));
    for (const one of broken) one.mockRestore();
    await until(() => worker.status().every(({ state }) => state === 'live'));
    await reader.reached(position, ['left', 'right']);
    expect(await reader.rows<JarRow>(left).get('a')).toMatchObject({ cents: 1 });
  });

  it('go on with what they lost and got back while a page was being folded', async () => {
    const one = await start({ projections: [left] });
    const saveCheckpoint = store.saveCheckpoint.bind(store);
    let goOn: () => void = () => undefined;
    const stuck = new Promise<void>((resolve) => (goOn = resolve));
    store.saveCheckpoint = async (...given) => {
      await stuck;
      return saveCheckpoint(...given);
    };
    const position = await open('a');
    const lease = async () => (await store.leases.list()).find(({ name }) => name === 'left');
    const stolen = await store.leases.claim('left', 'somebody', await lease());
    await until(() => one.held.length === 0);
    await store.leases.release(stolen as Lease);
    await until(() => one.held.length === 1);
    goOn();
    await one.reached(position, ['left']);
    await one.reached(await coin('a'), ['left']);
    expect(await one.rows<JarRow>(left).get('a')).toMatchObject({ cents: 1 });
  });

  it.each([
    ['which answers until then', 1],
    ['which nothing can answer from', undefined],
  ])('rebuild a view, %s, also where their store goes down meanwhile', async (_, readableSince) => {
    const position = await open('a');
    const old = await start({ projections: [left] });
    await old.reached(position, ['left']);
    await stop(old);
    const replace = store.replace.bind(store);
    store.replace = async () => {
      store.replace = replace;
      throw new Error('no answer');
    };
    const next = await start({ projections: [{ ...jarsOf('left', 2), ...(readableSince && { readableSince }) }] });
    await until(() => next.status()[0]?.version === 2);
    await next.reached(await coin('a'), ['left']);
    expect(await next.rows<JarRow>(jarsOf('left', 2)).get('a')).toMatchObject({ cents: 1 });
  });

  it('drop the rows of a rebuild whose server died, and never those of one that goes on', async () => {
    const position = await open('a');
    const worker = await start({ projections: [left] });
    await worker.reached(position, ['left']);
    const making: string[] = [];
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    const make = async (name: string) => {
      await (await store.open(name)).saveCheckpoint((await store.checkpoint('left')) as Checkpoint, undefined);
      making.push(name);
      await ended;
    };
    // It claims its lease, and never gives a heartbeat.
    const dead = Object.assign(Object.create(store) as SharedViewStore, {
      leases: { claim: store.leases.claim.bind(store.leases), list: () => new Promise<never>(() => undefined) },
    });
    const alive = withRowsBeside(store, 'left', 0.4, make);
    void withRowsBeside(dead, 'left', 0.4, make);
    await until(() => making.length === 2);
    const drop = jest.spyOn(store, 'drop');
    await until(() => drop.mock.calls.length > 0);
    expect(drop.mock.calls).toEqual([[making[1]]]);
    // Until it is long after both began.
    const heartbeatsOf = async () => (await store.leases.list()).find(({ name }) => name === 'left')?.heartbeats as number;
    for (const first = await heartbeatsOf(); (await heartbeatsOf()) < first + 8;) await new Promise((resolve) => setTimeout(resolve, 20));
    expect([...(await store.checkpoints()).keys()]).toEqual(['left', making[0]]);
    end();
    await alive;
    expect([...(await store.checkpoints()).keys()]).toEqual(['left']);
    expect((await store.leases.list()).map(({ name }) => name)).toEqual(['left', expect.stringMatching(/^member:/)]);
  });

  it('never go back when one puts new rows in the place of those that another one moves on', async () => {
    const [one, other] = [await start({ projections: [left] }), await start({ runs: false, projections: [left] })];
    await one.reached(await open('a'), ['left']);
    const replace = store.replace.bind(store);
    let replacements = 0;
    store.replace = async (...given) => {
      // Just before it.
      if (replacements++ < 3) await one.reached(await coin('a'), ['left']);
      const before = await store.checkpoint('left');
      const isReplaced = await replace(...given);
      expect((await store.checkpoint('left'))?.position).toBe(before?.position);
      return isReplaced;
    };
    for await (const _ of other.rebuild('left'));
    expect(replacements).toBe(4);
    await one.reached(await coin('a'), ['left']);
    expect(await other.rows<JarRow>(left).get('a')).toMatchObject({ cents: 4 });
  });

  it('hand the rows over with all that reacts to them: one reacts at a time, to every row', async () => {
    const acting: string[] = [];
    const acts = (who: string) => ({
      reactsTo: ['left'],
      taken: async () => void acting.push(`${who} takes`),
      folded: (_: string, rows: readonly Stored<object>[]) => acting.push(...rows.map(({ _id }) => `${who} sees ${_id}`)),
      left: async () => void acting.push(`${who} leaves`),
    });
    const one = await start({ projections: [left] });
    await one.attach(acts('one'));
    const other = await start({ projections: [left] });
    await other.attach(acts('other'));
    await one.reached(await open('a'), ['left']);
    await stop(one);
    await until(() => acting.includes('other takes'));
    await other.reached(await open('b'), ['left']);
    expect(acting).toEqual(['one takes', 'one sees a', 'one leaves', 'other takes', 'other sees b']);
  });
});

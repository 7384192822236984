import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { AddCoin, AddCoins, jar, OpenJar, plumbing, sent, SignJar } from '#event-store/handle.testing';
import type { EventLog } from '#event-store/event-log';
import type { AnyDecider, Command } from '#kernel/decider';
import type { Position, Recorded } from '#kernel/envelope';
import { EmbeddedViewStore } from '#view-store/embedded/embedded-view-store';
import { History, type Concerning } from './history.js';
import { scansInThread } from '#views/past/prefix-scans.testing';
import { ProjectionRunner } from '#views/run/projection-runner';

/** The jars `a-1` and `a-2` belong to the call `a`. */
const belonging: AnyDecider = { ...jar, belongs: ({ jar: key }: { jar: string }) => ({ call: key.split('-')[0], matter: key }) };
const boundless = { taken: () => undefined, freed: () => undefined };

jest.setTimeout(300_000);

describe('the history of a call', () => {
  let parts: ReturnType<typeof plumbing>;
  const runners: ProjectionRunner[] = [];

  beforeEach(() => {
    parts = plumbing();
  });
  afterEach(async () => {
    for (const runner of runners.splice(0)) await runner.stop();
    await parts.log.close();
    parts.remove();
  });

  const start = async ({ log, pageSize, regional }: { log: EventLog; pageSize?: number; regional?: Concerning } = parts) => {
    const { codec, clock } = parts;
    const runner = await ProjectionRunner.start({
      log,
      codec,
      clock,
      store: new EmbeddedViewStore(),
      scans: scansInThread({ log, codec, clock, projections: [] }),
      projections: [],
      report: () => undefined,
    });
    runners.push(runner);
    const history = new History(log, codec, runner, regional, pageSize);
    let handed: Position = '';
    let wake = (): void => undefined;
    runner.onPage((events) => ((handed = events.at(-1)?.position ?? handed), wake()));
    /** Resolves once the tail has handed on everything up to the position. */
    const handedUpTo = async (position: Position) => {
      while (handed < position) await new Promise<void>((resolve) => (wake = resolve));
    };
    return { runner, history, handedUpTo };
  };
  const handle = (command: Command) => parts.handler.handle(belonging, command);
  const opened = (key: string) => handle(sent(OpenJar, { jar: key }));
  const coin = (key: string) => handle(sent(AddCoin, { jar: key, cents: 1 }));

  /** What the log says is the history of a call, and nothing else. */
  const logged = async (call: string, after: Position = ''): Promise<readonly Position[]> => {
    const { events } = await parts.log.readAll({ limit: 100_000 });
    return events
      .filter(({ metadata, position }) => (metadata as Recorded['metadata']).call === call && position > after)
      .map(({ position }) => position);
  };

  it('has what belongs to the call or the matter, whichever stream it is in, in the order of the log', async () => {
    for (const key of ['a-1', 'b-1', 'a-2']) await opened(key);
    for (const key of ['a-2', 'b-1', 'a-1', 'a-2']) await coin(key);
    const { history } = await start();
    const { events, end } = await history.page({ call: 'a' }, undefined);
    expect([events.map(({ stream, revision }) => `${stream} ${revision}`), end]).toEqual([
      ['jar-a-1 0', 'jar-a-2 0', 'jar-a-2 1', 'jar-a-1 1', 'jar-a-2 2'],
      true,
    ]);
    expect((await history.page({ matter: 'a-2' }, undefined)).events.map(({ revision }) => revision)).toEqual([0, 1, 2]);
  });

  it('of a region has what concerns it, too, though it names none: by pages of any size, and as it goes on', async () => {
    for (const key of ['a-1', 'b-1']) await opened(key);
    for (const key of ['a-1', 'b-1', 'a-1', 'b-1', 'a-1']) await coin(key);
    const regional: Concerning = { concerning: ['CoinAdded'], concerns: async ({ stream }) => (stream === 'jar-a-1' ? ['19'] : []) };
    const wanted = ['jar-a-1 1', 'jar-a-1 2', 'jar-a-1 3'];
    for (const pageSize of [1, 2, 100]) {
      const { history } = await start({ log: parts.log, pageSize, regional });
      const got: string[] = [];
      for (let after: Position | undefined; ;) {
        const { events, next, end } = await history.page({ region: '19' }, after);
        got.push(...events.map(({ stream, revision }) => `${stream} ${revision}`));
        if (end) break;
        after = next;
      }
      expect(got).toEqual(wanted);
    }
    const { history } = await start({ log: parts.log, regional });
    const stopping = new AbortController();
    const following = history.follow({ region: '19' }, undefined, boundless, stopping.signal);
    for (const one of wanted) expect(await following.next()).toMatchObject({ value: { revision: Number(one.at(-1)) } });
    const next = following.next();
    await coin('b-1');
    await coin('a-1');
    expect(await next).toMatchObject({ value: { stream: 'jar-a-1', revision: 4 } });
    stopping.abort();
  });

  it('is told each once and in order, whenever it is followed, however slowly it is read, whatever is recorded meanwhile', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.record({
          before: fc.array(fc.nat(2), { maxLength: 4 }),
          meanwhile: fc.array(fc.record({ jar: fc.nat(2), coins: fc.integer({ min: 1, max: 4 }) }), { minLength: 1, maxLength: 6 }),
          skipped: fc.nat(4),
          pageSize: fc.integer({ min: 2, max: 3 }),
        }),
        async (scheduler, { before, meanwhile, skipped, pageSize }) => {
          const call = `call${run++}`;
          const jars = [`${call}-0`, `${call}-1`, `other${run}-0`];
          for (const key of jars) await opened(key);
          for (const n of before) await coin(jars[n] as string);
          let isStarted = false;
          const turn = async (what: string) => (isStarted ? scheduler.schedule(Promise.resolve(), what) : undefined);
          const { history, runner } = await start({ log: withTurns(parts.log, turn), pageSize });
          isStarted = true;
          const after = (await logged(call)).at(skipped);
          const stopping = new AbortController();
          const got: Recorded[] = [];
          let last: Position | undefined;

          const reading = (async () => {
            for await (const event of history.follow({ call }, after, boundless, stopping.signal)) {
              got.push(event);
              if (event.position === last) return;
              await turn('read');
            }
          })();
          // Each is written whole when it is its turn.
          const writing = scheduler.scheduleSequence([
            ...meanwhile.map(({ jar: n, coins }) => ({
              label: 'write',
              builder: () => handle(sent(AddCoins, { jar: jars[n] as string, coins: Array.from({ length: coins }, () => 1) })),
            })),
            {
              label: 'write the last',
              builder: async () => (last = (await handle(sent(SignJar, { jar: jars[0] as string, person: 'p', name: 'n' }))).position),
            },
          ]);
          await scheduler.waitFor(Promise.all([writing.task, reading]));
          isStarted = false;
          await scheduler.waitIdle();
          expect(got.map(({ position }) => position)).toEqual(await logged(call, after));
          stopping.abort();
          await runner.stop();
        },
      ),
      { numRuns: 50 },
    );
  });

  it('is caught up with a few events in a turn of the event loop, by however many at once', async () => {
    await opened('a');
    for (let n = 0; n < 9; n++) await coin('a');
    const { history } = await start();
    const [followers, all] = [50, 10];
    let told = 0;
    const stopping = new AbortController();
    const following = Array.from({ length: followers }, async () => {
      let left = all;
      for await (const _ of history.follow({ call: 'a' }, undefined, boundless, stopping.signal)) {
        told += 1;
        if (--left === 0) return;
      }
    });
    let most = 0;
    for (let before = 0; told < followers * all; before = told) {
      await new Promise(setImmediate);
      most = Math.max(most, told - before);
    }
    await Promise.all(following);
    expect(most).toBeLessThanOrEqual(64);
  });

  it('takes room for what waits, and gives it back when it is read or given up', async () => {
    await opened('a');
    const { history, handedUpTo } = await start();
    const room = {
      events: 0,
      bytes: 0,
      taken: (bytes: number) => ((room.events += 1), (room.bytes += bytes)),
      freed: (bytes: number) => ((room.events -= 1), (room.bytes -= bytes)),
    };
    const stopping = new AbortController();
    const follower = history.follow({ call: 'a' }, undefined, room, stopping.signal);
    await follower.next();
    const waiting = follower.next();
    await coin('a');
    await waiting;
    for (let n = 0; n < 5; n++) await coin('a');
    await handedUpTo(await parts.log.head());
    expect(room.events).toBe(5);
    expect(room.bytes).toBeGreaterThan(5 * 10);
    await follower.next();
    expect(room.events).toBe(4);
    await follower.return(undefined);
    expect([room.events, room.bytes]).toEqual([0, 0]);
    const { position } = await coin('a');
    await handedUpTo(position);
    expect(room.events).toBe(0);
  });

  it('that waits ends with the reason that it is given', async () => {
    await opened('a');
    const { history } = await start();
    const stopping = new AbortController();
    const follower = history.follow({ call: 'a' }, undefined, boundless, stopping.signal);
    await follower.next();
    const waiting = follower.next();
    stopping.abort(new Error('the reason'));
    await expect(waiting).rejects.toThrow('the reason');
  });

  it('that cannot be read on fails, for those who follow it and for those who ask; others are not concerned', async () => {
    await opened('a');
    await opened('b');
    const { history } = await start();
    const [follower, other] = ['a', 'b'].map((call) => history.follow({ call }, undefined, boundless, new AbortController().signal));
    await Promise.all([follower?.next(), other?.next()]);
    const [waiting, undisturbed] = [follower?.next(), other?.next()];
    await parts.log.append('jar-c', 'none', [
      {
        id: crypto.randomUUID(),
        type: 'CoinAdded',
        data: '{"cents":"many"}',
        metadata: '{"call":"a","recordedAt":"2026-01-01T00:00:00.000Z"}',
      },
    ]);
    const unreadable = { code: 'history-unreadable', details: { stream: 'jar-c', revision: 0 } };
    await expect(waiting).rejects.toMatchObject(unreadable);
    await expect(history.page({ call: 'a' }, undefined)).rejects.toMatchObject(unreadable);
    await coin('b');
    expect(await undisturbed).toMatchObject({ value: { stream: 'jar-b' } });
  });
});

/** The log, whose answers come when it is their turn. */
function withTurns(log: EventLog, turn: (what: string) => Promise<unknown>): EventLog {
  return {
    id: log.id,
    append: (...args) => log.append(...args),
    readAll: async (...args) => {
      await turn('read');
      return log.readAll(...args);
    },
    readTexts: (...args) => log.readTexts(...args),
    head: () => log.head(),
    probe: () => log.probe(),
    warm: () => log.warm(),
    latest: () => log.latest(),
    prefixAt: (instant) => log.prefixAt(instant),
    close: () => log.close(),
    readStream: (...args) => log.readStream(...args),
    async *subscribe(after, signal) {
      for await (const page of log.subscribe(after, signal)) {
        await turn('page');
        yield page;
      }
    },
  };
}

import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonicalJson } from '#kernel/canonical-json';
import { EventIdReused, type EventToAppend, type LoggedEvent, type Page } from '../event-log.js';
import { EventStoreDbLog, type EventStoreDbSettings } from './eventstoredb-event-log.js';
import { standInCertificate } from './stand-in-certificate.testing.js';
import { StandInProcess } from './stand-in-process.testing.js';
import type { StandInOptions } from './stand-in-node.testing.js';
import { StandInServer } from './stand-in-server.testing.js';

jest.setTimeout(300_000);

/** For calls that are to fail; a busy machine may let others fail, too. */
const timeoutMs = 1_000;
const uncertain = { code: 'log-uncertain', details: { reason: 'no-answer' } };
const unavailable = { code: 'log-unavailable' };
const event = (data: object = {}, id: string = randomUUID()): EventToAppend => ({
  id,
  type: 'SomethingHappened',
  data: canonicalJson(data),
  metadata: canonicalJson({ recordedAt: '2026-01-01T00:00:00.000Z' }),
});

describe('the log on EventStoreDB', () => {
  let folder: string;
  const ends: (() => unknown)[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'log-'));
  });
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
    await rm(folder, { recursive: true });
  });

  const serve = async (options: Partial<StandInOptions> = {}) => {
    const server = await new StandInServer({ file: join(folder, 'server.db'), ...options }).start();
    ends.push(() => server.stop());
    return server;
  };
  const serveSafely = async (credentials: string) => {
    const server = await serve({ tls: standInCertificate, credentials });
    const authority = join(folder, 'ca.pem');
    await writeFile(authority, standInCertificate.certificate);
    return { server, url: (user: string) => `esdb://${user}@localhost:${server.port}?tls=true&tlsCAFile=${encodeURIComponent(authority)}` };
  };
  const serveApart = async () => {
    const server = await new StandInProcess(join(folder, 'server.db')).start();
    ends.push(() => server.kill());
    return server;
  };
  const open = async (url: string, settings: Partial<EventStoreDbSettings> = {}) => {
    const log = await EventStoreDbLog.open({ url, timeoutMs: 30_000, ...settings });
    ends.push(() => log.close());
    return log;
  };
  /** The same call until it is answered, as clients repeat it. */
  const repeated = async <Result>(call: () => Promise<Result>): Promise<Result> => {
    for (;;) {
      try {
        return await call();
      } catch (error) {
        expect(['log-uncertain', 'log-unavailable']).toContain((error as { code: string }).code);
        await new Promise(setImmediate);
      }
    }
  };
  const openImpatiently = (url: string, settings: Partial<EventStoreDbSettings> = {}) =>
    repeated(() => open(url, { timeoutMs, ...settings }));
  /** Everything that a subscription gives, until it has so many events. */
  const followed = async (
    log: EventStoreDbLog,
    after: string | undefined,
    isEnough: (events: readonly LoggedEvent[], page: Page) => boolean,
  ) => {
    const events: LoggedEvent[] = [];
    const ending = new AbortController();
    for await (const page of log.subscribe(after, ending.signal)) {
      events.push(...page.events);
      if (isEnough(events, page)) ending.abort();
    }
    return events;
  };
  const numbers = (events: readonly LoggedEvent[]) =>
    events.filter(({ stream }) => stream !== 'log').map(({ data }) => (data as { n: number }).n);

  describe('on a server that stands still', () => {
    it('says that an append is uncertain; the same append afterwards is recorded once', async () => {
      const server = await serveApart();
      const log = await openImpatiently(server.url);
      await repeated(() => log.append('a-1', 'none', [event({ n: 0 })]));
      const events = [event({ n: 1 }), event({ n: 2 })];
      server.freeze();
      await expect(log.append('a-1', 0, events)).rejects.toMatchObject(uncertain);
      server.thaw();
      const appended = await repeated(() => log.append('a-1', 0, events));
      const recorded = await repeated(() => log.readStream('a-1'));
      expect(numbers(recorded)).toEqual([0, 1, 2]);
      expect(appended).toEqual({ stream: 'a-1', revision: 2, position: recorded[2]?.position });
    });

    it('says that nothing was recorded where it could not even connect, and reads nothing', async () => {
      const server = await serveApart();
      const log = await openImpatiently(server.url);
      await repeated(() => log.append('a-1', 'none', [event()]));
      server.freeze();
      await expect(log.append('a-1', 0, [event()])).rejects.toMatchObject(uncertain);
      await expect(log.append('a-2', 'none', [event()])).rejects.toMatchObject(unavailable);
      await expect(log.readStream('a-1')).rejects.toMatchObject(unavailable);
      await expect(log.probe()).rejects.toMatchObject(unavailable);
      server.thaw();
      await repeated(() => log.probe());
      expect(await repeated(() => log.readStream('a-2'))).toEqual([]);
    });

    it('keeps no connection of those that it gave up, and none when it is closed', async () => {
      const sockets: Socket[] = [];
      const note = (message: unknown) => sockets.push((message as { socket: Socket }).socket);
      subscribe('net.client.socket', note);
      ends.push(() => unsubscribe('net.client.socket', note));
      const server = await serveApart();
      const log = await openImpatiently(server.url);
      await repeated(() => log.append('a-1', 'none', [event()]));
      server.freeze();
      for (let attempt = 0; attempt < 3; attempt++) await expect(log.readStream('a-1')).rejects.toMatchObject(unavailable);
      server.thaw();
      await repeated(() => log.probe());
      expect(sockets.length).toBeGreaterThanOrEqual(4);
      const openOnes = () => sockets.filter(({ destroyed }) => !destroyed);
      while (openOnes().length > 1) await new Promise(setImmediate);
      expect(openOnes()).toEqual([sockets.at(-1)]);
      await log.close();
      while (openOnes().length > 0) await new Promise(setImmediate);
    });

    it('goes on with a subscription as soon as it can, and tells both', async () => {
      const server = await serveApart();
      const troubles: string[] = [];
      const told = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const writer = await open(server.url);
      const log = await openImpatiently(server.url, { report: (trouble) => told[troubles.push(trouble) - 1]?.resolve() });
      const following = followed(log, undefined, (events) => numbers(events).length === 2);
      await writer.append('a-1', 'none', [event({ n: 1 })]);
      server.freeze();
      await told[0]?.promise;
      server.thaw();
      await told[1]?.promise;
      await writer.append('a-1', 0, [event({ n: 2 })]);
      expect(numbers(await following)).toEqual([1, 2]);
      expect(troubles.slice(0, 2)).toEqual([
        'the subscription to the event log broke off and is tried again until it goes on',
        'the subscription to the event log goes on again',
      ]);
    });
  });

  describe('on a server that dies', () => {
    it.each(['before-commit', 'after-commit'] as const)(
      'in the middle of an append, %s, records it once when it is appended again',
      async (moment) => {
        const server = await serve();
        const log = await open(server.url);
        await log.append('a-1', 'none', [event({ n: 0 })]);
        const events = [event({ n: 1 }), event({ n: 2 })];
        server.dieAt = moment;
        await expect(log.append('a-1', 0, events)).rejects.toMatchObject({ code: 'log-uncertain', details: { reason: 'cut-off' } });
        await expect(log.append('a-1', 0, events)).rejects.toMatchObject(unavailable);
        await server.start();
        expect(await log.append('a-1', 0, events)).toMatchObject({ revision: 2 });
        expect(numbers(await log.readStream('a-1'))).toEqual([0, 1, 2]);
      },
    );

    it('after it recorded an append, does not take another one under the same ids for the first', async () => {
      const server = await serve();
      const log = await open(server.url);
      const id = randomUUID();
      server.dieAt = 'after-commit';
      await expect(log.append('a-1', 'none', [event({ n: 1 }, id)])).rejects.toMatchObject({ code: 'log-uncertain' });
      await server.start();
      await expect(log.append('a-1', 'none', [event({ n: 2 }, id)])).rejects.toBeInstanceOf(EventIdReused);
      expect(numbers(await log.readStream('a-1'))).toEqual([1]);
    });

    it('harms no append to another server from the same process', async () => {
      const [one, other] = [await serve(), await serve({ file: join(folder, 'other.db') })];
      const [log, otherLog] = [await open(one.url), await open(other.url)];
      await log.append('a-1', 'none', [event()]);
      one.dieAt = 'before-commit';
      const outcomes = await Promise.allSettled([
        log.append('a-1', 0, [event()]),
        ...Array.from({ length: 20 }, (_, n) => otherLog.append(`b-${n}`, 'none', [event()])),
      ]);
      expect(outcomes.map(({ status }) => status)).toEqual(['rejected', ...Array.from({ length: 20 }, () => 'fulfilled')]);
      await one.start();
      await log.append('a-2', 'none', [event()]);
    });

    it('in the middle of a subscription, is read on where it stopped', async () => {
      const server = await serve();
      const log = await open(server.url);
      for (let n = 0; n < 10; n++) await log.append(`a-${n}`, 'none', [event({ n })]);
      server.dieAfterEvents = 5;
      const restarted = server.end.then(() => server.start());
      expect(numbers(await followed(log, undefined, (_, { end }) => end))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      await restarted;
    });

    it('loses nothing that was acknowledged and doubles nothing when it dies 20 times, and a subscription misses nothing', async () => {
      const server = await serve();
      const log = await open(server.url);
      const [writers, deaths] = [4, 20];
      let acknowledged = 0;
      let isOver = false;
      const write = async (writer: number) => {
        const acks: string[] = [];
        while (!isOver) {
          const one = event({ writer });
          await repeated(() => log.append(`w-${writer}`, acks.length === 0 ? 'none' : acks.length - 1, [one]));
          acks.push(one.id);
          acknowledged += 1;
        }
        return acks;
      };
      const ending = new AbortController();
      const seen: LoggedEvent[] = [];
      const following = (async () => {
        for await (const page of log.subscribe(undefined, ending.signal)) {
          seen.push(...page.events);
          if (isOver && page.end && page.next === (await log.head())) return;
        }
      })();
      const writing = Array.from({ length: writers }, (_, writer) => write(writer));
      for (let death = 0; death < deaths; death++) {
        const before = acknowledged;
        while (acknowledged < before + 20) await new Promise(setImmediate);
        const { end } = server;
        if (death % 2 === 0) server.stop();
        else server.dieAt = death % 4 === 1 ? 'before-commit' : 'after-commit';
        await end;
        await server.start();
      }
      isOver = true;
      const acks = await Promise.all(writing);
      await log.append('w-last', 'none', [event()]);
      await following;
      for (const [writer, ids] of acks.entries()) {
        const stored: string[] = [];
        for (
          let page = await log.readStream(`w-${writer}`);
          page.length > 0;
          page = await log.readStream(`w-${writer}`, { from: stored.length })
        )
          stored.push(...page.map(({ id }) => id));
        expect(stored).toEqual(ids);
        expect(seen.filter(({ stream }) => stream === `w-${writer}`).map(({ id }) => id)).toEqual(ids);
      }
      const positions = seen.map(({ position }) => position);
      expect(positions).toEqual([...new Set(positions)].sort());
    });

    it('says that nothing was recorded while it is down, and goes on when it is back', async () => {
      const server = await serve();
      const log = await open(server.url);
      server.stop();
      await expect(log.append('a-1', 'none', [event()])).rejects.toMatchObject({ code: expect.stringMatching(/^log-un/) });
      await expect(log.append('a-1', 'none', [event()])).rejects.toMatchObject(unavailable);
      await expect(log.head()).rejects.toMatchObject(unavailable);
      await expect(open(server.url)).rejects.toMatchObject(unavailable);
      await server.start();
      await log.append('a-1', 'none', [event()]);
    });
  });

  describe('subscribed to', () => {
    it('notices that nothing comes though there is something', async () => {
      const server = await serve();
      const noticed = Promise.withResolvers<void>();
      const report = (_: string, { reason }: { reason?: string }) =>
        reason === 'the subscription gives nothing though there is something' && noticed.resolve();
      const log = await openImpatiently(server.url, { report });
      const writer = await open(server.url);
      server.isMute = true;
      const following = followed(log, await writer.head(), (events) => events.length === 1);
      await writer.append('a-1', 'none', [event({ n: 1 })]);
      await noticed.promise;
      server.isMute = false;
      expect(numbers(await following)).toEqual([1]);
    });

    it('says that the reader has caught up also where the server does not', async () => {
      const server = await serve({ saysCaughtUp: false });
      const log = await open(server.url);
      await log.append('a-1', 'none', [event({ n: 1 })]);
      expect(numbers(await followed(log, undefined, (_, { end }) => end))).toEqual([1]);
    });

    it.each([false, true])(
      'refuses a position past the end, or in the middle of an event, which newer servers call invalid: %s',
      async (callsPositionsInvalid) => {
        const log = await open((await serve({ callsPositionsInvalid })).url);
        const { position } = await log.append('a-1', 'none', [event()]);
        const moved = (bytes: number) => (BigInt(`0x${position.slice(0, 16)}`) + BigInt(bytes)).toString(16).padStart(16, '0').repeat(2);
        for (const wrong of [moved(1), moved(1_000_000)]) {
          await expect(followed(log, wrong, () => true)).rejects.toMatchObject({
            code: 'log-position-unknown',
            details: { position: wrong },
          });
        }
        await expect(log.readAll({ after: moved(1) })).rejects.toMatchObject({ code: 'log-position-unknown' });
      },
    );

    it('refuses to go on where the log was put back to an earlier state', async () => {
      const server = await serve();
      const log = await openImpatiently(server.url);
      await repeated(() => log.append('a-1', 'none', [event()]));
      const caughtUp = Promise.withResolvers<void>();
      const following = followed(log, undefined, (_, { end }) => {
        if (end) caughtUp.resolve();
        return false;
      });
      await caughtUp.promise;
      server.stop();
      await rm(join(folder, 'server.db'));
      await server.start();
      await expect(following).rejects.toMatchObject({ code: 'log-position-unknown' });
    });

    it('gives a slow reader pages of at most 1,000 events, all of them in order', async () => {
      const log = await open((await serve()).url);
      for (let stream = 0; stream < 4; stream++)
        await log.append(
          `a-${stream}`,
          'none',
          Array.from({ length: 1_000 }, (_, n) => event({ n: stream * 1_000 + n })),
        );
      const pages: LoggedEvent[][] = [];
      for await (const { events, end } of log.subscribe(undefined, AbortSignal.timeout(60_000))) {
        pages.push([...events]);
        if (end) break;
        // Meanwhile more comes than is handed out at once.
        await log.readAll({ limit: 4_000 });
      }
      expect(numbers(pages.flat())).toEqual(Array.from({ length: 4_000 }, (_, n) => n));
      expect(Math.max(...pages.map(({ length }) => length))).toBe(1_000);
    });
  });

  it('gives out nothing that the server writes for itself, nor a position of it', async () => {
    const log = await open((await serve()).url);
    // After the 15th append stand two events of the server.
    for (let n = 0; n < 14; n++) await log.append(`a-${n}`, 'none', [event({ n })]);
    const { events, next } = await log.readAll();
    const all = [...Array(14).keys()];
    expect(numbers(events)).toEqual(all);
    expect(await log.head()).toBe(events.at(-1)?.position);
    expect(next).toBe(events.at(-1)?.position);
    const followedEvents = await followed(log, undefined, (_, page) => page.end && page.next === next);
    expect(numbers(followedEvents)).toEqual(all);
    const paged: LoggedEvent[] = [];
    for (let after: string | undefined, isEnd = false; !isEnd;) {
      const page = await log.readAll({ limit: 2, ...(after && { after }) });
      paged.push(...page.events);
      [after, isEnd] = [page.next, page.end];
    }
    expect(paged).toEqual(events);
  });

  it('is begun once where two processes begin it at the same time', async () => {
    const { url } = await serve();
    const logs = await Promise.all([open(url), open(url), open(url)]);
    expect(new Set(logs.map(({ id }) => id)).size).toBe(1);
  });

  it('sends the user and password of its URL with every call, over TLS', async () => {
    const { url } = await serveSafely('digituki:s3cret/ä');
    const log = await open(url(`digituki:${encodeURIComponent('s3cret/ä')}`));
    await log.append('a-1', 'none', [event({ n: 1 })]);
    expect(numbers(await followed(log, undefined, (_, { end }) => end))).toEqual([1]);
    await expect(open(url('digituki:wrong'))).rejects.toMatchObject({ code: 'log-unavailable', details: { reason: 'access-refused' } });
  });

  it('says that its user is not let in any more, and that nothing was recorded, until it is again', async () => {
    const { server, url } = await serveSafely('digituki:first');
    await open(url('digituki:first'));
    // This one does not begin the log: it has no call for appends yet, which is asked for its user but once.
    const log = await open(url('digituki:first'));
    server.credentials = 'digituki:second';
    const refused = { code: 'log-unavailable', details: { reason: 'access-refused' } };
    await expect(log.append('a-1', 'none', [event({ n: 1 })])).rejects.toMatchObject(refused);
    await expect(log.readStream('a-1')).rejects.toMatchObject(refused);
    await expect(log.probe()).rejects.toMatchObject(refused);
    server.credentials = 'digituki:first';
    await log.append('a-1', 'none', [event({ n: 1 })]);
    expect(numbers(await log.readStream('a-1'))).toEqual([1]);
  });

  it('goes to the node that leads', async () => {
    const leader = await serve();
    const follower = await serve({ file: join(folder, 'follower.db'), leaderPort: leader.port });
    for (const url of [follower.url, `esdb+discover://127.0.0.1:${follower.port}?tls=false`]) {
      const log = await open(url);
      const { position } = await log.append(`a-${randomUUID()}`, 'none', [event()]);
      expect(await log.head()).toBe(position);
    }
    expect(leader.calls.get('batchAppend')).toBe(2);
  });

  it.each([
    ['esdb://digituki:s3cret@host:2113?tls=true&colour=red', /«colour»/],
    ['esdb://digituki:s3cret@host:2113?tlsVerifyCert=false', /tlsCAFile/],
    ['esdb://digituki:s3cret@host:2113,10.0.0.2:2113', /address in numbers/],
    ['esdb://digituki:s3cret@[::1]:2113?tls=true', /address in numbers/],
    ['esdb://digituki:s3cret@host:2113?tlsCAFile=/there/is/none', /tlsCAFile.*\/there\/is\/none/],
    ['esdb://digituki:s3cret@host:2113?UserCertFile=%2Fno%2Fcert&UserKeyFile=/no/key', /UserCertFile.*\/no\/cert/],
    ['esdb://digituki:s3cret@:nowhere', /looks like/],
    ['esdb://digituki:s3cret@host:2113?tls=false', /no password without TLS/],
    ['esdb://digituki:s3c:ret@host:2113', /%3A/],
    ['mongodb://digituki:s3cret@host:2113', /looks like/],
  ])('refuses a URL that it cannot use without telling its password', async (url, told) => {
    const refused = EventStoreDbLog.open({ url });
    await expect(refused).rejects.toThrow(told);
    await expect(refused).rejects.toThrow(TypeError);
    await expect(refused).rejects.not.toThrow(/s3cret/);
  });
});

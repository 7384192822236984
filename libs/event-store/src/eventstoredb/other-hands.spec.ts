import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ANY, binaryEvent, EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { canonicalJson } from '#kernel/canonical-json';
import type { EventToAppend, LoggedEvent } from '../event-log.js';
import { oursIn } from '../ours.js';
import { wholeMetadata } from '../whole-metadata.testing.js';
import { EventStoreDbLog } from './eventstoredb-event-log.js';
import { StandInServer } from './stand-in-server.testing.js';

jest.setTimeout(300_000);

const event = (n: number): EventToAppend => ({
  id: randomUUID(),
  type: 'SomethingHappened',
  data: canonicalJson({ n }),
  metadata: canonicalJson({ recordedAt: '2026-01-01T00:00:00.000Z' }),
});
const numbers = (events: readonly LoggedEvent[]) =>
  events.filter(({ stream }) => stream !== 'log').map(({ data }) => (data as { n: number }).n);
/** An event with all that the envelope asks for. */
const eventOf = (n: number) => ({ ...event(n), metadata: wholeMetadata({ call: 'round' }) });
const lacking = { code: 'log-damaged', details: { reason: expect.stringContaining('events of the stream a-1 are missing') } };

/** What operators, other clients, and the nodes of a cluster among themselves do to a log while it is used. */
describe('the log on EventStoreDB, in other hands, too', () => {
  let folder: string;
  let server: StandInServer;
  let client: EventStoreDBClient;
  let log: EventStoreDbLog;
  let troubles: { trouble: string; details: object }[];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'log-'));
    server = await new StandInServer({ file: join(folder, 'server.db') }).start();
    client = EventStoreDBClient.connectionString(server.url);
    troubles = [];
    log = await EventStoreDbLog.open({
      url: server.url,
      timeoutMs: 30_000,
      report: (trouble, details) => troubles.push({ trouble, details }),
    });
  });
  afterEach(async () => {
    await log.close();
    await client.dispose();
    server.stop();
    await rm(folder, { recursive: true });
  });

  describe('leaves out what others write, and tells of the first', () => {
    it.each([
      ['bytes', binaryEvent({ type: 'Picture', data: Buffer.from('{no JSON') })],
      ['JSON without metadata', jsonEvent({ type: 'Note', data: { text: 'by hand' } })],
      ['JSON that is no object', jsonEvent({ type: 'Note', data: [1] as never, metadata: { user: 'x' } })],
    ])('%s', async (_, written) => {
      await log.append('a-1', 'none', [event(1)]);
      await client.appendToStream('note-1', [written, { ...written, id: randomUUID() }], { expectedRevision: ANY });
      const { position } = await log.append('a-2', 'none', [event(2)]);
      await client.appendToStream('note-1', [{ ...written, id: randomUUID() }], { expectedRevision: ANY });
      expect(numbers((await log.readAll()).events)).toEqual([1, 2]);
      expect(numbers((await log.readAll({ types: ['SomethingHappened', 'Note', 'Picture'] })).events)).toEqual([1, 2]);
      expect(await log.head()).toBe(position);
      for await (const { events, end, next } of log.subscribe(undefined, AbortSignal.timeout(30_000))) {
        expect(numbers(events)).toEqual([1, 2]);
        expect(next).toBe(position);
        if (end) break;
      }
      expect(troubles).toEqual([
        {
          trouble: 'the event log holds events that others wrote, which are left out',
          details: expect.objectContaining({ stream: 'note-1' }),
        },
      ]);
    });
  });

  describe('takes for its own only what fits the envelope in a category that is known', () => {
    const whole = JSON.parse(wholeMetadata({ call: 'round' })) as Record<string, unknown>;
    const { commandHash: _, ...lacking } = whole;

    it.each([
      ['metadata of another client', 'a-2', { user: 'x', call: 'round' }],
      ['metadata that lacks a part', 'a-2', lacking],
      ['a category that is not known', 'b-1', whole],
      ['a stream of no category', 'b', whole],
    ])('%s', async (_case, stream, metadata) => {
      const strict = await EventStoreDbLog.open({ url: server.url, timeoutMs: 30_000, ours: oursIn(['a']) });
      try {
        await strict.append('a-1', 'none', [eventOf(1)]);
        await client.appendToStream(stream, jsonEvent({ type: 'SomethingHappened', data: { n: 9 }, metadata }), { expectedRevision: ANY });
        const { position } = await strict.append('a-1', 0, [eventOf(2)]);
        await client.appendToStream(stream, jsonEvent({ type: 'SomethingHappened', data: { n: 9 }, metadata }), { expectedRevision: ANY });
        expect(numbers((await strict.readAll()).events)).toEqual([1, 2]);
        expect(numbers((await strict.readAll({ about: { call: 'round' } })).events)).toEqual([1, 2]);
        expect(await strict.head()).toBe(position);
      } finally {
        await strict.close();
      }
    });
  });

  describe('says that events of a stream are missing, instead of deciding on what is left', () => {
    const written = () => log.append('a-1', 'none', [event(0), event(1), event(2)]);

    it('where it was cut', async () => {
      await written();
      await client.setStreamMetadata('a-1', { truncateBefore: 1 });
      await expect(log.readStream('a-1')).rejects.toMatchObject(lacking);
      await expect(log.readStream('a-1', { direction: 'backwards' })).rejects.toMatchObject(lacking);
      expect(numbers(await log.readStream('a-1', { from: 1 }))).toEqual([1, 2]);
      expect(numbers(await log.readStream('a-1', { direction: 'backwards', limit: 2 }))).toEqual([2, 1]);
    });

    it('where it keeps its last events only', async () => {
      await written();
      await client.setStreamMetadata('a-1', { maxCount: 1 });
      await expect(log.readStream('a-1')).rejects.toMatchObject(lacking);
    });

    it('where others wrote to it', async () => {
      await written();
      await client.appendToStream('a-1', binaryEvent({ type: 'Picture', data: Buffer.of(1) }), { expectedRevision: 2n });
      await expect(log.readStream('a-1')).rejects.toMatchObject(lacking);
    });

    it('where it was deleted for good', async () => {
      await written();
      await client.tombstoneStream('a-1');
      await expect(log.readStream('a-1')).rejects.toMatchObject(lacking);
      await expect(log.append('a-1', 2, [event(3)])).rejects.toMatchObject(lacking);
    });

    it('where it was deleted, as soon as it is begun anew', async () => {
      await written();
      await client.deleteStream('a-1');
      await expect(log.append('a-1', 'none', [event(3)])).rejects.toMatchObject(lacking);
      await expect(log.readStream('a-1')).rejects.toMatchObject(lacking);
    });
  });

  describe('in a cluster', () => {
    it('appends to the node that leads now, also what the old one was asked at the same time', async () => {
      await log.append('a-1', 'none', [event(0)]);
      const leader = await new StandInServer({ file: join(folder, 'server.db') }).start();
      try {
        server.leaderPort = leader.port;
        const appended = await Promise.all([
          log.append('a-1', 0, [event(1)]),
          ...[2, 3, 4].map((n) => log.append(`a-${n}`, 'none', [event(n)])),
        ]);
        expect(appended.map(({ revision }) => revision)).toEqual([1, 0, 0, 0]);
        expect(numbers((await log.readAll()).events).toSorted()).toEqual([0, 1, 2, 3, 4]);
        expect(leader.calls.get('batchAppend')).toBe(1);
      } finally {
        leader.stop();
      }
    });

    it('gives no event twice where another node leads from the middle of an answer on', async () => {
      await log.append('a-1', 'none', [event(0), event(1), event(2)]);
      const leader = await new StandInServer({ file: join(folder, 'server.db') }).start();
      try {
        for (const read of [async () => log.readStream('a-1'), async () => (await log.readAll()).events]) {
          await log.close();
          server.leaderPort = undefined;
          log = await EventStoreDbLog.open({ url: server.url, timeoutMs: 30_000 });
          let given = 0;
          server.onMessage = () => {
            if (++given !== 3) return;
            // What was given before arrives before.
            server.freeze();
            setTimeout(() => server.thaw(), 100);
            server.leaderPort = leader.port;
          };
          await expect(read()).rejects.toMatchObject({ code: 'log-unavailable' });
          expect(numbers(await read())).toEqual([0, 1, 2]);
        }
      } finally {
        leader.stop();
      }
    });

    it('says that a stream is elsewhere when that can be read: followers may have to write it first', async () => {
      await log.append('a-1', 'none', [event(0)]);
      await log.append('a-1', 0, [event(1)]);
      server.readsBehind = 3;
      await expect(log.append('a-1', 0, [event(2)])).rejects.toMatchObject({ name: 'WrongExpectedRevision', actual: 1 });
      expect(numbers(await log.readStream('a-1'))).toEqual([0, 1]);
    });

    it('takes up a subscription at a new leader that does not find yet what the old one acknowledged', async () => {
      const { position } = await log.append('a-1', 'none', [event(0)]);
      server.readsBehind = 3;
      const pages = log.subscribe(position, AbortSignal.timeout(30_000));
      expect(await pages.next()).toMatchObject({ value: { events: [], next: position, end: true } });
      expect(troubles).toEqual([]);
      await pages.return(undefined);
    });

    it('says that nothing was recorded while nodes elect, and takes no position for unknown', async () => {
      const { position } = await log.append('a-1', 'none', [event(0)]);
      server.leaderPort = 'unknown';
      await expect(log.append('a-1', 0, [event(1)])).rejects.toMatchObject({ code: 'log-unavailable' });
      await expect(log.readAll({ after: position })).rejects.toMatchObject({ code: 'log-unavailable' });
      const pages = log.subscribe(position, AbortSignal.timeout(30_000));
      const page = pages.next();
      while (troubles.length === 0) await new Promise(setImmediate);
      server.leaderPort = undefined;
      expect(await page).toMatchObject({ value: { events: [], end: true } });
      await pages.return(undefined);
    });
  });
});

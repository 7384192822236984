import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ANY,
  BACKWARDS,
  END,
  EventStoreDBClient,
  eventTypeFilter,
  jsonEvent,
  NO_STREAM,
  STREAM_EXISTS,
  streamNameFilter,
  type AppendExpectedRevision,
  type ResolvedEvent,
  type SubscribeToAllOptions,
} from '@eventstore/db-client';
import { StandInServer } from './stand-in-server.testing.js';

/** What EventStoreDB 23.10.8 answered to the same questions of the same client. Where EVENTSTORE_URL is set, it is asked itself. */
describe('the stand-in answers like EventStoreDB', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stand-in-'));
  const server = new StandInServer({ file: join(folder, 'server.db') });
  let client: EventStoreDBClient;
  let stream: string;
  beforeAll(async () => {
    await server.start();
  });
  beforeEach(() => {
    client = EventStoreDBClient.connectionString(process.env['EVENTSTORE_URL'] ?? server.url);
    stream = `order-${randomUUID()}`;
  });
  afterEach(() => client.dispose());
  afterAll(() => {
    server.stop();
    rmSync(folder, { recursive: true });
  });

  const event = (type: string, id: string = randomUUID(), data: object = { type }) =>
    jsonEvent({ id, type, data: data as Record<string, unknown> });
  type Event = ReturnType<typeof event>;
  /** With credentials the client takes its other way, one call for each append. */
  const ways = [
    ['one after the other in one call', {}],
    ['in a call of its own', { credentials: { username: 'u', password: 'p' } }],
  ] as const;
  const appended = (events: Event[], expectedRevision: AppendExpectedRevision, way: object = {}) =>
    client.appendToStream(stream, events, { expectedRevision, ...way });
  const collected = async (events: AsyncIterable<ResolvedEvent>) => {
    const found = [];
    for await (const { event: one } of events) if (one) found.push(one);
    return found;
  };
  const wrong = (expectedVersion: unknown, actualVersion: unknown) => ({
    type: 'wrong-expected-version',
    streamName: stream,
    expectedVersion,
    actualVersion,
  });

  describe.each(ways)('to appends %s', (_, way) => {
    it('at the right revision, at none, at any', async () => {
      const first = event('Created');
      const created = await appended([first], NO_STREAM, way);
      expect(created).toMatchObject({ success: true, nextExpectedRevision: 0n });
      expect(created.position?.commit).toBe(created.position?.prepare);
      expect(await appended([event('A'), event('B')], 0n, way)).toMatchObject({ nextExpectedRevision: 2n });
      expect(await appended([event('C')], ANY, way)).toMatchObject({ nextExpectedRevision: 3n });
      expect(await appended([event('D')], STREAM_EXISTS, way)).toMatchObject({ nextExpectedRevision: 4n });
    });

    it('at a wrong revision', async () => {
      await expect(appended([event('A')], 0n, way)).rejects.toMatchObject(wrong(0n, 'no_stream'));
      await expect(appended([event('A')], STREAM_EXISTS, way)).rejects.toMatchObject(wrong('stream_exists', 'no_stream'));
      await appended([event('A'), event('B')], NO_STREAM, way);
      await expect(appended([event('A')], NO_STREAM, way)).rejects.toMatchObject(wrong('no_stream', 1n));
      await expect(appended([event('A')], 0n, way)).rejects.toMatchObject(wrong(0n, 1n));
      await expect(appended([event('A')], 99n, way)).rejects.toMatchObject(wrong(99n, 1n));
    });

    it('that are repeated', async () => {
      const [a, b, d, other] = [event('a'), event('b'), event('d'), event('other')];
      const first = await appended([a, b], NO_STREAM, way);
      const second = await appended([d], 1n, way);
      expect(await appended([a, b], NO_STREAM, way)).toEqual(first);
      expect(await appended([a, b], ANY, way)).toEqual(first);
      expect(await appended([d], 1n, way)).toEqual(second);
      // Whatever comes under the ids.
      expect(await appended([event('a', a.id, { changed: true }), b], NO_STREAM, way)).toEqual(first);
      // At the current revision the same id is written again.
      expect(await appended([d], 2n, way)).toMatchObject({ nextExpectedRevision: 3n });
      await expect(appended([a, d], NO_STREAM, way)).rejects.toMatchObject(wrong('no_stream', 3n));
      await expect(appended([b, other], 0n, way)).rejects.toMatchObject(wrong(0n, 3n));
      await expect(appended([b, other], ANY, way)).rejects.toMatchObject(wrong('any', 3n));
      expect((await collected(client.readStream(stream))).map(({ type, revision }) => `${type}@${revision}`)).toEqual([
        'a@0',
        'b@1',
        'd@2',
        'd@3',
      ]);
      stream = `order-${randomUUID()}`;
      expect(await appended([a], NO_STREAM, way)).toMatchObject({ nextExpectedRevision: 0n });
    });

    it('that are too long, all together', async () => {
      const long = (length: number) => event('Long', randomUUID(), { text: 'x'.repeat(length) });
      const tooLong = { type: 'maximum-append-size-exceeded', maxAppendSize: 1_048_576 };
      await expect(appended([long(1_100_000)], NO_STREAM, way)).rejects.toMatchObject(tooLong);
      await expect(
        appended(
          Array.from({ length: 5 }, () => long(300_000)),
          NO_STREAM,
          way,
        ),
      ).rejects.toMatchObject(tooLong);
      expect(await appended([long(900_000)], NO_STREAM, way)).toMatchObject({ nextExpectedRevision: 0n });
    });
  });

  it('to an append without a type, or to a stream without a name', async () => {
    await expect(appended([event('')], NO_STREAM)).rejects.toMatchObject({ type: 'unknown', message: 'Could not recognize BadRequest' });
    stream = '';
    await expect(appended([event('A')], NO_STREAM)).rejects.toMatchObject({ type: 'unknown', message: 'Could not recognize BadRequest' });
  });

  it('to readers of a stream', async () => {
    await expect(collected(client.readStream(stream))).rejects.toMatchObject({ type: 'stream-not-found', streamName: stream });
    await expect(collected(client.readStream(stream, { direction: BACKWARDS, fromRevision: END }))).rejects.toMatchObject({
      type: 'stream-not-found',
    });
    const { position } = await appended([event('A'), event('B'), event('C')], NO_STREAM);
    const revisions = async (options: object) => (await collected(client.readStream(stream, options))).map(({ revision }) => revision);
    expect(await revisions({ fromRevision: 1n, maxCount: 2 })).toEqual([1n, 2n]);
    expect(await revisions({ fromRevision: 99n })).toEqual([]);
    expect(await revisions({ direction: BACKWARDS, fromRevision: END, maxCount: 2 })).toEqual([2n, 1n]);
    await expect(revisions({ maxCount: 0 })).rejects.toMatchObject({
      type: 'unknown',
      code: 2,
      message: '2 UNKNOWN: Unexpected ReadStreamResult: Error',
    });
    const [, second, third] = await collected(client.readStream(stream));
    expect(third).toMatchObject({
      streamId: stream,
      revision: 2n,
      type: 'C',
      data: { type: 'C' },
      metadata: undefined,
      isJson: true,
      position,
    });
    expect((second?.position?.commit ?? 0n) < (position?.commit ?? 0n)).toBe(true);
  });

  it('to readers and writers of a stream that was deleted for good', async () => {
    await appended([event('A')], NO_STREAM);
    await client.tombstoneStream(stream);
    await expect(collected(client.readStream(stream))).rejects.toMatchObject({
      type: 'stream-deleted',
      code: 9,
      message: `9 FAILED_PRECONDITION: Event stream '${stream}' is deleted.`,
    });
    await expect(appended([event('A')], 0n)).rejects.toMatchObject({ type: 'stream-deleted', streamName: stream });
  });

  it('to readers and writers of a stream that was deleted, but not for good', async () => {
    await appended([event('A'), event('B')], NO_STREAM);
    await client.deleteStream(stream);
    await expect(collected(client.readStream(stream))).rejects.toMatchObject({ type: 'stream-not-found', streamName: stream });
    expect(await appended([event('C')], NO_STREAM)).toMatchObject({ nextExpectedRevision: 2n });
    expect((await collected(client.readStream(stream))).map(({ revision }) => revision)).toEqual([2n]);
  });

  it('to readers of a stream that keeps its last events only, or was cut', async () => {
    await appended(
      ['A', 'B', 'C', 'D', 'E', 'F'].map((type) => event(type)),
      NO_STREAM,
    );
    const revisions = async () => (await collected(client.readStream(stream))).map(({ revision }) => revision);
    expect(await client.setStreamMetadata(stream, { maxCount: 2 })).toMatchObject({ success: true, nextExpectedRevision: 0n });
    expect(await revisions()).toEqual([4n, 5n]);
    await client.setStreamMetadata(stream, { truncateBefore: 5 }, { expectedRevision: 0n });
    expect(await revisions()).toEqual([5n]);
    await client.setStreamMetadata(stream, { truncateBefore: 6 });
    expect(await revisions()).toEqual([]);
  });

  it('to readers of everything: forwards the position is read, backwards it is not', async () => {
    const { position: first } = await appended([event('A')], NO_STREAM);
    const { position: second } = await appended([event('B')], 0n);
    if (!first || !second) throw new Error('no positions');
    const read = async (options: object) => (await collected(client.readAll({ maxCount: 1, ...options })))[0]?.position;
    expect(await read({ fromPosition: first })).toEqual(first);
    expect((await read({ fromPosition: second, direction: BACKWARDS }))?.commit).toBeLessThan(second.commit);
    const past = { commit: second.commit + 10_000_000n, prepare: second.prepare + 10_000_000n };
    expect(await read({ fromPosition: past })).toBeUndefined();
    // The server finds out by what follows: without a later event there is nothing wrong.
    await appended([event('C')], 1n);
    const middle = { commit: second.commit + 1n, prepare: second.prepare + 1n };
    await expect(read({ fromPosition: middle })).rejects.toMatchObject({
      type: 'unknown',
      code: 2,
      message: '2 UNKNOWN: Unexpected ReadAllResult: Error',
    });
  });

  describe('to subscribers', () => {
    /** What comes until it has caught up. */
    const subscribed = async (options: SubscribeToAllOptions) => {
      const subscription = client.subscribeToAll(options);
      const said: string[] = [];
      const caughtUp = Promise.withResolvers<void>();
      subscription.on('confirmation', () => said.push('confirmation'));
      subscription.on('caughtUp', () => caughtUp.resolve());
      subscription.on('error', (error: Error) => caughtUp.reject(error));
      subscription.on('data', ({ event: one }: ResolvedEvent) => said.push(one?.type ?? ''));
      try {
        await caughtUp.promise;
      } finally {
        void subscription.unsubscribe();
      }
      return said;
    };

    it('with what comes after a position, in the middle of an append, too', async () => {
      await appended([event('A'), event('B'), event('C')], NO_STREAM);
      const [, middle] = await collected(client.readStream(stream));
      if (!middle?.position) throw new Error('no position');
      expect((await subscribed({ fromPosition: middle.position })).slice(0, 2)).toEqual(['confirmation', 'C']);
    });

    it('that begin past the end, or in the middle of an event', async () => {
      const { position } = await appended([event('A')], NO_STREAM);
      if (!position) throw new Error('no position');
      const moved = (bytes: bigint) => ({ fromPosition: { commit: position.commit + bytes, prepare: position.prepare + bytes } });
      expect(await subscribed(moved(10_000_000n))).toEqual(['confirmation']);
      // The server finds out by what follows: without a later event there is nothing wrong.
      await appended([event('B')], 0n);
      await expect(subscribed(moved(1n))).rejects.toMatchObject({
        type: 'unknown',
        code: 2,
        message: '2 UNKNOWN: Exception was thrown by handler.',
      });
    });

    it('with what fits their filter', async () => {
      const type = `Type${randomUUID().slice(0, 8)}`;
      await appended([event(type), event(`${type}Later`), event('Other')], NO_STREAM);
      const types = async (filter: SubscribeToAllOptions['filter']) => (await subscribed({ filter })).slice(1);
      expect(await types(eventTypeFilter({ regex: `^${type}$` }))).toEqual([type]);
      expect(await types(eventTypeFilter({ prefixes: [type] }))).toEqual([type, `${type}Later`]);
      expect(await types(streamNameFilter({ prefixes: [stream] }))).toEqual([type, `${type}Later`, 'Other']);
      expect((await subscribed({})).some((one) => one.startsWith('$'))).toBe(true);
    });
  });
});

import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { MessageChannel } from 'node:worker_threads';
import { AddCoin, jar, jarEvents, OpenJar, plumbing, sent } from '#event-store/handle.testing';
import { streamKey } from '#kernel/envelope';
import { unchanged } from '#kernel/chosen-events';
import type { Projection } from '#kernel/projection';
import { PrefixScanner } from './prefix-scanner.js';
import { PrefixScans, type Connected } from './prefix-scans.js';
import { scansInThread } from './prefix-scans.testing.js';
import { SkipEvent } from '../skip/skipping.commands.js';
import { skipping } from '../skip/skipping.decider.js';
import { skippingEvents } from '../skip/skipping.events.js';

const jars: Projection<{ cents: number }, typeof jarEvents, 'JarOpened'> = {
  name: 'jars',
  version: 1,
  events: jarEvents,
  key: ({ stream }) => streamKey(stream),
  starts: { JarOpened: () => ({ cents: 0 }) },
  on: { CoinAdded: (row, { data }) => ({ cents: row.cents + data.cents }), ...unchanged('JarSigned') },
};

describe('scans of a prefix', () => {
  let parts: ReturnType<typeof plumbing>;
  const positions: string[] = [];

  beforeEach(async () => {
    parts = plumbing(skippingEvents);
    positions.length = 0;
    positions.push((await parts.handler.handle(jar, sent(OpenJar, { jar: 'a' }))).position);
    for (let n = 1; n <= 5; n++) positions.push((await parts.handler.handle(jar, sent(AddCoin, { jar: 'a', cents: 1 }))).position);
  });
  afterEach(async () => {
    await parts.log.close();
    parts.remove();
  });
  const parted = (longest = 30_000) => ({ log: parts.log, codec: parts.codec, clock: parts.clock, projections: [jars], longest });

  it('answer from the rows as they were at the position, each position its own', async () => {
    const scans = scansInThread(parted());
    const cents = await Promise.all(
      positions.map(async (position) => (await scans.rows<{ cents: number }>('jars', position).get('a'))?.cents),
    );
    expect(cents).toEqual([0, 1, 2, 3, 4, 5]);
    expect(await scans.rows('jars', '0'.repeat(32)).count()).toBe(0);
    await scans.close();
  });

  it('go on from the nearest before them, which stays what it was', async () => {
    const scans = scansInThread(parted());
    const centsAt = async (index: number) => (await scans.rows<{ cents: number }>('jars', positions[index] as string).get('a'))?.cents;
    const read = jest.spyOn(parts.log, 'readAll');
    expect([await centsAt(2), await centsAt(4)]).toEqual([2, 4]);
    expect(read.mock.calls.map(([asked]) => asked?.after)).toEqual([undefined, positions[2]]);
    expect([await centsAt(3), await centsAt(2), await centsAt(4)]).toEqual([3, 2, 4]);
    await scans.close();
  });

  it('say where the view cannot be read so far, but for those who ask for what there is', async () => {
    await parts.log.append('jar-b', 'none', [
      { id: crypto.randomUUID(), type: 'CoinAdded', data: '{"cents":"many"}', metadata: '{"recordedAt":"2026-01-01T00:00:00.000Z"}' },
    ]);
    const head = await parts.log.head();
    const scans = scansInThread(parted());
    await expect(scans.rows('jars', head).get('a')).rejects.toMatchObject({
      code: 'past-unreadable',
      details: { projection: 'jars', stream: 'jar-b', revision: 0 },
    });
    expect(await scans.rows('jars', head, { partial: true }).get('a')).toMatchObject({ cents: 5 });
    expect(await scans.rows('jars', positions[5] as string).get('a')).toMatchObject({ cents: 5 });
    await scans.close();
  });

  it('are scanned again once an event was skipped at which they were paused', async () => {
    const { eventIds, position, revision } = await parts.handler.handle(jar, sent(AddCoin, { jar: 'a', cents: 13 }));
    const unlucky = {
      ...jars,
      on: {
        ...jars.on,
        CoinAdded: (...args: Parameters<typeof jars.on.CoinAdded>) => (args[1].data.cents === 13 ? fail() : jars.on.CoinAdded(...args)),
      },
    };
    const scans = scansInThread({ ...parted(), projections: [unlucky] });
    const rows = scans.rows<{ cents: number }>('jars', position);
    await expect(rows.get('a')).rejects.toMatchObject({ code: 'past-unreadable' });
    await parts.handler.handle(
      skipping,
      sent(SkipEvent, { projection: 'jars', event: eventIds[0] as string, stream: 'jar-a', revision, reason: 'unlucky' }),
    );
    expect(await rows.get('a')).toMatchObject({ cents: 5 });
    await scans.close();
  });

  it('cannot be written to', () => {
    expect('write' in scansInThread(parted()).rows('jars', positions[0] as string)).toBe(false);
  });

  it('say so when one takes longer than it may', async () => {
    let time = 0;
    const scans = scansInThread({ ...parted(1), clock: { now: () => (time += 2) } });
    await expect(scans.rows('jars', positions[5] as string).get('a')).rejects.toMatchObject({
      code: 'past-too-long',
      details: { projection: 'jars', seconds: 0.001 },
    });
    await scans.close();
  });

  it('take as long as the log is where we check or rebuild a view, and let the questions of clients go first', async () => {
    let time = 0;
    const page = Promise.withResolvers<void>();
    const readAll = parts.log.readAll.bind(parts.log);
    jest.spyOn(parts.log, 'readAll').mockImplementation(async (asked) => {
      await page.promise;
      return readAll({ ...asked, limit: 1 });
    });
    // Enough for the five pages of the client's, not for these and the six of ours.
    const scans = scansInThread({ ...parted(13), clock: { now: () => (time += 2) } });
    const order: string[] = [];
    const whole = async () => {
      for await (const events of scans.scan('jars', positions[5] as string, { fresh: true })) order.push(`page ${events}`);
      return scans.rows('jars', positions[5] as string, { partial: true }).get('a');
    };
    const checked = whole();
    const asked = scans.rows('jars', positions[4] as string).get('a');
    page.resolve();
    expect(await asked).toMatchObject({ cents: 4 });
    order.push('client');
    expect(await checked).toMatchObject({ cents: 5 });
    expect(order.indexOf('client')).toBeLessThanOrEqual(1);
    expect(order).toEqual(expect.arrayContaining(['page 1', 'page 6']));
    await scans.close();
  });

  it('tell those that come to come later when too many other scans are waited for, but not who rebuilds a view', async () => {
    const scans = scansInThread(parted());
    const answers = Array.from({ length: 65 }, (_, n) => scans.rows('jars', String(n).padStart(32, '0')).get('a'));
    const rebuilding = scans.rows('jars', positions[5] as string, { partial: true }).get('a');
    expect((await Promise.allSettled(answers)).map(({ status }) => status)).toEqual([
      ...Array.from({ length: 64 }, () => 'fulfilled'),
      'rejected',
    ]);
    await expect(answers[64]).rejects.toMatchObject({ code: 'past-busy' });
    expect(await rebuilding).toMatchObject({ cents: 5 });
    await scans.close();
  });

  it('take as many questions to the same rows as one answer is joined from', async () => {
    const scans = scansInThread(parted());
    const rows = scans.rows('jars', positions[5] as string);
    expect(new Set(await Promise.all(Array.from({ length: 1_000 }, () => rows.count())))).toEqual(new Set([1]));
    await scans.close();
  });

  it('answer everyone who waits when the scanner ends, and start another for the next question', async () => {
    const ends: ((outOfMemory: boolean) => void)[] = [];
    let started = 0;
    const scans = new PrefixScans((): Connected => {
      const { port1, port2 } = new MessageChannel();
      // The first scanner never answers.
      if (started++ > 0) PrefixScanner.serve(port2, { ...parted(), open: async () => parts.log });
      return { port: port1, onEnd: (ended) => ends.push(ended), end: async () => port1.close() };
    });
    const rows = scans.rows('jars', positions[5] as string);
    const lost = Promise.allSettled([rows.get('a'), rows.count()]);
    ends[0]?.(true);
    expect(await lost).toMatchObject([{ reason: { code: 'past-too-large' } }, { reason: { code: 'past-too-large' } }]);
    expect(await rows.get('a')).toMatchObject({ cents: 5 });
    await scans.close();
  });

  it('are answered by another scanner where the last has ended, because nobody asked for a time; a client’s is kept for longer', async () => {
    const position = positions[5] as string;
    let ended = Promise.withResolvers<void>();
    const scans = scansInThread(parted(), { client: 86_400_000, ourOwn: 0 }, () => ended.resolve());
    const ourOwn = async () => {
      for await (const _ of scans.scan('jars', position));
    };
    for (let time = 0; time < 3; time++) {
      await ourOwn();
      await ended.promise;
      ended = Promise.withResolvers();
    }
    expect(await scans.rows('jars', position).get('a')).toMatchObject({ cents: 5 });
    await ourOwn();
    expect(await Promise.race([ended.promise.then(() => 'ended'), new Promise((resolve) => setTimeout(resolve, 5, 'kept'))])).toBe('kept');
    await scans.close();
  });
});

function fail(): never {
  throw new Error('an unlucky coin');
}

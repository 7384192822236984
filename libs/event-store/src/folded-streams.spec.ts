import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FoldedStreams } from './folded-streams.js';
import { AddCoin, jar, OpenJar, plumbing, sent } from './handle.testing.js';
import { memoryOf } from './memory-size.js';

describe('folded streams', () => {
  let parts: ReturnType<typeof plumbing>;
  let reads: [stream: string, from: number | undefined][];
  const folding = (most: number) => {
    const { log, codec } = parts;
    reads = [];
    const watched = Object.assign(Object.create(log) as typeof log, {
      readStream: (stream: string, read: { from?: number }) => (reads.push([stream, read.from]), log.readStream(stream, read)),
    });
    return new FoldedStreams(watched, codec, most);
  };
  const filled = async (key: string, coins: number) => {
    await parts.handler.handle(jar, sent(OpenJar, { jar: key }));
    for (let cents = 0; cents < coins; cents++) await parts.handler.handle(jar, sent(AddCoin, { jar: key, cents: 1 }));
  };

  beforeEach(() => {
    parts = plumbing();
  });
  afterEach(async () => {
    await parts.log.close();
    parts.remove();
  });

  it('are kept within their bytes, however many there are: what was not asked for longest is read again', async () => {
    for (let number = 0; number < 40; number++) await filled(`${number}`, 1);
    const streams = folding(20_000);
    for (let number = 0; number < 40; number++) {
      await streams.load(jar, `jar-${number}`);
      expect(streams.bytes).toBeLessThanOrEqual(20_000);
    }
    reads.length = 0;
    await streams.load(jar, 'jar-39');
    await streams.load(jar, 'jar-0');
    expect(reads).toEqual([
      ['jar-39', 2],
      ['jar-0', 0],
    ]);
  });

  it('count more as they grow, and one that is larger than all that is kept is not kept', async () => {
    await filled('a', 0);
    await filled('b', 0);
    const streams = folding(20_000);
    await streams.load(jar, 'jar-b');
    await streams.load(jar, 'jar-a');
    const small = streams.bytes;
    for (let cents = 0; cents < 20; cents++) await parts.handler.handle(jar, sent(AddCoin, { jar: 'a', cents: 1 }));
    await streams.load(jar, 'jar-a');
    expect(streams.bytes).toBeGreaterThan(small + 20 * 300);
    for (let cents = 0; cents < 40; cents++) await parts.handler.handle(jar, sent(AddCoin, { jar: 'a', cents: 1 }));
    expect((await streams.load(jar, 'jar-a')).state).toEqual({ isOpen: true, cents: 60 });
    reads.length = 0;
    await streams.load(jar, 'jar-b');
    await streams.load(jar, 'jar-a');
    expect(reads).toEqual([
      ['jar-b', 1],
      ['jar-a', 0],
    ]);
  });

  it('are estimated near to what they take', () => {
    const made = Array.from({ length: 2_000 }, (_, index) => ({
      id: `entry-${index}`,
      texts: new Map([['fi', `${index}`.padEnd(40, 'x')]]),
      days: new Set([index]),
      amount: index * 1.5,
    }));
    expect(memoryOf(made) / made.length).toBeGreaterThan(400);
    expect(memoryOf(made) / made.length).toBeLessThan(1_000);
  });
});

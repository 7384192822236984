import { describe, expect, it } from '@jest/globals';
import { Inbox } from './inbox.js';
import { Turns } from './turns.js';

const boundless = { taken: () => undefined, freed: () => undefined };
const turn = () => new Promise(setImmediate);

describe('inboxes that are put into at once', () => {
  const opened = (count: number, turns: Turns) => {
    const inboxes = Array.from({ length: count }, () => new Inbox<number>(boundless, new AbortController().signal, turns));
    const taken: number[][] = inboxes.map(() => []);
    for (const [index, inbox] of inboxes.entries())
      void (async () => {
        for (;;) taken[index]?.push(await inbox.take());
      })();
    const put = (item: number) => {
      for (const inbox of inboxes) inbox.put(item, 1);
    };
    return { put, taken, reached: () => taken.filter(({ length }) => length > 0).length };
  };

  it('are read a few in a turn, so that others have their turn in between', async () => {
    const { put, reached } = opened(100, new Turns({ most: 16, milliseconds: Infinity }));
    await turn();
    put(1);
    const seen: number[] = [];
    for (let turns = 0; turns < 8; turns++) {
      seen.push(reached());
      await turn();
    }
    expect(Math.max(...seen.slice(1).map((now, index) => now - (seen[index] as number)))).toBeLessThanOrEqual(16);
    expect(reached()).toBe(100);
  });

  it('give each reader everything in order, also what is put in while others are read', async () => {
    const { put, taken } = opened(40, new Turns({ most: 3, milliseconds: Infinity }));
    for (let item = 0; item < 10; item++) {
      put(item);
      if (item % 3 === 0) await turn();
    }
    for (let turns = 0; turns < 200; turns++) await turn();
    expect(taken).toEqual(taken.map(() => [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]));
  });
});

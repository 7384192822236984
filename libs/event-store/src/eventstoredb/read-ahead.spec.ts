import { describe, expect, it } from '@jest/globals';
import type { Page } from '../event-log.js';
import { ReadAhead } from './read-ahead.js';

describe('pages that are read ahead', () => {
  const make = (events: number[]) => {
    const asked: (string | undefined)[] = [];
    const read = async (after: string | undefined): Promise<Page<number>> => {
      asked.push(after);
      const from = Number(after ?? 0);
      const found = events.slice(from, from + 2);
      return { events: found, next: `${from + found.length}`, end: from + found.length >= events.length };
    };
    return { asked, read, ahead: new ReadAhead<number>() };
  };
  const whole = async ({ ahead, read }: ReturnType<typeof make>, question = 'all') => {
    const found: number[] = [];
    for (let after: string | undefined, end = false; !end;) {
      const page = await ahead.page(question, after, read);
      found.push(...page.events);
      [after, end] = [page.next, page.end];
    }
    return found;
  };

  it('are each asked for once, the next before the one at hand is worked on, from the second on', async () => {
    const parts = make([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const { ahead, read, asked } = parts;
    await ahead.page('all', undefined, read);
    expect(asked).toEqual([undefined]);
    expect((await ahead.page('all', '2', read)).events).toEqual([3, 4]);
    expect(asked).toEqual([undefined, '2', '4']);
    expect((await ahead.page('all', '4', read)).events).toEqual([5, 6]);
    expect(asked).toEqual([undefined, '2', '4', '6']);
    expect(await whole(parts)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('are read anew where they were the last, so that what came meanwhile is found', async () => {
    const events = [1, 2, 3, 4, 5];
    const { ahead, read } = make(events);
    await ahead.page('all', undefined, read);
    await ahead.page('all', '2', read);
    await new Promise(setImmediate);
    events.push(6, 7);
    expect(await ahead.page('all', '4', read)).toEqual({ events: [5, 6], next: '6', end: false });
  });

  it('are not given to another question, nor at another position', async () => {
    const { ahead, read, asked } = make([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    await ahead.page('all', undefined, read);
    await ahead.page('all', '2', read);
    expect((await ahead.page('other', '4', read)).events).toEqual([5, 6]);
    expect((await ahead.page('all', '6', read)).events).toEqual([7, 8]);
    expect(asked).toEqual([undefined, '2', '4', '4', '6']);
  });

  it('that cannot be read are asked for again', async () => {
    const { ahead, read } = make([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    let isDown = false;
    const reading = async (after: string | undefined) => (isDown ? Promise.reject(new Error('down')) : read(after));
    await ahead.page('all', undefined, reading);
    const second = ahead.page('all', '2', (after) => (after === '4' ? Promise.reject(new Error('down')) : read(after)));
    expect((await second).events).toEqual([3, 4]);
    isDown = true;
    await expect(ahead.page('all', '4', reading)).rejects.toThrow('down');
    isDown = false;
    expect((await ahead.page('all', '4', reading)).events).toEqual([5, 6]);
  });
});

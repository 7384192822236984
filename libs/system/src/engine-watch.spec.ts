import { describe, expect, it } from '@jest/globals';
import { EngineWatch } from './engine-watch.js';

describe('the watch over engines', () => {
  it('asks an engine once for all who want to know at the same time, and says once that it is down and once that it is back', async () => {
    const told: string[] = [];
    const waiting: ((isUp: boolean) => void)[] = [];
    const probe = () => new Promise<void>((resolve, reject) => waiting.push((isUp) => (isUp ? resolve() : reject(new Error('no answer')))));
    const watch = new EngineWatch([{ name: 'views', probe }], (trouble) => told.push(trouble));
    const looks = async (isUp: boolean) => {
      const looking = [watch.look(), watch.look()];
      for (const answer of waiting.splice(0)) answer(isUp);
      return Promise.all(looking);
    };
    expect(await looks(false)).toEqual([['views'], ['views']]);
    expect(await looks(true)).toEqual([[], []]);
    expect(told).toEqual(['an engine is down: what needs it fails until it is back', 'an engine is back']);
  });
});

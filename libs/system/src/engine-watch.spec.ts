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

  it('keeps nobody waiting for an engine that does not answer: it counts as down as long as it does not', async () => {
    const frozen = Promise.withResolvers<void>();
    let isFrozen = true;
    const engines = [
      { name: 'log', probe: () => (isFrozen ? frozen.promise : Promise.resolve()) },
      { name: 'views', probe: () => Promise.resolve() },
    ] as const;
    const told: string[] = [];
    const watch = new EngineWatch(engines, (trouble) => told.push(trouble));
    expect(await Promise.all([watch.look(1), watch.look(1)])).toEqual([['log'], ['log']]);
    expect([watch.downSince('log'), told]).toEqual([undefined, []]);
    isFrozen = false;
    frozen.resolve();
    expect(await watch.look()).toEqual([]);
    expect(await watch.look(60_000)).toEqual([]);
  });
});

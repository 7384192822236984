import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { CheckRounds } from './check-rounds.js';
import { controlCheck } from './control-check.js';

describe('a check of the whole log that is made at intervals', () => {
  const told: object[] = [];
  const report = (what: string, details: object) => void told.push({ what, ...details });
  let rounds: CheckRounds | undefined;
  const every = 1_000;
  const checking = (find: () => Promise<readonly string[] | undefined>) =>
    (rounds = new CheckRounds({ name: 'made up', warning: 'something is wrong', everyMs: every, find }, report));

  beforeEach(() => {
    jest.useFakeTimers();
    told.length = 0;
  });
  afterEach(() => {
    rounds?.stop();
    jest.useRealTimers();
  });

  it('is reported when what it finds is new, not with every round', async () => {
    const results = [['a'], ['a'], ['a', 'b'], [], ['a']];
    const check = checking(async () => results.shift());
    for (const _ of Array(5).keys()) await check.round();
    expect(told).toEqual([['a'], ['a', 'b'], ['a']].map((findings) => ({ what: 'something is wrong', findings })));
    expect(check.result).toMatchObject({ name: 'made up', findings: ['a'] });
  });

  it('waits for its end before it begins again, and ends with the server', async () => {
    let [begun, end] = [0, () => undefined as void];
    const check = checking(() => ((begun += 1), new Promise((resolve) => (end = () => resolve([])))));
    check.start();
    await jest.advanceTimersByTimeAsync(3 * every);
    expect(begun).toBe(1);
    end();
    await jest.advanceTimersByTimeAsync(every);
    expect(begun).toBe(2);
    check.stop();
    end();
    await jest.advanceTimersByTimeAsync(3 * every);
    check.start();
    expect(begun).toBe(2);
  });

  it('that cannot be made keeps what it came to before, is told of once, and is tried again', async () => {
    const check = checking(async () => ['a']);
    await check.round();
    const failing = checking(() => Promise.reject(new Error('the log is down')));
    await failing.round();
    await failing.round();
    expect(told.slice(1)).toEqual([{ what: 'a check of the whole log was not made', check: 'made up', reason: 'Error: the log is down' }]);
    expect(failing.result).toBeUndefined();
  });

  it('asks the control questions over what is new, where there is any, and now and then over the whole log', async () => {
    const asked: string[] = [];
    const heads = ['3', '4', '5', '5', '5', '6'];
    const call = async (name: string, pace: string) => {
      asked.push(`${name} ${pace}`);
      return { events: 0, position: undefined, root: '', witnesses: new Map(), unreadable: { count: 0, named: [] } };
    };
    rounds = new CheckRounds(
      controlCheck({ call: call as never }, async () => heads.shift() ?? '6', 2_500, every),
      report,
    );
    rounds.start();
    await jest.advanceTimersByTimeAsync(8 * every);
    expect(asked).toEqual(['whole at-rest', 'goOn at-rest', 'goOn at-rest', 'whole at-rest', 'goOn at-rest', 'whole at-rest']);
    expect(rounds.result).toMatchObject({ name: 'questions', findings: [] });
  });
});

import { describe, expect, it } from '@jest/globals';
import { MessageChannel } from 'node:worker_threads';
import { Failed } from '#kernel/refused';
import { serveCalls, ThreadCalls, type Calls } from './thread-calls.js';

const calls = {
  add: async (a: number, b: number) => a + b,
  fail: async () => Promise.reject(new Failed('log-damaged', { path: 'x' })),
  break: async () => Promise.reject(new RangeError('broken')),
  wait: () => new Promise<never>(() => undefined),
} satisfies Calls;

function started(open: () => Promise<Calls> = async () => calls) {
  let end: (reason: string) => void = () => undefined;
  let close = (): void => undefined;
  let starts = 0;
  const asked = new ThreadCalls<typeof calls>(
    () => {
      starts += 1;
      const { port1, port2 } = new MessageChannel();
      close = () => port1.close();
      serveCalls(port2, open);
      return { port: port1, onEnd: (ended) => (end = ended), end: async () => close() };
    },
    (reason) => new Failed('ended', { reason }),
  );
  return { asked, starts: () => starts, end: (reason: string) => (close(), end(reason)) };
}

describe('what is asked of a thread', () => {
  it('is answered with a value, a coded failure as it is, or what went wrong', async () => {
    const { asked } = started();
    expect(await asked.call('add', 2, 3)).toBe(5);
    await expect(asked.call('fail')).rejects.toMatchObject({ code: 'log-damaged', details: { path: 'x' } });
    await expect(asked.call('break')).rejects.toThrow('broken');
    await asked.close();
  });

  it('fails where the thread ends, and the next question starts it again', async () => {
    const { asked, end, starts } = started();
    const waiting = asked.call('wait');
    end('out of memory');
    await expect(waiting).rejects.toMatchObject({ code: 'ended', details: { reason: 'out of memory' } });
    expect(await asked.call('add', 1, 1)).toBe(2);
    expect(starts()).toBe(2);
    await asked.close();
  });

  it('is tried to be opened again with the next question', async () => {
    let isThere = false;
    const { asked } = started(async () => (isThere ? calls : Promise.reject(new Failed('log-unavailable'))));
    await expect(asked.call('add', 1, 1)).rejects.toMatchObject({ code: 'log-unavailable' });
    isThere = true;
    expect(await asked.call('add', 1, 1)).toBe(2);
    await asked.close();
  });
});

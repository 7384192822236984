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

function started({ open = async () => calls as Calls, keptMs, now = () => 0, onEnd = () => undefined }: Started = {}) {
  let end: (reason: string) => void = () => undefined;
  let close = (): void => undefined;
  let [starts, running] = [0, 0];
  const asked = new ThreadCalls<typeof calls>(
    () => {
      starts += 1;
      running += 1;
      const { port1, port2 } = new MessageChannel();
      close = () => port1.close();
      serveCalls(port2, open);
      return { port: port1, onEnd: (ended) => (end = ended), end: async () => (onEnd(), (running -= 1), port1.close()) };
    },
    (reason) => new Failed('ended', { reason }),
    keptMs,
    now,
  );
  return { asked, starts: () => starts, running: () => running, end: (reason: string) => (close(), end(reason)) };
}

/** Resolves once a thread that is kept for no time has ended. */
async function anotherHasEnded(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { asked } = started({ keptMs: 0, onEnd: resolve });
  await asked.call('add', 1, 1);
  await promise;
  await asked.close();
}

interface Started {
  readonly open?: () => Promise<Calls>;
  readonly keptMs?: number;
  readonly now?: () => number;
  readonly onEnd?: () => void;
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
    const { asked } = started({ open: async () => (isThere ? calls : Promise.reject(new Failed('log-unavailable'))) });
    await expect(asked.call('add', 1, 1)).rejects.toMatchObject({ code: 'log-unavailable' });
    isThere = true;
    expect(await asked.call('add', 1, 1)).toBe(2);
    await asked.close();
  });

  it('ends it once nobody has asked for its time; the next question starts it again', async () => {
    let ended = Promise.withResolvers<void>();
    const { asked, starts } = started({ keptMs: 0, onEnd: () => ended.resolve() });
    for (let time = 1; time <= 3; time++) {
      expect(await asked.call('add', time, 1)).toBe(time + 1);
      expect(starts()).toBe(time);
      await ended.promise;
      ended = Promise.withResolvers();
    }
    await asked.close();
  });

  it('keeps it while somebody waits, however long that takes', async () => {
    const { asked, running } = started({ keptMs: 0 });
    const waiting = asked.call('wait');
    await asked.call('add', 1, 1);
    await anotherHasEnded();
    expect(running()).toBe(1);
    await Promise.all([expect(waiting).rejects.toMatchObject({ code: 'ended' }), asked.close()]);
  });

  it('keeps it for ten times as long as an answer took, so that it is not come to over and over', async () => {
    let now = 0;
    const { asked, running } = started({ keptMs: 0, now: () => (now += 60_000) });
    await asked.call('add', 1, 1);
    await anotherHasEnded();
    expect(running()).toBe(1);
    await asked.close();
  });

  it('is answered also where it is asked while the thread ends: at whatever moment, and once', async () => {
    const during: Promise<number>[] = [];
    const { asked, starts, running } = started({
      keptMs: 0,
      onEnd: () => during.length < 20 && during.push(asked.call('add', during.length, 1)),
    });
    const turns = [...Array(200).keys()];
    const answers = turns.map(async (turn) => {
      for (let n = 0; n < turn; n++) await new Promise(setImmediate);
      return asked.call('add', turn, 1);
    });
    expect(await Promise.all(answers)).toEqual(turns.map((turn) => turn + 1));
    while (during.length < 20) await asked.call('add', 0, 0).then(() => new Promise((resolve) => setTimeout(resolve)));
    expect(await Promise.all(during)).toEqual(during.map((_, index) => index + 1));
    expect(starts()).toBeGreaterThan(20);
    await asked.close();
    expect(running()).toBe(0);
  });
});

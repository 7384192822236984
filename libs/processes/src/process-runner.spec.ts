import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AddCoin, jar, jarEvents, OpenJar, plumbing, sent } from '#event-store/handle.testing';
import { ManualClock } from '#kernel/clock.testing';
import { streamKey } from '#kernel/envelope';
import { unchanged } from '#kernel/chosen-events';
import type { Process } from '#kernel/process';
import { Failed } from '#kernel/refused';
import { EmbeddedViewStore } from '#view-store/embedded/embedded-view-store';
import { ProcessRunner, type ProcessCommand } from './process-runner.js';
import { scansInThread } from '#views/past/prefix-scans.testing';
import { ProjectionRunner } from '#views/run/projection-runner';

/** Wants a coin of its own put into each jar an hour after it was opened, by noon at the latest. */
const saver: Process<{ opened: string; hasCoin: boolean }, typeof jarEvents, 'JarOpened', { AddCoin: { jar: string; cents: number } }> = {
  name: 'saver',
  version: 1,
  events: jarEvents,
  key: ({ stream }) => streamKey(stream),
  starts: { JarOpened: ({ id }) => ({ opened: id, hasCoin: false }) },
  on: { CoinAdded: (row) => ({ ...row, hasCoin: true }), ...unchanged('JarSigned') },
  due: ({ opened, hasCoin }, key) =>
    hasCoin
      ? []
      : [
          {
            id: 'coin',
            at: '2026-01-01T11:00:00.000Z',
            until: '2026-01-01T12:00:00.000Z',
            because: opened,
            command: { type: 'AddCoin', content: { jar: key, cents: 7 } },
          },
        ],
};

describe('a process', () => {
  let parts: ReturnType<typeof plumbing>;
  let clock: ManualClock;
  let views: ProjectionRunner;
  let processes: ProcessRunner;
  let sending: (command: ProcessCommand) => Promise<unknown>;
  const attempts: string[] = [];

  const start = async () => {
    const { log, codec } = parts;
    views = await ProjectionRunner.start({
      log,
      codec,
      clock,
      store: new EmbeddedViewStore(),
      scans: scansInThread({ log, codec, clock, projections: [saver] }),
      projections: [saver],
      report: () => undefined,
    });
    processes = await ProcessRunner.start({
      processes: [saver],
      runner: views,
      clock,
      refusalOf: (commandId) => parts.handler.refusalOf(commandId),
      send: (command) => (attempts.push(command.commandId), sending(command)),
      report: () => undefined,
    });
  };
  const stop = async () => {
    await processes.stop();
    await views.stop();
  };
  const handle = ({ commandId, because, command: { content } }: ProcessCommand) =>
    parts.handler.handle(
      jar,
      sent(AddCoin, content as { jar: string; cents: number }, { commandId, causationId: because, caller: 'process' }),
    );
  const at = async (time: string) => {
    clock.set(time);
    await new Promise(setImmediate);
    await processes.idle();
    await views.reached(await parts.log.head(), ['saver']);
  };
  const open = async (key: string) => {
    const { position, eventIds } = await parts.handler.handle(jar, sent(OpenJar, { jar: key }));
    await views.reached(position, ['saver']);
    return eventIds[0];
  };
  const coins = async (key: string) => (await parts.log.readStream(`jar-${key}`)).filter(({ type }) => type === 'CoinAdded');

  beforeEach(async () => {
    parts = plumbing();
    clock = new ManualClock('2026-01-01T10:00:00Z');
    attempts.length = 0;
    sending = handle;
    await start();
  });
  afterEach(async () => {
    await stop();
    await parts.log.close();
    parts.remove();
  });

  it('does what is due when its time has come, because of the event that it follows from', async () => {
    const opened = await open('a');
    await at('2026-01-01T10:59:59.999Z');
    expect([await coins('a'), attempts]).toEqual([[], []]);
    expect(processes.waiting()).toMatchObject([
      { process: 'saver', key: 'a', command: 'AddCoin', at: '2026-01-01T11:00:00.000Z', tries: 0 },
    ]);
    await at('2026-01-01T11:00:00.000Z');
    expect(await coins('a')).toMatchObject([{ data: { cents: 7 }, metadata: { causationId: opened } }]);
    expect(processes.waiting()).toEqual([]);
  });

  it('does it once, though it is stopped between its command and the folding of what that did, fifty times', async () => {
    for (let times = 0; times < 50; times++) {
      const key = `jar${times}`;
      await open(key);
      sending = async (command) => {
        if (times % 2 === 0) await handle(command);
        throw new Error('killed');
      };
      await at('2026-01-01T11:00:00Z');
      await stop();
      sending = handle;
      await start();
      await at('2026-01-01T11:00:01Z');
      expect(await coins(key)).toHaveLength(1);
      await stop();
      clock = new ManualClock('2026-01-01T10:00:00Z');
      await start();
    }
  });

  it('does nothing when its rows are folded again, or when it is started again', async () => {
    await open('a');
    await at('2026-01-01T11:00:00Z');
    for await (const _ of views.rebuild('saver'));
    await at('2026-01-01T11:00:01Z');
    await stop();
    await start();
    await at('2026-01-01T11:00:02Z');
    expect([await coins('a'), attempts]).toEqual([[expect.anything()], [attempts[0]]]);
  });

  it('does not do what has come to be of no use', async () => {
    await open('a');
    await at('2026-01-01T12:00:00.001Z');
    expect([await coins('a'), attempts, processes.waiting()]).toEqual([[], [], []]);
  });

  it('does not do what has been done otherwise meanwhile', async () => {
    await open('a');
    const { position } = await parts.handler.handle(jar, sent(AddCoin, { jar: 'a', cents: 1 }));
    await views.reached(position, ['saver']);
    expect(processes.waiting()).toEqual([]);
    await at('2026-01-01T11:00:00Z');
    expect(attempts).toEqual([]);
  });

  it('shows what a rule refused, and does not try that again', async () => {
    await open('a');
    sending = ({ command, ...rest }) => handle({ ...rest, command: { ...command, content: { jar: 'a', cents: 5_000 } } });
    await at('2026-01-01T11:00:00Z');
    await at('2026-01-01T11:30:00Z');
    expect(processes.refused()).toMatchObject([
      { process: 'saver', key: 'a', command: 'AddCoin', code: 'jar-full', at: '2026-01-01T11:00:00.000Z' },
    ]);
    expect(attempts).toHaveLength(1);
  });

  it('is shown as it stands also where another server runs it: by its rows, and by what the log says was refused', async () => {
    const elsewhere = await ProcessRunner.start({
      processes: [saver],
      runner: { rows: (projection) => views.rows(projection), attach: async () => undefined },
      clock,
      send: () => Promise.reject(new Error('it is not run here')),
      refusalOf: (commandId) => parts.handler.refusalOf(commandId),
      report: () => undefined,
    });
    await open('a');
    const waiting = [{ process: 'saver', key: 'a', command: 'AddCoin', at: '2026-01-01T11:00:00.000Z', tries: 0 }];
    expect(await elsewhere.standing()).toEqual({ waiting, refused: [] });
    expect(await processes.standing()).toEqual({ waiting, refused: [] });
    sending = ({ command, ...rest }) => handle({ ...rest, command: { ...command, content: { jar: 'a', cents: 5_000 } } });
    await at('2026-01-01T11:00:00Z');
    const { refused } = await processes.standing();
    expect(refused).toMatchObject([{ key: 'a', code: 'jar-full' }]);
    expect(await elsewhere.standing()).toEqual({ waiting: [], refused });
    await at('2026-01-01T12:00:00.001Z');
    expect(await elsewhere.standing()).toEqual({ waiting: [], refused: [] });
  });

  it('tries again what failed, later and later, and says why it waits', async () => {
    await open('a');
    sending = () => Promise.reject(new Failed('log-unavailable'));
    await at('2026-01-01T11:00:00Z');
    expect(processes.waiting()).toMatchObject([{ at: '2026-01-01T11:00:01.000Z', tries: 1, trouble: 'log-unavailable' }]);
    await at('2026-01-01T11:00:01Z');
    expect(processes.waiting()).toMatchObject([{ at: '2026-01-01T11:00:03.000Z', tries: 2 }]);
    sending = handle;
    await at('2026-01-01T11:00:03Z');
    expect(await coins('a')).toHaveLength(1);
    expect(new Set(attempts).size).toBe(1);
  });
});

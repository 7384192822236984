import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '#kernel/clock.testing';
import { plan } from './call-plan.testing.js';
import { TestServer } from './server.testing.js';

describe('the closing of a call', () => {
  let clock: ManualClock;
  let server: TestServer;
  let presenter: string;

  beforeEach(async () => {
    clock = new ManualClock('2026-09-01');
    server = await TestServer.start({ clock });
    presenter = await server.token('ministry-presenter', {}, '1y');
    await server.command('planCall', plan('round'), presenter);
    const { position } = (await server.command('publishCall', { call: 'round' }, presenter)).data.publishCall;
    await caughtUp(position);
  });
  afterEach(() => server.stop());

  const caughtUp = async (position: string) => {
    await server.system.runner.reached(position, ['calls', 'call-closing']);
    await server.system.acting?.idle();
  };
  /** Sets the clock and lets the processes do what has come due. */
  const at = async (time: string) => {
    clock.set(time);
    await new Promise(setImmediate);
    await server.system.acting?.idle();
    await server.system.runner.reached(await server.system.log.head(), ['calls', 'call-closing']);
  };
  const closings = async () =>
    (await server.system.log.readStream('call-round'))
      .filter(({ type }) => type === 'CallClosed')
      .map(({ metadata }) => metadata as object);
  const waiting = async () => {
    const { waiting: all, refused } = (
      await server.ask('{ processes { waiting { process key command at } refused { code } } }', { token: presenter })
    ).data.processes;
    return { waiting: all.filter(({ process }: { process: string }) => process === 'call-closing'), refused };
  };

  it('is recorded by the process the millisecond after the deadline, which is itself in time', async () => {
    expect(await waiting()).toEqual({
      waiting: [{ process: 'call-closing', key: 'round', command: 'CloseCall', at: '2026-10-15T13:15:00.001Z' }],
      refused: [],
    });
    await at('2026-10-15T13:15:00.000Z');
    expect(await closings()).toEqual([]);
    await at('2026-10-15T13:15:00.001Z');
    expect(await closings()).toMatchObject([
      {
        actor: { id: 'process-call-closing', role: 'process' },
        effectiveAt: '2026-10-15T13:15:00.000Z',
        recordedAt: '2026-10-15T13:15:00.001Z',
      },
    ]);
    expect(await waiting()).toEqual({ waiting: [], refused: [] });
  });

  it('moves with the deadline, across the change to winter time, and happens once', async () => {
    const { position } = (
      await server.command('extendCallDeadline', { call: 'round', closes: '2026-10-29T16:15', reason: 'Häiriö' }, presenter)
    ).data.extendCallDeadline;
    await caughtUp(position);
    await at('2026-10-15T13:15:00.000Z');
    expect(await closings()).toEqual([]);
    await at('2026-10-29T14:15:00.000Z');
    expect(await closings()).toEqual([]);
    await at('2026-10-29T14:15:00.001Z');
    await at('2026-11-15');
    expect(await closings()).toMatchObject([{ effectiveAt: '2026-10-29T14:15:00.000Z' }]);
  });

  it('is made up for when the server was down at the deadline, under the deadline’s time', async () => {
    await server.stop({ keep: true });
    clock = new ManualClock('2026-12-01');
    server = await TestServer.start({ clock, folder: server.folder });
    await at('2026-12-01T00:00:01Z');
    expect(await closings()).toMatchObject([{ effectiveAt: '2026-10-15T13:15:00.000Z', recordedAt: '2026-11-30T22:00:00.000Z' }]);
  });

  it('does not happen to a call that was cancelled', async () => {
    const { position } = (await server.command('cancelCall', { call: 'round', reason: 'Peruttu' }, presenter)).data.cancelCall;
    await caughtUp(position);
    expect((await waiting()).waiting).toEqual([]);
    await at('2026-12-01');
    expect(await closings()).toEqual([]);
  });
});

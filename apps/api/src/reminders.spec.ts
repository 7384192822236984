import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '#kernel/clock.testing';
import type { HandedOver, Message } from '#engines/messenger';
import { regionCodes } from '#kernel/region';
import { readSettings } from '#system/settings';
import { System } from '#system/system';
import { plan } from './call-plan.testing.js';
import { TestServer } from './server.testing.js';

const messageId = '<spec@kuvitteellinen.example>';

describe('the reminders of a call’s deadlines', () => {
  let clock: ManualClock;
  let server: TestServer;
  let presenter: string;
  let lapland: string;
  let handedOver: Message[];
  let answer: HandedOver;

  const messenger = { deliver: async (message: Message) => (handedOver.push(message), answer) };
  beforeEach(async () => {
    handedOver = [];
    answer = { outcome: 'accepted', channel: 'email', messageId };
    clock = new ManualClock('2026-09-01');
    server = await TestServer.start({ clock, messenger });
    presenter = await server.token('ministry-presenter', {}, '1y');
    lapland = await server.token('regional-coordinator', { region: '19' }, '1y');
    await server.command('planCall', plan('round'), presenter);
    await server.command('publishCall', { call: 'round' }, presenter);
    await settled();
  });
  afterEach(() => server.stop());

  /** Everything that is due has been done, and what came of it is seen. */
  const settled = async () => {
    const { log, runner, acting } = server.system;
    for (let position: string | undefined; position !== (await log.head());) {
      position = await log.head();
      await runner.reached(position, runner.names);
      await new Promise(setImmediate);
      await acting?.idle();
      await server.system.servicesIdle();
    }
  };
  const at = async (time: string) => {
    clock.set(time);
    await settled();
  };
  const ask = async (token?: string, args = '') =>
    (
      await server.ask(
        `{ reminders(first: 100 ${args}) { totalCount edges { node { id kind region { code } deadline state attempts nextAttempt trouble channel messageId name { fi } call } } } }`,
        { ...(token && { token }) },
      )
    ).data.reminders;
  const nodes = async (token: string, args = '') => (await ask(token, args)).edges.map(({ node }: { node: object }) => node);
  const command = async (mutation: string, input: object, token: string) => {
    const { data, errors } = await server.command(mutation, input, token);
    await settled();
    return errors[0]?.extensions.code ?? data[mutation].effect;
  };
  const nameMailbox = (token = lapland, region = 'R19') =>
    command('nameMailbox', { region, address: 'digituki@kuvitteellinen.example' }, token);

  it('go to each region once for each deadline and lead time, and tell by when', async () => {
    await nameMailbox();
    await at('2026-09-27T05:59:59.999Z');
    expect((await ask(presenter)).totalCount).toBe(0);
    await at('2026-09-27T06:00:00.000Z');
    expect((await ask(presenter)).totalCount).toBe(regionCodes.length);
    expect(await nodes(lapland)).toMatchObject([
      {
        kind: 'CALL_COMMENT_WINDOW_ENDS',
        region: { code: 'R19' },
        deadline: '2026-10-04',
        state: 'SENT',
        attempts: 1,
        channel: 'EMAIL',
        messageId,
        name: { fi: 'Kuvitteellinen haku' },
        call: 'round',
      },
    ]);
    for (const time of ['2026-10-03T06:00:00Z', '2026-10-08T06:00:00Z', '2026-10-14T06:00:00Z', '2026-11-01']) await at(time);
    expect((await nodes(lapland)).map(({ kind, deadline }: { kind: string; deadline: string }) => [kind, deadline])).toEqual([
      ['CALL_APPLICATIONS_END', '2026-10-15T13:15:00Z'],
      ['CALL_APPLICATIONS_END', '2026-10-15T13:15:00Z'],
      ['CALL_COMMENT_WINDOW_ENDS', '2026-10-04'],
      ['CALL_COMMENT_WINDOW_ENDS', '2026-10-04'],
    ]);
    expect(handedOver.map(({ to, text }) => [to, /15\.10\.2026 klo 16\.15|päättyy 4\.10\.2026|4\.10\.2026 asti/.test(text)])).toEqual(
      Array.from({ length: 4 }, () => ['digituki@kuvitteellinen.example', true]),
    );
    expect((await ask(presenter)).totalCount).toBe(regionCodes.length * 4);
  });

  it('follow an extension into winter time, and are no more for a call that is cancelled', async () => {
    await nameMailbox();
    await at('2026-10-04T21:00:00Z');
    handedOver.length = 0;
    await command('extendCallDeadline', { call: 'round', closes: '2026-10-29T16:15', reason: 'Häiriö' }, presenter);
    await at('2026-10-22T05:59:59.999Z');
    expect(handedOver).toEqual([]);
    await at('2026-10-22T06:00:00.000Z');
    expect(handedOver).toMatchObject([{ text: expect.stringContaining('29.10.2026 klo 16.15') }]);
    await command('cancelCall', { call: 'round', reason: 'Peruttu' }, presenter);
    await at('2026-10-28T07:00:00Z');
    expect(handedOver).toHaveLength(1);
  });

  it('are seen by the region’s own, by the ministry and the agency, and by nobody else', async () => {
    await at('2026-09-27T06:00:00Z');
    const counts = async (role: string, scope: object) => (await ask(await server.token(role, scope, '1y'))).totalCount;
    for (const role of ['ministry-presenter', 'ministry-auditor', 'ministry-registrar', 'agency-coordinator', 'agency-analyst'])
      expect(await counts(role, {})).toBe(regionCodes.length);
    expect([
      await counts('regional-coordinator', { region: '18' }),
      await counts('provider', { region: '18' }),
      await counts('applicant-signatory', { organisation: 'council' }),
    ]).toEqual([1, 0, 0]);
    expect((await ask()).totalCount).toBe(0);
    expect((await ask(lapland, 'region: R18')).totalCount).toBe(0);
    expect((await ask(presenter, 'region: R18, call: "round"')).totalCount).toBe(1);
  });

  it('wait for a mailbox, which the region names for itself only, and whose address no other reads', async () => {
    await at('2026-09-27T06:00:00Z');
    expect(await nodes(lapland)).toMatchObject([{ state: 'NO_MAILBOX', attempts: 0 }]);
    expect(await nameMailbox(lapland, 'R18')).toBe('not-permitted');
    expect(await nameMailbox(presenter)).toBe('not-permitted');
    expect(await command('nameMailbox', { region: 'R19', address: 'ei osoite' }, lapland)).toBe('invalid-input');
    expect(await nameMailbox()).toBe('RECORDED');
    expect(await nodes(lapland)).toMatchObject([{ state: 'SENT' }]);
    expect(await nodes(lapland, 'asOf: "2026-09-27T05:59:59Z"')).toEqual([]);
    const mailbox = async (token?: string) =>
      (await server.ask('{ mailbox(region: R19) { address languages } }', { ...(token && { token }) })).data.mailbox;
    expect(await mailbox(lapland)).toEqual({ address: 'digituki@kuvitteellinen.example', languages: ['FI', 'SV'] });
    for (const token of [undefined, presenter, await server.token('regional-coordinator', { region: '18' }, '1y')])
      expect(await mailbox(token)).toBeNull();
    expect(JSON.stringify((await server.system.log.readAll()).events)).not.toContain('digituki@kuvitteellinen.example');
    expect(await command('removeMailbox', { region: 'R19' }, lapland)).toBe('RECORDED');
    expect(await mailbox(lapland)).toBeNull();
  });

  it('show what is in trouble: when it is tried again, why it was given up, and what only a decision repeats', async () => {
    await nameMailbox();
    answer = { outcome: 'failed', trouble: 'connection-failed' };
    await at('2026-09-27T06:00:00Z');
    expect(await nodes(lapland)).toMatchObject([
      { state: 'WAITING', attempts: 1, nextAttempt: '2026-09-27T06:01:00Z', trouble: 'connection-failed' },
    ]);
    answer = { outcome: 'unknown', trouble: 'connection-lost' };
    await at('2026-09-27T06:01:00Z');
    const [{ id }] = await nodes(lapland);
    expect(await nodes(lapland)).toMatchObject([{ state: 'UNCERTAIN', attempts: 2, nextAttempt: null, trouble: 'connection-lost' }]);
    await at('2026-09-28');
    expect(handedOver).toHaveLength(2);
    const registrar = await server.token('ministry-registrar', {}, '1y');
    expect(await command('resendNotification', { notification: id, reason: 'Ei tullut perille' }, lapland)).toBe('not-permitted');
    answer = { outcome: 'refused', trouble: 'answered-550' };
    expect(await command('resendNotification', { notification: id, reason: 'Ei tullut perille' }, registrar)).toBe('RECORDED');
    expect(await nodes(lapland)).toMatchObject([{ state: 'GIVEN_UP', attempts: 3, trouble: 'answered-550' }]);
    expect(await nodes(lapland, 'asOf: "2026-09-27T06:00:30Z"')).toMatchObject([{ state: 'WAITING', attempts: 1 }]);
    const steps = (await server.ask('{ reminders { edges { node { steps { state attempt } } } } }', { token: lapland })).data.reminders
      .edges[0].node.steps;
    expect(steps.map(({ state, attempt }: { state: string; attempt: number }) => `${state} ${attempt}`)).toEqual([
      'WAITING 0',
      'SENDING 1',
      'WAITING 1',
      'SENDING 2',
      'UNCERTAIN 2',
      'WAITING 2',
      'SENDING 3',
      'GIVEN_UP 3',
    ]);
  });

  it('send nothing when the views are built anew', async () => {
    await nameMailbox();
    await at('2026-09-27T06:00:00Z');
    const head = await server.system.log.head();
    for (const name of server.system.runner.names) for await (const _ of server.system.runner.rebuild(name));
    await at('2026-09-28');
    expect([handedOver.length, await server.system.log.head()]).toEqual([1, head]);
  });

  it('are each asked for once, and the call is closed once, though the server is killed between a process’s event and its command fifty times', async () => {
    await server.stop({ keep: true });
    clock = new ManualClock('2026-10-14T06:00:00Z');
    const open = () =>
      System.open({ settings: readSettings({ DATA_DIR: server.folder }), reporter: { warn: () => undefined }, clock, messenger });
    // Nineteen reminders are due, then the closing: it is killed before the first command that is left, or after it.
    for (let kills = 0; kills < 50; kills++) {
      if (kills === 40) clock.set('2026-10-15T13:15:00.001Z');
      const system = await open();
      const execute = system.execute.bind(system);
      let left = kills % 5 < 3 ? 1 : 0;
      system.execute = async (command) => {
        if (left-- > 0) await execute(command);
        throw new Error('killed');
      };
      await system.startProcesses();
      await new Promise(setImmediate);
      await system.acting?.idle();
      await system.close();
    }
    server = await TestServer.start({ clock, folder: server.folder, messenger });
    await settled();
    const { events } = await server.system.log.readAll();
    const requested = events.filter(({ type }) => type === 'NotificationRequested').map(({ stream }) => stream);
    expect([requested.length, new Set(requested).size]).toEqual([regionCodes.length, regionCodes.length]);
    expect(events.filter(({ type, stream }) => type === 'CallClosed' && stream === 'call-round')).toHaveLength(1);
  }, 300_000);
});

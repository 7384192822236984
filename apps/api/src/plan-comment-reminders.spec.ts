import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '#kernel/clock.testing';
import { plan, terms } from './call-plan.testing.js';
import { TestServer } from './server.testing.js';

const whose = { call: 'round', region: 'R19' };

describe('the notifications of comments on a plan', () => {
  let clock: ManualClock;
  let server: TestServer;
  let region: string;
  let agency: string;

  beforeEach(async () => {
    clock = new ManualClock('2026-09-23T09:00:00Z');
    server = await TestServer.start({ clock });
    [region, agency] = [
      await server.token('regional-coordinator', { region: '19' }, '1y'),
      await server.token('agency-coordinator', {}, '1y'),
    ];
    const presenter = await server.token('ministry-presenter', {}, '1y');
    await server.command('planCall', { ...plan('round'), terms: { ...terms, applicationsPer: 'REGION' } }, presenter);
    await server.command('publishCall', { call: 'round' }, presenter);
    await server.command('draftPlan', { ...whose, sections: [{ section: 'BUDGET', text: 'Luonnos' }] }, region);
    await server.command('submitPlanForComment', { ...whose, version: 1 }, region);
  });
  afterEach(() => server.stop());

  const settled = async () => {
    await server.system.runner.reached(await server.system.log.head(), ['plan-comment-reminders']);
    await server.system.acting?.idle();
  };
  const at = async (time: string) => {
    clock.set(time);
    await new Promise(setImmediate);
    await settled();
  };
  const comment = async (id: string) => {
    expect(
      (
        await server.command(
          'commentOnPlan',
          { ...whose, comment: id, version: 1, section: 'BUDGET', kind: 'CONCERN', text: 'Miksi?' },
          agency,
        )
      ).errors,
    ).toEqual([]);
    await settled();
  };
  const answer = async (id: string) => {
    await server.command('answerPlanComment', { ...whose, comment: id, text: 'Siksi' }, region);
    await settled();
  };
  /** What the region was told, and when. */
  const told = async () => {
    const head = await server.system.log.head();
    const { data } = await server.ask(
      `{ reminders(afterPosition: "${head}", region: R19, first: 100) { edges { node { kind about since deadline } } } }`,
      { token: region },
    );
    return data.reminders.edges
      .map(({ node }: { node: { kind: string; since: string } }) => node)
      .filter(({ kind }: { kind: string }) => kind.startsWith('PLAN_'))
      .map(({ kind, since }: { kind: string; since: string }) => `${kind} ${since}`)
      .sort();
  };

  it('come once for all comments of a day, at the first of them', async () => {
    await comment('a');
    await comment('b');
    expect(await told()).toEqual(['PLAN_COMMENTED 2026-09-23T09:00:00Z']);
    await at('2026-09-24T08:00:00Z');
    await comment('c');
    expect(await told()).toEqual(['PLAN_COMMENTED 2026-09-23T09:00:00Z', 'PLAN_COMMENTED 2026-09-24T08:00:00Z']);
  });

  it('come again on the third and the seventh morning while a comment waits, and are about the plan', async () => {
    await comment('a');
    await at('2026-09-26T05:59:59.999Z');
    expect(await told()).toEqual(['PLAN_COMMENTED 2026-09-23T09:00:00Z']);
    await at('2026-09-26T06:00:00.000Z');
    await at('2026-09-30T06:00:00.000Z');
    expect(await told()).toEqual([
      'PLAN_COMMENTED 2026-09-23T09:00:00Z',
      'PLAN_COMMENTS_WAIT 2026-09-26T06:00:00Z',
      'PLAN_COMMENTS_WAIT 2026-09-30T06:00:00Z',
    ]);
    await at('2026-10-14T06:00:00.000Z');
    const { data } = await server.ask('{ reminders(region: R19, first: 100) { edges { node { kind about call deadline } } } }', {
      token: region,
    });
    expect(data.reminders.edges).toContainEqual({
      node: { kind: 'PLAN_COMMENTS_WAIT', about: 'plan-round--19', call: 'round', deadline: '2026-10-15T13:15:00Z' },
    });
    expect((await told()).length).toBe(3);
  });

  it('stop once every comment of the day is answered or withdrawn', async () => {
    await comment('a');
    await comment('b');
    await answer('a');
    await at('2026-09-26T06:00:00.000Z');
    expect(await told()).toHaveLength(2);
    await server.command('withdrawPlanComment', { ...whose, comment: 'b', reason: 'Virhe' }, agency);
    await settled();
    await at('2026-10-10T06:00:00.000Z');
    expect(await told()).toHaveLength(2);
  });

  it('are asked for once, also after a restart', async () => {
    await comment('a');
    await server.stop({ keep: true });
    server = await TestServer.start({ clock, folder: server.folder });
    await settled();
    await comment('b');
    expect(await told()).toEqual(['PLAN_COMMENTED 2026-09-23T09:00:00Z']);
  });
});

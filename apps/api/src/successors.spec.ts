import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ManualClock } from '#kernel/clock.testing';
import { plan } from './call-plan.testing.js';
import type { Message } from '#engines/messenger';
import { TestServer } from './server.testing.js';

const application = 'after--old-council';

describe('who succeeds an applicant', () => {
  const clock = new ManualClock('2026-09-01T09:00:00Z');
  const tokens: Record<string, string> = {};
  const letters: Message[] = [];
  const messenger = {
    deliver: async (message: Message) => (
      letters.push(message),
      { outcome: 'accepted', channel: 'email', messageId: '<m@x.example>' } as const
    ),
  };
  let server: TestServer;
  const done = async (mutation: string, input: object, who: string, expectedRevision?: string) =>
    expect((await server.command(mutation, input, tokens[who], expectedRevision === undefined ? {} : { expectedRevision })).errors).toEqual(
      [],
    );

  beforeAll(async () => {
    server = await TestServer.start({ clock, messenger, environment: { PUBLIC_URL: 'https://register.example/' } });
    for (const role of ['ministry-presenter', 'ministry-registrar']) tokens[role] = await server.token(role, {}, '1y');
    tokens['region'] = await server.token('regional-coordinator', { region: '19' }, '1y', 'region');
    for (const organisation of ['old-council', 'new-council', 'newest-council']) {
      tokens[organisation] = await server.token('applicant-signatory', { organisation }, '1y', organisation);
      const input = { organisation, kind: 'REGIONAL_COUNCIL', names: { fi: organisation }, region: 'R19' };
      await done('registerOrganisation', input, 'ministry-registrar');
    }
    await done('planCall', plan('after'), 'ministry-presenter');
    await done('publishCall', { call: 'after' }, 'ministry-presenter');
    const arrival = { channel: 'EMAIL', arrivedAt: '2026-08-31T09:00:00Z', evidence: 'Loki' };
    await done(
      'receiveApplication',
      { application, caseNumber: 'VM/9', organisation: 'old-council', region: 'R19', arrival },
      'ministry-registrar',
    );
    await done('requestSupplement', { application, supplement: 's', asks: 'Salainen pyyntö', due: '2026-10-20' }, 'ministry-presenter');
    await done('succeedOrganisation', { organisation: 'old-council', by: 'new-council', effectiveAt: '2026-09-10' }, 'ministry-registrar');
    await done(
      'succeedOrganisation',
      { organisation: 'new-council', by: 'newest-council', effectiveAt: '2026-09-20' },
      'ministry-registrar',
    );
  });
  afterAll(() => server.stop());

  const asked = async (who: string) => {
    const after = await server.system.log.head();
    const query = `{ ownTasks(after: "${after}") { kind of } application(id: "${application}") { story { asked { text } } } }`;
    const { data, errors } = await server.ask(query, { token: tokens[who] as string });
    expect(errors).toEqual([]);
    return { tasks: data.ownTasks.length as number, text: data.application.story.asked[0].text as string | null };
  };

  it('steps into its tasks, sees what was asked and answers it: from the day on, and through the next succession', async () => {
    expect(await asked('old-council')).toEqual({ tasks: 1, text: 'Salainen pyyntö' });
    expect(await asked('new-council')).toEqual({ tasks: 0, text: null });
    clock.set('2026-09-09T20:59:59Z');
    const answer = { application, organisation: 'old-council', supplement: 's', text: 'Vastaus' };
    const tooEarly = await server.command('supplementApplication', answer, tokens['new-council']);
    expect(tooEarly.errors[0]?.extensions.code).toBe('not-permitted');

    clock.set('2026-09-21T09:00:00Z');
    expect(await asked('newest-council')).toEqual({ tasks: 1, text: 'Salainen pyyntö' });
    await done('supplementApplication', answer, 'newest-council');
    expect((await asked('newest-council')).tasks).toBe(0);
  });

  const quiet = async () => {
    for (let head: string | undefined; head !== (await server.system.log.head());) {
      head = await server.system.log.head();
      await server.system.runner.reached(head, server.system.runner.names);
      await new Promise(setImmediate);
      await server.system.acting?.idle();
      await server.system.servicesIdle();
    }
  };
  const told = () => letters.map(({ to, kind }) => `${to} ${kind}`);

  it('gets in its own mailbox what its predecessor is told, and nobody what has been answered or withdrawn since', async () => {
    // Of the supplement, which has been answered, nobody had a mailbox to be told in.
    await done('nameMailbox', { organisation: 'newest-council', address: 'newest@kuvitteellinen.example' }, 'newest-council');
    await quiet();
    expect(told()).toEqual([]);
    await done('openHearing', { application, hearing: 'h', concerns: 'Kuuleminen', due: '2026-10-25' }, 'ministry-presenter');
    await quiet();
    expect(told()).toEqual(['newest@kuvitteellinen.example hearing-opened']);
    const [, link = ''] =
      new RegExp(`^${application}\\n(https://register\\.example/graphql\\?\\S+)$`, 'm').exec(
        letters[0]?.text.replace(/^.*: (?=after--)/gm, '') ?? '',
      ) ?? [];
    const linked = await server.ask(new URL(link).searchParams.get('query') ?? '', { token: tokens['newest-council'] as string });
    expect(linked.errors).toEqual([]);
    expect(linked.data.application.story.asked).toContainEqual({ kind: 'HEARING', id: 'h', text: 'Kuuleminen', due: '2026-10-25' });
    // The region has no mailbox: what waits for one is not sent once it is withdrawn.
    await done('withdrawRequest', { application, asked: 'HEARING', id: 'h', reason: 'Aiheeton' }, 'ministry-presenter');
    await done('nameMailbox', { region: 'R19', address: 'lappi@kuvitteellinen.example' }, 'region');
    await quiet();
    expect(told()).toHaveLength(1);
    await done('requestSupplement', { application, supplement: 't', asks: 'Lisää', due: '2026-10-26' }, 'ministry-presenter');
    await quiet();
    expect(told().slice(1).sort()).toEqual([
      'lappi@kuvitteellinen.example supplement-requested',
      'newest@kuvitteellinen.example supplement-requested',
    ]);
    const { data } = await server.ask('{ reminders(first: 50) { edges { node { kind state trouble } } } }', {
      token: tokens['ministry-registrar'] as string,
    });
    const settled = (data.reminders.edges as { node: { kind: string; state: string; trouble: string } }[]).filter(
      ({ node }) => node.trouble === 'settled',
    );
    expect(settled.map(({ node }) => [node.kind, node.state]).sort()).toEqual([
      ['HEARING_OPENED', 'GIVEN_UP'],
      ['SUPPLEMENT_REQUESTED', 'GIVEN_UP'],
      ['SUPPLEMENT_REQUESTED', 'GIVEN_UP'],
    ]);
  });
});

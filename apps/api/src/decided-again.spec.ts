import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestServer } from './server.testing.js';

const question = `query ($decision: Matter, $stream: String, $revision: Revision) {
  decidedAgain(decision: $decision, stream: $stream, revision: $revision) {
    type command role verdict summary { text } rules rulesNow seen { stream revision unseen state } recorded again differences { path }
  } }`;

describe('what a decision saw, over the API', () => {
  let server: TestServer;
  let token: string;
  const ask = (variables: object, as = token) => server.ask(question, { token: as, variables, language: 'en' });
  beforeAll(async () => {
    server = await TestServer.start();
    token = await server.token('ministry-auditor');
  });
  afterAll(() => server.stop());

  it('is for auditors', async () => {
    const { errors } = await ask({ decision: 'c--19' }, await server.token('ministry-decider'));
    expect(errors[0]?.extensions.code).toBe('not-permitted');
  });

  it('is shown for any event, and comes to the same again: for what the public record tells, too', async () => {
    const { data } = await ask({ stream: 'call-coordination-2019', revision: '0' });
    expect(data.decidedAgain).toMatchObject({
      type: 'CallPlanned',
      command: 'PlanCall',
      role: 'public-record-importer',
      verdict: 'SAME',
      summary: { text: 'The same command on the same facts comes to the same.' },
      seen: expect.arrayContaining([{ stream: 'call-coordination-2019', revision: '-1', unseen: 0, state: { stage: 'absent' } }]),
      differences: [],
    });
    expect(data.decidedAgain.rules).toBe(data.decidedAgain.rulesNow);
    expect(data.decidedAgain.again.events[0].data).toEqual(data.decidedAgain.recorded.events[0].data);
  });

  it('is shown for a refusal', async () => {
    const commandId = crypto.randomUUID();
    const publish = `mutation { publishCall(commandId: "${commandId}", input: { call: "nowhere" }) { position } }`;
    const { errors } = await server.ask(publish, { token: await server.token('ministry-presenter') });
    expect(errors[0]?.extensions.code).toBe('call-unknown');
    const { data } = await ask({ stream: `command-${commandId}`, revision: '0' });
    expect(data.decidedAgain).toMatchObject({ command: 'PublishCall', verdict: 'SAME', again: { refused: 'call-unknown' } });
  });

  it('says what is not on record', async () => {
    for (const [variables, code] of [
      [{ decision: 'coordination-2019--12' }, 'decision-not-on-record'],
      [{ stream: 'call-nowhere', revision: '0' }, 'event-not-on-record'],
      [{}, 'decision-or-event'],
      [{ stream: 'call-nowhere' }, 'decision-or-event'],
      [{ decision: 'coordination-2019--12', stream: 'call-nowhere', revision: '0' }, 'decision-or-event'],
    ] as const)
      expect((await ask(variables)).errors[0]?.extensions.code).toBe(code);
  });
});

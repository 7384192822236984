import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ManualClock } from '#kernel/clock.testing';
import { plan } from './call-plan.testing.js';
import { TestServer } from './server.testing.js';

const pairs = 12;
const councils = Array.from({ length: 2 * pairs }, (_, index) => `council-of-${index}`);

describe('a case number', () => {
  const clock = new ManualClock('2026-09-01T09:00:00Z');
  let server: TestServer;
  let registrar: string;
  beforeAll(async () => {
    server = await TestServer.start({ clock });
    registrar = await server.token('ministry-registrar', {}, '1y');
    const presenter = await server.token('ministry-presenter', {}, '1y');
    for (const organisation of councils)
      await server.command(
        'registerOrganisation',
        { organisation, kind: 'REGIONAL_COUNCIL', names: { fi: organisation }, region: 'R19' },
        registrar,
      );
    await server.command('planCall', plan('numbers'), presenter);
    await server.command('publishCall', { call: 'numbers' }, presenter);
  });
  afterAll(() => server.stop());

  const receive = async (organisation: string, caseNumber: string, commandId?: string) => {
    const arrival = { channel: 'EMAIL', arrivedAt: '2026-08-31T09:00:00Z', evidence: 'Kuvitteellinen loki' };
    const application = `numbers--${organisation}`;
    const { data, errors } = await server.command(
      'receiveApplication',
      { application, caseNumber, organisation, region: 'R19', arrival },
      registrar,
      commandId === undefined ? {} : { commandId },
    );
    return errors[0]?.extensions ?? (data.receiveApplication.effect as string);
  };

  it('is of one application, though two are received under it at once, and however it is written', async () => {
    for (let pair = 0; pair < pairs; pair++) {
      const [first, second] = [councils[2 * pair] as string, councils[2 * pair + 1] as string];
      const answers = await Promise.all([receive(first, `VM/${pair}/2026`), receive(second, `vm ${pair}-2026`)]);
      expect(answers.filter((one) => one === 'RECORDED')).toHaveLength(1);
      const winner = answers[0] === 'RECORDED' ? first : second;
      expect(answers.find((one) => one !== 'RECORDED')).toMatchObject({
        code: 'case-number-taken',
        details: { application: `numbers--${winner}` },
      });
      expect(await receive(winner === first ? second : first, `VM/${pair}/2027`)).toBe('RECORDED');
    }
  });

  it('is refused the same again, and is free where the application was refused for something else', async () => {
    const commandId = '0a0b0c0d-0000-4000-8000-00000000000a';
    const [first = '', second = ''] = councils;
    expect(await receive(first, 'VM/1/2026', commandId)).toMatchObject({ code: 'case-number-taken' });
    expect(await receive(first, 'VM/1/2026', commandId)).toMatchObject({ code: 'case-number-taken' });
    expect(await receive('council-unknown', 'VM/free/2026')).toMatchObject({ code: 'applicant-unknown' });
    expect(await receive(second, 'VM/free/2026')).toMatchObject({ code: expect.stringMatching(/given|record/) });
    const { runner, log } = server.system;
    await runner.reached(await log.head(), runner.names);
    const claims = (await log.readAll({ categories: ['caseNumber'], limit: 1_000 })).events;
    expect(claims).toHaveLength(2 * pairs);
    expect(claims.map(({ stream }) => stream)).not.toContain('caseNumber-vm-free-2026');
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { wholeMetadata } from '#event-store/whole-metadata.testing';
import { canonicalJson } from '#kernel/canonical-json';
import { readingsOf } from '#system/readings';
import { TestServer } from './server.testing.js';

const question = `{ controlQuestions { events position root unreadable { event }
  questions { key title { text } answer { text } found witnesses { type stream revision sentence { fi en } } } } }`;

describe('the control questions over the API', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  it('are for auditors', async () => {
    const token = await server.token('ministry-decider');
    expect((await server.ask(question, { token })).errors[0]?.extensions.code).toBe('not-permitted');
    expect((await server.ask(question)).errors[0]?.extensions.code).toBe('sign-in-needed');
  });

  it('find nothing in the public record, up to the end of the log', async () => {
    const token = await server.token('ministry-auditor');
    const { controlQuestions } = (await server.ask(question, { token, language: 'en' })).data;
    expect(controlQuestions).toMatchObject({ position: await server.system.log.head(), unreadable: [] });
    const { events, position, root } = controlQuestions;
    for (const { found, answer } of controlQuestions.questions) {
      expect(found).toBe(0);
      expect(answer.text).toBe(`none in ${events} events up to position ${position}, root ${root}`);
    }
  });

  it('find what was put into the log past the rules', async () => {
    const data = canonicalJson({ payment: 'p', sender: 'somebody' });
    const metadata = wholeMetadata({ actor: { id: 'somebody', role: 'provider' } });
    await server.system.log.append('grant-c--forged', 'none', [{ id: randomUUID(), type: 'PaymentSent', data, metadata }]);
    const { controlQuestions } = (await server.ask(question, { token: await server.token('ministry-auditor'), language: 'en' })).data;
    const found = controlQuestions.questions.filter((one: { found: number }) => one.found > 0);
    expect(found.map(({ key }: { key: string }) => key)).toEqual(
      expect.arrayContaining(['payment-before-acceptance', 'actor-without-role']),
    );
    expect(found[0].witnesses[0]).toEqual({
      type: 'PaymentSent',
      stream: 'grant-c--forged',
      revision: '0',
      sentence: {
        fi: 'Avustuksen c--forged maksu p: sitä ennen olisi pitänyt olla myöntävä päätös, saajan hyväksyntä, maksatuspäätös.',
        en: 'Payment p of the grant c--forged: before it there should have been a decision that grants it, the grantee’s acceptance, a decision to pay it.',
      },
    });
  });

  it('are asked without being asked: what they find is told by the audit, by readiness, by the metrics and in the log', async () => {
    await server.system.startAudit();
    const audited = async () => {
      const { data } = await server.ask('{ audit { checks { name findings } } }', { token: await server.token('ministry-auditor') });
      return data.audit.checks.find(({ name }: { name: string }) => name === 'questions');
    };
    let check = await audited();
    while (check === undefined) check = await audited();
    expect(check.findings[0]).toMatch(
      /^payment-before-acceptance: PaymentSent, revision 0 of grant-c--forged \(\S+\): Payment p of the grant/,
    );
    expect(await (await fetch(`${server.url}/health/ready`)).json()).toMatchObject({ status: 'ready', unsound: ['questions'] });
    expect(readingsOf(server.system).audit?.checks).toContainEqual({ name: 'questions', findings: check.findings.length });
    expect(server.warned).toContainEqual(
      expect.objectContaining({ message: 'control questions found something: digituki audit questions' }),
    );
  });
});

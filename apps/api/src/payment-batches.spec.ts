import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManualClock } from '#kernel/clock.testing';
import { report, transaction } from '#payments/payment-status.testing';
import { GrantRound, fictionalIban } from './grant-round.testing.js';
import { TestServer } from './server.testing.js';

describe('payments over GraphQL', () => {
  const clock = new ManualClock('2026-08-25T09:00:00Z');
  const folder = mkdtempSync(join(tmpdir(), 'payments-'));
  const debtor = { name: 'Kuvitteellinen ministeriö', iban: fictionalIban(999) };
  const [first, second, third] = ['council-a', 'council-b', 'council-c'] as const;
  const grants: Record<string, string> = {};
  const which = (organisation: string, payment: string) => ({ grant: grants[organisation] as string, payment, organisation });
  const key = (organisation: string, payment: string) => ({ grant: grants[organisation] as string, payment });
  let server: TestServer;
  let round: GrantRound;
  const prepare = (batch: string, ...payments: object[]) => ({ batch, executeOn: '2026-11-03', payments });
  const batch = async (id: string, who = 'auditor') =>
    (
      await round.asked(
        `{ paymentBatch(id: "${id}") { stage total answer file { file hash payments total debtorName } payments { organisation payment state leftOutBecause reason endToEndId } } }`,
        who,
      )
    ).paymentBatch;
  const waiting = async (who: string) =>
    (await round.asked('{ waitingForMe { kind of matter role due } }', who)).waitingForMe.filter(({ kind }: { kind: string }) =>
      ['RELEASE_BATCH', 'SEND_PAYMENT'].includes(kind),
    );
  const outgoing = () => readdirSync(join(folder, 'outgoing')).sort();
  const answer = async (name: string, content: string) => {
    writeFileSync(join(folder, 'incoming', name), content);
    await round.at(new Date(clock.now() + 60_000).toISOString());
  };
  const stage = async (organisation: string, who = organisation) =>
    (await round.asked(`{ grant(id: "${grants[organisation]}") { paid payments { payment stage paidOn } } }`, who)).grant;
  /** How far the payment is to anyone: also where lists of payments are asked for. */
  const toldToAnyone = async (organisation: string) => {
    const lists =
      '{ decided: paymentsAt(stage: DECIDED) { grant } sent: paymentsAt(stage: SENT) { grant } rejected: paymentsAt(stage: REJECTED) { grant } }';
    const { decided, sent, rejected } = await round.asked(lists);
    expect([sent, rejected]).toEqual([[], []]);
    const { payments } = (await round.asked(`{ grant(id: "${grants[organisation]}") { payments { stage } } }`)).grant;
    expect(decided.some(({ grant }: { grant: string }) => grant === grants[organisation])).toBe(payments[0].stage === 'DECIDED');
    return payments[0].stage as string;
  };

  beforeAll(async () => {
    server = await TestServer.start({
      clock,
      environment: { PAYMENTS_FOLDER: folder, PAYMENTS_DEBTOR_NAME: debtor.name, PAYMENTS_DEBTOR_IBAN: debtor.iban },
    });
    round = await GrantRound.begin(server, clock, 2026, [first, second, third]);
    for (const organisation of [first, second, third]) grants[organisation] = await round.accept(organisation);
    await round.at('2026-11-02T09:00:00Z');
    for (const organisation of [first, second, third]) await round.payment(grants[organisation] as string, organisation, 'p-1', '4000000');
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  it('wait for the confirmed account of their payee', async () => {
    const due = async () => (await round.asked('{ paymentsDue { organisation payment amount state account } }', 'decider')).paymentsDue;
    expect(await due()).toEqual(
      [first, second, third].map((organisation) => ({
        organisation,
        payment: 'p-1',
        amount: '4000000',
        state: 'DECIDED',
        account: 'NONE',
      })),
    );
    expect((await round.asked('{ paymentsDue { payment } paymentBatches { totalCount } }', first)).paymentsDue).toEqual([]);
    const one = prepare('first', which(first, 'p-1'));
    expect(await round.refused('preparePaymentBatch', one, 'presenter')).toBe('payee-account-missing');
    const name = { organisation: first, iban: fictionalIban(1), holder: 'Kuvitteellinen liitto' };
    expect(await round.refused('namePayeeAccount', { ...name, iban: `${fictionalIban(1).slice(0, -1)}9` }, first)).toBe('iban-wrong');
    expect(await round.refused('namePayeeAccount', name, second)).toBe('not-permitted');
    await round.done('namePayeeAccount', name, first);
    expect(await round.refused('preparePaymentBatch', one, 'presenter')).toBe('payee-account-unconfirmed');
    expect((await due())[0].account).toBe('UNCONFIRMED');
    await round.done('confirmPayeeAccount', { organisation: first, account: 1, evidence: 'Kuvitteellinen todistus' }, 'registrar');
    expect((await due())[0].account).toBe('CONFIRMED');
    const account = `{ payeeAccount(organisation: "${first}") { iban holder isConfirmed account } }`;
    const seen = { iban: fictionalIban(1), holder: 'Kuvitteellinen liitto', isConfirmed: true, account: 1 };
    expect((await round.asked(account, first)).payeeAccount).toEqual(seen);
    expect((await round.asked(account, second)).payeeAccount).toBeNull();
    const stored = await server.system.log.readStream(`payeeAccount-${first}`);
    expect(JSON.stringify(stored)).not.toContain(fictionalIban(1).slice(4));
    await round.account(second, 2);
    await round.account(third, 3);
  });

  it('go into one batch at a time, which a second person releases', async () => {
    await round.at('2026-11-02T10:00:00Z');
    const both = prepare('first', which(first, 'p-1'), which(second, 'p-1'));
    expect(await round.refused('preparePaymentBatch', prepare('first', which(first, 'p-2')), 'presenter')).toBe(
      'batch-payment-not-decided',
    );
    expect(
      await round.refused('preparePaymentBatch', prepare('first', { ...which(first, 'p-1'), organisation: second }), 'presenter'),
    ).toBe('batch-payee-other');
    expect(await round.refused('preparePaymentBatch', prepare('first', which(first, 'p-1'), which(first, 'p-1')), 'presenter')).toBe(
      'batch-payments',
    );
    expect(await round.refused('preparePaymentBatch', { ...both, executeOn: '2026-11-01' }, 'presenter')).toBe('batch-day-past');
    await round.done('preparePaymentBatch', both, 'presenter');
    await round.settled();
    // Who prepared it has the payment to send that is in no batch; the others have the batch to release.
    const toSend = { kind: 'SEND_PAYMENT', of: 'p-1', matter: grants[third], due: null, role: 'ministry-presenter' };
    const toRelease = { kind: 'RELEASE_BATCH', of: 'first', matter: null, due: '2026-11-03' };
    expect(await waiting('presenter')).toEqual([toSend]);
    expect(await waiting('second-presenter')).toEqual([{ ...toRelease, role: 'ministry-presenter' }, toSend]);
    expect(await waiting('second-decider')).toEqual([{ ...toRelease, role: 'ministry-decider' }]);
    expect(await round.refused('preparePaymentBatch', prepare('other', which(first, 'p-1')), 'second-presenter')).toBe(
      'batch-payment-taken',
    );
    expect(await round.refused('recordPaymentSent', key(first, 'p-1'), 'second-presenter')).toBe('payment-in-batch');
    expect(await round.refused('releasePaymentBatch', { batch: 'first' }, 'presenter')).toBe('batch-releaser-prepared');
    expect(await batch('first')).toMatchObject({ stage: 'COLLECTED', total: '8000000', file: null });
    expect(outgoing()).toEqual([]);
    const refusals = await server.system.log.readAll({ limit: 10_000 });
    expect(refusals.events.filter(({ type }) => type === 'CommandRefused').map(({ data }) => (data as { code: string }).code)).toEqual(
      expect.arrayContaining(['batch-releaser-prepared', 'batch-payment-taken', 'payee-account-missing']),
    );
  });

  it('leave in one file, whose hash is on record', async () => {
    // What goes into a batch later waited until then.
    const { paymentsDue: waited } = await round.asked('{ paymentsDue(asOf: "2026-11-02T09:30:00Z") { organisation state } }', 'presenter');
    expect(waited).toEqual([first, second, third].map((organisation) => ({ organisation, state: 'DECIDED' })));
    await round.done('releasePaymentBatch', { batch: 'first' }, 'second-presenter');
    expect(await waiting('second-decider')).toEqual([]);
    const { stage: now, file } = await batch('first');
    expect(now).toBe('WRITTEN');
    expect(file).toMatchObject({ file: 'pain.001-first.xml', payments: 2, total: '8000000', debtorName: debtor.name });
    expect(outgoing()).toEqual(['pain.001-first.xml']);
    const content = readFileSync(join(folder, 'outgoing', 'pain.001-first.xml'));
    expect(createHash('sha256').update(content).digest('hex')).toBe(file.hash);
    expect(content.toString()).toContain(fictionalIban(2));
    expect(await round.refused('cancelPaymentBatch', { batch: 'first', reason: 'r' }, 'presenter')).toBe('batch-released');
    expect(await stage(first)).toEqual({ paid: '4000000', payments: [{ payment: 'p-1', stage: 'SENT', paidOn: null }] });
    expect(await toldToAnyone(first)).toBe('DECIDED');
  });

  it('are confirmed on the day on which they are paid, or rejected with the reason', async () => {
    const said =
      transaction(key(first, 'p-1'), 'ACSC') + transaction(key(second, 'p-1'), 'RJCT', '<StsRsnInf><Rsn><Cd>AC04</Cd></Rsn></StsRsnInf>');
    await answer('half.xml', report('first', 'PART', '', said).slice(0, -30));
    expect(server.warned).toContainEqual({ message: 'an answer of the bank is of no batch that was sent', file: 'half.xml' });
    await answer('answer.xml', report('first', 'PART', '', said));
    expect(readdirSync(join(folder, 'incoming')).filter((name) => name.endsWith('.xml'))).toEqual(['half.xml']);
    expect(await batch('first')).toMatchObject({
      answer: 'PARTLY',
      payments: [
        { organisation: first, state: 'SENT' },
        { organisation: second, state: 'REJECTED', reason: 'AC04' },
      ],
    });
    await round.at('2026-11-02T21:59:59.999Z');
    expect((await stage(first)).payments[0].stage).toBe('SENT');
    await round.at('2026-11-02T22:00:00Z');
    expect((await stage(first)).payments).toEqual([{ payment: 'p-1', stage: 'CONFIRMED', paidOn: '2026-11-03' }]);
    expect(await stage(second)).toEqual({ paid: '0', payments: [{ payment: 'p-1', stage: 'REJECTED', paidOn: null }] });
    expect([await toldToAnyone(first), await toldToAnyone(second)]).toEqual(['CONFIRMED', 'DECIDED']);
    // The grants' events are folded, too: the revision is the batch's own.
    const { paymentBatch } = await round.asked('{ paymentBatch(id: "first") { revision } }', 'auditor');
    expect(paymentBatch.revision).toBe(String((await server.system.log.readStream('paymentBatch-first')).at(-1)?.revision));
  });

  it('go, once the bank rejected them, to the corrected account in the next batch, under the same end-to-end id', async () => {
    await round.at('2026-11-03T09:00:00Z');
    expect((await round.asked('{ paymentsDue { organisation state reason } }', 'presenter')).paymentsDue).toEqual([
      { organisation: second, state: 'REJECTED', reason: 'AC04' },
      { organisation: third, state: 'DECIDED', reason: null },
    ]);
    await round.account(second, 22, 2);
    await round.done('preparePaymentBatch', prepare('second', which(second, 'p-1'), which(third, 'p-1')), 'presenter');
    await round.settled();
    const hearing = { grant: grants[third], hearing: 'h', concern: 'SUSPENSION', concerns: 'x', due: '2026-11-02' };
    await round.done('hearGrantee', { ...hearing, due: '2026-11-10' }, 'presenter');
    await round.done('giveGrantStatement', { grant: grants[third], organisation: third, hearing: 'h', text: 'Ei lausuttavaa' }, third);
    await round.done('suspendPayments', { grant: grants[third], hearing: 'h', grounds: 'g' }, 'second-decider');
    await round.done('releasePaymentBatch', { batch: 'second' }, 'decider');
    expect(await batch('second')).toMatchObject({
      stage: 'WRITTEN',
      total: '4000000',
      payments: [
        { organisation: second, state: 'SENT', endToEndId: (await batch('first')).payments[1].endToEndId },
        { organisation: third, state: 'LEFT_OUT', leftOutBecause: 'PAYMENTS_STOPPED' },
      ],
    });
    const content = readFileSync(join(folder, 'outgoing', 'pain.001-second.xml'), 'utf8');
    expect(content).toContain(fictionalIban(22));
    expect(content).not.toContain(fictionalIban(3));
    await answer('answer-2.xml', report('second', 'ACSC'));
    expect((await stage(second)).payments).toEqual([{ payment: 'p-1', stage: 'CONFIRMED', paidOn: '2026-11-03' }]);
    expect((await batch('second')).answer).toBe('ACCEPTED');
    await round.done('resumePayments', { grant: grants[third], grounds: 'g' }, 'second-decider');
  });

  it('come back from a batch that is cancelled, and are seen by no one else', async () => {
    await round.done('preparePaymentBatch', prepare('third', which(third, 'p-1')), 'presenter');
    await round.done('cancelPaymentBatch', { batch: 'third', reason: 'Kuvitteellinen syy' }, 'decider');
    expect(await batch('third')).toMatchObject({
      stage: 'CANCELLED',
      payments: [{ state: 'LEFT_OUT', leftOutBecause: 'BATCH_CANCELLED' }],
    });
    expect((await round.asked('{ paymentsDue { organisation state } }', 'presenter')).paymentsDue).toEqual([
      { organisation: third, state: 'DECIDED' },
    ]);
    await round.done('preparePaymentBatch', prepare('fourth', which(third, 'p-1')), 'presenter');
    await round.settled();
    expect(await round.refused('releasePaymentBatch', { batch: 'third' }, 'decider')).toBe('batch-not-ready');
    expect((await batch('fourth')).stage).toBe('COLLECTED');
    for (const who of [undefined, first, third]) {
      const seen = await round.asked(
        '{ paymentBatch(id: "first") { id } paymentBatches { totalCount edges { node { id } } } paymentsDue { payment } }',
        who,
      );
      expect(seen).toEqual({ paymentBatch: null, paymentBatches: { totalCount: 0, edges: [] }, paymentsDue: [] });
    }
    const { paymentBatches, processes } = await round.asked(
      '{ paymentBatches(stage: WRITTEN) { edges { node { id } } } processes { waiting { process command } refused { process code } } }',
      'presenter',
    );
    expect(paymentBatches.edges.map(({ node }: { node: { id: string } }) => node.id)).toEqual(['second', 'first']);
    expect(processes.refused).toEqual([]);
    expect(processes.waiting.filter(({ process }: { process: string }) => process === 'payment-batching')).toEqual([]);
    expect(outgoing()).toEqual(['pain.001-first.xml', 'pain.001-second.xml']);
  });
});

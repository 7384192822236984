import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomInt, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManualClock } from '#kernel/clock.testing';
import { all, at, readXml, textAt } from '#payments/xml.rules';
import { endToEndId } from '#payments/batch.rules';
import { GrantRound, fictionalIban } from './grant-round.testing.js';
import { endAll, output, ServerProcess } from './process.testing.js';
import { TestServer } from './server.testing.js';

/** How often the server is killed at each of the three points; the full measure is 50. */
const kills = Number(process.env['KILLS'] ?? 5);
const ofBatch = 4;

interface Logged {
  readonly type: string;
  readonly stream: string;
  readonly data: Record<string, unknown>;
  readonly metadata: { readonly recordedAt: string };
}

describe(`a server that is killed ${kills} times between a decision and its grant, between a payment and its sending, and in mid-file`, () => {
  const above = mkdtempSync(join(tmpdir(), 'kill-payments-'));
  const [folder, bank] = [join(above, 'data'), join(above, 'bank')];
  const councils = Array.from({ length: kills }, (_, index) => `fictional-council-${index}`);
  const payee = 'fictional-payee';
  const grant = `round--${payee}`;
  const batches = Array.from({ length: kills * 2 }, (_, index) => `batch-${index}`);
  const paymentsOf = (batch: string) => Array.from({ length: ofBatch }, (_, index) => `${batch}-${index}`);
  const environment = {
    DATA_DIR: folder,
    PORT: '0',
    AUDIT: 'off',
    IMPORT_PUBLIC_RECORD: 'off',
    PAYMENTS_FOLDER: bank,
    PAYMENTS_DEBTOR_NAME: 'Kuvitteellinen ministeriö',
    PAYMENTS_DEBTOR_IBAN: fictionalIban(999),
  };
  let round: GrantRound;

  beforeAll(async () => {
    mkdirSync(bank);
    mkdirSync(folder);
    const clock = new ManualClock('2024-08-25T09:00:00Z');
    const server = await TestServer.start({ clock, folder, environment });
    round = await GrantRound.begin(server, clock, 2024, [...councils, payee]);
    for (const council of councils) await round.propose(council);
    await round.accept(payee);
    await round.account(payee, 1);
    for (const batch of batches) {
      const payments = paymentsOf(batch);
      for (const payment of payments) await round.payment(grant, payee, payment, '100');
      const prepared = payments.map((payment) => ({ grant, payment, organisation: payee }));
      await round.done('preparePaymentBatch', { batch, executeOn: '2024-11-01', payments: prepared }, 'presenter');
    }
    await round.settled();
    await server.stop({ keep: true });
  }, 600_000);
  afterAll(() => {
    endAll();
    rmSync(above, { recursive: true });
  });

  const send = async ({ url }: ServerProcess, mutation: string, input: object): Promise<void> => {
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${round.tokens['decider']}` },
      body: JSON.stringify({
        query: `mutation ($id: UUID!, $input: ${type}!) { ${mutation}(commandId: $id, input: $input) { position } }`,
        variables: { id: randomUUID(), input },
      }),
    });
    const { errors } = (await response.json()) as { errors?: unknown };
    if (errors) throw new Error(JSON.stringify(errors));
  };
  const immediates = async (count: number) => {
    for (let left = count; left > 0; left--) await new Promise(setImmediate);
  };
  const isMidFile = () => readdirSync(join(bank, 'staged')).some((name) => name.endsWith('.part'));

  it('has one grant for each decision and each payment in one file, whole, and the hash that is on record', async () => {
    const killed: { at: string; council: string; batch: string }[] = [];
    let inMidFile = 0;
    for (let kill = 0; kill < kills; kill++) {
      const [council, batch, whole] = [councils[kill], batches[kill * 2], batches[kill * 2 + 1]] as [string, string, string];
      // Between a decision and its grant, and between a payment that was decided and its sending.
      const first = await ServerProcess.start(environment);
      await Promise.all([send(first, 'decideGrant', round.decision(`round--${council}`)), send(first, 'releasePaymentBatch', { batch })]);
      await immediates(randomInt(kill % 2 === 0 ? 20 : 2_000));
      killed.push({ at: new Date().toISOString(), council, batch });
      await first.end('SIGKILL');
      // In mid-file.
      const second = await ServerProcess.start(environment);
      await send(second, 'releasePaymentBatch', { batch: whole });
      const isOut = () => existsSync(join(bank, 'outgoing', `pain.001-${whole}.xml`));
      while (!isMidFile() && !isOut()) await new Promise(setImmediate);
      await second.end('SIGKILL');
      if (isMidFile()) inMidFile += 1;
    }

    const server = await ServerProcess.start(environment);
    const isDone = () => readdirSync(join(bank, 'outgoing')).length === batches.length;
    const waiting = async () => {
      const response = await fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${round.tokens['auditor']}` },
        body: JSON.stringify({ query: '{ processes { waiting { process key } } paymentBatches(stage: WRITTEN) { totalCount } }' }),
      });
      const { data } = (await response.json()) as { data: { processes: { waiting: object[] }; paymentBatches: { totalCount: number } } };
      return data.processes.waiting.length + batches.length - data.paymentBatches.totalCount;
    };
    while (!isDone() || (await waiting()) > 0) await new Promise(setImmediate);
    expect(await server.end('SIGTERM')).toBe(0);

    const { out } = await output('apps/cli/src/main.js', ['events'], environment);
    const events = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Logged);
    const of = (type: string) => events.filter((event) => event.type === type);
    expect(
      of('GrantOpened')
        .map(({ stream }) => stream)
        .sort(),
    ).toEqual([...councils, payee].map((one) => `grant-round--${one}`).sort());
    const later = (type: string, stream: (one: (typeof killed)[number]) => string) =>
      killed.filter((one) => of(type).some((event) => event.stream === stream(one) && event.metadata.recordedAt > one.at)).length;
    const hits = {
      'before the grant was opened': later('GrantOpened', ({ council }) => `grant-round--${council}`),
      'before the payments were sent': later('PaymentBatchFixed', ({ batch }) => `paymentBatch-${batch}`),
      'in mid-file': inMidFile,
    };
    process.stderr.write(`killed ${JSON.stringify(hits)} of ${kills} each\n`);
    expect(Math.min(...Object.values(hits))).toBeGreaterThan(0);
    const sent = of('PaymentSent').map(({ data }) => data['payment']);
    expect(sent.sort()).toEqual(batches.flatMap(paymentsOf).sort());
    expect(readdirSync(join(bank, 'staged')).filter((name) => !name.endsWith('.part'))).toEqual([]);
    const found = new Map<string, number>();
    for (const batch of batches) {
      const name = `pain.001-${batch}.xml`;
      const content = readFileSync(join(bank, 'outgoing', name), 'utf8');
      const staged = of('PaymentFileStaged').filter(({ stream }) => stream === `paymentBatch-${batch}`);
      expect(staged.map(({ data }) => data['hash'])).toEqual([createHash('sha256').update(content).digest('hex')]);
      const transactions = all(at(readXml(content), 'CstmrCdtTrfInitn', 'PmtInf'), 'CdtTrfTxInf');
      for (const one of transactions) {
        const id = textAt(one, 'PmtId', 'EndToEndId') as string;
        found.set(id, (found.get(id) ?? 0) + 1);
      }
    }
    const expected = batches.flatMap(paymentsOf).map((payment) => [endToEndId({ grant, payment }), 1] as const);
    expect([...found].sort()).toEqual([...expected].sort());
  }, 1_200_000);
});

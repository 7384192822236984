import { afterEach, expect, it, jest } from '@jest/globals';
import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { MongoClient, type Collection } from 'mongodb';
import { output } from '../../api/src/process.testing.js';
import { NoReceipt, type Answer, type Cluster, type Sent } from './cluster.testing.js';
import { anyOrganisation } from './load.testing.js';
import { withCluster } from './with-cluster.testing.js';

/** How often the log server is frozen, and how often a change is asked for; the full measures are 20 and 200. */
const freezes = Number(process.env['CLUSTER_KILLS'] ?? 2);
const questions = Number(process.env['CLUSTER_QUESTIONS'] ?? 20);

jest.setTimeout(300_000 + freezes * 30_000);

withCluster('a cluster', (prepare) => {
  let cluster: Cluster;
  let token: string;
  const started = async (environment?: Record<string, string>) => {
    cluster = await prepare(environment);
    await cluster.start();
    token = await cluster.token('ministry-presenter');
  };
  afterEach(() => cluster[Symbol.asyncDispose]());

  const eventsOf = async ({ commandId }: Sent) =>
    (await cluster.events()).filter(({ metadata }) => (metadata as { commandId?: string }).commandId === commandId);
  const nameOf = (sent: Sent) => (sent.input as { organisation: string }).organisation;
  const seen = 'query ($id: Key!, $after: Position) { organisation(id: $id, after: $after) { id } }';

  it(`answers commands with a clear code within the timeout while the log server is frozen, and after it each command has one set of events: ${freezes} times`, async () => {
    await started();
    const codes = new Set<string>();
    for (let freeze = 0; freeze < freezes; freeze++) {
      const sent = Array.from({ length: 4 }, anyOrganisation);
      // Some are on their way when it freezes, and some come later.
      const early = sent.slice(0, 2).flatMap((one) => cluster.apis.map((api) => cluster.tell(one, api, token)));
      await sleep(randomInt(20));
      cluster.log.freeze();
      const late = sent.slice(2).flatMap((one) => cluster.apis.map((api) => cluster.tell(one, api, token)));
      const answers: readonly Answer[] = await Promise.all([...early, ...late]);
      for (const { status, errors, retryAfter } of answers.filter((answer) => answer.errors.length > 0)) {
        codes.add(errors[0]?.extensions.code as string);
        expect([status, retryAfter, ['log-unavailable', 'log-uncertain'].includes(errors[0]?.extensions.code as string)]).toEqual([
          503,
          '5',
          true,
        ]);
      }
      expect(answers.slice(early.length).every(({ errors }) => errors.length > 0)).toBe(true);
      cluster.log.thaw();
      for (const one of sent) {
        const receipts = await Promise.all(cluster.apis.map((api) => untilAcknowledged(() => cluster.send(one, api, token))));
        expect(receipts[0]).toEqual(receipts[1]);
        expect((await eventsOf(one)).map(({ id }) => id)).toEqual(receipts[0]?.eventIds);
      }
    }
    expect(codes.size).toBeGreaterThan(0);
    await Promise.all(cluster.members.map((member) => member.ready()));
    expect(cluster.faults).toEqual([]);
  });

  it('hands over what a worker runs that is told to end, long before its leases run out', async () => {
    const leaseSeconds = 16;
    await started({ LEASE_SECONDS: String(leaseSeconds) });
    const [first, second] = cluster.workers;
    const held = async () => Promise.all(cluster.workers.map(({ url }) => sharesAt(url)));
    for (let shares = await held(); shares.some((one) => one === 0); shares = await held()) await sleep(100);
    expect(await first.end('SIGTERM')).toBe(0);
    const end = performance.now();
    const one = anyOrganisation();
    const { position } = await cluster.send(one, cluster.apis[0], token);
    // All views have to come so far.
    await untilAcknowledged(async () => {
      const answer = await cluster.apis[1].ask(seen, { variables: { id: nameOf(one), after: position }, token });
      if (answer.errors.length > 0) throw new NoReceipt(answer);
      return answer;
    });
    expect((performance.now() - end) / 1_000).toBeLessThan(leaseSeconds);
    await second.ready();
    expect(cluster.faults).toEqual([]);
  });

  it(`shows a change that was made through one server to who asks another one after its position: ${questions} times`, async () => {
    await started();
    for (let n = 0; n < questions; n++) {
      const one = anyOrganisation();
      const [to, asked] = n % 2 === 0 ? cluster.apis : cluster.apis.toReversed();
      const { position } = await cluster.send(one, to, token);
      expect(await asked?.ask(seen, { variables: { id: nameOf(one), after: position }, token })).toMatchObject({
        data: { organisation: { id: nameOf(one) } },
        errors: [],
      });
    }
    expect(cluster.faults).toEqual([]);
  });

  it.each([
    ['servers first', ['log', 'views', 'api', 'worker']],
    ['the api first', ['api', 'worker', 'log', 'views']],
    ['the worker first', ['worker', 'views', 'api', 'log']],
    ['the log last', ['views', 'worker', 'api', 'log']],
    ['the views last', ['log', 'api', 'worker', 'views']],
    ['an api between them', ['log', 'api', 'views', 'worker']],
  ] as const)('comes up by itself in whatever order it is started: %s', async (_, order) => {
    cluster = await prepare();
    const [[api], [worker]] = [cluster.apis, cluster.workers];
    const isUp = new Set<string>();
    for (const one of order) {
      isUp.add(one);
      if (one === 'log' || one === 'views') await cluster[one].start();
      else {
        const member = one === 'api' ? api : worker;
        member.start();
        // It says what it waits for. An api alone imports the public record, but shows nothing until a worker has folded it.
        const missing = (['log', 'views'] as const).find((engine) => !isUp.has(engine));
        if (missing) await member.until((health) => health?.status === 'not-ready' && health.down.length > 0);
      }
    }
    await Promise.all([api.ready(), worker.ready()]);
    expect((await api.ask('{ calls { totalCount } }')).data).toEqual({ calls: { totalCount: 3 } });
    expect(cluster.faults).toEqual([]);
  });

  it('refuses to start on views of another log, on views ahead of the log, and on views of a newer version, and says what to do', async () => {
    await started();
    await cluster.send(anyOrganisation(), cluster.apis[0], token);
    await Promise.all(cluster.members.map((member) => member.end('SIGTERM')));
    const refusals = () =>
      Promise.all(
        ['apps/api/src/main.js', 'apps/worker/src/main.js'].map(async (program) => {
          const { code, err } = await output(program, [], { ...cluster.environment, PORT: '0' });
          return [code, err.trim().split('\n').at(-1)];
        }),
      );
    const all = (text: RegExp) => [
      [1, expect.stringMatching(new RegExp(`^digituki: ${text.source}`))],
      [1, expect.stringMatching(new RegExp(`^digituki worker: ${text.source}`))],
    ];
    const client = await MongoClient.connect(cluster.views.url);
    try {
      const [checkpoints, meta] = ['checkpoints', 'meta'].map((name) => client.db('digituki').collection<Checkpoint>(name)) as [
        Documents,
        Documents,
      ];
      const { _id, log, position } = (await checkpoints.findOne({ position: { $gt: '' } })) as Checkpoint;
      await checkpoints.updateOne({ _id }, { $set: { log: randomUUID() } });
      expect(await refusals()).toEqual(all(/The view \S+ is of another log .*give another, empty database \(MONGODB_URL\)/));
      await checkpoints.updateOne({ _id }, { $set: { log, position: 'e'.repeat(32) } });
      expect(await refusals()).toEqual(all(/The view \S+ is ahead of the log .*give an empty database \(MONGODB_URL\)/));
      await checkpoints.updateOne({ _id }, { $set: { position } });
      await meta.updateOne({ _id: 'format' }, { $set: { format: 99 } });
      expect(await refusals()).toEqual(all(/The views in the database \S+ are of a newer version .*Start the newer version/));
    } finally {
      await client.close();
    }
  });
});

interface Checkpoint {
  readonly _id: string;
  readonly log: string;
  readonly position: string;
}
type Documents = Collection<Checkpoint>;

/** Repeats what is answered with errors until it is not. */
async function untilAcknowledged<Result>(work: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof NoReceipt)) throw error;
      await sleep(100);
    }
  }
}

/** How many shares of the work a worker holds. */
async function sharesAt(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return text.split('\n').filter((line) => line.startsWith('digituki_lease_held') && line.endsWith(' 1')).length;
}

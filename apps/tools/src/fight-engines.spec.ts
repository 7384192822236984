import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LoggedEvent } from '#event-store/event-log';
import { EventStoreDbLog } from '#event-store/eventstoredb/eventstoredb-event-log';
import { StandInProcess } from '#event-store/eventstoredb/stand-in-process.testing';
import type { Recorded } from '#kernel/envelope';
import { MongoDbViewStore } from '#view-store/mongodb/mongodb-view-store';
import { withMongoDb } from '#engines/mongodb.testing';
import { pagesOf } from '#view-store/view-store';
import { endAll, runBuilt } from '../../api/src/process.testing.js';
import { foldedPile, pileEvent, piles, pileStreams, type PileRow } from './fight.testing.js';

/** How often one of two processes is stopped longer than its leases; the full measure is 1,000. */
const rounds = Number(process.env['FIGHTS'] ?? 20);
const leaseSeconds = 0.2;
const patienceMs = 30_000;
const steps = ['stored', 'writing', 'write', 'saving', 'saveCheckpoint'];
/** Longer than it goes on looking for the step. */
const stoppedWithinMs = 500;

jest.setTimeout(60_000 + rounds * 10_000);

type Told = { readonly [word: string]: unknown };

/** One of two processes that run the same projections. */
class Fighter {
  private readonly waiting: { readonly word: string; readonly resolve: (told: Told) => void }[] = [];
  readonly told: Told[] = [];
  readonly errors: string[] = [];

  private constructor(
    private readonly child: ChildProcess,
    readonly version: number,
  ) {
    createInterface({ input: child.stdout as Readable }).on('line', (line) => {
      const told = JSON.parse(line) as Told;
      this.told.push(told);
      for (const { word, resolve } of this.waiting) if (word in told) resolve(told);
    });
    createInterface({ input: child.stderr as Readable }).on('line', (line) => this.errors.push(line));
  }

  static async start(log: string, views: string, version: number): Promise<Fighter> {
    const fighter = new Fighter(
      runBuilt('apps/tools/src/fighter.testing.js', [log, views, String(leaseSeconds), String(version)], {}, 'pipe'),
      version,
    );
    await fighter.next('started');
    return fighter;
  }

  /** The next line that has the word. */
  async next(word: string, withinMs = patienceMs): Promise<Told> {
    const { promise, resolve, reject } = Promise.withResolvers<Told>();
    const one = { word, resolve };
    this.waiting.push(one);
    const timer = setTimeout(() => reject(new Error(`no ${word}: ${JSON.stringify([this.told.slice(-5), this.errors])}`)), withinMs);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      if (this.waiting.includes(one)) this.waiting.splice(this.waiting.indexOf(one), 1);
    }
  }

  say(line: string): void {
    this.child.stdin?.write(`${line}\n`);
  }

  ask(line: string, word: string): Promise<Told> {
    const answer = this.next(word);
    this.say(line);
    return answer;
  }

  freeze(): void {
    this.child.kill('SIGSTOP');
  }

  thaw(): void {
    this.child.kill('SIGCONT');
  }

  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    this.child.kill(signal);
    await once(this.child, 'exit');
  }
}

/** Two fighters with a log and views between them. */
class Ring {
  readonly events: Recorded[] = [];
  private readonly revisions = new Map<string, number>();
  private n = 0;

  constructor(
    readonly log: EventStoreDbLog,
    readonly store: MongoDbViewStore,
  ) {}

  /** Some events more, in one append or in several. */
  async append(): Promise<void> {
    for (let appends = randomInt(1, 4); appends > 0; appends--) {
      const stream = pileStreams[randomInt(pileStreams.length)] as string;
      const events = Array.from({ length: randomInt(1, 4) }, () => pileEvent(randomInt(15) === 0 ? 'Cleared' : 'Put', this.n++));
      const revision = this.revisions.get(stream) ?? -1;
      const appended = await this.log.append(stream, revision === -1 ? 'none' : revision, events);
      this.revisions.set(stream, appended.revision);
      const logged: readonly LoggedEvent[] = await this.log.readStream(stream, { from: revision + 1 });
      this.events.push(...(logged as unknown as Recorded[]));
    }
  }

  get head(): string {
    return this.events.at(-1)?.position as string;
  }

  /** Resolves once all views, or all that are not of a newer version, have come to the end. */
  async reached(version = Infinity): Promise<void> {
    const { head } = this;
    for (const end = Date.now() + patienceMs; ; await sleep(10)) {
      const checkpoints = await this.store.checkpoints();
      const late = piles(1).filter(({ name }) => {
        const checkpoint = checkpoints.get(name);
        return !checkpoint || (checkpoint.version <= version && (checkpoint.position ?? '') < head);
      });
      if (late.length === 0) return;
      if (Date.now() > end)
        throw new Error(`${late.map(({ name }) => name).join()} do not come to ${head}: ${JSON.stringify([...checkpoints])}`);
    }
  }

  /** What is served and should not be. */
  async wrong(): Promise<readonly object[]> {
    const wrong: object[] = [];
    for (const { name } of piles(1)) {
      const { rows, checkpoint } = await this.store.open<PileRow>(name, ['count']);
      const expected = foldedPile(piles(checkpoint?.version as number).find((one) => one.name === name) as never, this.events);
      const served = new Map<string, object>();
      for await (const page of pagesOf(rows)) for (const { _id, ...row } of page) if (!row.removed) served.set(_id, row);
      for (const key of new Set([...expected.keys(), ...served.keys()])) {
        const [is, should] = [served.get(key), expected.get(key)];
        if (!isSame(is, should)) wrong.push({ name, key, is, should, checkpoint });
      }
    }
    return wrong;
  }
}

/** Stops it while it works: at one of these steps of its own, or anywhere. Gives where. */
async function stopped(victim: Fighter, at: readonly string[], work: () => Promise<void>): Promise<string> {
  if (randomInt(4) === 0) {
    const worked = work();
    await sleep(randomInt(30));
    victim.freeze();
    await worked;
    return 'any';
  }
  const step = at[randomInt(at.length)] as string;
  const isStopped = victim.next('stopped', stoppedWithinMs).then(
    () => true,
    () => false,
  );
  victim.say(`stop ${step} ${randomInt(2)}`);
  await work();
  if (await isStopped) return step;
  victim.freeze();
  return 'any';
}

const isSame = (a: object | undefined, b: object | undefined) =>
  JSON.stringify(Object.entries(a ?? {}).sort()) === JSON.stringify(Object.entries(b ?? {}).sort());

withMongoDb('two processes that run the same projections', (server) => {
  describe(`two processes that run the same projections, one of which is stopped longer than its leases ${rounds} times`, () => {
    const opened: { close(): unknown }[] = [];
    afterEach(async () => {
      endAll();
      for (const one of opened.reverse()) await one.close();
      await server.remove();
    });

    it('never serve a wrong row: rows are what the log says, whoever wrote them when, in which version, and while they are rebuilt', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'fight-'));
      opened.push({ close: () => rmSync(folder, { recursive: true }) });
      const standIn = await new StandInProcess(join(folder, 'log.db')).start();
      opened.push({ close: () => standIn.kill() });
      const views = server.database();
      const log = await EventStoreDbLog.open({ url: standIn.url });
      opened.push(log);
      const store = await MongoDbViewStore.open({ url: views });
      opened.push(store);

      const ring = new Ring(log, store);
      await ring.append();
      const pair: [Fighter, Fighter] = [await Fighter.start(standIn.url, views, 1), await Fighter.start(standIn.url, views, 1)];
      const counts = { saved: 0, refused: 0, rebuilt: 0, kept: 0 };
      const count = async (fighter: Fighter) => {
        const told = await fighter.ask('tell', 'saved');
        for (const key of ['saved', 'refused', 'rebuilt', 'kept'] as const) counts[key] += told[key] as number;
        expect(fighter.errors).toEqual([]);
      };
      const points: Record<string, number> = {};

      for (let round = 0; round < rounds; round++) {
        // Every so often one of them is of a newer version, and the other a few rounds later.
        const isUpgrade = round % 20 === 15;
        if (isUpgrade || round % 20 === 19) {
          const index = isUpgrade ? randomInt(2) : pair[0].version < pair[1].version ? 0 : 1;
          const version = Math.max(pair[0].version, pair[1].version) + (isUpgrade ? 1 : 0);
          await count(pair[index] as Fighter);
          await pair[index]?.end(randomInt(2) === 0 ? 'SIGTERM' : 'SIGKILL');
          pair[index] = await Fighter.start(standIn.url, views, version);
        }
        const [victim, other] = (randomInt(2) === 0 ? pair : pair.toReversed()) as [Fighter, Fighter];
        const explained = async (error: unknown) => {
          const now = await other.ask('tell', 'saved');
          throw new Error(
            JSON.stringify({
              round,
              victim: [victim.version, victim.told.slice(-5)],
              other: [other.version, other.told.slice(-5), now],
              leases: await store.leases.list(),
            }),
            { cause: error },
          );
        };
        const rebuilding = randomInt(8) === 0 ? [victim, other][randomInt(2)] : undefined;
        const rebuilt = rebuilding && Promise.any([rebuilding.next('rebuilt'), rebuilding.next('kept')]);
        const point = await stopped(victim, rebuilding ? [...steps, 'replacing', 'replace'] : steps, async () => {
          rebuilding?.say(`rebuild ${piles(1)[randomInt(4)]?.name}`);
          await ring.append();
          await ring.append();
        });
        points[point] = (points[point] ?? 0) + 1;
        await ring.append();
        await ring.reached(other.version).catch(explained);
        victim.thaw();
        await ring.append();
        await ring.reached().catch(explained);
        await rebuilt;
        expect(await ring.wrong()).toEqual([]);
      }
      await ring.reached();
      expect(await pair[0].ask('verify', 'differing')).toEqual({
        differing: { streams: 0, numbers: 0, 'streams-again': 0, 'numbers-again': 0 },
      });
      expect(await ring.wrong()).toEqual([]);
      for (const fighter of pair) await count(fighter);
      for (const fighter of pair) await fighter.end('SIGTERM');
      process.stdout.write(`${JSON.stringify({ rounds, events: ring.events.length, ...counts, stoppedAt: points })}\n`);
      expect(counts.refused).toBeGreaterThan(0);
    });
  });
});

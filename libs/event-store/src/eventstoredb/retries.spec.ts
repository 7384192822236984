import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { derivedId } from '#kernel/derived-id';
import { CommandHandler, type Receipt } from '../handle.js';
import { AddCoins, jar, OpenJar, plumbing, sent, SignJar } from '../handle.testing.js';

import { EventStoreDbLog } from './eventstoredb-event-log.js';
import { StandInServer } from './stand-in-server.testing.js';

jest.setTimeout(300_000);

const timeoutMs = 150;
/** After these the client sends the same command again. */
const passing = ['log-uncertain', 'log-unavailable', 'receipt-unavailable', 'too-much-at-once'];

const faults = fc.array(
  fc.record({
    afterMessages: fc.integer({ min: 0, max: 12 }),
    is: fc.constantFrom('cut' as const, 'freeze' as const, 'election' as const),
  }),
  {
    minLength: 1,
    maxLength: 4,
  },
);
const cutAfter = (afterMessages: number) => ({ afterMessages, is: 'cut' as const });
/** Who sends the command, at the same time, each until it is answered: two processes, of which one may be asked twice. */
const senders = fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 1, maxLength: 3 });
const commands = fc.array(fc.record({ coins: fc.nat({ max: 2 }), senders }), { minLength: 1, maxLength: 3 });

describe('a command that is sent until it is answered, while the server is cut off, frozen, or without a leader at any message', () => {
  const folder = mkdtempSync(join(tmpdir(), 'retries-'));
  const server = new StandInServer({ file: join(folder, 'server.db') });
  let parts: ReturnType<typeof plumbing>;
  let logs: EventStoreDbLog[];
  const handlerOn = (log: EventStoreDbLog) => new CommandHandler({ log, codec: parts.codec, clock: parts.clock, hashKey: parts.hashKey });
  const repeated = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (!passing.includes((error as { code: string }).code)) throw error;
        await sleep(5);
      }
    }
  };
  beforeAll(async () => {
    parts = plumbing();
    await server.start();
    logs = await Promise.all([0, 1].map(() => repeated(() => EventStoreDbLog.open({ url: server.url, timeoutMs }))));
  });
  afterAll(async () => {
    await Promise.all(logs.map((log) => log.close()));
    server.stop();
    await parts.log.close();
    parts.remove();
    rmSync(folder, { recursive: true });
  });

  it('is answered to both at the first try, where two processes are sent it at once', async () => {
    const [one, other] = logs.map(handlerOn) as [CommandHandler, CommandHandler];
    const key = randomUUID();
    await one.handle(jar, sent(OpenJar, { jar: key }));
    server.slowMs = 10;
    for (let pair = 0; pair < 20; pair++) {
      const command = sent(SignJar, { jar: key, person: 'p1', name: 'Aino Esimerkki' });
      const [first, second] = await Promise.all([one.handle(jar, command), other.handle(jar, command)]);
      expect(second).toEqual(first);
    }
    server.slowMs = 0;
    expect(await logs[0]!.readStream(`jar-${key}`)).toHaveLength(21);
  });

  it('is recorded once, and answered with one receipt', () =>
    fc.assert(
      fc.asyncProperty(commands, faults, async (some, plan) => {
        const key = randomUUID();
        const handlers = logs.map(handlerOn);
        await repeated(() => handlers[0]!.handle(jar, sent(OpenJar, { jar: key })));
        const wanted = some.map(({ coins, senders: by }) => ({
          by,
          // A name is sealed anew in each attempt: other texts under the same event ids.
          command:
            coins === 0
              ? sent(SignJar, { jar: key, person: 'p1', name: 'Aino Esimerkki' })
              : sent(AddCoins, { jar: key, coins: Array.from({ length: coins }, () => 1) }),
          ids: Math.max(1, coins),
        }));

        const left = [...plan];
        const repairs: Promise<unknown>[] = [];
        let messages = 0;
        server.onMessage = () => {
          if (left.length === 0 || messages++ < (left[0]?.afterMessages ?? 0)) return;
          messages = 0;
          const repair = (pauseMs: number, work: () => unknown) => repairs.push(sleep(pauseMs).then(work));
          switch (left.shift()?.is) {
            case 'freeze':
              server.freeze();
              repair(timeoutMs * 1.5, () => server.thaw());
              break;
            case 'election':
              server.leaderPort = 'unknown';
              repair(20, () => (server.leaderPort = undefined));
              break;
            default:
              server.stop();
              repair(5, () => server.start());
          }
        };
        const answers = await Promise.all(
          wanted.map(({ command, by }) => Promise.all(by.map((one) => repeated(() => handlers[one]!.handle(jar, command))))),
        );
        server.onMessage = () => {};
        await Promise.all(repairs);

        const events = await repeated(() => logs[0]!.readStream(`jar-${key}`));
        for (const [index, { command, ids }] of wanted.entries()) {
          const expected = Array.from({ length: ids }, (_, n) => derivedId(command.context.commandId, String(n)));
          const own = events.filter(({ metadata }) => (metadata as { commandId: string }).commandId === command.context.commandId);
          expect(own.map(({ id }) => id)).toEqual(expected);
          const receipts: Receipt[] = [...answers[index]!];
          for (const handler of [...handlers, handlerOn(logs[1]!)]) receipts.push(await repeated(() => handler.handle(jar, command)));
          expect(receipts[0]).toMatchObject({ eventIds: expected, position: own.at(-1)?.position, revision: own.at(-1)?.revision });
          for (const receipt of receipts) expect(receipt).toEqual(receipts[0]);
        }
        expect(events).toHaveLength(1 + wanted.reduce((all, { ids }) => all + ids, 0));
      }),
      { numRuns: 25, examples: [[[{ coins: 0, senders: [0] }], [cutAfter(2), cutAfter(0)]]] },
    ));
});

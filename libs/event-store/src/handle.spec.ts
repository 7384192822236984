import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { canonicalJson } from '#kernel/canonical-json';
import type { EventMetadata } from '#kernel/envelope';
import { Refused } from '#kernel/refused';
import { noTelemetry } from '#telemetry/telemetry';
import { failLog, type EventLog } from './event-log.js';
import { CommandHandler, type Receipt } from './handle.js';
import { AddCoin, AddCoins, jar, OpenJar, plumbing, sent, SetLimit, shelf, SignJar } from './handle.testing.js';

describe('handling a command', () => {
  let parts: ReturnType<typeof plumbing>;
  let log: EventLog;
  let handler: CommandHandler;

  beforeEach(() => {
    parts = plumbing();
    ({ log, handler } = parts);
  });
  afterEach(async () => {
    await log.close();
    parts.remove();
  });

  const reopen = async () => {
    await log.close();
    ({ log, handler } = parts.open());
  };
  const coinsIn = async (key: string) =>
    (await log.readStream(`jar-${key}`)).filter(({ type }) => type === 'CoinAdded').map(({ data }) => (data as { cents: number }).cents);

  it('appends what was decided and answers with a receipt', async () => {
    await handler.handle(jar, sent(OpenJar, { jar: 'a' }));
    const command = sent(AddCoins, { jar: 'a', coins: [1, 2] });
    const receipt = await handler.handle(jar, command);
    const events = await log.readStream('jar-a');
    expect(receipt).toEqual({
      commandId: command.context.commandId,
      effect: 'recorded',
      log: log.id,
      stream: 'jar-a',
      revision: 2,
      position: events[2]?.position,
      eventIds: [events[1]?.id, events[2]?.id],
    });
  });

  it('writes down who, when, on which revisions, and what the screen showed', async () => {
    await handler.handle(shelf, sent(SetLimit, { limit: 10 }));
    const context = {
      actor: { id: 'p', role: 'ministry-decider', organisation: 'ministry' },
      correlationId: 'c-1',
      seenPosition: '0'.repeat(32),
      caller: 'issuer|secret-subject',
    };
    const command = sent(OpenJar, { jar: 'a' }, context);
    await handler.handle(jar, command);
    const [event] = await log.readStream('jar-a');
    expect(event?.metadata).toEqual({
      schemaVersion: 1,
      commandId: command.context.commandId,
      command: 'OpenJar',
      commandHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      correlationId: 'c-1',
      causationId: command.context.commandId,
      actor: context.actor,
      recordedAt: '2026-01-01T12:00:00.000Z',
      seen: { 'jar-a': -1, 'shelf-top': 0 },
      asked: { given: { jar: 'a' } },
      seenPosition: '0'.repeat(32),
    });
    expect(canonicalJson(event?.metadata)).not.toContain('secret-subject');
  });

  it('looks at no other streams than those that the command needs', async () => {
    await handler.handle(shelf, sent(SetLimit, { limit: 10 }));
    await handler.handle(jar, sent(SignJar, { jar: 'a', person: 'p', name: 'n' }));
    const [event] = await log.readStream('jar-a');
    expect(event?.metadata).toMatchObject({ seen: { 'jar-a': -1 } });
    expect(event?.metadata).not.toMatchObject({ seen: { 'shelf-top': 0 } });
  });

  it('decides on the facts of other streams as they are at that moment', async () => {
    await handler.handle(jar, sent(OpenJar, { jar: 'a' }));
    await handler.handle(jar, sent(AddCoin, { jar: 'a', cents: 900 }));
    await handler.handle(shelf, sent(SetLimit, { limit: 950 }));
    await expect(handler.handle(jar, sent(AddCoin, { jar: 'a', cents: 60 }))).rejects.toMatchObject({
      code: 'jar-full',
      details: { limit: 950 },
    });
  });

  describe('sent again', () => {
    const setUp = async () => {
      await handler.handle(jar, sent(OpenJar, { jar: 'a' }));
      return sent(AddCoins, { jar: 'a', coins: [1, 2] });
    };

    it('at once, twenty times over, is done once, and every answer is the same', async () => {
      const command = await setUp();
      const receipts = await Promise.all(Array.from({ length: 20 }, () => handler.handle(jar, command)));
      expect(new Set(receipts.map((receipt) => JSON.stringify(receipt))).size).toBe(1);
      expect(await coinsIn('a')).toEqual([1, 2]);
    });

    it('after other events, and after a restart, is answered with the first receipt', async () => {
      const command = await setUp();
      const first = await handler.handle(jar, command);
      await handler.handle(jar, sent(AddCoin, { jar: 'a', cents: 3 }));
      expect(await handler.handle(jar, command)).toEqual(first);
      await reopen();
      expect(await handler.handle(jar, command)).toEqual(first);
      expect(await coinsIn('a')).toEqual([1, 2, 3]);
    });

    it('by a second process at the same time is done once', async () => {
      const command = await setUp();
      const other = new CommandHandler({ log, codec: parts.codec, clock: parts.clock, hashKey: parts.hashKey });
      const [one, two] = await Promise.all([handler.handle(jar, command), other.handle(jar, command)]);
      expect(one).toEqual(two);
      expect(await coinsIn('a')).toEqual([1, 2]);
    });

    it('is recognised though its personal fields are encrypted anew', async () => {
      const command = sent(SignJar, { jar: 'a', person: 'p1', name: 'Aino Esimerkki' });
      const first = await handler.handle(jar, command);
      await reopen();
      expect(await handler.handle(jar, command)).toEqual(first);
    });

    it.each([
      ['with another content', () => ({ coins: [5] }), {}],
      ['by another caller', () => ({ coins: [1, 2] }), { caller: 'issuer|eino' }],
      ['to another stream', () => ({ jar: 'b', coins: [1, 2] }), {}],
    ])('%s is refused under the same id', async (_, content, context) => {
      const command = await setUp();
      await handler.handle(jar, sent(OpenJar, { jar: 'b' }));
      await handler.handle(jar, command);
      const other = sent(AddCoins, { jar: 'a', ...content() }, { ...command.context, ...context });
      await expect(handler.handle(jar, other)).rejects.toMatchObject({
        code: 'command-id-reused',
        details: { commandId: command.context.commandId },
      });
      expect([await coinsIn('a'), await coinsIn('b')]).toEqual([[1, 2], []]);
    });
  });

  it.each([
    ['would change nothing', 'jar-open', OpenJar, {}],
    ['would be refused', 'jar-nope', AddCoin, { cents: 1 }],
  ])('whose id was used for another stream is refused as such, though it %s', async (_, stream, type, content) => {
    await handler.handle(jar, sent(OpenJar, { jar: 'open' }));
    const first = sent(OpenJar, { jar: 'a' });
    await handler.handle(jar, first);
    const other = sent(type, { jar: stream.slice(4), ...content }, first.context);
    await expect(handler.handle(jar, other)).rejects.toMatchObject({ code: 'command-id-reused' });
    expect(await log.readStream(`command-${first.context.commandId}`)).toEqual([]);
  });

  it('is answered with what another attempt of it has just recorded, though a person’s name is sealed anew in each', async () => {
    await handler.handle(jar, sent(OpenJar, { jar: 'a' }));
    const other = new CommandHandler({ ...parts, log });
    const command = sent(SignJar, { jar: 'a', person: 'p1', name: 'Aino Esimerkki' });
    const append = log.append.bind(log);
    let landed: Receipt | undefined;
    jest.spyOn(log, 'append').mockImplementationOnce(async (...args) => {
      landed = await other.handle(jar, command);
      return append(...args);
    });
    expect(await handler.handle(jar, command)).toEqual(landed);
    expect(await log.readStream('jar-a')).toHaveLength(2);
  });

  it('with an expectation is still known when it is sent again', async () => {
    await handler.handle(jar, sent(OpenJar, { jar: 'a' }));
    const command = sent(AddCoin, { jar: 'a', cents: 1 }, { expectedRevision: 0 });
    const first = await handler.handle(jar, command);
    expect(await handler.handle(jar, command)).toEqual(first);
  });

  it('to a stream of thousands of events is decided on all of them', async () => {
    await handler.handle(shelf, sent(SetLimit, { limit: 2_501 }));
    await handler.handle(jar, sent(OpenJar, { jar: 'a' }));
    await handler.handle(jar, sent(AddCoins, { jar: 'a', coins: Array.from({ length: 2_500 }, () => 1) }));
    await reopen();
    expect(await handler.handle(jar, sent(AddCoin, { jar: 'a', cents: 1 }))).toMatchObject({ revision: 2_501 });
    await expect(handler.handle(jar, sent(AddCoin, { jar: 'a', cents: 1 }))).rejects.toMatchObject({ code: 'jar-full' });
  });

  describe('that a rule refuses', () => {
    it('is refused again under its id, also once the rule would let it through', async () => {
      const command = sent(AddCoin, { jar: 'a', cents: 1 });
      await expect(handler.handle(jar, command)).rejects.toMatchObject({ code: 'jar-closed' });
      await handler.handle(jar, sent(OpenJar, { jar: 'a' }));
      await reopen();
      await expect(handler.handle(jar, command)).rejects.toBeInstanceOf(Refused);
      expect(await handler.handle(jar, sent(AddCoin, { jar: 'a', cents: 1 }))).toMatchObject({ effect: 'recorded' });
    });

    it('is recorded apart, its content under the key of who sent it', async () => {
      const command = sent(AddCoin, { jar: 'a', cents: 987_654_321 });
      await handler.handle(jar, command).catch(() => undefined);
      expect(await log.readStream('jar-a')).toEqual([]);
      const [event] = await log.readStream(`command-${command.context.commandId}`);
      const data = event?.data as { payload: never };
      expect(event).toMatchObject({
        type: 'CommandRefused',
        data: { command: 'AddCoin', actor: 'person-aino', code: 'jar-closed', stream: 'jar-a', revision: -1 },
      });
      expect(JSON.stringify(event)).not.toContain('987654321');
      expect(await parts.codec.open(data.payload)).toBe('{"cents":987654321,"jar":"a"}');
    });

    it('is refused under the same id with another content', async () => {
      const command = sent(AddCoin, { jar: 'a', cents: 1 });
      await handler.handle(jar, command).catch(() => undefined);
      await expect(handler.handle(jar, sent(AddCoin, { jar: 'a', cents: 2 }, command.context))).rejects.toMatchObject({
        code: 'command-id-reused',
      });
    });

    it('goes on being refused, unrecorded, when one caller is refused too often in a minute', async () => {
      const commands = Array.from({ length: 125 }, () => sent(AddCoin, { jar: 'a', cents: 1 }));
      for (const command of commands) await expect(handler.handle(jar, command)).rejects.toMatchObject({ code: 'jar-closed' });
      const { events } = await log.readAll({ categories: ['command'] });
      expect(events).toHaveLength(120);
    });
  });

  it('that its sender may not send is put on record once, and does not answer for those who may', async () => {
    const command = sent(OpenJar, { jar: 'a' });
    const { commandId } = command.context;
    const attempt = { what: 'openJar', commandId, correlationId: 'c', actor: { id: 'person-eero' }, roles: ['provider'] };
    await handler.forbidden({ ...attempt, belongs: { call: 'a', matter: undefined, region: 'nowhere' } });
    await handler.forbidden({ ...attempt, belongs: { call: 'a' } });
    const { events } = await log.readAll({ categories: ['command'] });
    expect(events).toMatchObject([
      {
        type: 'AttemptForbidden',
        data: { what: 'openJar', roles: ['provider'] },
        metadata: { commandId, actor: { id: 'person-eero', role: 'none' } },
      },
    ]);
    expect(await handler.handle(jar, command)).toMatchObject({ effect: 'recorded' });
  });

  it('that changes nothing is answered so, and the same again after the state has changed', async () => {
    await handler.handle(jar, sent(OpenJar, { jar: 'a' }));
    const command = sent(OpenJar, { jar: 'a' });
    const first = await handler.handle(jar, command);
    expect(first).toMatchObject({ effect: 'none', stream: 'jar-a', revision: 0, eventIds: [] });
    await handler.handle(jar, sent(AddCoin, { jar: 'a', cents: 1 }));
    await reopen();
    expect(await handler.handle(jar, command)).toEqual(first);
    expect(await log.readStream('jar-a')).toHaveLength(2);
  });

  describe('with an expectation', () => {
    it('is told what changed since it was read, and may be tried again', async () => {
      await handler.handle(jar, sent(OpenJar, { jar: 'a' }));
      await handler.handle(jar, sent(AddCoin, { jar: 'a', cents: 1 }));
      const command = sent(AddCoin, { jar: 'a', cents: 2 }, { expectedRevision: 0 });
      await expect(handler.handle(jar, command)).rejects.toMatchObject({
        code: 'changed-since-read',
        details: { expected: 0, actual: 1, changes: ['1 CoinAdded 2026-01-01T12:00:00.000Z someone'] },
      });
      expect(await handler.handle(jar, sent(AddCoin, { jar: 'a', cents: 2 }, { ...command.context, expectedRevision: 1 }))).toMatchObject({
        revision: 2,
      });
    });

    it('is told which parts were changed, where the decider says so', async () => {
      await handler.handle(jar, sent(OpenJar, { jar: 'a' }));
      await handler.handle(jar, sent(SignJar, { jar: 'a', person: 'p1', name: 'Aino Esimerkki' }));
      await expect(handler.handle(jar, sent(AddCoin, { jar: 'a', cents: 2 }, { expectedRevision: 0 }))).rejects.toMatchObject({
        details: { changes: ['1 JarSigned (label) 2026-01-01T12:00:00.000Z someone'] },
      });
    });

    it('is not told what others did where a rule refuses it anyway', async () => {
      await handler.handle(jar, sent(OpenJar, { jar: 'a' }));
      await expect(handler.handle(jar, sent(AddCoin, { jar: 'a', cents: 1_001 }, { expectedRevision: -1 }))).rejects.toMatchObject({
        code: 'jar-full',
        details: { limit: 1_000 },
      });
    });

    it('of a stream that is not there yet is met once', async () => {
      await handler.handle(jar, sent(OpenJar, { jar: 'a' }, { expectedRevision: -1 }));
      await expect(handler.handle(jar, sent(OpenJar, { jar: 'a' }, { expectedRevision: -1 }))).rejects.toMatchObject({
        code: 'changed-since-read',
      });
    });
  });

  it('at once with 49 others to one stream is answered without a conflict, each on the state before it', async () => {
    await handler.handle(jar, sent(OpenJar, { jar: 'a' }));
    const outcomes = await Promise.allSettled(
      Array.from({ length: 50 }, () => handler.handle(jar, sent(AddCoin, { jar: 'a', cents: 30 }))),
    );
    const receipts = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [(outcome.reason as Refused).code] : []));
    expect(receipts.map(({ revision }: Receipt) => revision)).toEqual(Array.from({ length: 33 }, (_, index) => index + 1));
    expect(refusals).toEqual(Array.from({ length: 17 }, () => 'jar-full'));
  });

  describe('at once with others to one stream', () => {
    const coinsOf = (jarId: string, amounts: readonly number[]) => amounts.map((cents) => sent(AddCoin, { jar: jarId, cents }));
    const appendsOf = (of: EventLog) => jest.spyOn(of, 'append');

    it('is appended with them, and answered as it will be after a restart', async () => {
      await handler.handle(jar, sent(OpenJar, { jar: 'a' }));
      const appends = appendsOf(log);
      const commands = coinsOf(
        'a',
        Array.from({ length: 30 }, () => 1),
      );
      const receipts = await Promise.all(commands.map((command) => handler.handle(jar, command)));
      expect(appends.mock.calls.length).toBeLessThanOrEqual(3);
      expect(receipts.map(({ revision }) => revision)).toEqual(commands.map((_, index) => index + 1));
      const other = parts.open();
      expect(await Promise.all(commands.map((command) => other.handler.handle(jar, command)))).toEqual(receipts);
      await other.log.close();
    });

    it('stands on none of them that was not recorded: what it would be refused for failed', async () => {
      await handler.handle(jar, sent(OpenJar, { jar: 'a' }));
      await handler.handle(jar, sent(AddCoin, { jar: 'a', cents: 900 }));
      appendsOf(log).mockRejectedValueOnce(failLog('log-storage-full'));
      const [first, second] = await Promise.allSettled(coinsOf('a', [100, 50]).map((command) => handler.handle(jar, command)));
      expect(first).toMatchObject({ reason: { code: 'log-storage-full' } });
      expect(second).toMatchObject({ value: { revision: 2 } });
      expect(await coinsIn('a')).toEqual([900, 50]);
    });

    it('fails alone where its id was used for another stream', async () => {
      await handler.handle(jar, sent(OpenJar, { jar: 'a' }));
      const used = sent(OpenJar, { jar: 'b' });
      await handler.handle(jar, used);
      const commands = [...coinsOf('a', [1, 2]), sent(AddCoin, { jar: 'a', cents: 3 }, used.context), ...coinsOf('a', [4])];
      const outcomes = await Promise.allSettled(commands.map((command) => handler.handle(jar, command)));
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
      expect(outcomes[2]).toMatchObject({ reason: { code: 'command-id-reused' } });
      expect((await coinsIn('a')).toSorted()).toEqual([1, 2, 4]);
    });

    it('goes into the next append where there is more than fits into one', async () => {
      const persons = Array.from({ length: 4 }, (_, index) => sent(SignJar, { jar: 'a', person: `p${index}`, name: 'x'.repeat(300_000) }));
      const receipts = await Promise.all(persons.map((command) => handler.handle(jar, command)));
      expect(receipts.map(({ revision }) => revision)).toEqual([0, 1, 2, 3]);
    });

    it('is recorded, and its receipt to be had later, where the log cannot be read back', async () => {
      await handler.handle(jar, sent(OpenJar, { jar: 'a' }));
      await turn();
      const commands = coinsOf('a', [1, 2, 3]);
      const read = log.readStream.bind(log);
      let hasAppended = false;
      const append = log.append.bind(log);
      jest.spyOn(log, 'append').mockImplementation(async (...given) => {
        const appended = await append(...given);
        hasAppended = given[2].length > 1;
        return appended;
      });
      jest.spyOn(log, 'readStream').mockImplementation(async (...given) => {
        if (hasAppended) throw failLog('log-unavailable', { reason: 'no-answer' });
        return read(...given);
      });
      const outcomes = await Promise.allSettled(commands.map((command) => handler.handle(jar, command)));
      expect(outcomes.slice(1)).toMatchObject([{ reason: { code: 'receipt-unavailable' } }, { reason: { code: 'receipt-unavailable' } }]);
      jest.restoreAllMocks();
      expect(await Promise.all(commands.map((command) => handler.handle(jar, command)))).toMatchObject(
        [1, 2, 3].map((revision) => ({ revision })),
      );
    });

    it('meets another server’s writers: no rule is broken, and every receipt stays', () =>
      fc.assert(
        fc.asyncProperty(
          fc.array(fc.record({ server: fc.nat({ max: 1 }), cents: fc.integer({ min: 1, max: 400 }), again: fc.boolean() }), {
            minLength: 1,
            maxLength: 25,
          }),
          async (some) => {
            const key = randomUUID();
            await handler.handle(jar, sent(OpenJar, { jar: key }));
            const own = () => new CommandHandler({ log, codec: parts.codec, clock: parts.clock, hashKey: parts.hashKey });
            const servers = [own(), own()];
            const asked = some.map(({ server, cents, again }) => ({ server, again, command: sent(AddCoin, { jar: key, cents }) }));
            const outcomes = await Promise.allSettled(
              asked.flatMap(({ server, again, command }) =>
                (again ? [server, 1 - server] : [server]).map((one) => servers[one]!.handle(jar, command)),
              ),
            );
            const commands = asked.flatMap(({ again, command }) => (again ? [command, command] : [command]));
            const later = own();
            for (const [index, outcome] of outcomes.entries()) {
              const command = commands[index]!;
              if (outcome.status === 'fulfilled') expect(await later.handle(jar, command)).toEqual(outcome.value);
              else await expect(later.handle(jar, command)).rejects.toMatchObject({ code: (outcome.reason as Refused).code });
            }
            expect((await coinsIn(key)).reduce((sum, cents) => sum + cents, 0)).toBeLessThanOrEqual(1_000);
            const all = asked.reduce((sum, { command }) => sum + command.cents, 0);
            if (all <= 1_000) expect(outcomes.every(({ status }) => status === 'fulfilled')).toBe(true);
          },
        ),
        { numRuns: 60 },
      ));
  });

  it('is counted as waiting while another of its stream is under way', async () => {
    await handler.handle(jar, sent(OpenJar, { jar: 'a' }));
    await turn();
    const coins = Array.from({ length: 3 }, () => sent(AddCoin, { jar: 'a', cents: 1 }));
    const handled = Promise.all([...coins, sent(OpenJar, { jar: 'b' })].map((command) => handler.handle(jar, command)));
    expect(handler.waiting).toBe(2);
    await handled;
    expect(handler.waiting).toBe(0);
  });

  it('tells who watches of each time that another writer was faster', async () => {
    await handler.handle(jar, sent(OpenJar, { jar: 'a' }));
    await turn();
    let conflicts = 0;
    const other = new CommandHandler({
      log,
      codec: parts.codec,
      clock: parts.clock,
      hashKey: parts.hashKey,
      telemetry: { ...noTelemetry, conflict: () => (conflicts += 1) },
    });
    await Promise.all([
      handler.handle(jar, sent(AddCoin, { jar: 'a', cents: 1 })),
      other.handle(jar, sent(AddCoin, { jar: 'a', cents: 2 })),
    ]);
    expect(await coinsIn('a')).toEqual([1, 2]);
    expect(conflicts).toBe(1);
  });

  it('meets writers on another server without breaking a rule', async () => {
    await handler.handle(jar, sent(OpenJar, { jar: 'a' }));
    const handlers = Array.from(
      { length: 4 },
      () => new CommandHandler({ log, codec: parts.codec, clock: parts.clock, hashKey: parts.hashKey }),
    );
    const outcomes = await Promise.allSettled(
      handlers.flatMap((one) => Array.from({ length: 3 }, () => one.handle(jar, sent(AddCoin, { jar: 'a', cents: 100 })))),
    );
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected' && (outcome.reason as Refused).code === 'jar-full').length;
    const coins = await coinsIn('a');
    expect(coins.reduce((all, one) => all + one, 0)).toBe(1_000);
    expect(refused).toBe(2);
  });

  it('leaves nothing behind where a decider fails, and the next command goes on', async () => {
    const broken = { ...jar, decide: { ...jar.decide, OpenJar: () => [{ type: 'CoinAdded' as const, data: { cents: 'many' as never } }] } };
    const command = sent(OpenJar, { jar: 'a' });
    await expect(handler.handle(broken, command)).rejects.toThrow(/CoinAdded: cents/);
    expect(await log.readStream('jar-a')).toEqual([]);
    expect(await handler.handle(jar, command)).toMatchObject({ effect: 'recorded', revision: 0 });
  });

  it('writes personal texts as ciphertext from the first event on', async () => {
    await handler.handle(jar, sent(SignJar, { jar: 'a', person: 'p1', name: 'Aino Esimerkki' }));
    const [event] = await log.readStream('jar-a');
    const { name } = event?.data as { name: never };
    expect(name).toMatch(/^v1\.p1\./);
    for (const file of ['log.db', 'log.db-wal']) expect(readFileSync(join(parts.folder, file)).includes('Aino')).toBe(false);
    expect(await parts.codec.open(name)).toBe('Aino Esimerkki');
    parts.keys.keys.delete('p1');
    expect(await parts.codec.open(name)).toBeUndefined();
  });

  it('states the time that it is about, for what comes from a source', async () => {
    const source = { kind: 'public-record' as const, references: ['a page'] };
    await handler.handle(jar, sent(OpenJar, { jar: 'a' }, { source, effectiveAt: '2018-autumn' }));
    expect((await log.readStream('jar-a'))[0]?.metadata as EventMetadata).toMatchObject({
      source,
      effectiveAt: '2018-autumn',
      recordedAt: '2026-01-01T12:00:00.000Z',
    });
    await expect(handler.handle(jar, sent(OpenJar, { jar: 'b' }, { source, commandId: randomUUID() }))).rejects.toThrow(/states no time/);
  });

  it('marks what names no source of its own as a demonstration’s, where the installation is one, and decides as ever', async () => {
    const source = { kind: 'demo' as const, references: ['a script'] };
    const demo = new CommandHandler({ log, codec: parts.codec, clock: parts.clock, hashKey: parts.hashKey, source });
    const seen: unknown[] = [];
    const watched = {
      ...jar,
      decide: {
        ...jar.decide,
        OpenJar: (...[, , , context]: Parameters<typeof jar.decide.OpenJar>) => (
          seen.push(context.source),
          [{ type: 'JarOpened' as const, data: {} }]
        ),
      },
    };
    await demo.handle(watched, sent(OpenJar, { jar: 'a' }));
    expect((await log.readStream('jar-a'))[0]?.metadata).toMatchObject({
      source,
      effectiveAt: '2026-01-01T12:00:00.000Z',
      recordedAt: '2026-01-01T12:00:00.000Z',
    });
    expect(seen).toEqual([undefined]);
    const read = { kind: 'public-record' as const, references: ['a page'] };
    await demo.handle(jar, sent(OpenJar, { jar: 'b' }, { source: read, effectiveAt: '2018-autumn' }));
    expect((await log.readStream('jar-b'))[0]?.metadata).toMatchObject({ source: read, effectiveAt: '2018-autumn' });
    await expect(demo.handle(jar, sent(OpenJar, { jar: 'c' }, { source: read }))).rejects.toThrow(/states no time/);
  });
});

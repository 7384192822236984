import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { AnyDecider } from '#kernel/decider';
import type { EventMetadata } from '#kernel/envelope';
import { DecideAgain } from './decide-again.js';
import { CommandHandler } from './handle.js';
import { AddCoin, AddCoins, jar, OpenJar, plumbing, sent, SetLimit, shelf, SignJar } from './handle.testing.js';
import { wholeMetadata } from './whole-metadata.testing.js';

const rules = '00112233445566aa';

describe('deciding again', () => {
  let parts: ReturnType<typeof plumbing>;
  let handler: CommandHandler;
  beforeEach(() => {
    parts = plumbing();
    handler = new CommandHandler({ ...parts, rules, personalIn: () => ['name'] });
  });
  afterEach(async () => {
    await parts.log.close();
    parts.remove();
  });
  const againBy = (...deciders: readonly AnyDecider[]) => new DecideAgain({ ...parts, deciders, rules: 'f'.repeat(16) });
  const again = (stream: string, revision: number) => againBy(jar, shelf).of(stream, revision);
  const handled = async () => {
    await handler.handle(shelf, sent(SetLimit, { limit: 950 }));
    await handler.handle(jar, sent(OpenJar, { jar: 'a' }));
    await handler.handle(jar, sent(AddCoins, { jar: 'a', coins: [5, 6, 7] }));
  };

  it('comes to the same, for each event of a command, on the facts as they stood', async () => {
    await handled();
    await handler.handle(shelf, sent(SetLimit, { limit: 1 }));
    for (const revision of [0, 1, 2, 3]) expect(await again('jar-a', revision)).toMatchObject({ differences: [] });
    const told = await again('jar-a', 2);
    expect(told).toMatchObject({
      event: { type: 'CoinAdded', metadata: { command: 'AddCoins', rules } },
      again: { events: [{ data: { cents: 5 } }, { data: { cents: 6 } }, { data: { cents: 7 } }] },
      rules: 'f'.repeat(16),
    });
    expect(told?.seen).toEqual([
      { stream: 'jar-a', revision: 0, unseen: 0, state: { isOpen: true, cents: 0 } },
      { stream: 'shelf-top', revision: 0, unseen: 0, state: { limit: 950 } },
    ]);
  });

  it('says how many events were recorded of a stream that the decision did not see', async () => {
    await handled();
    const append = parts.log.append.bind(parts.log);
    parts.log.append = async (...appended) => {
      parts.log.append = append;
      await handler.handle(shelf, sent(SetLimit, { limit: 900 }));
      return append(...appended);
    };
    await handler.handle(jar, sent(AddCoin, { jar: 'a', cents: 1 }));
    expect((await again('jar-a', 4))?.seen).toContainEqual({ stream: 'shelf-top', revision: 0, unseen: 1, state: { limit: 950 } });
  });

  it('shows the difference where a rule has changed since, with the versions of the rules', async () => {
    await handled();
    const stricter = { ...jar, decide: { ...jar.decide, AddCoins: () => [{ type: 'CoinAdded', data: { cents: 18 } }] } } as AnyDecider;
    const told = await againBy(stricter, shelf).of('jar-a', 1);
    expect(told?.differences).toEqual([
      { path: 'events.0.data.cents', recorded: 5, again: 18 },
      { path: 'events.1', recorded: expect.objectContaining({ data: { cents: 6 } }), again: undefined },
      { path: 'events.2', recorded: expect.objectContaining({ data: { cents: 7 } }), again: undefined },
    ]);
    expect(told?.event.metadata.rules).not.toBe(told?.rules);
  });

  it('shows a refusal where the rules would not have let it through', async () => {
    await handled();
    const metadata = (await parts.log.readStream('jar-a', { from: 1, limit: 1 }))[0]?.metadata as EventMetadata;
    const asked = { same: ['cents'], given: { jar: 'a' } };
    const forged = wholeMetadata({ ...metadata, commandId: randomUUID(), command: 'AddCoin', asked, seen: { 'jar-a': 3, 'shelf-top': 0 } });
    await parts.log.append('jar-a', 3, [{ id: randomUUID(), type: 'CoinAdded', data: '{"cents":933}', metadata: forged }]);
    expect(await again('jar-a', 4)).toMatchObject({
      again: { refused: 'jar-full', details: { limit: 950 } },
      differences: [{ path: 'events' }, { path: 'refused' }, { path: 'details' }],
    });
  });

  it('comes to the same refusal, and to nothing again', async () => {
    await handled();
    const [tooMuch, twice] = [sent(AddCoin, { jar: 'a', cents: 951 }), sent(OpenJar, { jar: 'a' })];
    await expect(handler.handle(jar, tooMuch)).rejects.toMatchObject({ code: 'jar-full' });
    await handler.handle(jar, twice);
    expect(await again(`command-${tooMuch.context.commandId}`, 0)).toMatchObject({ again: { refused: 'jar-full' }, differences: [] });
    expect(await again(`command-${twice.context.commandId}`, 0)).toMatchObject({ again: { events: [] }, differences: [] });
    parts.keys.keys.delete('person-aino');
    expect(await again(`command-${twice.context.commandId}`, 0)).toMatchObject({ again: 'sender-forgotten' });
  });

  it('keeps no personal text of a command but sealed, and goes on without it once its person is forgotten', async () => {
    await handler.handle(jar, sent(SignJar, { jar: 'a', person: 'p', name: 'Aino Esimerkki' }));
    const [stored] = (await parts.log.readTexts()).events.slice(-1);
    expect(stored?.metadata).not.toContain('Aino');
    expect(await again('jar-a', 0)).toMatchObject({ again: { events: [{ data: { name: 'Aino Esimerkki' } }] }, differences: [] });
    parts.keys.keys.delete('p');
    expect(await again('jar-a', 0)).toMatchObject({ differences: [] });
  });

  it('says so of what carries no command, and of a stream that has no such event', async () => {
    await parts.log.append('jar-b', 'none', [{ id: randomUUID(), type: 'JarOpened', data: '{}', metadata: wholeMetadata() }]);
    expect(await again('jar-b', 0)).toMatchObject({ again: 'not-recorded', recorded: { events: [{ type: 'JarOpened' }] } });
    expect(await again('jar-b', 1)).toBeUndefined();
  });
});

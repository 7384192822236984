import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { AnyAudience, Audience } from '#access/audience';
import { AddCoins, jar, type jarEvents, OpenJar, plumbing, sent, SetLimit, shelf, SignJar } from '#event-store/handle.testing';
import type { Recorded } from '#kernel/envelope';
import { VisibleEvents } from './visible-events.js';

/** A jar is shown to anyone once it holds 10 cents, and to officials always. */
const jarAudience: Audience<{ cents: number }, typeof jarEvents> = {
  fold: {
    category: 'jar',
    events: jar.events,
    initial: { cents: 0 },
    evolve: {
      JarOpened: (state) => state,
      CoinAdded: ({ cents }, { data }) => ({ cents: cents + data.cents }),
      JarSigned: (state) => state,
    },
  },
  sees: ({ cents }, reader) => (reader ? 'internal' : cents >= 10 ? 'public' : undefined),
};

describe('an event is shown', () => {
  let parts: ReturnType<typeof plumbing>;
  const events = async (stream: string): Promise<Recorded[]> =>
    (await parts.log.readStream(stream)).map((event) => parts.codec.decode(event));
  const visible = (audiences: readonly AnyAudience[] = [jarAudience]) => new VisibleEvents(parts.log, parts.codec, audiences);

  beforeEach(async () => {
    parts = plumbing();
    const { handler } = parts;
    await handler.handle(jar, sent(OpenJar, { jar: 'a' }));
    await handler.handle(jar, sent(AddCoins, { jar: 'a', coins: [4, 6] }));
    await handler.handle(jar, sent(SignJar, { jar: 'a', person: 'p', name: 'Aino' }));
  });
  afterEach(async () => {
    await parts.log.close();
    parts.remove();
  });

  it('by the state of its stream after it, in whatever order one asks', async () => {
    const shown = visible();
    const all = await events('jar-a');
    const seen = new Map<number, unknown>();
    for (const event of all.toReversed()) seen.set(event.revision, await shown.dataFor(event, undefined));
    expect([0, 1, 2, 3].map((revision) => seen.get(revision))).toEqual([undefined, undefined, { cents: 6 }, { person: 'p' }]);
  });

  it('with what is internal to those who handle the matter, but no text about a person to an analyst', async () => {
    const [signed] = (await events('jar-a')).slice(-1) as [Recorded];
    expect(await visible().dataFor(signed, { roles: ['ministry-presenter'] })).toEqual({ person: 'p', name: 'Aino' });
    expect(await visible().dataFor(signed, { roles: ['regional-coordinator'], region: '19' })).toEqual({ person: 'p', name: 'Aino' });
    expect(await visible().dataFor(signed, { roles: ['agency-analyst'] })).toEqual({ person: 'p' });
  });

  it('or is not, and then it is not counted, either', async () => {
    const shown = visible();
    expect(await shown.seen('jar-a', 3, undefined)).toEqual([2, 3]);
    expect(await shown.revisionFor('jar-a', 3, undefined)).toBe(1);
    expect(await shown.revisionFor('jar-a', 1, undefined)).toBe(-1);
    expect(await shown.revisionFor('jar-a', 3, { roles: ['ministry-presenter'] })).toBe(3);
    const all = await events('jar-a');
    const [opened, first, , last] = all.map(({ position }) => position) as [string, string, string, string];
    const types = Object.keys(jar.events);
    expect(await shown.lastSeen({ types, after: opened, upTo: last }, undefined)).toBe(last);
    expect(await shown.lastSeen({ types, after: opened, upTo: first }, undefined)).toBeUndefined();
    expect(await shown.lastSeen({ types: ['JarOpened'], after: '0', upTo: last }, undefined)).toBeUndefined();
  });

  it('to nobody where nothing says who may see it', async () => {
    await parts.handler.handle(shelf, sent(SetLimit, { limit: 5 }));
    const [set] = (await events('shelf-top')) as [Recorded];
    expect(await visible().dataFor(set, { roles: ['ministry-auditor'] })).toBeUndefined();
  });

  it('to many at the cost of reading its stream once', async () => {
    const shown = visible();
    const all = await events('jar-a');
    const reading = jest.spyOn(parts.log, 'readStream');
    await Promise.all(Array.from({ length: 50 }, () => all.map((event) => shown.dataFor(event, undefined))).flat());
    expect(reading).toHaveBeenCalledTimes(1);
  });
});

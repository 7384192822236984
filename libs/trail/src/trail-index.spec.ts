import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { AddCoin, jar, OpenJar, plumbing, sent, SignJar } from '#event-store/handle.testing';
import type { EventLog, LoggedEvent } from '#event-store/event-log';
import { contentOf } from '#event-store/log-content';
import { SqliteEventLog } from '#event-store/sqlite/sqlite-event-log';
import type { AnyDecider, Command } from '#kernel/decider';
import type { EventMetadata } from '#kernel/envelope';
import { TrailIndex, type TrailFilter } from './trail-index.js';

/** The jar `a-1` belongs to the call `a`. */
const belonging: AnyDecider = {
  ...jar,
  belongs: ({ jar: key }: { jar: string }) => ({ call: key.split('-')[0], matter: key, region: '19' }),
};
const all = { limit: 100, fromEnd: false };

describe('the index of the trail', () => {
  let parts: ReturnType<typeof plumbing>;
  let path: string;
  const opened: TrailIndex[] = [];

  beforeEach(async () => {
    parts = plumbing();
    path = join(parts.folder, 'trail.db');
    for (const [key, role] of [
      ['a-1', 'presenter'],
      ['a-2', 'decider'],
      ['b-1', 'presenter'],
    ] as const) {
      const actor = { id: `person-${role}`, role, organisation: `office-${role}` };
      await handle(sent(OpenJar, { jar: key }, { actor }));
      await handle(sent(AddCoin, { jar: key, cents: 5 }, { actor }));
      await handle(sent(AddCoin, { jar: key, cents: 5_000 }, { actor })).catch(() => undefined);
      await handle(sent(SignJar, { jar: key, person: 'p', name: 'Aino Esimerkki' }, { actor }));
    }
  });
  afterEach(async () => {
    for (const index of opened.splice(0)) index.close();
    await parts.log.close();
    parts.remove();
  });

  const handle = (command: Command) => parts.handler.handle(belonging, command);
  const indexOf = async (log: EventLog = parts.log) => {
    const index = new TrailIndex(log, path);
    opened.push(index);
    await index.reach();
    return index;
  };
  const logged = async (log: EventLog = parts.log): Promise<LoggedEvent[]> => Array.fromAsync(contentOf(log));
  const placesOf = (events: readonly LoggedEvent[]) => events.map(({ position, stream, revision }) => ({ position, stream, revision }));

  it('finds what a reading of the whole log would find, by pages from either side', async () => {
    const index = await indexOf();
    const events = await logged();
    const tests: { readonly [Name in keyof TrailFilter]?: (value: never, event: LoggedEvent, metadata: EventMetadata) => boolean } = {
      matter: (value, _, { matter }) => matter === value,
      call: (value, _, { call }) => call === value,
      role: (value, _, { actor }) => actor.role === value,
      organisation: (value, _, { actor }) => actor.organisation === value,
      region: (value, _, { region }) => region === value,
      types: (values: readonly string[], { type }) => values.includes(type),
      command: (value, _, { command }) => command === value,
    };
    const filters: fc.Arbitrary<TrailFilter> = fc.record(
      {
        matter: fc.constantFrom('a-1', 'b-1', 'c-1'),
        call: fc.constantFrom('a', 'b'),
        role: fc.constantFrom('presenter', 'decider'),
        organisation: fc.constantFrom('office-presenter', 'office-decider'),
        region: fc.constantFrom('19', '01'),
        types: fc.subarray(['JarOpened', 'CoinAdded', 'CommandRefused']),
        command: fc.constantFrom('AddCoin', 'OpenJar'),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(filters, fc.integer({ min: 1, max: 4 }), fc.boolean(), (filter, limit, fromEnd) => {
        const wanted = events.filter((event) =>
          Object.entries(filter).every(([name, value]) =>
            tests[name as keyof TrailFilter]?.(value as never, event, event.metadata as EventMetadata),
          ),
        );
        const found: ReturnType<typeof placesOf> = [];
        for (let bound: string | undefined; ;) {
          const page = index.find(filter, { limit, fromEnd, ...(bound !== undefined && (fromEnd ? { before: bound } : { after: bound })) });
          expect(page.totalCount).toBe(wanted.length);
          found.splice(fromEnd ? 0 : found.length, 0, ...(page.places as typeof found));
          expect(fromEnd ? page.hasLater : page.hasEarlier).toBe(bound !== undefined);
          if (!(fromEnd ? page.hasEarlier : page.hasLater)) break;
          bound = (fromEnd ? page.places[0] : page.places.at(-1))?.position;
        }
        expect(found).toEqual(placesOf(wanted));
      }),
      { numRuns: 60 },
    );
  });

  it('finds what was refused by the stream that it was about, and no words of what is sealed', async () => {
    const index = await indexOf();
    expect(index.find({ stream: 'jar-a-1', outcomes: ['refused'] }, all).totalCount).toBe(1);
    expect(index.find({ text: 'jar-ful' }, all).totalCount).toBe(3);
    expect(index.find({ text: 'Esimerkki' }, all).totalCount).toBe(0);
    expect(index.find({ text: '«»' }, all).totalCount).toBe(0);
  });

  it('counts by the values that there are, the most frequent first', async () => {
    const index = await indexOf();
    expect(index.counts({ call: 'a' }, 'outcome')).toEqual([
      { value: 'recorded', count: 6 },
      { value: 'refused', count: 2 },
    ]);
  });

  it('goes on from where it was, with what others have added to its file meanwhile', async () => {
    const [first, second] = [await indexOf(), await indexOf()];
    await handle(sent(OpenJar, { jar: 'c-1' }));
    await Promise.all([first.reach(), second.reach()]);
    await first.reach();
    expect(first.size).toBe((await logged()).length);
    expect(second.find({ matter: 'c-1' }, all).totalCount).toBe(1);
  });

  it('begins again where the log was put back to an earlier state and went on from there', async () => {
    await parts.log.close();
    cpSync(join(parts.folder, 'log.db'), join(parts.folder, 'earlier.db'));
    const log = SqliteEventLog.open(join(parts.folder, 'log.db'));
    Object.assign(parts, { log });
    const one = { id: crypto.randomUUID(), type: 'JarOpened', data: '{}', metadata: await wholeMetadata() };
    await log.append('jar-x', 'none', [one]);
    (await indexOf(log)).close();
    const back = SqliteEventLog.open(join(parts.folder, 'earlier.db'));
    await back.append('jar-y', 'none', [{ ...one, id: crypto.randomUUID() }]);
    const index = await indexOf(back);
    expect(index.find({}, { ...all, fromEnd: true }).places.at(-1)).toMatchObject({ stream: 'jar-y' });
    expect(index.find({ stream: 'jar-x' }, all).totalCount).toBe(0);
    expect(index.size).toBe((await logged(back)).length);
    await back.close();
  });

  it.each([
    ["DELETE FROM entries WHERE type = 'CommandRefused' AND about = 'jar-a-1'", 1],
    ["UPDATE entries SET actor = 'nobody', matter = 'b-1' WHERE matter = 'a-2'", 4],
    ["INSERT INTO texts (texts) VALUES ('delete-all')", 6],
  ])('finds by the log that it was altered, and is made again: %s', async (altering, count) => {
    const index = await indexOf();
    expect(await index.differing()).toEqual({ count: 0, first: undefined });
    const before = index.find({}, all);
    const db = new DatabaseSync(path);
    db.exec(altering);
    db.close();
    expect((await index.differing()).count).toBe(count);
    await index.reach();
    expect(index.find({}, all)).toEqual(before);
    expect(await index.differing()).toEqual({ count: 0, first: undefined });
  });

  it('is made again where its file cannot be used', async () => {
    writeFileSync(path, 'no database');
    expect((await indexOf()).size).toBe((await logged()).length);
  });

  const wholeMetadata = async () => JSON.stringify((await logged(parts.log))[0]?.metadata);
});

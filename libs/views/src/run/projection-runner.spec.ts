import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import fc from 'fast-check';
import {
  AddCoin,
  AddCoins,
  jar,
  jarEvents,
  OpenJar,
  plumbing,
  sent,
  SetLimit,
  shelf,
  shelfEvents,
  SignJar,
} from '#event-store/handle.testing';
import { unchanged } from '#kernel/chosen-events';
import { streamKey } from '#kernel/envelope';
import { removed, type Projection } from '#kernel/projection';
import { SkipEvent } from '../skip/skipping.commands.js';
import { skipping } from '../skip/skipping.decider.js';
import { skippingEvents } from '../skip/skipping.events.js';
import { EmbeddedViewStore } from '#view-store/embedded/embedded-view-store';
import { scansInThread } from '../past/prefix-scans.testing.js';
import { ProjectionRunner } from './projection-runner.js';

interface JarRow {
  readonly cents: number;
  readonly coins: number;
}
const jars: Projection<JarRow, typeof jarEvents, 'JarOpened', 'CoinAdded' | 'JarSigned'> = {
  name: 'jars',
  version: 1,
  events: jarEvents,
  indexes: ['cents'],
  key: ({ stream }) => streamKey(stream),
  starts: { JarOpened: () => ({ cents: 0, coins: 0 }) },
  upserts: {
    CoinAdded: (row, { data: { cents } }) => {
      if (cents === 13) throw new Error('an unlucky coin');
      // A jar that was signed is gone, and takes coins all the same.
      return row ? { ...row, cents: row.cents + cents, coins: row.coins + 1 } : removed;
    },
    JarSigned: () => removed,
  },
};
/** The coins of jars that must be there, and whether their signer is known. */
const strict: Projection<{ coins: number }, typeof jarEvents, 'JarOpened'> = {
  name: 'strict',
  version: 1,
  events: jarEvents,
  key: ({ stream }) => streamKey(stream),
  starts: {
    JarOpened: (_, key) => {
      if (key === 'cracked') throw new Error('a cracked jar');
      return { coins: 0 };
    },
  },
  on: { CoinAdded: ({ coins }) => ({ coins: coins + 1 }), ...unchanged('JarSigned') },
};
const limits: Projection<{ limit: number }, typeof shelfEvents, never, 'LimitSet'> = {
  name: 'limits',
  version: 1,
  events: shelfEvents,
  key: () => 'top',
  upserts: { LimitSet: (_, { data: { limit } }) => ({ limit }) },
};

describe('the projection runner', () => {
  let parts: ReturnType<typeof plumbing>;
  let runner: ProjectionRunner | undefined;
  const troubles: object[] = [];
  let tellTrouble: () => void = () => undefined;

  const start = async (store = new EmbeddedViewStore(), projections = [jars, limits] as never[]) => {
    const { log, codec, clock } = parts;
    const scans = scansInThread({ log, codec, clock, projections });
    runner = await ProjectionRunner.start({
      log,
      codec,
      clock,
      store,
      scans,
      projections,
      report: (trouble, details) => (troubles.push({ trouble, ...details }), tellTrouble()),
    });
    return runner;
  };
  const finished = async <Step, Result>(work: AsyncGenerator<Step, Result>): Promise<Result> => {
    for (;;) {
      const step = await work.next();
      if (step.done) return step.value;
    }
  };
  const handle = (command: Parameters<typeof parts.handler.handle>[1]) =>
    parts.handler.handle(command instanceof SetLimit ? shelf : jar, command);
  const rowOf = (running: ProjectionRunner, id: string) => running.rows<JarRow>(jars).get(id);

  beforeEach(() => {
    parts = plumbing(skippingEvents);
    troubles.length = 0;
    runner = undefined;
  });
  afterEach(async () => {
    await runner?.stop();
    await parts.log.close();
    parts.remove();
  });

  it('has folded what is in the log when it has started, and says that all views are live', async () => {
    await handle(sent(OpenJar, { jar: 'a' }));
    const { position } = await handle(sent(AddCoins, { jar: 'a', coins: [1, 2] }));
    const running = await start();
    expect(await rowOf(running, 'a')).toEqual({ _id: 'a', position, revision: 2, cents: 3, coins: 2 });
    expect(running.status()).toEqual(
      ['jars', 'limits'].map((name) => ({ name, version: 1, state: 'live', position, lagEvents: 0, lagSeconds: 0, paused: undefined })),
    );
  });

  it('lets one see one’s own change: whoever asks after a receipt’s position gets what the command did', async () => {
    const running = await start();
    await handle(sent(OpenJar, { jar: 'a' }));
    for (let n = 1; n <= 20; n++) {
      const { position } = await handle(sent(AddCoin, { jar: 'a', cents: 1 }));
      await running.reached(position, ['jars']);
      expect((await rowOf(running, 'a'))?.coins).toBe(n);
    }
  });

  it('advances all views together, also those that an event is not for', async () => {
    const running = await start();
    const { position } = await handle(sent(SetLimit, { limit: 5 }));
    await running.reached(position, ['jars']);
    expect(running.status().map((status) => status.position)).toEqual([position, position]);
  });

  it('refuses to wait for a position that the log does not have, or for ever', async () => {
    const running = await start();
    await expect(running.reached('f'.repeat(32), ['jars'])).rejects.toMatchObject({ code: 'position-unknown' });
    await running.stop();
    const { position } = await handle(sent(OpenJar, { jar: 'a' }));
    await expect(running.reached(position, ['jars'], 1)).rejects.toMatchObject({ code: 'view-behind', details: { projection: 'jars' } });
  });

  it('pauses a view at an event that it cannot fold, with the reason in sight, and lets the others go on', async () => {
    const running = await start();
    await handle(sent(OpenJar, { jar: 'a' }));
    const before = await handle(sent(AddCoin, { jar: 'a', cents: 1 }));
    const poison = await handle(sent(AddCoin, { jar: 'a', cents: 13 }));
    await handle(sent(AddCoin, { jar: 'a', cents: 2 }));
    const { position } = await handle(sent(SetLimit, { limit: 5 }));
    await running.reached(position, ['limits']);
    expect(running.status()).toMatchObject([
      {
        name: 'jars',
        state: 'paused',
        position: before.position,
        lagEvents: 3,
        paused: { type: 'CoinAdded', stream: 'jar-a', revision: 2, position: poison.position, reason: 'an unlucky coin' },
      },
      { name: 'limits', state: 'live', position, lagEvents: 0 },
    ]);
    expect(await rowOf(running, 'a')).toMatchObject({ cents: 1 });
    await expect(running.reached(position, ['jars'])).rejects.toMatchObject({ code: 'view-paused', details: { projection: 'jars' } });
    expect(troubles).toMatchObject([{ projection: 'jars', reason: 'an unlucky coin' }]);
  });

  it('pauses at an event that cannot be read, and goes on once it is rebuilt from a log that was mended', async () => {
    await handle(sent(OpenJar, { jar: 'a' }));
    await handle(sent(AddCoin, { jar: 'a', cents: 1 }));
    const file = new DatabaseSync(join(parts.folder, 'log.db'));
    const setCents = (cents: string) => file.exec(`UPDATE events SET data = '{"cents":${cents}}' WHERE type = 'CoinAdded'`);
    setCents('"many"');
    const running = await start();
    expect(running.status()[0]).toMatchObject({ state: 'paused', paused: { reason: expect.stringContaining('cents') } });
    setCents('1');
    file.close();
    // What another connection writes is seen in the next turn of the event loop.
    await new Promise(setImmediate);
    await finished(running.rebuild('jars'));
    expect(running.status()[0]).toMatchObject({ state: 'live', lagEvents: 0, paused: undefined });
    const { position } = await handle(sent(AddCoin, { jar: 'a', cents: 2 }));
    await running.reached(position, ['jars']);
    expect(await rowOf(running, 'a')).toMatchObject({ cents: 3 });
  });

  const skip = (event: string, revision: number) =>
    parts.handler.handle(skipping, sent(SkipEvent, { projection: 'jars', event, stream: 'jar-a', revision, reason: 'entered twice' }));

  it('goes on without an event that it was told to skip, also in what came meanwhile, and verifies and rebuilds without it', async () => {
    const running = await start();
    await handle(sent(OpenJar, { jar: 'a' }));
    const poison = await handle(sent(AddCoin, { jar: 'a', cents: 13 }));
    await handle(sent(AddCoin, { jar: 'a', cents: 2 }));
    await running.reached(await parts.log.head(), ['limits']);
    const { position } = await skip(poison.eventIds[0] as string, poison.revision);
    await running.reached(position, ['jars']);
    expect(running.status()[0]).toMatchObject({ state: 'live', lagEvents: 0, lagSeconds: 0, paused: undefined });
    expect(await rowOf(running, 'a')).toMatchObject({ cents: 2, coins: 1 });
    expect(await finished(running.verify('jars'))).toMatchObject({
      differences: [],
      stoppedAt: undefined,
      skipped: [{ event: poison.eventIds[0], reason: 'entered twice' }],
    });
    await finished(running.rebuild('jars'));
    expect(await rowOf(running, 'a')).toMatchObject({ cents: 2 });
    await running.stop();
    expect(await rowOf(await start(), 'a')).toMatchObject({ cents: 2 });
  });

  it('is paused again at the next event that it cannot fold', async () => {
    const running = await start();
    await handle(sent(OpenJar, { jar: 'a' }));
    const [first, second] = [await handle(sent(AddCoin, { jar: 'a', cents: 13 })), await handle(sent(AddCoin, { jar: 'a', cents: 13 }))];
    await running.reached(await parts.log.head(), ['limits']);
    const { position } = await skip(first.eventIds[0] as string, first.revision);
    await expect(running.reached(position, ['jars'])).rejects.toMatchObject({ code: 'view-paused' });
    expect(running.status()[0]).toMatchObject({ state: 'paused', paused: { event: second.eventIds[0] } });
  });

  it('pauses at an event whose row is not there, as at any other that it cannot fold', async () => {
    const running = await start(undefined, [strict, limits] as never[]);
    const { position } = await handle(sent(SignJar, { jar: 'never-opened', person: 'p', name: 'n' }));
    await expect(running.reached(position, ['strict'])).rejects.toMatchObject({ code: 'view-paused' });
    expect(running.status()[0]).toMatchObject({
      state: 'paused',
      paused: { type: 'JarSigned', stream: 'jar-never-opened', reason: expect.stringContaining('needs the row never-opened') },
    });
  });

  it('leaves out what stands on an event that it was told to skip', async () => {
    const running = await start(undefined, [strict, limits] as never[]);
    await handle(sent(OpenJar, { jar: 'a' }));
    const cracked = await handle(sent(OpenJar, { jar: 'cracked' }));
    await handle(sent(AddCoin, { jar: 'cracked', cents: 1 }));
    await handle(sent(AddCoin, { jar: 'a', cents: 1 }));
    await expect(running.reached(await parts.log.head(), ['strict'])).rejects.toMatchObject({ code: 'view-paused' });
    const event = { projection: 'strict', event: cracked.eventIds[0] as string, stream: 'jar-cracked', revision: cracked.revision };
    const { position } = await parts.handler.handle(skipping, sent(SkipEvent, { ...event, reason: 'cracked' }));
    await running.reached(position, ['strict']);
    expect(await running.rows(strict).getMany(['a', 'cracked'])).toMatchObject([{ coins: 1 }, undefined]);
  });

  it('keeps in each row where the last event stood that it took, also one that changes nothing else', async () => {
    const running = await start(undefined, [strict] as never[]);
    await handle(sent(OpenJar, { jar: 'a' }));
    const { position, revision } = await handle(sent(SignJar, { jar: 'a', person: 'p', name: 'n' }));
    await running.reached(position, ['strict']);
    expect(await running.rows(strict).get('a')).toEqual({ _id: 'a', coins: 0, position, revision });
  });

  describe('with stored rows of an older version of the projection', () => {
    const next = { ...jars, version: 2, starts: { JarOpened: () => ({ cents: 100, coins: 0 }) } };
    let store: EmbeddedViewStore;
    beforeEach(async () => {
      store = new EmbeddedViewStore();
      await handle(sent(OpenJar, { jar: 'a' }));
      await (await start(store)).stop();
    });

    it('serves them while it rebuilds its own beside, then switches and tells what differs', async () => {
      const switched = new Promise<void>((resolve) => (tellTrouble = resolve));
      const running = await start(store, [{ ...next, readableSince: 1 }, limits] as never[]);
      expect([running.status()[0], await rowOf(running, 'a')]).toMatchObject([{ state: 'rebuilding', version: 1 }, { cents: 0 }]);
      const { position } = await handle(sent(AddCoin, { jar: 'a', cents: 1 }));
      await switched;
      await running.reached(position, ['jars']);
      expect([running.status()[0], await rowOf(running, 'a')]).toMatchObject([{ state: 'live', version: 2 }, { cents: 101 }]);
      expect(troubles).toMatchObject([{ projection: 'jars', fromVersion: 1, version: 2, rows: 1, differing: 1 }]);
      expect((await finished(running.verify('jars'))).differences).toEqual([]);
    });

    it('rebuilds its own before it has started, where nothing could read them', async () => {
      const running = await start(store, [next, limits] as never[]);
      expect([running.status()[0], await rowOf(running, 'a')]).toMatchObject([{ state: 'live', version: 2 }, { cents: 100 }]);
    });
  });

  it('finds no difference between what it serves and the log, while commands go on', async () => {
    const running = await start();
    await Promise.all(['a', 'b', 'c'].map((key) => handle(sent(OpenJar, { jar: key }))));
    const busy = Promise.all(Array.from({ length: 60 }, (_, n) => handle(sent(AddCoin, { jar: 'abc'[n % 3] as string, cents: 1 }))));
    expect(await finished(running.verify('jars'))).toMatchObject({ differences: [], stoppedAt: undefined });
    await busy;
    const { position } = await handle(sent(SignJar, { jar: 'b', person: 'p', name: 'n' }));
    await running.reached(position, ['jars']);
    expect(await finished(running.verify('jars'))).toMatchObject({ rows: 3, position, differences: [] });
  });

  it('shows which rows are not what the log says, and makes them right by a rebuild', async () => {
    const store = new EmbeddedViewStore();
    const running = await start(store);
    await handle(sent(OpenJar, { jar: 'a' }));
    const { position } = await handle(sent(AddCoin, { jar: 'a', cents: 5 }));
    await running.reached(position, ['jars']);
    await store
      .collection('jars')
      .write([{ _id: 'a', position: 'f'.repeat(32), cents: 500, coins: 1 } as never, { _id: 'x', position, cents: 1, coins: 1 } as never]);
    expect((await finished(running.verify('jars'))).differences).toMatchObject([
      { id: 'a', served: { cents: 500 }, rebuilt: { cents: 5 } },
      { id: 'x', served: { cents: 1 }, rebuilt: undefined },
    ]);
    await finished(running.rebuild('jars'));
    expect((await finished(running.verify('jars'))).differences).toEqual([]);
    expect(await rowOf(running, 'a')).toMatchObject({ cents: 5 });
  });

  it('loses no event that comes while a view is rebuilt', async () => {
    const running = await start();
    await handle(sent(SetLimit, { limit: 100_000 }));
    await handle(sent(OpenJar, { jar: 'a' }));
    const adding = Promise.all(Array.from({ length: 100 }, () => handle(sent(AddCoin, { jar: 'a', cents: 1 }))));
    await finished(running.rebuild('jars'));
    await adding;
    await running.reached(await parts.log.head(), ['jars']);
    expect(await rowOf(running, 'a')).toMatchObject({ cents: 100, coins: 100 });
  });

  it('can be rebuilt twice at once', async () => {
    const running = await start();
    await handle(sent(SetLimit, { limit: 100_000 }));
    await handle(sent(OpenJar, { jar: 'a' }));
    const { position } = await handle(sent(AddCoins, { jar: 'a', coins: Array.from({ length: 2_500 }, () => 1) }));
    await running.reached(position, ['jars']);
    await Promise.all([finished(running.rebuild('jars')), finished(running.rebuild('jars'))]);
    expect(await rowOf(running, 'a')).toMatchObject({ cents: 2_500 });
    expect((await finished(running.verify('jars'))).differences).toEqual([]);
  });

  it('keeps what it serves where a rebuild can fold nothing, and says why', async () => {
    await handle(sent(OpenJar, { jar: 'a' }));
    const running = await start();
    const file = new DatabaseSync(join(parts.folder, 'log.db'));
    file.exec(`UPDATE events SET data = '{"more":1}' WHERE type = 'JarOpened'`);
    file.close();
    await new Promise(setImmediate);
    await finished(running.rebuild('jars'));
    expect(running.status()[0]).toMatchObject({ state: 'paused', paused: { type: 'JarOpened' } });
    expect(await rowOf(running, 'a')).toMatchObject({ cents: 0 });
  });

  it('says that it has stopped when the log cannot be read any more, and keeps nobody waiting', async () => {
    const running = await start();
    const read = jest.spyOn(parts.log, 'readAll').mockRejectedValue(new Error('the disk is gone'));
    const { position } = await handle(sent(OpenJar, { jar: 'a' }));
    await expect(running.reached(position, ['jars'], 60_000)).rejects.toMatchObject({ code: 'view-behind' });
    expect(running.status().map(({ state }) => state)).toEqual(['stopped', 'stopped']);
    expect(troubles).toMatchObject([{ reason: 'the disk is gone' }]);
    read.mockRestore();
  });

  it.each([
    ['of another log', { log: 'other', position: '0'.repeat(32), version: 1 }, 'view-of-another-log'],
    ['ahead of the log', { position: 'f'.repeat(32), version: 1 }, 'view-ahead-of-log'],
  ])('refuses a checkpoint that is %s, and says the way out', async (_, checkpoint, message) => {
    const store = new EmbeddedViewStore();
    await store.saveCheckpoint('jars', { log: parts.log.id, ...checkpoint }, undefined);
    await expect(start(store)).rejects.toMatchObject({ code: message });
  });

  it('makes the same rows of the same events, in whatever pieces they come and how often it is restarted', async () => {
    const step = fc.record({
      key: fc.constantFrom('a', 'b'),
      act: fc.constantFrom('open', 'add', 'sign'),
      cents: fc.integer({ min: 1, max: 9 }),
      restart: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 15 }), async (steps) => {
        const store = new EmbeddedViewStore();
        let running = await start(store);
        for (const { key, act, cents, restart } of steps) {
          const command =
            act === 'open'
              ? sent(OpenJar, { jar: key })
              : act === 'add'
                ? sent(AddCoin, { jar: key, cents })
                : sent(SignJar, { jar: key, person: 'p', name: 'n' });
          await handle(command).catch(() => undefined);
          if (!restart) continue;
          await running.stop();
          running = await start(store);
        }
        await running.reached(await parts.log.head(), ['jars']);
        const { differences } = await finished(running.verify('jars'));
        await running.stop();
        expect(differences).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });
});

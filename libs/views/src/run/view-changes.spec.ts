import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AddCoin, jar, jarEvents, OpenJar, plumbing, sent, SetLimit, shelf } from '#event-store/handle.testing';
import { streamKey } from '#kernel/envelope';
import { unchanged } from '#kernel/chosen-events';
import type { Projection } from '#kernel/projection';
import { EmbeddedViewStore } from '#view-store/embedded/embedded-view-store';
import { scansInThread } from '../past/prefix-scans.testing.js';
import { ProjectionRunner } from './projection-runner.js';
import { ViewChanges } from './view-changes.js';

const jars: Projection<{ coins: number }, typeof jarEvents, 'JarOpened'> = {
  name: 'jars',
  version: 1,
  events: jarEvents,
  key: ({ stream }) => streamKey(stream),
  starts: { JarOpened: () => ({ coins: 0 }) },
  on: { CoinAdded: ({ coins }) => ({ coins: coins + 1 }), ...unchanged('JarSigned') },
};

describe('who watches a view', () => {
  let parts: ReturnType<typeof plumbing>;
  let runner: ProjectionRunner;
  let changes: ViewChanges;
  const stopping = new AbortController();
  const coin = async () => (await parts.handler.handle(jar, sent(AddCoin, { jar: 'a', cents: 1 }))).position;

  beforeEach(async () => {
    parts = plumbing();
    const { log, codec, clock } = parts;
    await parts.handler.handle(jar, sent(OpenJar, { jar: 'a' }));
    runner = await ProjectionRunner.start({
      log,
      codec,
      clock,
      store: new EmbeddedViewStore(),
      scans: scansInThread({ log, codec, clock, projections: [jars] }),
      projections: [jars],
      report: () => undefined,
    });
    changes = new ViewChanges(runner);
  });
  afterEach(async () => {
    await runner.stop();
    await parts.log.close();
    parts.remove();
  });

  it('is told many changes as one: the latest', async () => {
    const watcher = changes.follow(['jars'], undefined, stopping.signal);
    const first = watcher.next();
    const position = await coin();
    expect(await first).toEqual({ done: false, value: position });
    for (let n = 0; n < 20; n++) await coin();
    const latest = await coin();
    await runner.reached(latest, ['jars']);
    expect(await watcher.next()).toEqual({ done: false, value: latest });
  });

  it('is not told what changes no row of it', async () => {
    const watcher = changes.follow(['jars'], undefined, stopping.signal);
    const first = watcher.next();
    const { position } = await parts.handler.handle(shelf, sent(SetLimit, { limit: 5 }));
    await runner.reached(position, ['jars']);
    const changed = await coin();
    expect(await first).toEqual({ done: false, value: changed });
  });

  it('is refused a view or a position that there is not', async () => {
    await expect(changes.follow(['none'], undefined, stopping.signal).next()).rejects.toMatchObject({ code: 'projection-unknown' });
    await expect(changes.follow(['none'], 'f'.repeat(32), stopping.signal).next()).rejects.toMatchObject({ code: 'projection-unknown' });
    await expect(changes.follow(['jars'], 'f'.repeat(32), stopping.signal).next()).rejects.toMatchObject({ code: 'position-unknown' });
  });
});

import { afterEach, expect, it, jest } from '@jest/globals';
import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { commandOf, type Cluster, type Sent } from './cluster.testing.js';
import { anyOrganisation, callAhead, Follower, Load } from './load.testing.js';
import { withCluster } from './with-cluster.testing.js';

/** How often each of log server, apis and workers is ended; the full measure is 20. */
const kills = Number(process.env['CLUSTER_KILLS'] ?? 2);
const clients = 8;
const call = 'followed';

jest.setTimeout(180_000 + kills * 60_000);

withCluster(`a cluster whose log server, apis and workers are each ended ${kills} times under load`, (prepare) => {
  let cluster: Cluster;
  afterEach(() => cluster[Symbol.asyncDispose]());

  it('has every acknowledged command once, answers each again with its receipt, serves what the log says, and tells subscribers all of it', async () => {
    cluster = await prepare();
    await cluster.start();
    const token = await cluster.token('ministry-presenter');
    for (const [mutation, input] of [
      ['planCall', callAhead(call)],
      ['publishCall', { call }],
    ] as const)
      await cluster.send(commandOf(mutation, input), cluster.apis[0], token);
    const follower = new Follower(cluster, call);
    let made = 0;
    const next = (): Sent =>
      made++ % 3 === 0
        ? commandOf('nameCallContact', {
            call,
            contact: `contact-${made % 50}`,
            office: { fi: 'Neuvonta' },
            name: `Kuvitteellinen ${made}`,
          })
        : anyOrganisation();
    const load = new Load(cluster, token, clients, next);

    for (let round = 0; round < kills; round++) {
      const signal = round % 2 === 0 ? 'SIGKILL' : 'SIGTERM';
      const ended = [cluster.apis[round % 2], cluster.workers[round % 2]] as const;
      const ends = [
        async () => {
          await cluster.log.kill();
          await sleep(randomInt(1_000));
          await cluster.log.start();
        },
        ...ended.map((member) => async () => {
          await member?.end(signal);
          member?.start();
        }),
        ...(round % 5 === 1
          ? [
              async () => {
                await cluster.views.kill();
                await sleep(randomInt(1_000));
                await cluster.views.start();
              },
            ]
          : []),
      ];
      for (const end of ends) {
        await load.goesOn(randomInt(1, 60));
        await end();
      }
    }
    await load.goesOn(clients);
    await load.stop();
    await Promise.all(cluster.members.map((member) => member.ready()));

    const events = await cluster.events();
    const told = events.filter(({ stream, type }) => stream === `call-${call}` && type !== 'CallPlanned');
    await follower.until(told.length);
    await follower.stop();
    // A revision counts what its reader sees: of this call all that was told.
    expect(follower.got).toEqual(told.map(({ position, type }, seen) => ({ position, revision: String(seen), type })));

    for (const [sent, receipt] of load.acknowledged)
      expect(await cluster.send(sent, cluster.apis[made++ % 2] as (typeof cluster.apis)[0], token)).toEqual(receipt);
    expect(await cluster.events()).toHaveLength(events.length);
    const ids = Map.groupBy(events, ({ metadata }) => (metadata as { commandId?: string }).commandId);
    for (const [{ commandId }, { eventIds, stream }] of load.acknowledged)
      expect(ids.get(commandId)?.map((event) => [event.id, event.stream])).toEqual(eventIds.map((id) => [id, stream]));

    expect(await cluster.differences()).toEqual({ code: 0, views: expect.any(Number), differing: [] });
    expect(cluster.members.map(({ ownEnds }) => ownEnds)).toEqual([[], [], [], []]);
    expect(cluster.faults).toEqual([]);
    process.stdout.write(
      `${JSON.stringify({ commands: load.acknowledged.size, repeats: load.repeats, longestSilenceMs: Math.round(load.longestSilenceMs), told: follower.got.length, cuts: follower.cuts })}\n`,
    );
  });
});

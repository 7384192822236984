import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { identityProvider } from './identity-provider.js';
import { answerOf, load } from './load.js';
import { line, quantile, type Bench } from './measure.js';
import { ourServer } from './servers.js';
import { amended, followers, planned } from './subscriptions.js';

const subscribers = 1_000;
const events = 30;
const pauseMs = 250;
/** So long an event may take to the last of them. */
const wantedMs = 250;
const connections = 4;
const others = '{ calls(first: 10) { totalCount edges { node { id name { text } stage } } } }';

/** How long is an event on its way to the last of a thousand who follow one call, and what do the others wait meanwhile? */
export const manySubscribers: Bench = {
  name: 'subscriptions of one call',
  async run(folder) {
    await using provider = await identityProvider();
    const { token, trusted } = provider;
    await using ours = await ourServer(folder, trusted);
    const { url } = ours;
    const asked = { url, token, body: () => JSON.stringify({ query: others }) };
    const call = randomUUID();
    await answerOf({ url, token, body: planned(call) });
    await load(asked, connections, 3_000);
    const quiet = (await load(asked, connections, events * pauseMs)).p99;

    const [sentAt, last]: [number[], number[]] = [[], []];
    const left = new Map<number, number>();
    const told = (revision: number) => {
      if (revision === 0) return;
      const waiting = (left.get(revision) ?? subscribers) - 1;
      left.set(revision, waiting);
      if (waiting === 0) last.push(performance.now() - (sentAt[revision] as number));
    };
    const sockets = await followers(subscribers, { url, token, call, onEvent: told });
    const busy = load(asked, connections, events * pauseMs);
    for (let revision = 1; revision <= events; revision++) {
      sentAt[revision] = performance.now();
      await answerOf({ url, token, body: amended(call, revision) });
      await sleep(pauseMs);
    }
    const { p99 } = await busy;
    while (last.length < events) await sleep(10);
    for (const socket of sockets) socket.terminate();
    return [
      line(
        `an event to the last of ${subscribers}, 99 % within, floor: what is wanted`,
        [quantile(last, 0.99)],
        [wantedMs],
        { atMost: 1 },
        'ms',
      ),
      line(`an event to the last of ${subscribers}, median, floor: what is wanted`, [quantile(last, 0.5)], [wantedMs], { atMost: 1 }, 'ms'),
      line('others’ queries meanwhile, 99 % within, floor: without', [p99], [quiet], { atMost: 2 }, 'ms'),
    ];
  },
};

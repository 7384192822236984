import { fork } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { Pool } from 'undici';
import type { Attack, Attacking } from './attacker.js';
import { identityProvider } from './identity-provider.js';
import { line, quantile, type Bench, type Line } from './measure.js';
import { here, ourServer } from './servers.js';

const perSecond = 40;
const milliseconds = 6_000;
const attacks: readonly Attack[] = ['documents', 'variables', 'costs', 'sockets'];
const wanted = { times: 3, megabytes: 512 };
const question = JSON.stringify({ query: '{ calls(first: 10) { totalCount edges { node { id name { text } stage } } } }' });

/** What does a client that asks forty times a second notice of another that attacks, and how much memory does the server take? */
export const underAttack: Bench = {
  name: 'attacks',
  async run(folder) {
    await using provider = await identityProvider();
    const lines: Line[] = [];
    for (const attack of attacks) {
      await using ours = await ourServer(join(folder, attack), provider.trusted, undefined, {
        REQUESTS_PER_SECOND: '100',
        COST_PER_SECOND: '100000',
        SUBSCRIPTION_CONNECTIONS_PER_CLIENT: '100',
      });
      const { url } = ours;
      await asking(url, milliseconds / 2);
      const quiet = await asking(url, milliseconds);
      const attacker = fork(here('./attacker.js'));
      attacker.send({ url, attack } satisfies Attacking);
      await sleep(500);
      const attacked = await asking(url, milliseconds);
      attacker.kill('SIGKILL');
      lines.push(
        line(
          `another one sends ${attack}, others’ 99 % within, floor: without`,
          [attacked.p99],
          [quiet.p99],
          { atMost: wanted.times },
          'ms',
        ),
        line(`another one sends ${attack}, memory, floor: what is wanted`, [attacked.megabytes], [wanted.megabytes], { atMost: 1 }, 'MB'),
      );
    }
    return lines;
  },
};

/** Asks at a steady pace, whether or not what was asked before is answered. Throws where an answer is an error. */
async function asking(url: string, milliseconds: number): Promise<{ readonly p99: number; readonly megabytes: number }> {
  const pool = new Pool(url, { connections: 64, pipelining: 1, localAddress: '127.0.0.7' });
  const [times, memory, asked]: [number[], number[], Promise<void>[]] = [[], [], []];
  const ask = async () => {
    const start = performance.now();
    const answer = await pool.request({
      path: '/graphql',
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: question,
    });
    const text = await answer.body.text();
    if (answer.statusCode !== 200 || text.includes('"errors":[')) throw new Error(`${url} answered ${answer.statusCode} ${text}`);
    times.push(performance.now() - start);
  };
  const end = performance.now() + milliseconds;
  while (performance.now() < end) {
    asked.push(ask());
    if (asked.length % perSecond === 0) memory.push(await residentMegabytes(pool));
    await sleep(1_000 / perSecond);
  }
  await Promise.all(asked);
  await pool.close();
  return { p99: quantile(times, 0.99), megabytes: Math.max(...memory) };
}

async function residentMegabytes(pool: Pool): Promise<number> {
  const { body } = await pool.request({ path: '/metrics', method: 'GET' });
  return Number(/^process_resident_memory_bytes (\S+)/m.exec(await body.text())?.[1]) / 2 ** 20;
}

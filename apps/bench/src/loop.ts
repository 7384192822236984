import { execFile } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { registrationOf } from './command.js';
import { identityProvider } from './identity-provider.js';
import { answerOf, load, warmUp } from './load.js';
import { line, type Bench } from './measure.js';
import { recordedAt } from './scale.js';
import { here, ourServer, synthesised } from './servers.js';
import { randomUUID } from 'node:crypto';
import { withoutServers } from '#system/settings';

/** A folder that `digituki synth` has filled; without it a smaller one is made. */
const given = process.env['BENCH_LOG'];
const events = 20_000;
const connections = 8;
const rounds = 5;
const milliseconds = 4_000;
const wanted = { p99: 30, longest: 100 };

/** How long does the thread that answers keep anybody waiting while commands are recorded, views are folded, one is rebuilt, and a scan goes on? */
export const loop: Bench = {
  name: 'loop',
  async run(parent) {
    const folder = join(parent, 'data');
    if (given) cpSync(given, folder, { recursive: true });
    else await synthesised(folder, `${events}`);
    await using provider = await identityProvider();
    const { token, trusted } = provider;
    await using ours = await ourServer(folder, trusted, readFileSync(join(folder, 'development-master-key')));
    const { url } = ours;
    const commands = { url, token, body: () => registrationOf(randomUUID())() };
    const scan = (event: number) => {
      const query = `{ waitingPlanComments(first: 5, knownAt: "${recordedAt(join(folder, 'log.db'), event)}") { totalCount } }`;
      return answerOf({ url, token, body: () => JSON.stringify({ query }) });
    };
    const rebuild = () =>
      promisify(execFile)(process.execPath, [here('../../../../apps/cli/digituki.js'), 'projections', 'rebuild', 'organisations'], {
        env: { ...withoutServers(process.env), NODE_OPTIONS: '', DATA_DIR: folder },
      });
    await warmUp(commands, connections, 4);
    await Promise.all([scan(events / 2), rebuild()]);

    const [p99, longest]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round++) {
      await lag(url);
      await Promise.all([load(commands, connections, milliseconds), scan(events / 2 - 1_000 * (round + 1)), rebuild()]);
      const found = await lag(url);
      p99.push(found.p99);
      longest.push(found.max);
    }
    const floor = (value: number) => p99.map(() => value);
    return [
      line('event loop, 99 % within, floor: what is wanted', p99, floor(wanted.p99), { atMost: 1 }, 'ms'),
      line('event loop, the longest, floor: what is wanted', longest, floor(wanted.longest), { atMost: 1 }, 'ms'),
    ];
  },
};

/** How long the loop took for a turn since this was asked last, in milliseconds, as the server's metrics tell. */
async function lag(url: string): Promise<{ readonly p99: number; readonly max: number }> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const of = (name: string) => Number(new RegExp(`^nodejs_eventloop_lag_${name}_seconds (\\S+)`, 'm').exec(metrics)?.[1]) * 1_000;
  return { p99: of('p99'), max: of('max') };
}

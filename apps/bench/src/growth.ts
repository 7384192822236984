import { randomUUID } from 'node:crypto';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DataFolder } from '#system/data-folder';
import { registrationOf } from './command.js';
import { identityProvider } from './identity-provider.js';
import { answerOf } from './load.js';
import { alternated, line, type Bench } from './measure.js';
import { ourServer, synthesised } from './servers.js';

/** A folder that `digituki synth` has filled; without it a smaller one is made. */
const given = process.env['BENCH_LOG'];
const small = 10_000;
const large = 100_000;
const rounds = 40;

const queries = {
  'a call by its key': '{ call(id: "coordination-2019") { id name { text } applications { totalCount } } }',
  'the first calls': '{ calls(first: 10) { totalCount edges { node { id name { text } stage } } } }',
  'the first organisations': '{ organisations(first: 20) { totalCount edges { node { id name { text } } } } }',
  'comments that are waited for': '{ waitingPlanComments(first: 5) { totalCount } }',
};

/** What does each operation take on a large log, against a small one? */
export const growth: Bench = {
  name: 'growth at scale',
  async run(parent) {
    const folders = { small: join(parent, 'small'), large: join(parent, 'large') };
    await synthesised(folders.small, `${small}`);
    if (given) cpSync(given, folders.large, { recursive: true });
    else await synthesised(folders.large, `${large}`);
    await using provider = await identityProvider();
    const { token, trusted } = provider;
    const served = (folder: string) => ourServer(folder, trusted, readFileSync(join(folder, 'development-master-key')));
    await using few = await served(folders.small);
    await using many = await served(folders.large);
    const events = countOf(folders.large);
    const operations: readonly (readonly [string, () => string])[] = [
      ['a command', () => registrationOf(randomUUID())()],
      ...Object.entries(queries).map(([name, query]) => [name, () => JSON.stringify({ query })] as const),
    ];
    const lines = [];
    for (const [name, body] of operations) {
      const once = async ({ url }: { readonly url: string }) => {
        const begin = performance.now();
        await answerOf({ url, token, body });
        return performance.now() - begin;
      };
      for (let warm = 0; warm < rounds; warm++) for (const server of [few, many]) await once(server);
      const found = await alternated(rounds, { few: () => once(few), many: () => once(many) });
      lines.push(line(`${name}, of ${events} events, floor: of ${small}`, found.many, found.few, { atMost: 2 }, 'ms'));
    }
    return lines;
  },
};

function countOf(folder: string): number {
  const db = new DatabaseSync(new DataFolder(folder).log, { readOnly: true });
  const { count } = db.prepare('SELECT MAX(position) AS count FROM events').get() as { count: number };
  db.close();
  return count;
}

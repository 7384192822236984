import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandsOfProvider } from './made-up-provider.js';
import { identityProvider } from './identity-provider.js';
import { answerOf, load, warmUp, type Asked } from './load.js';
import { line, type Bench, type Line } from './measure.js';
import { inDatabase } from './mongodb.js';
import { namedServer } from './named-server.js';
import { ourServer, type Serving } from './servers.js';
import { inContext, type Command } from '#kernel/decider';
import { municipalities } from '#kernel/municipality';
import { commandNamed } from '#system/edges';
import { readSettings } from '#system/settings';
import { System } from '#system/system';

const providers = 5_000;
const commandsAtOnce = 256;
const rounds = 5;
const milliseconds = 3_000;
/** Milliseconds within which 99 of 100 searches are wanted to be answered. */
const wanted = 50;

const found =
  'totalCount edges { node { id name { text } form isOpen commitment municipalities { name { text } } provider { name { text } } } }';
const searches = [
  'text: "opastus"',
  'text: "ääkköset kerho"',
  'municipality: "091"',
  'region: R17, form: NEAR',
  'language: SE',
  'content: SAFETY, audience: OLDER_PEOPLE, isOpen: true',
  'region: R01, text: "digituki", language: SV',
  'isOpen: true, form: REMOTE',
].map((sought) => JSON.stringify({ query: `{ services(first: 20, ${sought}) { ${found} } }` }));
const everyRegion = JSON.stringify({ query: '{ regions { code isInProgramme support { form services committed } } }' });

/** How fast is the public directory searched, with 5,000 providers and 20,000 services, and how fast are all regions shown? */
export const directory: Bench = {
  name: 'directory',
  async run(parent) {
    const folder = join(parent, 'data');
    await fill(folder);
    await using provider = await identityProvider();
    const { token, trusted } = provider;
    const masterKey = readFileSync(join(folder, 'development-master-key'));
    const lines: Line[] = [];
    for (const { where, settings } of stores()) {
      await using server = await ourServer(folder, trusted, masterKey, settings);
      lines.push(...(await searched({ server, token, where })));
    }
    return lines;
  },
};

/** The embedded views, and those of a MongoDB server that is named for them. */
function stores(): readonly { readonly where: string; readonly settings: Readonly<Record<string, string>> }[] {
  const database = `digituki-bench-${randomUUID()}`;
  const url = namedServer('directory', 'MONGODB_URL');
  const onServer = url === undefined ? [] : [{ where: ', MongoDB', settings: { MONGODB_URL: inDatabase(url, database) } }];
  return [{ where: '', settings: {} }, ...onServer];
}

async function searched({ server, token, where }: { readonly server: Serving; readonly token: string; readonly where: string }) {
  let next = 0;
  const search: Asked = { url: server.url, token, body: () => searches[next++ % searches.length] as string };
  const regions: Asked = { url: server.url, token, body: () => everyRegion };
  const { services } = (await answerOf({ ...search, body: () => '{"query":"{ services(first: 1) { totalCount } }"}' })) as {
    services: { totalCount: number };
  };
  if (services.totalCount !== 4 * providers) throw new Error(`the directory has ${services.totalCount} services`);
  await warmUp(search, 8, 3);
  const p99 = async (asked: Asked, connections: number) => {
    const times: number[] = [];
    for (let round = 0; round < rounds; round++) times.push((await load(asked, connections, milliseconds)).p99);
    return times;
  };
  const asWanted = Array.from({ length: rounds }, () => wanted);
  return [
    line(`a search among 20,000 services, 99 % within, one asks${where}`, await p99(search, 1), asWanted, { atMost: 1 }, 'ms'),
    line(`a search among 20,000 services, 99 % within, eight ask${where}`, await p99(search, 8), asWanted, { atMost: 1 }, 'ms'),
    line(`all regions with their services by form, 99 % within${where}`, await p99(regions, 1), asWanted, undefined, 'ms'),
  ];
}

/** Records made-up providers with four services each. */
async function fill(folder: string): Promise<void> {
  const system = await System.open({
    settings: { ...readSettings({}), dataFolder: folder },
    reporter: { warn: () => undefined },
    projections: [],
    processes: [],
  });
  const send = async ([name, content]: readonly [string, object]) => {
    const commandId = randomUUID();
    const context = { commandId, correlationId: commandId, caller: 'bench', actor: { id: 'bench', role: 'bench' } };
    const type = commandNamed.get(name) as new () => Command;
    await system.execute(inContext(Object.assign(new type(), content), context));
  };
  try {
    const codes = [...municipalities.values()].filter(({ endedAfter }) => endedAfter === undefined).map(({ code }) => code);
    const numbers = Array.from({ length: providers }, (_, number) => number);
    for (let first = 0; first < providers; first += commandsAtOnce)
      await Promise.all(
        numbers.slice(first, first + commandsAtOnce).map(async (number) => {
          // What is of one provider waits for what came before.
          for (const command of commandsOfProvider(number, codes)) await send(command);
        }),
      );
  } finally {
    await system.close();
  }
}

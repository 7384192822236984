import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DataFolder } from '#system/data-folder';
import type { BareCommand } from './bare-command-server.js';
import { identityProvider } from './identity-provider.js';
import { answerOf, load, warmUp, type Asked, type Load } from './load.js';
import { alternated, line, type Bench } from './measure.js';
import { bareServer, ourServer, schemaOf, type Serving } from './servers.js';

const rounds = 9;
const connections = 32;
const milliseconds = 800;

const receipt = '{ commandId effect log stream revision position eventIds }';
const register = `mutation Register($commandId: UUID!, $input: RegisterOrganisationInput!) { registerOrganisation(commandId: $commandId, input: $input) ${receipt} }`;
const rename = `mutation Rename($commandId: UUID!, $input: RenameOrganisationInput!) { renameOrganisation(commandId: $commandId, input: $input) ${receipt} }`;

/** How fast is a command over HTTP, from the token to the receipt, its event durable? To many streams, and where all meet in one. */
export const command: Bench = {
  name: 'command',
  async run(folder) {
    await using provider = await identityProvider();
    const { token, trusted } = provider;
    const ourFolder = join(folder, 'ours');
    await using ours = await ourServer(ourFolder, trusted);
    const sdl = await schemaOf(ours, token);
    const bare = async (name: string, sharesCommits: boolean, checks = false) => {
      await answerOf({ url: ours.url, token, body: registrationOf(randomUUID()) });
      const served: BareCommand = { sdl, trusted, log: join(folder, name), row: lastRow(ourFolder), sharesCommits, checks };
      return bareServer('bare-command-server.js', served);
    };
    await using sharing = await bare('sharing.db', true);
    await using checking = await bare('checking.db', true, true);
    await using single = await bare('single.db', false);

    const toMany = ({ url }: Serving) => ({ url, token, body: () => registrationOf(randomUUID())() });
    const toOne = async ({ url }: Serving) => {
      const organisation = randomUUID();
      await answerOf({ url, token, body: registrationOf(organisation) });
      return { url, token, body: () => renamingOf(organisation) };
    };
    const loaded = async (asked: Asked | Promise<Asked>) => load(await asked, connections, milliseconds);

    await warmUp(toMany(ours), connections, 6);
    await warmUp(toMany(sharing), connections, 3);
    await warmUp(toMany(checking), connections, 3);
    const many = await alternated(rounds, {
      ours: () => loaded(toMany(ours)),
      sharing: () => loaded(toMany(sharing)),
      checking: () => loaded(toMany(checking)),
    });
    await warmUp(await toOne(ours), connections, 3);
    await warmUp(await toOne(single), connections, 3);
    const one = await alternated(rounds, {
      ours: () => loaded(toOne(ours)),
      sharing: () => loaded(toOne(sharing)),
      single: () => loaded(toOne(single)),
    });
    return [
      line(`commands on ${connections} connections, each to its own stream`, rates(many.ours), rates(many.sharing), { atLeast: 0.5 }),
      line('the same, the floor also validates, signs and reads its answer', rates(many.ours), rates(many.checking), { atLeast: 0.7 }),
      line('commands all to one stream, the floor to many', rates(one.ours), rates(one.sharing), { atLeast: 0.4 }),
      line('commands all to one stream, the floor commits one by one', rates(one.ours), rates(one.single)),
    ];
  },
};

const rates = (loads: readonly Load[]) => loads.map(({ perSecond }) => perSecond);

const namesOf = (organisation: string) => ({
  fi: `Digituki ${organisation} ry`,
  sv: `Digitalt stöd ${organisation} rf`,
  en: `Digital support ${organisation}`,
});

/** What registers the organisation, each time under another id. */
export function registrationOf(organisation: string): () => string {
  const input = { organisation, kind: 'ASSOCIATION', names: namesOf(organisation), region: 'R12' };
  return () => JSON.stringify({ query: register, variables: { commandId: randomUUID(), input } });
}

function renamingOf(organisation: string): string {
  return JSON.stringify({ query: rename, variables: { commandId: randomUUID(), input: { organisation, names: namesOf(randomUUID()) } } });
}

/** What our server stored last. */
function lastRow(folder: string): BareCommand['row'] {
  const db = new DatabaseSync(new DataFolder(folder).log, { readOnly: true });
  const { type, data, metadata } = db
    .prepare('SELECT type, data, metadata FROM events ORDER BY position DESC LIMIT 1')
    .get() as BareCommand['row'];
  db.close();
  return { type, data, metadata };
}

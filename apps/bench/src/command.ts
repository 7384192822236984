import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DataFolder } from '#system/data-folder';
import type { BareCommand } from './bare-command-server.js';
import { answerOf, load, type Asked } from './load.js';
import { alternated, line, type Bench } from './measure.js';
import { bareServer, knownOf, ourServer, type Serving } from './servers.js';

const rounds = 9;
const connections = 32;
const milliseconds = 800;

const receipt = '{ commandId effect log stream revision position eventIds }';
const register = `mutation Register($commandId: UUID!, $input: RegisterOrganisationInput!) { registerOrganisation(commandId: $commandId, input: $input) ${receipt} }`;
const publish = `mutation Publish($commandId: UUID!, $input: PublishCallMaterialInput!) { publishCallMaterial(commandId: $commandId, input: $input) ${receipt} }`;

/** Each into a stream of its own. */
const registration = () => {
  const organisation = randomUUID();
  const names = { fi: 'Pohjois-Karjalan digituki ry', sv: 'Norra Karelens digitala stöd rf', en: 'Digital support of North Karelia' };
  return JSON.stringify({ query: register, variables: { commandId: randomUUID(), input: { organisation, kind: 'ASSOCIATION', names, region: 'R12' } } });
};

/** All into one stream. */
const publication = () => {
  const [commandId, material] = [randomUUID(), randomUUID()];
  const input = { call: 'coordination-2019', material, title: 'Hakuopas alueellisen koordinoinnin hakijoille', language: 'FI', address: `https://vm.example/${material}.pdf`, sha256: material.replaceAll('-', '').repeat(2) };
  return JSON.stringify({ query: publish, variables: { commandId, input } });
};

/** How fast is a command over HTTP, from the token to the receipt, its event durable? */
export const command: Bench = {
  name: 'command',
  async run(folder) {
    const ourFolder = join(folder, 'ours');
    await using ours = await ourServer(ourFolder);
    const known = await knownOf(ourFolder, ours);
    const lines = [];
    for (const [name, body] of Object.entries({ 'each to its own stream': registration, 'all to one stream': publication })) {
      const asked = ({ url }: Serving): Asked => ({ url, token: known.token, body });
      await answerOf(asked(ours));
      const served: BareCommand = { sdl: known.sdl, issuerFolder: ourFolder, log: join(folder, `${body.name}.db`), row: lastRow(ourFolder) };
      await using floor = await bareServer('bare-command-server.js', served);
      await answerOf(asked(floor));
      for (const server of [ours, floor]) await load(asked(server), connections, 2 * milliseconds);
      const loads = await alternated(rounds, {
        ours: () => load(asked(ours), connections, milliseconds),
        floor: () => load(asked(floor), connections, milliseconds),
      });
      const rates = (side: keyof typeof loads) => loads[side].map(({ perSecond }) => perSecond);
      lines.push(line(`commands on ${connections} connections, ${name}`, rates('ours'), rates('floor'), { atLeast: 0.5 }));
    }
    return lines;
  },
};

/** What our server stored last. */
function lastRow(folder: string): BareCommand['row'] {
  const db = new DatabaseSync(new DataFolder(folder).log, { readOnly: true });
  const { type, data, metadata } = db.prepare('SELECT type, data, metadata FROM events ORDER BY position DESC LIMIT 1').get() as BareCommand['row'];
  db.close();
  return { type, data, metadata };
}

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Role } from '#access/policy';
import type { RegionCode } from '#kernel/region';
import { withoutServers } from '#system/settings';
import type { DemoServer, Person } from './demo-server.js';

const above = join(import.meta.dirname, '../../..');
/** As it was built: this file runs from its source in specs. */
const tool = join(existsSync(join(above, 'dist')) ? join(above, 'dist') : above, 'apps/cli/src/main.js');

/** A question of docs/questions.md, with the answer that stands there. */
const question = /^Asked by (?<who>.+)\.\n\n```graphql\n(?<query>[^`]+)\n```\n\n```json\n[^`]*```/gm;
const reader = /^(?:anyone|`(?<role>[a-z-]+)`(?: of `(?<scope>[a-z0-9-]+)`)?)$/;

/** A command of a page for the tool, with what it prints. */
const command = /^```sh\nDATA_DIR=demo-data npx digituki (?<args>.+)\n```\n\n```text\n[^`]*```/gm;
/** What is another in each installation: positions, pseudonyms, versions of the rules; hashes; signatures; how many events there are. */
const ownOfEach =
  /(?<=person-)[0-9a-f]{32}|(?<![0-9a-f-])[0-9a-f]{16}(?:[0-9a-f]{16})?(?![0-9a-f-])|[A-Za-z0-9+/]{43,}={0,2}|\b\d+(?= (?:events|leaves|files))|(?<=\n)\d+(?=\n)|\+[0-9a-f]{8}(?=\+)/g;

/** The page with everything put in its place that the tool prints about the data folder of a demonstration that has ended. */
export function withOutputs(page: string, folder: string): string {
  return page.replace(
    command,
    (_, args: string) => `\`\`\`sh\nDATA_DIR=demo-data npx digituki ${args}\n\`\`\`\n\n\`\`\`text\n${printedBy(args, folder)}\`\`\``,
  );
}

function printedBy(args: string, folder: string): string {
  const env = { ...withoutServers(process.env), NODE_OPTIONS: '', DATA_DIR: folder };
  const options = { cwd: folder, env, encoding: 'utf8' } as const;
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', tool, ...args.split(' ')],
    options,
  );
  if (status !== 0) throw new Error(`digituki ${args} ended with ${status}: ${stdout}${stderr}`);
  return withoutOwn(stdout.replaceAll(folder, 'demo-data')).replace(ofOtherFiles, '');
}

/** Said where the demonstration ran from the sources, as specs do, and the tool from what was compiled of them. */
const ofOtherFiles = /^decided by the rules .*\n/m;

/** A text without what is another in each installation. */
export function withoutOwn(text: string): string {
  return text.replaceAll(ownOfEach, '…');
}

/** The page with every answer put in its place that the demonstration gives, as it is to be told. */
export async function withAnswers(page: string, demo: Pick<DemoServer, 'ask'>, told = (answer: string) => answer): Promise<string> {
  const answers: string[] = [];
  for (const { groups } of page.matchAll(question)) {
    const { who, query } = groups as { who: string; query: string };
    const { data, errors } = await demo.ask(query, personOf(who));
    const answer = told(printed(errors ? { errors: errors.map(({ extensions: { code } }) => code) } : data));
    answers.push(`Asked by ${who}.\n\n\`\`\`graphql\n${query}\n\`\`\`\n\n\`\`\`json\n${answer}\n\`\`\``);
  }
  if (answers.length === 0) throw new Error('the page asks nothing');
  return page.replace(question, () => answers.shift() as string);
}

function personOf(who: string): Person | undefined {
  const found = reader.exec(who);
  if (!found)
    throw new Error(`who is «${who}»? Write anyone, or a role with its region or organisation: \`regional-coordinator\` of \`19\``);
  const { role, scope } = found.groups as { role?: Role; scope?: string };
  if (!role) return undefined;
  return { name: `Lukija ${who}`, role, ...(scope && (/^\d\d$/.test(scope) ? { region: scope as RegionCode } : { organisation: scope })) };
}

/** JSON with what fits on a line on a line. */
function printed(value: unknown, indent = ''): string {
  const line = JSON.stringify(value, null, 1).replaceAll(/\n\s*/g, ' ');
  if (value === null || typeof value !== 'object' || indent.length + line.length <= 180) return line;
  const inner = `${indent}  `;
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const members = Array.isArray(value)
    ? value.map((one) => printed(one, inner))
    : Object.entries(value).map(([name, one]) => `${JSON.stringify(name)}: ${printed(one, inner)}`);
  return `${open}\n${members.map((member) => inner + member).join(',\n')}\n${indent}${close}`;
}

import 'reflect-metadata';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { buildSchema, findBreakingChanges } from 'graphql';
import { accessTables } from './access-tables.js';
import { apiSchema } from './api-schema.js';
import { eventSchemas } from '#system/event-schemas';
import { eventCatalogue } from './event-catalogue.js';
import { architecturePage } from './house-picture.js';
import { LastRelease } from './last-release.js';
import { registerPage, registerSchemaFile } from './register-page.js';
import { lostSchemas, type Files } from './lost-schemas.js';

const root = join(import.meta.dirname, '../../../..');
const apiFile = 'docs/api.graphql';
const architectureFile = 'docs/architecture.md';
const schemaFolder = 'docs/schemas';

/**
 * Writes what is generated under docs/. With --check it writes nothing, and finds fault where a file differs or a promise
 * of the last release is broken. The schema of an event's version never changes and never goes: a fault with and without.
 */
async function generate(isCheck: boolean): Promise<readonly string[]> {
  const generated: Files = new Map([
    ...inFolder(eventSchemas()),
    ['docs/events.md', eventCatalogue()],
    ['docs/access.md', accessTables()],
    ['docs/decision-register.md', registerPage()],
    registerSchemaFile(),
    [architectureFile, await architecturePage(await readFile(join(root, architectureFile), 'utf8'), root)],
    [apiFile, await apiSchema()],
  ]);
  const lost = lostSchemas(await schemasThere(), generated);
  const outdated: string[] = [];
  for (const [path, text] of generated) if (!lost.has(path) && (await textOf(path)) !== text) outdated.push(path);

  if (isCheck)
    return [
      ...lost.values(),
      ...outdated.map((path) => `${path} is not what the sources say: run npm run docs`),
      ...brokenPromises(generated),
    ];
  if (lost.size > 0)
    return [...lost.values(), 'Nothing was written. A schema that was never committed can be deleted, and is then written anew.'];
  for (const path of outdated) await write(path, generated.get(path) as string);
  return [];
}

/** What the last release promised to those who read the log or call the API, and the sources do not keep. */
function brokenPromises(generated: Files): readonly string[] {
  const release = LastRelease.of(root);
  if (!release) {
    process.stdout.write('No tag of a release can be read here, so the API and the events are compared with none.\n');
    return [];
  }
  const schemas = inFolder(new Map(release.list(schemaFolder).map((name) => [name, release.read(`${schemaFolder}/${name}`) as string])));
  const api = release.read(apiFile);
  if (api === undefined) process.stdout.write(`${release.tag} had no ${apiFile}, so the API is compared with none.\n`);
  const changes = api === undefined ? [] : findBreakingChanges(buildSchema(api), buildSchema(generated.get(apiFile) as string));
  return [
    ...[...lostSchemas(schemas, generated).values()].map((fault) => `since ${release.tag}: ${fault}`),
    ...changes.map(
      ({ description }) => `since ${release.tag}: ${apiFile} breaks its callers: ${description} Keep what was there, and deprecate it.`,
    ),
  ];
}

async function schemasThere(): Promise<Files> {
  const names = await readdir(join(root, schemaFolder)).catch(absent([]));
  return inFolder(
    new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(root, schemaFolder, name), 'utf8')] as const))),
  );
}

function inFolder(files: Files): Files {
  return new Map([...files].map(([name, text]) => [`${schemaFolder}/${name}`, text]));
}

async function textOf(path: string): Promise<string | undefined> {
  return readFile(join(root, path), 'utf8').catch(absent(undefined));
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
  process.stdout.write(`wrote ${path}\n`);
}

/** Answers with the value where there is no such file; any other failure is thrown on. */
function absent<Value>(value: Value): (error: unknown) => Value {
  return (error) => {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return value;
  };
}

const faults = await generate(process.argv.includes('--check'));
for (const fault of faults) process.stderr.write(`${fault}\n`);
if (faults.length > 0) process.exitCode = 1;

import 'reflect-metadata';
import { relative, resolve } from 'node:path';
import { run } from '#system/run';
import type { Settings } from '#system/settings';
import type { Reporter, System } from '#system/system';
import { firstQuery } from './first-query.js';
import { serve } from './server.js';

/** Opens the system, imports the public record, serves, and says what to do first. @throws CannotStart */
export function start(settings: Settings): Promise<void> {
  return run(settings, async (system, observer, reporter) => {
    if (settings.importsPublicRecord && (await system.isSound())) await importRecord(system, reporter);
    await system.startProcesses();
    const server = await serve(system, observer);
    welcome(server.url, settings);
    return server;
  });
}

async function importRecord(system: System, reporter: Reporter): Promise<void> {
  const work = system.importPublicRecord();
  let step = await work.next();
  while (!step.done) step = await work.next();
  const { recorded, known, refused } = step.value;
  if (recorded > 0)
    process.stdout.write(`Recorded from the public record: ${recorded} facts${known > 0 ? `, ${known} were known` : ''}.\n`);
  if (refused.length > 0) reporter.warn('the log says otherwise than the public record', { refused });
}

function welcome(url: string, { isProduction, dataFolder }: Pick<Settings, 'isProduction' | 'dataFolder'>): void {
  // The token is signed by the key that lies beside this server's data.
  const folder = resolve(dataFolder) === resolve('data') ? '' : `DATA_DIR=${inShell(relative('.', dataFolder) || '.')} `;
  process.stdout.write(`
Digituki is running. Open ${url}/graphql in a browser, or ask from a shell:

  curl -s ${url}/graphql -H 'content-type: application/json' -H 'accept-language: fi' \\
    -d '${JSON.stringify({ query: firstQuery.replace(/\s+/g, ' ') })}'
${isProduction ? '' : `\nFor what needs a role, get a token:  ${folder}npx digituki token --role ministry-presenter\n`}
`);
}

/** The text as one word of a shell. */
function inShell(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

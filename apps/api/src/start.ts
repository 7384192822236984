import 'reflect-metadata';
import type { Settings } from '#system/settings';
import { explained, System } from '#system/system';
import { firstQuery } from './first-query.js';
import { serve } from './server.js';

const warn = (message: string, details: object = {}) =>
  process.stderr.write(`${JSON.stringify({ level: 'warn', at: new Date().toISOString(), message, ...details })}\n`);

/** Opens the system, imports the public record, serves, and says what to do first. @throws CannotStart */
export async function start(settings: Settings): Promise<void> {
  const system = await System.open({ settings, reporter: { warn } });
  try {
    if (settings.importsPublicRecord) await importRecord(system);
    await system.startProcesses();
    const server = await serve(system);
    const stop = () => void server.close().then(() => system.close());
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
    welcome(server.url, settings.isProduction);
  } catch (error) {
    await system.close();
    throw explained(error);
  }
}

async function importRecord(system: System): Promise<void> {
  const work = system.importPublicRecord();
  let step = await work.next();
  while (!step.done) step = await work.next();
  const { recorded, known, refused } = step.value;
  if (recorded > 0) process.stdout.write(`Recorded from the public record: ${recorded} facts${known > 0 ? `, ${known} were known` : ''}.\n`);
  if (refused.length > 0) warn('the log says otherwise than the public record', { refused });
}

function welcome(url: string, isProduction: boolean): void {
  process.stdout.write(`
Digituki is running. Open ${url}/graphql in a browser, or ask from a shell:

  curl -s ${url}/graphql -H 'content-type: application/json' -H 'accept-language: fi' \\
    -d '${JSON.stringify({ query: firstQuery.replace(/\s+/g, ' ') })}'
${isProduction ? '' : `\nFor what needs a role, get a token:  npx digituki token --role ministry-presenter\n`}
`);
}

import 'reflect-metadata';
import type { Settings } from '#system/settings';
import { explained, System, type Reporter } from '#system/system';
import { jsonLogger } from '#telemetry/logging';
import { Observer } from '#telemetry/observer';
import { firstQuery } from './first-query.js';
import { serve } from './server.js';

/** Opens the system, imports the public record, serves, and says what to do first. @throws CannotStart */
export async function start(settings: Settings): Promise<void> {
  const logger = jsonLogger(settings.logLevel);
  const reporter: Reporter = { warn: (message, details = {}) => logger.warn(details, message) };
  const observer = new Observer({ logger, ...(await watchers(settings, reporter)) });
  const system = await System.open({ settings, reporter, telemetry: observer });
  try {
    if (settings.importsPublicRecord) await importRecord(system, reporter);
    await system.startProcesses();
    const server = await serve(system, observer);
    const stop = () => void server.close().then(() => system.close()).then(() => observer.stop());
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
    welcome(server.url, settings.isProduction);
  } catch (error) {
    await system.close();
    throw explained(error);
  }
}

/** Metrics and traces, loaded where the settings want them. */
async function watchers({ servesMetrics, sendsTraces }: Settings, reporter: Reporter) {
  const [metrics, tracing] = await Promise.all([servesMetrics ? import('#telemetry/metrics') : undefined, sendsTraces ? import('#telemetry/tracing') : undefined]);
  return { metrics: metrics && new metrics.Metrics(), tracing: tracing?.Tracing.ofEnvironment((trouble, details) => reporter.warn(trouble, details)) };
}

async function importRecord(system: System, reporter: Reporter): Promise<void> {
  const work = system.importPublicRecord();
  let step = await work.next();
  while (!step.done) step = await work.next();
  const { recorded, known, refused } = step.value;
  if (recorded > 0) process.stdout.write(`Recorded from the public record: ${recorded} facts${known > 0 ? `, ${known} were known` : ''}.\n`);
  if (refused.length > 0) reporter.warn('the log says otherwise than the public record', { refused });
}

function welcome(url: string, isProduction: boolean): void {
  process.stdout.write(`
Digituki is running. Open ${url}/graphql in a browser, or ask from a shell:

  curl -s ${url}/graphql -H 'content-type: application/json' -H 'accept-language: fi' \\
    -d '${JSON.stringify({ query: firstQuery.replace(/\s+/g, ' ') })}'
${isProduction ? '' : `\nFor what needs a role, get a token:  npx digituki token --role ministry-presenter\n`}
`);
}

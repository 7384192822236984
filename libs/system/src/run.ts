import { jsonLogger } from '#telemetry/logging';
import { Observer } from '#telemetry/observer';
import { openWhenReachable } from './opening.js';
import type { Settings } from './settings.js';
import type { Reporter, System } from './system.js';

/** What a process serves with an opened system, until it is told to stop. */
export type Serve = (system: System, observer: Observer, reporter: Reporter) => Promise<{ close(): Promise<void> }>;

/** For what was told last to be written. */
const lastWordsMs = 500;

/** Runs a process from its settings to SIGINT or SIGTERM, at which all is handed over and closed. @throws CannotStart */
export async function run(settings: Settings, serve: Serve): Promise<void> {
  const stopping = untilSignal();
  const logger = jsonLogger(settings.logLevel);
  const reporter: Reporter = { warn: (message, details = {}) => logger.warn(details, message) };
  const observer = new Observer({ logger, ...(await watchers(settings, reporter)) });
  const running = await openWhenReachable(
    { settings, reporter, telemetry: observer, audits: true },
    (system) => serve(system, observer, reporter),
    stopping,
  ).catch((error: unknown) => {
    // What follows is why it does not start.
    logger.flush();
    throw error;
  });
  if (!running) return observer.stop();
  const { system, served } = running;
  const stop = () =>
    void served
      .close()
      .then(() => system.close())
      .then(() => observer.stop())
      // What a client still waits for, of a server that is down, keeps nobody.
      .then(() => setTimeout(() => process.exit(), lastWordsMs).unref());
  if (stopping.aborted) stop();
  else stopping.addEventListener('abort', stop);
}

function untilSignal(): AbortSignal {
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stopping.abort());
  return stopping.signal;
}

/** Metrics and traces, loaded where the settings want them. */
async function watchers({ servesMetrics, sendsTraces }: Settings, reporter: Reporter) {
  const [metrics, tracing] = await Promise.all([
    servesMetrics ? import('#telemetry/metrics') : undefined,
    sendsTraces ? import('#telemetry/tracing') : undefined,
  ]);
  return {
    metrics: metrics && new metrics.Metrics(),
    tracing: tracing?.Tracing.ofEnvironment((trouble, details) => reporter.warn(trouble, details)),
  };
}

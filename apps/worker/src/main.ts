import 'reflect-metadata';
import { collectsEarly } from '#engines/heap';
import { readingsOf } from '#system/readings';
import { run } from '#system/run';
import { healthOf } from '#system/health';
import { CannotStart, readSettings } from '#system/settings';
import { serveStatus } from '#system/status-server';

collectsEarly();

/** Runs its share of the projections and processes, and answers who asks how it is. */
try {
  const settings = { ...readSettings({ ...process.env, AUDIT: 'off' }, { port: '3001' }), runsProjections: true };
  if (!settings.logUrl || !settings.viewsUrl)
    throw new CannotStart(
      'A worker shares its work with others through servers: set EVENTSTORE_URL and MONGODB_URL. With the embedded engines the api does this work itself.',
    );
  await run(settings, async (system, { metrics }) => {
    metrics?.readFrom(() => readingsOf(system));
    await system.startProcesses();
    const status = await serveStatus(settings, { health: () => healthOf(system), metrics });
    process.stdout.write(`Digituki's worker is running. How it is: ${status.url}/health/ready\n`);
    return status;
  });
} catch (error) {
  process.stderr.write(
    `digituki worker: ${error instanceof CannotStart ? error.message : `cannot start: ${error instanceof Error ? error.stack : String(error)}`}\n`,
  );
  process.exitCode = 1;
}

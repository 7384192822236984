import { enableCompileCache } from 'node:module';
import { collectsEarly } from '#engines/heap';
import { CannotStart, readSettings } from '#system/settings';

// The rest is loaded once the settings are right, from compiled code where there is some: half of a start is loading.
enableCompileCache();
collectsEarly();

try {
  const settings = readSettings(process.env);
  const { start } = await import('./start.js');
  await start(settings);
} catch (error) {
  const told = error instanceof CannotStart ? error.message : `cannot start: ${error instanceof Error ? error.stack : String(error)}`;
  process.stderr.write(`digituki: ${told}\n`);
  process.exitCode = 1;
}

#!/usr/bin/env node
// Runs the built CLI on the Node that the project pins, whatever Node npx was started with.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const main = here('../../dist/apps/cli/src/main.js');
const windows = process.platform === 'win32';
const pinned = here(`../../node_modules/.bin/node${windows ? '.cmd' : ''}`);

if (!existsSync(main)) {
  process.stderr.write('digituki: not built yet: run «npm run build» first (npm start does it too).\n');
  process.exitCode = 1;
} else {
  const arguments_ = ['--disable-warning=ExperimentalWarning', main, ...process.argv.slice(2)];
  const { status, signal } = spawnSync(existsSync(pinned) ? pinned : process.execPath, arguments_, { stdio: 'inherit', shell: windows });
  if (signal) process.kill(process.pid, signal);
  process.exitCode = status ?? 1;
}

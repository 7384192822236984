#!/usr/bin/env node
// Builds where something that is built from is newer than what was built last: a start without a change need not wait for it.
import { execSync } from 'node:child_process';
import { readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const stamp = 'dist/built';
const modified = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const sources = ['package.json', 'package-lock.json', 'tsconfig.json', 'nest-cli.json'];
const newest = (folder) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    // A file that is gone shows by its folder.
    .filter((entry) => entry.isDirectory() || entry.name.endsWith('.ts'))
    .reduce((latest, { parentPath, name }) => Math.max(latest, modified(join(parentPath, name))), 0);

const built = modified(stamp);
const started = new Date();
if (Math.max(...sources.map(modified), ...['apps', 'libs'].map(newest)) > built) {
  execSync('npm run --silent build', { stdio: 'inherit' });
  writeFileSync(stamp, '');
  // What was changed while it was built is built the next time.
  utimesSync(stamp, started, started);
}

import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');
const inFolder = (folder: string) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));
const files = [
  ...inFolder('apps/bench/src'),
  ...inFolder('apps/demo/src'),
  ...inFolder('apps/cli/src').filter((path) => /synth/.test(path)),
];

/** The servers of an installation, by whatever way they come out of the environment. */
const servers =
  /process\.env(\.|\[['"])(EVENTSTORE_URL|MONGODB_URL|KEYS_URL|DATA_DIR)\b|readSettings\(process\.env\)|\.\.\.process\.env|env: process\.env/;

describe('what makes things up', () => {
  it('is looked at', () => {
    expect(files.length).toBeGreaterThan(40);
    expect('readSettings(process.env)').toMatch(servers);
    expect("process.env['EVENTSTORE_URL']").toMatch(servers);
  });

  it.each(files)('takes no servers from the environment, where those of a real register may stand: %s', (path) => {
    expect(readFileSync(join(root, path), 'utf8')).not.toMatch(servers);
  });
});

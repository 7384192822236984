import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const program = join(import.meta.dirname, '../build-if-newer.js');

describe('a start builds', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'build-'));
    for (const path of ['apps', 'libs/kernel', 'dist']) mkdirSync(join(folder, path), { recursive: true });
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ scripts: { build: 'echo built >> builds' } }));
    write('libs/kernel/money.ts');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** How often it was built after another start. */
  const builds = () => {
    execFileSync(process.execPath, [program], { cwd: folder });
    return readFileSync(join(folder, 'builds'), 'utf8').trim().split('\n').length;
  };
  const write = (path: string) => {
    writeFileSync(join(folder, path), '');
    const soon = new Date(Date.now() + 60_000);
    utimesSync(join(folder, path), soon, soon);
  };
  const earlier = (path: string) => utimesSync(join(folder, path), 1, 1);

  it('the first time, and not again while nothing changed', () => {
    earlier('libs/kernel/money.ts');
    expect([builds(), builds(), builds()]).toEqual([1, 1, 1]);
  });

  it.each(['libs/kernel/money.ts', 'apps/new.ts', 'package-lock.json', 'tsconfig.json'])('where %s changed', (path) => {
    earlier('libs/kernel/money.ts');
    builds();
    write(path);
    expect(builds()).toBe(2);
  });

  it('where a file was taken away, and not where something else was written', () => {
    earlier('libs/kernel/money.ts');
    builds();
    write('libs/kernel/README.md');
    for (const path of ['libs/kernel', 'libs', 'apps']) earlier(path);
    expect(builds()).toBe(1);
    rmSync(join(folder, 'libs/kernel/money.ts'));
    const soon = new Date(Date.now() + 60_000);
    utimesSync(join(folder, 'libs/kernel'), soon, soon);
    expect(builds()).toBe(2);
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { SqliteEventLog } from '#event-store/sqlite/sqlite-event-log';
import { auditorOf, fill, signer, specFolder } from './audit.testing.js';
import { bundleOf } from './bundle.js';
import type { Files, Selection } from './bundle-format.js';
import { zipped } from './zip.js';

const program = resolve('docs/bundle-verifier');
const run = (command: string, args: readonly string[], cwd?: string) =>
  spawnSync(command, args, { cwd, encoding: 'utf8', timeout: 120_000 });
/** Where there is Go, and its modules can be had. */
const hasGo = run('go', ['mod', 'download'], program).status === 0;
const browser = ['chromium', 'google-chrome'].find((one) => run(one, ['--version']).status === 0);

describe('a bundle outside of this program', () => {
  const folder = specFolder();
  const bundles: Files[] = [];
  beforeAll(async () => {
    const log = SqliteEventLog.open(folder.at('log.db'));
    await fill(log, 300);
    const { auditor, tree } = auditorOf(log, folder.at('tree.db'));
    const checkpoint = (await auditor.checkpoint()) as string;
    const selections: readonly Selection[] = [
      { kind: 'decision', key: 'thing-3' },
      { kind: 'all', key: '' },
    ];
    for (const selection of selections) bundles.push(await bundleOf(selection, { log, tree, checkpoint, verifier: signer.verifier }));
    tree.close();
    await log.close();
  });
  afterAll(() => folder.remove());

  const altered = (files: Files) =>
    new Map(files).set('events.jsonl', Buffer.from((files.get('events.jsonl') as Buffer).toString().replace('"score":77', '"score":97')));

  if (hasGo)
    it('is proven, and found to be altered, by the program in Go', () => {
      const zip = folder.at('bundle.zip');
      const verify = (files: Files) => {
        writeFileSync(zip, zipped(files));
        return run('go', ['run', '.', zip, signer.verifier.key], program);
      };
      for (const files of bundles) {
        expect(verify(files)).toMatchObject({ status: 0, stdout: expect.stringMatching(/300/) });
        expect(verify(altered(files))).toMatchObject({ status: 1, stderr: expect.stringMatching(/^NOT PROVEN/) });
      }
    }, 300_000);
  else it.todo('is proven by the program in Go (there is no Go here)');

  if (browser !== undefined)
    it('is proven, and found to be altered, by its page in a browser that opens it from a file', () => {
      const shown = (files: Files, page = (files.get('index.html') as Buffer).toString()) => {
        const path = join(folder.path, 'page', 'index.html');
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, page);
        const args = ['--headless', '--no-sandbox', '--disable-gpu', '--virtual-time-budget=30000', '--dump-dom', `file://${path}`];
        return /data-result="(\w+)"/.exec(run(browser, args).stdout)?.[1];
      };
      for (const files of bundles) {
        expect(shown(files)).toMatch(/^(?:proven|unsigned)$/);
        expect(shown(files, (files.get('index.html') as Buffer).toString().replace('score\\":77', 'score\\":97'))).toBe('failed');
      }
    }, 300_000);
  else it.todo('is proven by its page in a browser (there is none here)');
});

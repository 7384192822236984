import { expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { SqliteEventLog } from '#event-store/sqlite/sqlite-event-log';
import { auditorOf, fill, resultOf, signer, specFolder } from './audit.testing.js';
import { openedCheckpoint } from './checkpoint.js';
import { GrowingTree, leafHash } from './merkle.js';
import { writeStaticLog } from './static-log.js';

it('a log as a folder of tlog-tiles has entries whose root is that of its checkpoint, and the hashes of its tiles', async () => {
  const folder = specFolder();
  const log = SqliteEventLog.open(folder.at('log.db'));
  await fill(log, 600);
  const { auditor, tree } = auditorOf(log, folder.at('tree.db'));
  const checkpoint = (await auditor.checkpoint()) as string;
  await fill(log, 5);
  await resultOf(writeStaticLog(folder.at('static'), { log, tree, checkpoint, size: 600 }));
  const read = (path: string) => readFileSync(folder.at(`static/${path}`));
  const growing = new GrowingTree();
  const hashes: Buffer[] = [];
  for (const path of ['000', '001', '002.p/88']) {
    const entries = read(`tile/entries/${path}`);
    for (let at = 0; at < entries.length;) {
      const length = entries.readUInt16BE(at);
      const hash = leafHash(entries.toString('utf8', at + 2, at + 2 + length));
      growing.append(hash);
      hashes.push(hash);
      at += 2 + length;
    }
  }
  const { size, root } = openedCheckpoint(read('checkpoint').toString(), signer.verifier) as { size: number; root: Buffer };
  expect([growing.size, growing.root().equals(root)]).toEqual([size, true]);
  expect(Buffer.concat(['000', '001', '002.p/88'].map((path) => read(`tile/0/${path}`)))).toEqual(Buffer.concat(hashes));
  expect(read('tile/1/000.p/2')).toHaveLength(64);
  await log.append('thing-long', 'none', [
    { id: crypto.randomUUID(), type: 'T', data: `{"text":"${'x'.repeat(70_000)}"}`, metadata: '{}' },
  ]);
  const later = (await auditor.checkpoint()) as string;
  await expect(resultOf(writeStaticLog(folder.at('other'), { log, tree, checkpoint: later, size: 606 }))).rejects.toThrow(/65535 at most/);
  tree.close();
  await log.close();
  folder.remove();
});

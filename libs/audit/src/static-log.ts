import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { EventLog } from '#event-store/event-log';
import { leafOf } from './leaf.js';
import { leafPages } from './log-leaves.js';
import { hashBytes } from './merkle.js';
import { hashesAtLevel, tilePath, tileWidth } from './tiles.js';
import type { TreeStore } from './tree-store.js';

/** An entry bundle says the length of each entry in two bytes. */
const longestEntry = 0xffff;

export interface StaticLog {
  readonly log: EventLog;
  readonly tree: TreeStore;
  readonly checkpoint: string;
  /** Of the checkpoint. */
  readonly size: number;
}

/**
 * Writes a log as C2SP tlog-tiles has it, its events as entries: what tools of others check. Says how many events it has written.
 * @throws RangeError where an event is longer than an entry can be
 */
export async function* writeStaticLog(
  folder: string,
  { log, tree, checkpoint, size }: StaticLog,
): AsyncGenerator<{ readonly written: number }> {
  const put = (path: string, content: string | Buffer) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content, { flag: 'wx' });
  };
  put('checkpoint', checkpoint);
  for (let level = 0; hashesAtLevel(level, size) > 0; level++)
    for (let number = 0; number * tileWidth < hashesAtLevel(level, size); number++) {
      const width = Math.min(tileWidth, hashesAtLevel(level, size) - number * tileWidth);
      put(`tile/${tilePath({ level, number, width })}`, (tree.tile(level, number, width) as Buffer).subarray(0, width * hashBytes));
    }
  let entries: Buffer[] = [];
  let written = 0;
  const putEntries = () => {
    const number = Math.floor((written - 1) / tileWidth);
    put(tilePath({ level: 0, number, width: entries.length }).replace(/^0/, 'tile/entries'), Buffer.concat(entries));
    entries = [];
  };
  for await (const events of leafPages(log)) {
    for (const event of events.slice(0, size - written)) {
      const leaf = Buffer.from(leafOf(event));
      if (leaf.length > longestEntry)
        throw new RangeError(`the event ${event.id} has ${leaf.length} bytes: an entry has ${longestEntry} at most`);
      const length = Buffer.alloc(2);
      length.writeUInt16BE(leaf.length);
      entries.push(Buffer.concat([length, leaf]));
      written += 1;
      if (written % tileWidth === 0) putEntries();
    }
    yield { written };
    if (written === size) break;
  }
  if (entries.length > 0) putEntries();
}

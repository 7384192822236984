import { hash } from 'node:crypto';
import { join } from 'node:path';
import { Auditor } from '#audit/auditor';
import { leafOf } from '#audit/leaf';
import { leafPages } from '#audit/log-leaves';
import { GrowingTree, leafHash } from '#audit/merkle';
import { newSigningKey, signerOf } from '#audit/signed-note';
import { TreeStore } from '#audit/tree-store';
import { SqliteEventLog } from '#event-store/sqlite/sqlite-event-log';
import { benchCodec } from './bench-codec.js';
import { alternated, line, perSecond, type Bench } from './measure.js';
import { writeLog } from './rebuild.js';
import { timeTravel } from './time-travel.js';

const rounds = 5;
/** Events a second of a verification that keep a whole log of a million within seconds. */
const wantedVerified = 150_000;

/** What does it cost to keep the tree of a log, and to verify it? */
export const audit: Bench = {
  name: 'audit',
  async run(folder) {
    const path = join(folder, 'log.db');
    await writeLog(path, benchCodec());
    const log = SqliteEventLog.open(path, { readOnly: true });
    const leaves: string[] = [];
    for await (const events of leafPages(log)) leaves.push(...events.map(leafOf));
    const inputs = leaves.map((leaf) => Buffer.from(leaf));
    const tree = TreeStore.open(join(folder, 'audit.db'), log.id);
    const auditor = new Auditor({ log, tree, signer: signerOf(newSigningKey('bench.digituki.invalid/log')) });
    const kept = await perSecond(leaves.length, () => auditor.checkpoint());
    const bytes = Buffer.concat(inputs);
    const { hashed, bare, atOnce, verified } = await alternated(rounds, {
      hashed: () => perSecond(leaves.length, () => hashAll(leaves)),
      bare: () => perSecond(leaves.length, () => hashBare(inputs)),
      atOnce: () => perSecond(leaves.length, () => hash('sha256', bytes, 'hex')),
      verified: () => perSecond(leaves.length, () => verifyAll(auditor)),
    });
    const travels = await timeTravel(folder, log, leaves.length);
    tree.close();
    await log.close();
    const wanted = verified.map(() => wantedVerified);
    return [
      line(`leaves and nodes of ${leaves.length} events, floor: bare hashes`, hashed, bare, { atLeast: 0.4 }),
      line('the same, floor: all leaves in one hash', hashed, atOnce),
      line('a whole log verified, floor: what is wanted', verified, wanted, { atLeast: 1 }),
      line('the tree kept from the beginning, floor: the same', [kept], [wantedVerified]),
      ...travels,
    ];
  },
};

function hashAll(leaves: readonly string[]): void {
  const tree = new GrowingTree();
  for (const leaf of leaves) tree.append(leafHash(leaf));
}

/** The least that hashing leaf by leaf and node by node takes. */
function hashBare(leaves: readonly Buffer[]): void {
  const node = Buffer.alloc(65, 1);
  for (const leaf of leaves) {
    hash('sha256', leaf, 'hex');
    hash('sha256', node, 'hex');
  }
}

async function verifyAll(auditor: Auditor): Promise<void> {
  for await (const _ of auditor.verify());
  auditor.check();
}

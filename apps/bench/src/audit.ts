import { hash, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Auditor } from '#audit/auditor';
import { leafOf } from '#audit/leaf';
import { leafPages } from '#audit/log-leaves';
import { GrowingTree, leafHash } from '#audit/merkle';
import { newSigningKey, signerOf } from '#audit/signed-note';
import { TreeStore } from '#audit/tree-store';
import type { EventToAppend } from '#event-store/event-log';
import { SqliteEventLog } from '#event-store/sqlite/sqlite-event-log';
import { auditThread } from '#system/audit-thread';
import { benchCodec } from './bench-codec.js';
import { encoded, organisationStory } from './events.js';
import { alternated, line, perProcessorSecond, perSecond, type Bench } from './measure.js';
import { writeLog } from './rebuild.js';
import { timeTravel } from './time-travel.js';

const rounds = 5;
const appendRounds = 9;
const appendsAtOnce = 16;
const timesARound = 120;
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
    const { hashed, bare, atOnce, verified, busy } = await alternated(rounds, {
      hashed: () => perSecond(leaves.length, () => hashAll(leaves)),
      bare: () => perSecond(leaves.length, () => hashBare(inputs)),
      atOnce: () => perSecond(leaves.length, () => hash('sha256', bytes, 'hex')),
      verified: () => perSecond(leaves.length, () => verifyAll(auditor)),
      busy: () => perProcessorSecond(leaves.length, () => verifyAll(auditor)),
    });
    const travels = await timeTravel(folder, log, leaves.length);
    tree.close();
    await log.close();
    const wanted = verified.map(() => wantedVerified);
    const { followed, alone } = await appendsBeside(folder);
    return [
      line(`leaves and nodes of ${leaves.length} events, floor: bare hashes`, hashed, bare, { atLeast: 0.4 }),
      line('the same, floor: all leaves in one hash', hashed, atOnce),
      line('a whole log verified, floor: what is wanted', verified, wanted, { atLeast: 1 }),
      line('the same by the time of the processor', busy, wanted, { atLeast: 1 }),
      line('the tree kept from the beginning, floor: the same', [kept], [wantedVerified]),
      line(`appends, ${appendsAtOnce} at once, beside an auditor; floor: without one`, followed, alone, { atLeast: 0.9 }),
      ...travels,
    ];
  },
};

/** Appends to a log that an auditor in a thread of its own follows, and to one that nobody follows. */
async function appendsBeside(folder: string): Promise<{ followed: number[]; alone: number[] }> {
  const codec = benchCodec();
  const [file, other] = [join(folder, 'followed.db'), join(folder, 'alone.db')];
  const [log, lonely] = [SqliteEventLog.open(file), SqliteEventLog.open(other)];
  const fail = (trouble: string | readonly string[]) => {
    throw new Error(String(trouble));
  };
  const auditor = await auditThread(
    {
      log: { file },
      tree: join(folder, 'followed-tree.db'),
      signingKey: newSigningKey('bench.digituki.invalid/log'),
      witnesses: [],
      folder: undefined,
      checkpointSeconds: 10,
      verifyHours: 24,
    },
    { onFindings: fail, onTrouble: fail },
  );
  const groupsOf = () => Promise.all(Array.from({ length: timesARound }, () => Promise.all(Array.from({ length: appendsAtOnce }, story))));
  const story = async () => {
    const made = organisationStory(randomUUID());
    const [event] = await encoded(codec, made);
    return { stream: made.stream, event: event as EventToAppend };
  };
  const appended = async (to: SqliteEventLog) => {
    const groups = await groupsOf();
    const speed = await perSecond(appendsAtOnce * timesARound, async () => {
      for (const group of groups) await Promise.all(group.map(({ stream, event }) => to.append(stream, 'none', [event])));
    });
    // What it has not taken yet would be in the way of the other side.
    await auditor.checkpoint();
    return speed;
  };
  const samples = await alternated(appendRounds, { followed: () => appended(log), alone: () => appended(lonely) });
  await auditor.close();
  await Promise.all([log.close(), lonely.close()]);
  return samples;
}

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

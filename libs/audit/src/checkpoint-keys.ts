import type { EventLog } from '#event-store/event-log';
import { openedCheckpoint, type Checkpoint } from './checkpoint.js';
import { checkpointKeyStream } from './checkpoint-keys.decider.js';
import { leafPages } from './log-leaves.js';
import { verifierOf, type Signer, type Verifier } from './signed-note.js';
import type { TreeStore } from './tree-store.js';

const firstLine = 'digituki/key-rotation';

/** That one key follows another, signed by both: whoever believes one of them can believe the other. No checkpoint of a log begins like this. */
export function rotationStatement(from: Signer, to: Signer): string {
  const text = `${firstLine}\n${from.verifier.key}\n${to.verifier.key}\n`;
  return from.sign(text) + to.sign(text).slice(text.length + 1);
}

/** One key after another, of the same log. */
export interface Rotation {
  readonly from: Verifier;
  readonly to: Verifier;
}

/** What a statement says; undefined where it is not signed by both keys, or they are of different logs. */
export function openedRotation(statement: string): Rotation | undefined {
  const [, first, second] = /^digituki\/key-rotation\n([^\n]+)\n([^\n]+)\n\n/.exec(statement) ?? [];
  if (first === undefined || second === undefined) return undefined;
  try {
    const [from, to] = [verifierOf(first), verifierOf(second)];
    const isSigned = from.open(statement) !== undefined && to.open(statement) !== undefined;
    return isSigned && from.name === to.name && from.key !== to.key ? { from, to } : undefined;
  } catch {
    return undefined;
  }
}

/** A rotation that is on the record. */
export interface RecordedRotation extends Rotation {
  readonly statement: string;
  /** Of its event: checkpoints of more leaves are the new key's. */
  readonly leaf: number;
}

/** The rotations on the record, in their order. What is not signed by both keys is none. */
export async function recordedRotations(log: EventLog, tree?: TreeStore): Promise<readonly RecordedRotation[]> {
  const found: RecordedRotation[] = [];
  for (const { data, position } of await log.readStream(checkpointKeyStream)) {
    const { statement } = data as { statement?: unknown };
    const rotation = typeof statement === 'string' ? openedRotation(statement) : undefined;
    // Who got hold of a key that signs no more cannot go on from it.
    const isNext = rotation && (found.length === 0 || found.at(-1)?.to.key === rotation.from.key);
    if (isNext) found.push({ ...rotation, statement: statement as string, leaf: await leafAt(position, log, tree) });
  }
  return found;
}

async function leafAt(position: string, log: EventLog, tree: TreeStore | undefined): Promise<number> {
  const before = tree?.placeBefore(position);
  let leaf = before?.size ?? 0;
  for await (const events of leafPages(log, before?.place.position)) {
    const index = events.findIndex((event) => event.position === position);
    if (index >= 0) return leaf + index;
    leaf += events.length;
  }
  return Infinity;
}

/** A key, and which checkpoints it may sign: those of more than `after` leaves, and of `upTo` at most. */
interface Term {
  readonly verifier: Verifier;
  readonly after: number;
  readonly upTo: number;
}

/** The keys before and after one that is believed, each with its time. */
function keyTerms(believed: Verifier, rotations: readonly RecordedRotation[]): readonly Term[] {
  const terms = new Map<string, Term>([[believed.key, { verifier: believed, after: -1, upTo: Infinity }]]);
  const limit = (verifier: Verifier, limits: Partial<Term>) =>
    terms.set(verifier.key, { ...(terms.get(verifier.key) ?? { verifier, after: -1, upTo: Infinity }), ...limits });
  const link = ({ from, to, leaf }: RecordedRotation) => {
    if (!terms.has(from.key) && !terms.has(to.key)) return;
    limit(from, { upTo: leaf });
    limit(to, { after: leaf });
  };
  rotations.toReversed().forEach(link);
  rotations.forEach(link);
  return [...terms.values()];
}

/** The checkpoints among the notes that were signed by the key of their time, of those that lead to one that is believed; rising by size. */
export function acceptedCheckpoints(
  notes: readonly string[],
  believed: Verifier,
  rotations: readonly RecordedRotation[],
): readonly Checkpoint[] {
  const accepted = acceptedBy(believed, rotations);
  return notes.flatMap((note) => accepted(note) ?? []).sort((a, b) => a.size - b.size);
}

/** Opens a note that was signed by the key of its time, of those that lead to one that is believed. */
export function acceptedBy(believed: Verifier, rotations: readonly RecordedRotation[]): (note: string) => Checkpoint | undefined {
  const terms = keyTerms(believed, rotations);
  return (note) => checkpointBy(terms, note);
}

function checkpointBy(terms: readonly Term[], note: string): Checkpoint | undefined {
  for (const { verifier, after, upTo } of terms) {
    const found = openedCheckpoint(note, verifier);
    if (found && found.size > after && found.size <= upTo) return found;
  }
  return undefined;
}

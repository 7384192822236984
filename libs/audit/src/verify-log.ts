import type { EventLog } from '#event-store/event-log';
import { aligned } from './alignment.js';
import type { Checkpoint } from './checkpoint.js';
import type { ContentCheck } from './contents.js';
import { nameOf, type Finding, type NamedEvent } from './findings.js';
import { leafOf } from './leaf.js';
import { leafPagesFrom } from './log-leaves.js';
import { GrowingTree, hashBytes, leafHash } from './merkle.js';
import type { TreeStore } from './tree-store.js';

/** What a log is held against: the tree that was made as it grew, and checkpoints that were signed. */
export interface Evidence {
  readonly log: EventLog;
  readonly tree?: TreeStore | undefined;
  /** Rising by size. */
  readonly checkpoints: readonly Pick<Checkpoint, 'size' | 'root'>[];
  /** Leaves before this one are taken as they stand in the tree. */
  readonly from?: number;
  /** Where it is given, what each event says is looked at, too: what was checked as it was recorded is known by its hash. */
  readonly content?: ContentCheck | undefined;
}

/** How far a verification is; with the first leaf that is not the one of the tree, as soon as it is met. */
export interface Verifying {
  readonly verified: number;
  readonly stranger?: number;
}

export interface Verified {
  /** How many leaves the log has. */
  readonly size: number;
  readonly root: Buffer;
  /** How many of them were read and hashed. */
  readonly read: number;
  /** Empty where all is as it was proven. */
  readonly findings: readonly Finding[];
}

/** Most findings that are named; more would say nothing new. */
const mostNamed = 50;

/** Hashes a log anew and holds it against the evidence; the revisions of its streams are counted. Says how many leaves it has read. */
export async function* verifyLog({ log, tree, checkpoints, from = 0, content }: Evidence): AsyncGenerator<Verifying, Verified> {
  const growing = tree ? GrowingTree.of(from, tree.hashAt) : new GrowingTree();
  const size = tree?.size ?? 0;
  const roots = new Map<number, Buffer>();
  const wanted = [...new Set([...checkpoints.map((one) => one.size), size])].filter((one) => one > from).sort((a, b) => a - b);
  let [next, stranger] = [0, -1];
  const recorded = tree && leafReader(tree, from);
  const heads = new Map<string, number>();
  const inLeaves: Finding[] = [];
  for await (const events of leafPagesFrom(from, log, tree)) {
    for (const event of events) {
      const hash = leafHash(leafOf(event));
      if (stranger < 0 && growing.size < size && recorded?.(hash) === false) stranger = growing.size;
      const due = heads.get(event.stream) ?? (from === 0 ? 0 : event.revision);
      heads.set(event.stream, event.revision + 1);
      if (inLeaves.length < mostNamed) {
        const reason = content?.(event);
        if (event.revision !== due) inLeaves.push({ kind: 'out-of-turn', leaf: growing.size, event: nameOf(event), due });
        if (reason !== undefined) inLeaves.push({ kind: 'unreadable', leaf: growing.size, event: nameOf(event), reason });
      }
      growing.append(hash);
      if (growing.size === wanted[next]) {
        roots.set(growing.size, growing.root());
        next += 1;
      }
    }
    yield { verified: growing.size, ...(stranger >= 0 && { stranger }) };
  }
  const isCut = growing.size < size;
  const findings: Finding[] = [];
  if (tree && (stranger >= 0 || isCut)) findings.push(...(await namedFindings(log, tree, stranger >= 0 ? stranger : growing.size)));
  else if (tree && size > from && !tree.root(size).equals(roots.get(size) as Buffer)) findings.push({ kind: 'tree-altered', size });
  // What was altered says more than what does not fit any more because of it.
  if (findings.length === 0) findings.push(...inLeaves);
  findings.push(...unlike(checkpoints, growing.size, (at) => (at <= from ? tree?.root(at) : roots.get(at)), isCut));
  return { size: growing.size, root: growing.root(), read: growing.size - from, findings };
}

/** The first checkpoint that the log does not agree with, and the last that it does. */
function unlike(
  checkpoints: Evidence['checkpoints'],
  size: number,
  rootAt: (size: number) => Buffer | undefined,
  isToldCut: boolean,
): Finding[] {
  let agreed = 0;
  for (const checkpoint of checkpoints) {
    if (checkpoint.size > size) return isToldCut ? [] : [{ kind: 'cut', leaf: size, count: checkpoint.size - size, last: undefined }];
    if (checkpoint.size > 0 && rootAt(checkpoint.size)?.equals(checkpoint.root) !== true)
      return [{ kind: 'unlike-checkpoint', from: agreed, to: checkpoint.size }];
    agreed = checkpoint.size;
  }
  return [];
}

/** Answers leaf by leaf whether the tree has this one next. */
function leafReader(tree: TreeStore, from: number): (hash: Buffer) => boolean {
  const leaves = tree.leaves(from);
  return (hash) => {
    const { value } = leaves.next() as { value: Buffer | undefined };
    return value !== undefined && hash.compare(value, 0, hashBytes) === 0;
  };
}

/** What became of the leaves of the tree, from the first on that is not in its place. */
async function namedFindings(log: EventLog, tree: TreeStore, from: number): Promise<Finding[]> {
  const count = tree.size - from;
  const indexOf = new Map<string, number>();
  let index = 0;
  for (const hash of tree.leaves(from)) indexOf.set(hash.toString('latin1'), index++);
  const found: number[] = [];
  for await (const events of leafPagesFrom(from, log, tree))
    for (const event of events) found.push(indexOf.get(leafHash(leafOf(event)).toString('latin1')) ?? -1);
  const { altered, inserted, moved, missing } = aligned(found, count);
  const name = await names(log, tree, from, [
    ...[...altered, ...inserted].map((one) => one.found),
    ...[...moved, ...missing].flatMap((one) => [one.found - 1, one.found]),
  ]);
  const at = (place: number) => name.get(place) as NamedEvent;
  return [
    ...altered.map((one): Finding => ({ kind: 'altered', leaf: from + one.recorded, event: at(one.found) })),
    ...inserted.map((one): Finding => ({ kind: 'inserted', leaf: from + one.recorded, event: at(one.found) })),
    ...moved.map((one): Finding => ({ kind: 'moved', leaf: from + one.recorded, event: at(one.found), after: name.get(one.found - 1) })),
    ...missing.map((one): Finding => {
      const range = { leaf: from + one.recorded, count: one.count };
      if (one.found === found.length) return { kind: 'cut', ...range, last: name.get(one.found - 1) };
      return { kind: 'missing', ...range, before: name.get(one.found - 1), after: name.get(one.found) };
    }),
  ].slice(0, mostNamed);
}

/** The events at these places of the log, counted from a leaf of the tree on: -1 is the one before it. */
async function names(log: EventLog, tree: TreeStore, from: number, places: readonly number[]): Promise<ReadonlyMap<number, NamedEvent>> {
  const wanted = new Set(places);
  const found = new Map<number, NamedEvent>();
  const start = Math.max(0, from - 1);
  let place = start - from;
  for await (const events of leafPagesFrom(start, log, tree))
    for (const event of events) {
      if (wanted.has(place)) found.set(place, nameOf(event));
      place += 1;
    }
  return found;
}

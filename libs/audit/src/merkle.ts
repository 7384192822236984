import { hash } from 'node:crypto';

/**
 * The Merkle tree of RFC 9162, section 2.1 (https://www.rfc-editor.org/rfc/rfc9162#section-2.1), over SHA-256. A leaf is
 * any text; its hash and that of a node begin with different bytes, so that neither can stand for the other.
 */

export const hashBytes = 32;

/** The root of a tree without leaves. */
export const emptyRoot: Buffer = sha256('');

/** The hash of the perfect subtree of height `level` that is the `index`-th of its level, from 0. */
export type HashAt = (level: number, index: number) => Buffer;

export function leafHash(leaf: string): Buffer {
  return sha256(`\0${leaf}`);
}

/** Twice as fast as asking for a buffer: Node makes one for each call then, and here they share their memory. */
function sha256(data: string | Uint8Array): Buffer {
  return Buffer.from(hash('sha256', data, 'latin1'), 'latin1');
}

const pair = Buffer.alloc(1 + 2 * hashBytes, 1);

export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  pair.set(left, 1);
  pair.set(right, 1 + hashBytes);
  return sha256(pair);
}

/** A tree that grows at its right edge and keeps only what its root is made of: the perfect subtrees, the largest first. */
export class GrowingTree {
  private readonly edge: Buffer[] = [];
  private leaves = 0;

  /** Goes on with a tree of this size. */
  static of(size: number, hashAt: HashAt): GrowingTree {
    const tree = new GrowingTree();
    for (const [from, to] of perfectParts(0, size)) tree.edge.push(hashAt(Math.log2(to - from), from / (to - from)));
    tree.leaves = size;
    return tree;
  }

  get size(): number {
    return this.leaves;
  }

  /** Takes the hash of the next leaf. Tells of each node above it that is complete now, the lowest first. */
  append(leaf: Buffer, onNode?: (level: number, node: Buffer) => void): void {
    let node = leaf;
    let level = 0;
    for (let index = this.leaves; index % 2 === 1; index = (index - 1) / 2) {
      node = nodeHash(this.edge.pop() as Buffer, node);
      onNode?.(++level, node);
    }
    this.edge.push(node);
    this.leaves += 1;
  }

  root(): Buffer {
    return this.edge.length === 0 ? emptyRoot : this.edge.reduceRight((right, left) => nodeHash(left, right));
  }
}

/** The root of the tree of the first `size` leaves. */
export function rootOf(size: number, hashAt: HashAt): Buffer {
  return size === 0 ? emptyRoot : rangeHash(0, size, hashAt);
}

/** The hashes that lead from a leaf up to the root of the tree of this size. */
export function inclusionProof(index: number, size: number, hashAt: HashAt): Buffer[] {
  checkOrder(index + 1, size);
  const proof: Buffer[] = [];
  for (let [from, to] = [0, size]; to - from > 1;) {
    const middle = from + largestPowerBelow(to - from);
    if (index < middle) {
      proof.unshift(rangeHash(middle, to, hashAt));
      to = middle;
    } else {
      proof.unshift(rangeHash(from, middle, hashAt));
      from = middle;
    }
  }
  return proof;
}

/** The hashes that show that the tree of the first size is the beginning of that of the second. */
export function consistencyProof(first: number, second: number, hashAt: HashAt): Buffer[] {
  checkOrder(first, second);
  const proof: Buffer[] = [];
  for (let [from, to, isWhole] = [0, second, true]; ;) {
    if (first === to) {
      if (!isWhole) proof.unshift(rangeHash(from, to, hashAt));
      return proof;
    }
    const middle = from + largestPowerBelow(to - from);
    if (first <= middle) {
      proof.unshift(rangeHash(middle, to, hashAt));
      to = middle;
    } else {
      proof.unshift(rangeHash(from, middle, hashAt));
      [from, isWhole] = [middle, false];
    }
  }
}

/** Whether the leaf of this hash stands at the index of the tree of this size and root. */
export function isIncluded(leaf: Uint8Array, index: number, size: number, proof: readonly Uint8Array[], root: Uint8Array): boolean {
  if (!isCount(index) || !isCount(size) || index >= size || ![leaf, ...proof].every(isHash)) return false;
  let [at, last, found] = [index, size - 1, leaf];
  for (const other of proof) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      found = nodeHash(other, found);
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else found = nodeHash(found, other);
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && isSame(found, root);
}

/**
 * Whether the tree of the first size and root is the beginning of that of the second. A beginning without leaves shows
 * nothing, and is none. What others check, and specs.
 * @public
 */
export function isConsistent(
  first: { readonly size: number; readonly root: Uint8Array },
  second: { readonly size: number; readonly root: Uint8Array },
  proof: readonly Uint8Array[],
): boolean {
  if (!isCount(first.size) || !isCount(second.size) || first.size < 1 || first.size > second.size) return false;
  if (first.size === second.size) return proof.length === 0 && isSame(first.root, second.root);
  const hashes = Number.isInteger(Math.log2(first.size)) ? [first.root, ...proof] : proof;
  const [start, ...others] = hashes;
  if (!start || !hashes.every(isHash)) return false;
  let [at, last] = [first.size - 1, second.size - 1];
  while (at % 2 === 1) [at, last] = [half(at), half(last)];
  let [inFirst, inSecond] = [start, start];
  for (const other of others) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      inFirst = nodeHash(other, inFirst);
      inSecond = nodeHash(other, inSecond);
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else inSecond = nodeHash(inSecond, other);
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && isSame(inFirst, first.root) && isSame(inSecond, second.root);
}

/** The hash of the leaves from one index up to another: they begin at a multiple of the largest power of two among them. */
function rangeHash(from: number, to: number, hashAt: HashAt): Buffer {
  return perfectParts(from, to)
    .map(([start, end]) => hashAt(Math.log2(end - start), start / (end - start)))
    .reduceRight((right, left) => nodeHash(left, right));
}

/** The perfect subtrees that a range of leaves consists of, the largest first. */
function perfectParts(from: number, to: number): (readonly [number, number])[] {
  const parts: (readonly [number, number])[] = [];
  for (let start = from; start < to;) {
    const end = start + 2 ** Math.floor(Math.log2(to - start));
    parts.push([start, end]);
    start = end;
  }
  return parts;
}

function largestPowerBelow(size: number): number {
  return 2 ** (Math.ceil(Math.log2(size)) - 1);
}

function checkOrder(first: number, second: number): void {
  if (!isCount(first) || !isCount(second) || first < 1 || first > second)
    throw new RangeError(`a tree of ${second} leaves has no beginning of ${first}`);
}

const half = (value: number) => Math.floor(value / 2);
const isCount = (value: number) => Number.isSafeInteger(value) && value >= 0;
const isHash = (bytes: Uint8Array) => bytes.length === hashBytes;
const isSame = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;

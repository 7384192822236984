import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  consistencyProof,
  emptyRoot,
  GrowingTree,
  inclusionProof,
  isConsistent,
  isIncluded,
  leafHash,
  nodeHash,
  rootOf,
  type HashAt,
} from './merkle.js';
import published from './merkle-vectors.json' with { type: 'json' };
import { hashesFrom, tileLevelOf, tileNamed, tilePath, tileWidth } from './tiles.js';

interface Vector {
  readonly desc: string;
  readonly wantErr: boolean;
  readonly proof: readonly string[] | null;
}
interface InclusionVector extends Vector {
  readonly leafIdx: number;
  readonly treeSize: number;
  readonly root: string;
  readonly leafHash: string;
}
interface ConsistencyVector extends Vector {
  readonly size1: number;
  readonly size2: number;
  readonly root1: string;
  readonly root2: string;
}

const bytes = (base64: string) => Buffer.from(base64, 'base64');
const vectors = Object.entries(published.vectors as unknown as Record<string, InclusionVector | ConsistencyVector>);

/** The tree as RFC 9162 defines it, by recursion. */
function definedRoot(leaves: readonly string[]): Buffer {
  if (leaves.length === 0) return emptyRoot;
  if (leaves.length === 1) return leafHash(leaves[0] as string);
  let middle = 1;
  while (middle * 2 < leaves.length) middle *= 2;
  return nodeHash(definedRoot(leaves.slice(0, middle)), definedRoot(leaves.slice(middle)));
}

/** Nodes by recursion from the leaves. */
const nodesOf =
  (leaves: readonly string[]): HashAt =>
  (level, index) =>
    definedRoot(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level));

const leavesOf = (size: number) => Array.from({ length: size }, (_, index) => `leaf ${index}`);
/** A size of a tree, and one of a beginning of it. */
const sizes = fc.integer({ min: 1, max: 700 }).chain((size) => fc.tuple(fc.integer({ min: 1, max: size }), fc.constant(size)));
const flipped = (hash: Buffer, bit: number) => {
  const copy = Buffer.from(hash);
  copy[bit >> 3] = (copy[bit >> 3] as number) ^ (1 << (bit & 7));
  return copy;
};

describe('the Merkle tree', () => {
  it.each(vectors)('agrees with the published vector %s', (_file, vector) => {
    const proof = (vector.proof ?? []).map(bytes);
    const holds =
      'leafIdx' in vector
        ? isIncluded(bytes(vector.leafHash), vector.leafIdx, vector.treeSize, proof, bytes(vector.root))
        : isConsistent({ size: vector.size1, root: bytes(vector.root1) }, { size: vector.size2, root: bytes(vector.root2) }, proof);
    expect(holds).toBe(!vector.wantErr);
  });

  it('has the root that the RFC defines, at every size, however it is made', () => {
    const leaves = leavesOf(300);
    const tree = new GrowingTree();
    for (let size = 0; size <= leaves.length; size++) {
      const root = definedRoot(leaves.slice(0, size));
      expect(tree.root().equals(root)).toBe(true);
      expect(rootOf(size, nodesOf(leaves)).equals(root)).toBe(true);
      expect(GrowingTree.of(size, nodesOf(leaves)).root().equals(root)).toBe(true);
      if (size < leaves.length) tree.append(leafHash(leaves[size] as string));
    }
  });

  it('proves of each leaf that it stands where it stands, and of nothing else', () =>
    fc.assert(
      fc.property(sizes, fc.nat(), fc.nat({ max: 255 }), ([place, size], which, bit) => {
        const [leaves, index] = [leavesOf(size), place - 1];
        const [leaf, root] = [leafHash(leaves[index] as string), definedRoot(leaves)];
        const proof = inclusionProof(index, size, nodesOf(leaves));
        expect(isIncluded(leaf, index, size, proof, root)).toBe(true);
        expect(isIncluded(flipped(leaf, bit), index, size, proof, root)).toBe(false);
        expect(isIncluded(leaf, (index + 1) % size, size, proof, root)).toBe(size === 1);
        expect(isIncluded(leaf, index, size, [...proof, leaf], root)).toBe(false);
        if (proof.length === 0) return;
        const altered = proof.with(which % proof.length, flipped(proof[which % proof.length] as Buffer, bit));
        expect(isIncluded(leaf, index, size, altered, root)).toBe(false);
        expect(isIncluded(leaf, index, size, proof.slice(1), root)).toBe(false);
      }),
      { numRuns: 60 },
    ));

  it('proves of each beginning that the tree goes on from it, and of no other', () =>
    fc.assert(
      fc.property(sizes, fc.nat(), fc.nat({ max: 255 }), ([first, second], which, bit) => {
        const leaves = leavesOf(second);
        const [earlier, later] = [first, second].map((size) => ({ size, root: definedRoot(leaves.slice(0, size)) })) as [Tree, Tree];
        const proof = consistencyProof(first, second, nodesOf(leaves));
        expect(isConsistent(earlier, later, proof)).toBe(true);
        expect(isConsistent({ ...earlier, root: flipped(earlier.root, bit) }, later, proof)).toBe(false);
        expect(isConsistent(earlier, { ...later, root: flipped(later.root, bit) }, proof)).toBe(false);
        if (proof.length === 0) return;
        const altered = proof.with(which % proof.length, flipped(proof[which % proof.length] as Buffer, bit));
        expect(isConsistent(earlier, later, altered)).toBe(false);
      }),
      { numRuns: 60 },
    ));

  it('proves nothing of leaves that it does not have', () => {
    const nodes = nodesOf(leavesOf(4));
    for (const index of [-1, 4, 0.5]) expect(() => inclusionProof(index, 4, nodes)).toThrow(RangeError);
    for (const first of [0, 5]) expect(() => consistencyProof(first, 4, nodes)).toThrow(RangeError);
  });
});

interface Tree {
  readonly size: number;
  readonly root: Buffer;
}

describe('the tiles of a tree', () => {
  it('give every node below and between their levels', () => {
    const size = 256 * 256 + 256 * 3 + 5;
    const levels: Buffer[][] = [[]];
    const tree = new GrowingTree();
    for (const text of leavesOf(size)) {
      const leaf = leafHash(text);
      levels[0]?.push(leaf);
      tree.append(leaf, (level, node) => {
        const tiles = tileLevelOf(level);
        if (tiles !== undefined) (levels[tiles] ??= []).push(node);
      });
    }
    expect(levels.map(({ length }) => length)).toEqual([size, 259, 1]);
    const hashAt = hashesFrom((level, number, width) => {
      const hashes = levels[level]?.slice(number * tileWidth, (number + 1) * tileWidth) ?? [];
      return hashes.length < width ? undefined : Buffer.concat(hashes);
    });
    expect(rootOf(size, hashAt).equals(tree.root())).toBe(true);
    expect(GrowingTree.of(size, hashAt).root().equals(tree.root())).toBe(true);
    const proof = inclusionProof(70_000 % size, size, hashAt);
    expect(isIncluded(levels[0]?.[70_000 % size] as Buffer, 70_000 % size, size, proof, tree.root())).toBe(true);
    expect(() => hashAt(0, size)).toThrow(RangeError);
  });

  it('have one path each', () => {
    expect(tilePath({ level: 0, number: 1_234_067, width: tileWidth })).toBe('0/x001/x234/067');
    expect(tilePath({ level: 12, number: 0, width: 7 })).toBe('12/000.p/7');
    expect(tileNamed('0/x001/x234/067.p/12')).toEqual({ level: 0, number: 1_234_067, width: 12 });
    for (const path of ['64/000', '00/000', '0/x000/001', '0/1', '0/001.p/256', '0/001.p/0', '0/001.p/07', '0/001/', 'entries/000'])
      expect(tileNamed(path)).toBeUndefined();
    fc.assert(
      fc.property(fc.nat({ max: 63 }), fc.nat(), fc.integer({ min: 1, max: 256 }), (level, number, width) => {
        expect(tileNamed(tilePath({ level, number, width }))).toEqual({ level, number, width });
      }),
    );
  });
});

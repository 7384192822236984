import { hashBytes, nodeHash, type HashAt } from './merkle.js';

/**
 * The tiles of C2SP tlog-tiles (https://c2sp.org/tlog-tiles): the hashes of each eighth level of the tree, 256 in a tile.
 * Level 0 has the leaves; the levels between are hashed from the tile below them.
 */

const tileHeight = 8;
export const tileWidth = 256;
export const fullTileBytes = tileWidth * hashBytes;

/** A tile of the tree: how many hashes it must have at least is the `width`. Undefined where it has fewer. */
export type ReadTile = (level: number, number: number, width: number) => Buffer | undefined;

/** Which level of tiles holds the nodes of a level of the tree; undefined where none does. */
export function tileLevelOf(level: number): number | undefined {
  return level % tileHeight === 0 ? level / tileHeight : undefined;
}

/** How many hashes a level of tiles has in a tree of this size. */
export function hashesAtLevel(level: number, size: number): number {
  return Math.floor(size / tileWidth ** level);
}

/** The perfect subtrees of a tree, from its tiles. @throws RangeError for what the tree does not have */
export function hashesFrom(tile: ReadTile): HashAt {
  return (level, index) => {
    const tileLevel = Math.floor(level / tileHeight);
    const count = 2 ** (level % tileHeight);
    const first = index * count;
    const start = first % tileWidth;
    const found = tile(tileLevel, Math.floor(first / tileWidth), start + count);
    if (!found) throw new RangeError(`the tree has no node ${index} at level ${level}`);
    return folded(found.subarray(start * hashBytes, (start + count) * hashBytes));
  };
}

function folded(hashes: Buffer): Buffer {
  if (hashes.length === hashBytes) return hashes;
  const middle = hashes.length / 2;
  return nodeHash(folded(hashes.subarray(0, middle)), folded(hashes.subarray(middle)));
}

/** What is asked for by the path of a tile. */
export interface TileName {
  readonly level: number;
  readonly number: number;
  /** Of a partial tile; 256 where it is asked for whole. */
  readonly width: number;
}

/** The path of a tile below `tile/`: `0/x001/x234/067.p/12`. */
export function tilePath({ level, number, width }: TileName): string {
  const digits = String(number);
  const parts = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/.{3}/g) as string[];
  const path = parts.map((part, index) => (index < parts.length - 1 ? `x${part}` : part)).join('/');
  return `${level}/${path}${width === tileWidth ? '' : `.p/${width}`}`;
}

/** Undefined for what is no path of a tile: each tile has one path only. */
export function tileNamed(path: string): TileName | undefined {
  const found = /^(\d{1,2})\/((?:x\d{3}\/)*\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path);
  if (!found) return undefined;
  const [, level, index, width] = found as unknown as [string, string, string, string | undefined];
  const name = { level: Number(level), number: Number(index.replace(/[x/]/g, '')), width: width === undefined ? tileWidth : Number(width) };
  return name.level < 64 && name.width > 0 && tilePath(name) === path ? name : undefined;
}

import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { sqliteCodeOf, sqliteCodes } from '#engines/sqlite';
import type { Position, Revision } from '#kernel/envelope';
import { failAudit } from './audit.failures.js';
import { GrowingTree, hashBytes, rootOf, type HashAt } from './merkle.js';
import { fullTileBytes, hashesAtLevel, hashesFrom, tileLevelOf, tileWidth } from './tiles.js';

const format = 1;

/** Where an event stands in the log that this tree is of. */
export interface Place {
  readonly position: Position;
  readonly stream: string;
  readonly revision: Revision;
}

/** An event on its way into the tree. */
export interface PlacedLeaf extends Place {
  readonly hash: Buffer;
}

/** A signed checkpoint that was written. */
export interface StoredCheckpoint {
  readonly size: number;
  readonly note: string;
}

/**
 * The tree of one log in a file of its own: its tiles, where they end in the log, and the checkpoints. It only grows:
 * the file refuses to change what a tile has, to take one away, and to write another checkpoint of a size.
 */
export class TreeStore {
  /** The perfect subtrees. */
  readonly hashAt: HashAt = hashesFrom((level, number, width) => this.tile(level, number, width));

  private tree: GrowingTree;
  private readonly tileOf: StatementSync;

  private constructor(
    private readonly db: DatabaseSync,
    private readonly path: string,
  ) {
    this.tileOf = db.prepare('SELECT hashes FROM tiles WHERE level = ? AND number = ?');
    this.tree = this.storedTree();
  }

  /**
   * Opens the tree of a log, and makes the file where there is none (never when read-only).
   * @throws Failed `audit-tree-damaged`, `audit-tree-of-another-log`, `audit-tree-of-newer-version`
   */
  static open(path: string, log: string, { readOnly = false } = {}): TreeStore {
    return withReason(path, () => {
      const db = new DatabaseSync(path, { readOnly });
      try {
        db.exec('PRAGMA busy_timeout = 5000');
        const found = (db.prepare('PRAGMA user_version').get() as { user_version: number }).user_version;
        if (found > format) throw failAudit('audit-tree-of-newer-version', { path, found, known: format });
        if (found === 0 && !readOnly) create(db, log);
        const { log: of } = db.prepare('SELECT log FROM tree').get() as { log: string };
        if (of !== log) throw failAudit('audit-tree-of-another-log', { path, found: of, log });
        if (!readOnly) db.exec('PRAGMA synchronous = FULL');
        return new TreeStore(db, path);
      } catch (error) {
        db.close();
        throw error;
      }
    });
  }

  /** How many leaves there are. */
  get size(): number {
    return this.tree.size;
  }

  /** The root now, or of the first leaves. */
  root(size = this.size): Buffer {
    return size === this.size ? this.tree.root() : withReason(this.path, () => rootOf(size, this.hashAt));
  }

  /** A tile with at least so many hashes; undefined where it has fewer. */
  tile(level: number, number: number, width: number): Buffer | undefined {
    const found = this.tileOf.get(level, number) as { hashes: Uint8Array } | undefined;
    if (!found || found.hashes.length < width * hashBytes) return undefined;
    return Buffer.from(found.hashes.buffer, found.hashes.byteOffset, found.hashes.byteLength);
  }

  /** The hashes of the leaves from one up to another, tile by tile. */
  *leaves(from: number, to = this.size): Generator<Buffer> {
    for (let index = from; index < to;) {
      const number = Math.floor(index / tileWidth);
      const end = Math.min(to, (number + 1) * tileWidth);
      const tile = this.tile(0, number, end - number * tileWidth);
      if (!tile) throw this.damaged(`the tile ${number} of the leaves is missing`);
      for (; index < end; index++) yield tile.subarray((index % tileWidth) * hashBytes, ((index % tileWidth) + 1) * hashBytes);
    }
  }

  /**
   * Appends leaves, all or none; they are durable then. False where another process has appended meanwhile: nothing of
   * these is appended, and the tree is as the other one left it.
   */
  append(leaves: readonly PlacedLeaf[]): boolean {
    return withReason(this.path, () => {
      this.db.exec('BEGIN IMMEDIATE');
      try {
        const isOurs = this.storedSize() === this.tree.size;
        if (isOurs) this.write(leaves);
        this.db.exec('COMMIT');
        if (!isOurs) this.tree = this.storedTree();
        return isOurs;
      } catch (error) {
        // A full disk has rolled it back.
        if (this.db.isTransaction) this.db.exec('ROLLBACK');
        this.tree = this.storedTree();
        throw error;
      }
    });
  }

  /** The last event before a leaf that is known by its place: that of the end of the tile before, or of the tree. Undefined at the beginning. */
  lastPlace(before = Infinity): { readonly size: number; readonly place: Place } | undefined {
    const found = this.db.prepare('SELECT * FROM ends WHERE size <= ? ORDER BY tile DESC LIMIT 1').get(Math.min(before, this.size));
    return found && placed(found as unknown as EndRow);
  }

  /** The end of the last tile that ends before the position. */
  placeBefore(position: Position): { readonly size: number; readonly place: Place } | undefined {
    const found = this.db.prepare('SELECT * FROM ends WHERE position < ? ORDER BY tile DESC LIMIT 1').get(position);
    return found && placed(found as unknown as EndRow);
  }

  addCheckpoint({ size, note }: StoredCheckpoint): void {
    withReason(this.path, () => this.db.prepare('INSERT OR IGNORE INTO checkpoints (size, note) VALUES (?, ?)').run(size, note));
  }

  /** All checkpoints, the first first. */
  checkpoints(): readonly StoredCheckpoint[] {
    return this.db.prepare('SELECT size, note FROM checkpoints ORDER BY size').all() as unknown as StoredCheckpoint[];
  }

  /** Their notes, the last first. */
  *notesFromEnd(): Generator<string> {
    for (const found of this.db.prepare('SELECT note FROM checkpoints ORDER BY size DESC').iterate()) yield found['note'] as string;
  }

  /** With the signatures of witnesses that it has. */
  lastCheckpoint(): StoredCheckpoint | undefined {
    const last = this.db.prepare('SELECT size, note FROM checkpoints ORDER BY size DESC LIMIT 1').get() as StoredCheckpoint | undefined;
    if (!last) return undefined;
    const lines = this.db.prepare('SELECT line FROM cosignatures WHERE size = ? ORDER BY line').all(last.size) as { line: string }[];
    return { size: last.size, note: last.note + lines.map(({ line }) => `${line}\n`).join('') };
  }

  /** Keeps the signature line of a witness. */
  addCosignature(size: number, line: string): void {
    withReason(this.path, () => this.db.prepare('INSERT OR IGNORE INTO cosignatures (size, line) VALUES (?, ?)').run(size, line));
  }

  /** How many leaves have been found in the log as they are here. */
  get verified(): number {
    return (this.db.prepare('SELECT verified FROM tree').get() as { verified: number }).verified;
  }

  setVerified(size: number): void {
    withReason(this.path, () => this.db.prepare('UPDATE tree SET verified = ?').run(size));
  }

  close(): void {
    if (this.db.isOpen) this.db.close();
  }

  private storedSize(): number {
    const { number } = this.db.prepare('SELECT MAX(number) AS number FROM tiles WHERE level = 0').get() as { number: number | null };
    if (number === null) return 0;
    return number * tileWidth + (this.tile(0, number, 1) as Buffer).length / hashBytes;
  }

  private storedTree(): GrowingTree {
    try {
      return GrowingTree.of(this.storedSize(), this.hashAt);
    } catch (error) {
      if (error instanceof RangeError) throw this.damaged(error.message);
      throw error;
    }
  }

  private write(leaves: readonly PlacedLeaf[]): void {
    const begin = this.tree.size;
    const added: Buffer[][] = [];
    const add = (level: number, hash: Buffer) => (added[level] ??= []).push(hash);
    for (const { hash } of leaves) {
      add(0, hash);
      this.tree.append(hash, (height, node) => {
        const level = tileLevelOf(height);
        if (level !== undefined) add(level, node);
      });
    }
    added.forEach((hashes, level) => this.writeLevel(level, hashesAtLevel(level, begin), hashes));
    const put = this.db.prepare('INSERT OR REPLACE INTO ends (tile, size, position, stream, revision) VALUES (?, ?, ?, ?, ?)');
    leaves.forEach(({ position, stream, revision }, index) => {
      const size = begin + index + 1;
      if (size % tileWidth === 0 || index === leaves.length - 1)
        put.run(Math.floor((size - 1) / tileWidth), size, position, stream, revision);
    });
  }

  /** Hashes of a level that had so many, put at its end. */
  private writeLevel(level: number, had: number, hashes: readonly Buffer[]): void {
    const put = this.db.prepare(
      'INSERT INTO tiles (level, number, hashes) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET hashes = excluded.hashes',
    );
    for (let [index, rest] = [had, hashes]; rest.length > 0;) {
      const number = Math.floor(index / tileWidth);
      const fitting = rest.slice(0, tileWidth - (index % tileWidth));
      const there = index % tileWidth === 0 ? [] : [this.tile(level, number, index % tileWidth) as Buffer];
      put.run(level, number, Buffer.concat([...there, ...fitting]));
      [index, rest] = [index + fitting.length, rest.slice(fitting.length)];
    }
  }

  private damaged(reason: string) {
    return failAudit('audit-tree-damaged', { path: this.path, reason });
  }
}

interface EndRow extends Place {
  readonly size: number;
}

function placed({ size, position, stream, revision }: EndRow) {
  return { size, place: { position, stream, revision } };
}

function create(db: DatabaseSync, log: string): void {
  db.exec('PRAGMA journal_mode = WAL; BEGIN IMMEDIATE;');
  try {
    // Of those who make it at the same time one is first.
    if ((db.prepare('PRAGMA user_version').get() as { user_version: number }).user_version === 0) {
      db.exec(`
        CREATE TABLE tree (only INTEGER PRIMARY KEY CHECK (only = 1), log TEXT NOT NULL, verified INTEGER NOT NULL) STRICT;
        CREATE TABLE tiles (level INTEGER NOT NULL, number INTEGER NOT NULL, hashes BLOB NOT NULL, PRIMARY KEY (level, number)) STRICT;
        CREATE TABLE ends (
          tile INTEGER PRIMARY KEY, size INTEGER NOT NULL, position TEXT NOT NULL, stream TEXT NOT NULL, revision INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX ends_position ON ends (position);
        CREATE TABLE checkpoints (size INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT;
        CREATE TABLE cosignatures (size INTEGER NOT NULL, line TEXT NOT NULL, PRIMARY KEY (size, line)) STRICT;
        CREATE TRIGGER tiles_grow BEFORE UPDATE ON tiles
          WHEN length(OLD.hashes) >= ${fullTileBytes} OR substr(NEW.hashes, 1, length(OLD.hashes)) <> OLD.hashes
            OR NEW.level <> OLD.level OR NEW.number <> OLD.number
          BEGIN SELECT RAISE(ABORT, 'a tile only grows'); END;
        CREATE TRIGGER tiles_stay BEFORE DELETE ON tiles BEGIN SELECT RAISE(ABORT, 'a tile stays'); END;
        CREATE TRIGGER checkpoints_last BEFORE UPDATE ON checkpoints BEGIN SELECT RAISE(ABORT, 'a checkpoint is not changed'); END;
        CREATE TRIGGER checkpoints_stay BEFORE DELETE ON checkpoints BEGIN SELECT RAISE(ABORT, 'a checkpoint stays'); END;
      `);
      db.prepare('INSERT INTO tree VALUES (1, ?, 0)').run(log);
      db.exec(`PRAGMA user_version = ${format}`);
    }
    db.exec('COMMIT');
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

/** What SQLite fails with, as a failure of the tree. */
function withReason<Result>(path: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    const code = sqliteCodeOf(error);
    if (code === undefined) throw error;
    if (code === sqliteCodes.full) throw failAudit('audit-storage-full', { path }, { cause: error });
    throw failAudit('audit-tree-damaged', { path, reason: (error as Error).message }, { cause: error });
  }
}

import { openedRotation } from './checkpoint-keys.js';
import { openedCheckpoint, type Checkpoint } from './checkpoint.js';
import { consistencyProof, hashBytes, isConsistent } from './merkle.js';
import type { Verifier } from './signed-note.js';
import { hashesFrom, tilePath, tileWidth } from './tiles.js';

/** Asks a register for what it serves below `/audit/`; undefined where there is no such thing. */
export type AskRegister = (path: string) => Promise<Buffer | undefined>;

/** What a register was caught at: what it says now and what it has signed before cannot both be true. */
export class Contradiction extends Error {
  override readonly name = 'Contradiction';
}

/** A look at a register that contradicts nothing it has signed before. */
export interface Look {
  /** The signed checkpoint, to be kept. */
  readonly note: string;
  readonly checkpoint: Checkpoint;
  /** The leaves that were seen before, and are all still there as they were. */
  readonly before: number;
  readonly key: string;
}

/** Holds a register to what it has signed, from outside: each checkpoint must go on from the one before it. */
export class LogWatch {
  private seen: Checkpoint | undefined;

  /** Begins with a checkpoint that was kept, where one is given. */
  constructor(
    private readonly ask: AskRegister,
    private verifier: Verifier,
    private kept?: string,
  ) {}

  /** Undefined where the register has no checkpoint. @throws Contradiction */
  async look(): Promise<Look | undefined> {
    if (this.kept !== undefined) this.seen = await this.opened(this.kept);
    this.kept = undefined;
    const note = (await this.ask('checkpoint'))?.toString();
    if (note === undefined) return undefined;
    const checkpoint = openedCheckpoint(note, this.verifier) ?? (await this.bySuccessor(note));
    const { seen } = this;
    if (seen) await this.checkGoesOn(seen, checkpoint);
    if (!seen || checkpoint.size > seen.size) this.seen = checkpoint;
    return { note, checkpoint, before: seen?.size ?? 0, key: this.verifier.key };
  }

  /** Follows the keys from the one that is believed, each of which has signed the next. */
  private async bySuccessor(note: string): Promise<Checkpoint> {
    const next = successor(this.verifier, await this.statements());
    const checkpoint = openedCheckpoint(note, next);
    if (!checkpoint) throw new Contradiction(`the checkpoint is not signed by ${next.key}`);
    this.verifier = next;
    return checkpoint;
  }

  /** A checkpoint of the key that is believed, or of one that led to it. */
  private async opened(kept: string): Promise<Checkpoint> {
    const found = openedCheckpoint(kept, this.verifier);
    if (found) return found;
    const statements = await this.statements();
    for (const statement of statements) {
      const from = openedRotation(statement)?.from;
      const checkpoint = from && successor(from, statements).key === this.verifier.key ? openedCheckpoint(kept, from) : undefined;
      if (checkpoint) return checkpoint;
    }
    throw new Contradiction(`the checkpoint that was kept is not signed by ${this.verifier.key}`);
  }

  private async statements(): Promise<readonly string[]> {
    return JSON.parse((await this.ask('keys'))?.toString() ?? '[]') as readonly string[];
  }

  /** Of several servers one may be behind another: then it is what was seen that goes on. */
  private async checkGoesOn(seen: Checkpoint, checkpoint: Checkpoint): Promise<void> {
    const [first, second] = seen.size <= checkpoint.size ? [seen, checkpoint] : [checkpoint, seen];
    if (first.size === 0) return;
    const proof = first.size === second.size ? [] : await this.proofOf(first.size, second.size);
    if (!proof || !isConsistent(first, second, proof))
      throw new Contradiction(
        `the log of ${second.size} leaves does not go on from that of ${first.size} leaves: something before was changed`,
      );
  }

  /** From the tiles that it takes. Undefined where the register does not have them. */
  private async proofOf(first: number, second: number): Promise<readonly Buffer[] | undefined> {
    const tiles = new Map<string, Buffer>();
    for (;;) {
      let missing: string | undefined;
      const hashAt = hashesFrom((level, number, width) => {
        const whole = Math.floor(second / tileWidth ** level) - number * tileWidth;
        const path = `tile/${tilePath({ level, number, width: Math.min(tileWidth, whole) })}`;
        const tile = tiles.get(path);
        if (!tile) missing = path;
        return tile && tile.length >= width * hashBytes ? tile : undefined;
      });
      try {
        return consistencyProof(first, second, hashAt);
      } catch (error) {
        if (!(error instanceof RangeError) || missing === undefined) throw error;
      }
      const tile = await this.ask(missing);
      if (!tile) return undefined;
      tiles.set(missing, tile);
    }
  }
}

/** The last of the keys that follow each other from one that is believed. */
export function successor(believed: Verifier, statements: readonly string[]): Verifier {
  let last = believed;
  for (const statement of statements) {
    const rotation = openedRotation(statement);
    if (rotation?.from.key === last.key) last = rotation.to;
  }
  return last;
}

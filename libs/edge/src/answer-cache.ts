import { LRUCache } from 'lru-cache';
import type { Clock } from '#kernel/clock';
import type { Asked } from './asked.js';
import type { RestrictedRead } from './restricted-reads.js';

/** An answer as it was sent, and what is charged to whoever is sent it, too. */
export interface CachedAnswer {
  readonly body: Buffer;
  /** What it costs to look at its variables, and to answer it. */
  readonly costs: { readonly variables: number; readonly operation: number };
  readonly operation: Pick<Asked, 'operation' | 'operationName'>;
  /** Whose matters the caller’s organisation had stepped into as it was answered. */
  readonly succeeds: string;
  /** What the caller was let read as an official: told of anew for each who is given it. */
  readonly reads: readonly RestrictedRead[];
}

export interface CachedAnswersParts {
  /** 0: nothing is kept. */
  readonly mostBytes: number;
  /** How often anything has changed that answers are made of; undefined where that is not known at once. */
  readonly changeCount: () => number | undefined;
  readonly clock: Clock;
}

/** An answer may take this part of the place. */
const shareOfOne = 16;
/** What an answer takes beside its body and its key. */
const bytesAround = 500;

/** The answers that hold as long as nothing changes and no instant passes that one could be about. */
export class Standing {
  private readonly kept: LRUCache<string, CachedAnswer>;
  private readonly underWay = new Map<string, Promise<CachedAnswer | undefined>>();

  constructor(
    readonly changes: number,
    readonly stretch: number,
    mostBytes: number,
  ) {
    this.kept = new LRUCache({
      maxSize: mostBytes,
      maxEntrySize: Math.ceil(mostBytes / shareOfOne),
      sizeCalculation: ({ body }, key) => bytesAround + body.length + 2 * key.length,
    });
  }

  get bytes(): number {
    return this.kept.calculatedSize;
  }

  find(key: string): CachedAnswer | undefined {
    return this.kept.get(key);
  }

  keep(key: string, answer: CachedAnswer): void {
    this.kept.set(key, answer);
  }

  /** What is being made for another who asked the same before. It comes to nothing where that cannot be given to others. */
  madeForAnother(key: string): Promise<CachedAnswer | undefined> | undefined {
    return this.underWay.get(key);
  }

  /** Who asks the same meanwhile waits, and is given it, too. Returns what is to be called with the answer, or with none. */
  begin(key: string): (answer?: CachedAnswer) => void {
    const { promise, resolve } = Promise.withResolvers<CachedAnswer | undefined>();
    this.underWay.set(key, promise);
    return (answer) => {
      this.underWay.delete(key);
      resolve(answer);
    };
  }
}

/**
 * Answers that are given to all who ask the same as long as they would come to the same: nothing has changed, and between the
 * two instants lies none that a fact begins or ends at.
 */
export class AnswerCache {
  private standing: Standing | undefined;

  constructor(private readonly parts: CachedAnswersParts) {}

  /** What holds now: the same object as before while nothing changed; undefined where nothing is kept. */
  now(): Standing | undefined {
    const { mostBytes, changeCount, clock } = this.parts;
    if (mostBytes === 0) return undefined;
    const changes = changeCount();
    if (changes === undefined) return undefined;
    const stretch = stretchOf(clock.now());
    const { standing } = this;
    if (standing?.changes === changes && standing.stretch === stretch) return standing;
    return (this.standing = new Standing(changes, stretch, mostBytes));
  }
}

/**
 * Within a stretch of time no deadline passes and nothing comes into force: those lie at whole seconds, and days end a
 * millisecond before one (`fractionToCome` keeps others out of the log). Something may hold at such an instant that holds
 * neither before nor after, so that each is a stretch of its own.
 */
export function stretchOf(at: number): number {
  const ms = Math.floor(at);
  const within = ms % 1_000;
  return 4 * Math.floor(ms / 1_000) + (within === 0 ? 0 : within === 999 ? 2 : 1);
}

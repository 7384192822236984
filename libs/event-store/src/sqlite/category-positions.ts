import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** What is worth to look up: so many events at most, of a way through the log that is longer than this, and a fifth of it at most. */
export interface Worth {
  readonly most: number;
  readonly way: number;
}

interface Known {
  /** Up to where it was looked. */
  readonly end: number;
  /** In order; undefined where there are too many, as there will be. */
  readonly positions: readonly number[] | undefined;
}

/**
 * Where the events of categories are that have few: their streams stand together in the index of streams and revisions,
 * which is read in the place of the whole log. It needs no index by type, which each append would pay for.
 */
export class CategoryPositions {
  private readonly known = new Map<string, Known>();
  private readonly inRange: StatementSync;

  constructor(
    db: DatabaseSync,
    private readonly worth: Worth = { most: 20_000, way: 20_000 },
  ) {
    this.inRange = db.prepare('SELECT position FROM events WHERE stream >= ? AND stream < ? AND position <= ? LIMIT ?');
    this.inRange.setReturnArrays(true);
  }

  /** The positions of all events of the categories after one position and up to another, in order; undefined where the log is better read. */
  between(categories: readonly string[], after: number, end: number): readonly number[] | undefined {
    const key = categories.join();
    let known = this.known.get(key);
    if (!known || (known.positions && known.end < end)) {
      if (end - after <= this.worth.way) return undefined;
      this.known.set(key, (known = { end, positions: this.few(categories, end) }));
    }
    return known.positions?.filter((position) => position > after && position <= end);
  }

  private few(categories: readonly string[], end: number): readonly number[] | undefined {
    const most = Math.min(this.worth.most, Math.floor(end / 5));
    const found: number[] = [];
    for (const category of new Set(categories)) {
      const rows = this.inRange.all(`${category}-`, `${category}.`, end, most + 1 - found.length) as unknown as [number][];
      for (const [position] of rows) found.push(position);
      if (found.length > most) return undefined;
    }
    return found.sort((a, b) => a - b);
  }
}

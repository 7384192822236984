import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Instant } from '#kernel/helsinki-time';
import { recordedAt } from './log-file.js';

/** So many rows are a block. */
const blockSize = 256;
/** What the log records of itself counts as recorded never. */
const ofOthers = "position NOT IN (SELECT position FROM events WHERE stream = 'log')";

/**
 * When what stands up to each 256th row of the log was recorded, at the latest: grows in the order of the log whatever clocks
 * did, so that an instant is found in it by bisection. Read once from the index of times, and for what is written since.
 */
export class RecordedTimes {
  /** After the blocks that are known. */
  private end = 0;
  /** The first row of each block that was recorded later than all before it, and when the latest of these was. */
  private readonly blocks: { readonly from: number; readonly latest: Instant }[] = [];
  private readonly all: StatementSync;
  private readonly rest: StatementSync;
  private readonly later: StatementSync;

  constructor(db: DatabaseSync) {
    const blocks = `SELECT position / ${blockSize} AS block, MAX(${recordedAt}) AS latest FROM events`;
    // The plus keeps SQLite from walking the log by positions: the index of times holds all that is asked for.
    this.all = db.prepare(`${blocks} WHERE ${recordedAt} IS NOT NULL AND +position < ? AND ${ofOthers} GROUP BY block`);
    this.rest = db.prepare(`${blocks} WHERE position >= ? AND position < ? AND ${ofOthers} GROUP BY block`);
    this.later = db.prepare(
      `SELECT MIN(position) AS row FROM events WHERE position >= ? AND position <= ? AND +${recordedAt} > ? AND stream <> 'log'`,
    );
  }

  /** The first row, up to a last one, that was recorded later than the instant; undefined where there is none. */
  firstLater(instant: Instant, last: number): number | undefined {
    this.read(last);
    let [from, to] = [0, this.blocks.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((this.blocks[middle] as { latest: Instant }).latest > instant) to = middle;
      else from = middle + 1;
    }
    const block = this.blocks[from];
    const [first, end] = block ? [block.from, block.from + blockSize - 1] : [this.end, last];
    return (this.later.get(first, Math.min(end, last), instant) as { row: number | null }).row ?? undefined;
  }

  /** Reads the blocks that are full by now. */
  private read(last: number): void {
    const end = Math.floor((last + 1) / blockSize) * blockSize;
    if (end <= this.end) return;
    const found = this.end === 0 ? this.all.all(end) : this.rest.all(this.end, end);
    for (const { block, latest } of found as { block: number; latest: Instant | null }[])
      if (latest !== null && latest > (this.blocks.at(-1)?.latest ?? '')) this.blocks.push({ from: block * blockSize, latest });
    this.end = end;
  }
}

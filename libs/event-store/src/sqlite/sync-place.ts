/** What the thread that answers may wait for a sync: as much as an answer takes it. In milliseconds. */
const quick = 1;
/** The weight of one sync: what is forgotten of the earlier ones. */
const weight = 1 / 32;

/**
 * Where the next sync is done. To hand one over to another thread and back takes about 0.15 ms, which is more than a quick
 * disk takes to sync; a slow disk would keep everybody waiting. So the thread that answers syncs itself while the disk is
 * quick. That is told by the mean of the squares of what syncs took: one of 30 ms counts as 900 of 1 ms, and sends the
 * next hundred elsewhere.
 */
export class SyncPlace {
  private meanSquare = 2 * quick ** 2;

  /** Whether the thread that answers does it. */
  get isHere(): boolean {
    return this.meanSquare <= quick ** 2;
  }

  /** Told how long each took, in milliseconds. */
  took(milliseconds: number): void {
    this.meanSquare += weight * (milliseconds ** 2 - this.meanSquare);
  }
}

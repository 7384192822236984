/** Something with a time, in milliseconds since 1970. */
export interface Timed {
  readonly next: number;
}

/** What has a time, the earliest first: a binary heap. What is not wanted any more is left out once its time comes, or once there is more of it than of the rest. */
export class Agenda<Item extends Timed> {
  private heap: Item[] = [];
  /** At so many it is looked which of them are still wanted. */
  private full = 64;

  constructor(private readonly isWanted: (item: Item) => boolean) {}

  /** An item whose time changes is taken out and added again. */
  add(item: Item): void {
    if (this.heap.length >= this.full) this.tidy();
    this.push(item);
  }

  /** The earliest time of what is wanted; infinite where nothing is. */
  get next(): number {
    for (let first = this.heap[0]; first; first = this.heap[0]) {
      if (this.isWanted(first)) return first.next;
      this.pop();
    }
    return Infinity;
  }

  /** Takes out what is wanted and whose time has come, the earliest first. */
  take(now: number): readonly Item[] {
    const due: Item[] = [];
    while (this.next <= now) due.push(this.pop() as Item);
    return due;
  }

  private tidy(): void {
    const wanted = this.heap.filter(this.isWanted);
    this.heap = [];
    for (const item of wanted) this.push(item);
    this.full = Math.max(64, 2 * wanted.length);
  }

  private push(item: Item): void {
    const { heap } = this;
    let at = heap.push(item) - 1;
    for (let above = (at - 1) >> 1; at > 0 && (heap[above] as Item).next > item.next; above = (at - 1) >> 1) {
      heap[at] = heap[above] as Item;
      at = above;
    }
    heap[at] = item;
  }

  private pop(): Item | undefined {
    const { heap } = this;
    const [first, last] = [heap[0], heap.pop()];
    if (heap.length === 0 || last === undefined) return first;
    let at = 0;
    for (let below = 1; below < heap.length; below = 2 * at + 1) {
      if (below + 1 < heap.length && (heap[below + 1] as Item).next < (heap[below] as Item).next) below += 1;
      if ((heap[below] as Item).next >= last.next) break;
      heap[at] = heap[below] as Item;
      at = below;
    }
    heap[at] = last;
    return first;
  }
}

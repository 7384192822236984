/** What waits for streams: one at a time works on a stream, on all that waited for it then; different streams do not wait for each other. */
export class StreamQueues<Item> {
  private readonly queues = new Map<string, Item[]>();
  private waitingItems = 0;

  /** @param work Works on what waited for a stream, at most `most` items, and never throws. */
  constructor(
    private readonly work: (stream: string, items: readonly Item[]) => Promise<void>,
    private readonly most: number,
  ) {}

  /** How many wait for others of their stream. */
  get waiting(): number {
    return this.waitingItems;
  }

  add(stream: string, item: Item): void {
    const queue = this.queues.get(stream);
    if (queue) {
      queue.push(item);
      this.waitingItems += 1;
      return;
    }
    this.queues.set(stream, []);
    void this.run(stream, [item]);
  }

  private async run(stream: string, first: readonly Item[]): Promise<void> {
    const queue = this.queues.get(stream) as Item[];
    for (let items = first; items.length > 0; items = queue.splice(0, this.most)) {
      if (items !== first) this.waitingItems -= items.length;
      await this.work(stream, items);
    }
    this.queues.delete(stream);
  }
}

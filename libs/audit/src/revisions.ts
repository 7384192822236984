import { LRUCache } from 'lru-cache';
import type { EventLog, StoredEvent } from '#event-store/event-log';

/** Counts the revisions of streams as their events come: each follows the one before it. */
export class Revisions {
  private readonly next = new LRUCache<string, number>({ max: 100_000 });

  constructor(private readonly log: Pick<EventLog, 'readStream'>) {}

  /** The revision that is due in the stream of the event; its own is counted. */
  async due({ stream, revision }: StoredEvent): Promise<number> {
    const due = this.next.get(stream) ?? (await this.afterThoseBefore(stream, revision));
    this.next.set(stream, revision + 1);
    return due;
  }

  /** Begins to count anew, from what the log has. */
  forget(): void {
    this.next.clear();
  }

  /** Of a stream that is not counted yet the event before this one must be there. */
  private async afterThoseBefore(stream: string, revision: number): Promise<number> {
    if (revision === 0) return 0;
    const [before] = await this.log.readStream(stream, { direction: 'backwards', from: revision - 1, limit: 1 });
    return before ? before.revision + 1 : 0;
  }
}

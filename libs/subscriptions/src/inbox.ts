import type { Turns } from './turns.js';

/** How much may wait for one client, whichever of its inboxes it waits in. */
export interface Room {
  /** Told of what now waits. May end the client that reads too slowly. */
  taken(bytes: number): void;
  /** Told of what waits no longer. */
  freed(bytes: number): void;
}

/** What waits for a reader: put in by one side, taken out by the other. */
export class Inbox<Item> {
  private waiting: { readonly item: Item; readonly bytes: number }[] = [];
  private wake: () => void = () => undefined;
  private failure: { readonly error: unknown } | undefined;

  constructor(
    private readonly room: Room,
    /** Ends the waiting; its reason is what the reader is told. */
    private readonly signal: AbortSignal,
    private readonly turns: Turns,
  ) {
    signal.addEventListener('abort', () => this.wake(), { once: true });
  }

  put(item: Item, bytes: number): void {
    this.waiting.push({ item, bytes });
    this.room.taken(bytes);
    // One that did not wait, or is to go on already, finds it.
    if (this.waiting.length === 1) this.turns.take(() => this.wake());
  }

  /** Lets the reader fail instead of waiting on. */
  fail(error: unknown): void {
    this.failure = { error };
    this.wake();
  }

  /** The next item, as soon as there is one. @throws what the inbox failed with, or the reason of the signal */
  async take(): Promise<Item> {
    for (;;) {
      this.signal.throwIfAborted();
      if (this.failure) throw this.failure.error;
      const next = this.waiting.shift();
      if (next) {
        this.room.freed(next.bytes);
        return next.item;
      }
      await new Promise<void>((wake) => (this.wake = wake));
    }
  }

  /** Forgets what waits. */
  clear(): void {
    for (const { bytes } of this.waiting.splice(0)) this.room.freed(bytes);
  }
}

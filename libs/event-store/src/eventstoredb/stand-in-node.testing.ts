import type { Metadata } from '@grpc/grpc-js';
import type { StandInStore } from './stand-in-store.testing.js';

export interface StandInOptions {
  /** The file that holds the log. */
  readonly file: string;
  /** One that is free by default; it stays the same when the server is started again. */
  readonly port?: number;
  /** Asks for TLS with this key and certificate. */
  readonly tls?: { readonly key: string; readonly certificate: string };
  /** Asks every call for these, `user:password`. */
  readonly credentials?: string;
  /** The port of the node that leads, where this one does not at first. */
  readonly leaderPort?: number;
  /** Versions before 23.10 do not say when a subscription has caught up. */
  readonly saysCaughtUp?: boolean;
  /** Versions from 24.10 on call a position invalid that is no event's; those before have no words of its own for it. */
  readonly callsPositionsInvalid?: boolean;
}

/** What a stand-in is while it runs, and how it is told to fail. What it serves is in `stand-in-reads` and `stand-in-appends`. */
export abstract class StandInNode {
  /** Ends the server like a `kill -9` when the next append is before, or right after, its commit. */
  dieAt: 'before-commit' | 'after-commit' | undefined;
  /** Ends it when so many events more were given to subscribers. */
  dieAfterEvents = Infinity;
  /** Told of each message: a read begun, an event given to it, an append taken in, begun to be written, and written but not answered. */
  onMessage = () => {};
  /** How many reads do not find the last event yet, as on a leader whose followers have not written it. */
  readsBehind = 0;
  /** After how long an append is told that its time is over which was under way already. */
  requestTimeoutMs = 50;
  /** How long each call waits for its answer, in milliseconds. */
  slowMs = 0;
  /** What calls are asked for from now on. */
  credentials: string | undefined;
  /** Gives subscribers nothing, though the connection stands. */
  isMute = false;
  /** The port of the node that leads, where this one does not: the other one holds the file then. Unknown while they elect. */
  leaderPort: number | 'unknown' | undefined;
  /** How many calls were begun, by name. */
  readonly calls = new Map<string, number>();
  /** As `log`; undefined while it does not run. */
  store: StandInStore | undefined;
  /** Resolves with the next append. */
  appended = Promise.withResolvers<void>();
  private thawed: PromiseWithResolvers<void> | undefined;

  constructor(readonly options: StandInOptions) {
    this.credentials = options.credentials;
    this.leaderPort = options.leaderPort;
  }

  /** Ends it at once, connections cut, as a `kill -9` does. */
  abstract stop(): void;

  /** What it holds. @throws where it does not run */
  get log(): StandInStore {
    if (!this.store) throw new Error('the stand-in is not running');
    return this.store;
  }

  /** From now on nothing is answered. */
  freeze(): void {
    this.thawed ??= Promise.withResolvers();
  }

  thaw(): void {
    this.thawed?.resolve();
    this.thawed = undefined;
  }

  /** Waits as long as the server is frozen, or slow. */
  async turn(): Promise<void> {
    await this.thawing();
    if (this.slowMs > 0) await new Promise((resolve) => setTimeout(resolve, this.slowMs));
  }

  /** Waits as long as the server is frozen. */
  async thawing(): Promise<void> {
    while (this.thawed) await this.thawed.promise;
  }

  /** Tells of a message, which may end the server; who has died hears of none. @returns whether it still runs */
  message(): boolean {
    if (this.store) this.onMessage();
    return this.store !== undefined;
  }

  /** Lets go those who wait for an append. */
  wake(): void {
    this.appended.resolve();
    this.appended = Promise.withResolvers();
  }
}

/** Whether the call asks for the node that leads. */
export const isForLeader = (call: { metadata: Metadata }) => call.metadata.get('requires-leader')[0] === 'true';

import { once } from 'node:events';
import { WebSocket, type ClientOptions } from 'ws';

/** A message of the server, as it came. */
export interface Told {
  readonly id?: string;
  readonly type: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a spec asks for is what it gets
  readonly payload?: any;
}

interface Connecting extends ClientOptions {
  /** The payload of the first message. */
  readonly init?: object;
}

/** A client of subscriptions that speaks the protocol word by word, and can stop reading. */
export class Subscriber {
  private readonly told: Told[] = [];
  private wake: () => void = () => undefined;
  private nextId = 1;
  readonly closed: Promise<{ code: number; reason: string }>;

  private constructor(readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => {
      this.told.push(JSON.parse(data.toString()) as Told);
      this.wake();
    });
    this.closed = new Promise((closed) => socket.once('close', (code, reason) => closed({ code, reason: String(reason) })));
    void this.closed.then(() => this.wake());
    socket.on('error', () => undefined);
  }

  /** Opens the socket, without a word yet. */
  static async open(url: string, options: ClientOptions = {}): Promise<Subscriber> {
    const subscriber = new Subscriber(new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', options));
    await Promise.race([once(subscriber.socket, 'open'), subscriber.closed]);
    return subscriber;
  }

  /** Opens the socket and says who it is; the server may say no by closing it. */
  static async connect(url: string, { init = {}, ...options }: Connecting = {}): Promise<Subscriber> {
    const subscriber = await Subscriber.open(url, options);
    subscriber.say({ type: 'connection_init', payload: init });
    await subscriber.next();
    return subscriber;
  }

  say(message: object): void {
    this.socket.send(JSON.stringify(message));
  }

  /** Sends a subscription and gives its id. */
  subscribe(query: string, variables: object = {}, operationName?: string): string {
    const id = String(this.nextId++);
    this.say({ id, type: 'subscribe', payload: { query, variables, operationName } });
    return id;
  }

  /** The next message; undefined once the connection is closed and all were read. */
  async next(): Promise<Told | undefined> {
    while (this.told.length === 0) {
      if (this.socket.readyState === WebSocket.CLOSED) return undefined;
      await new Promise<void>((wake) => (this.wake = wake));
    }
    return this.told.shift();
  }

  /** The next messages, as many as said, or all until the connection closes. */
  async take(count = Infinity): Promise<Told[]> {
    const taken: Told[] = [];
    while (taken.length < count) {
      const next = await this.next();
      if (!next) break;
      taken.push(next);
    }
    return taken;
  }

  /** Goes away without a word. */
  cut(): void {
    this.socket.terminate();
  }
}

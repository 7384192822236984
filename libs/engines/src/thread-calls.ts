import { entry } from '#kernel/keyed';
import { CodedError, Failed, type Details } from '#kernel/refused';
import { WhenIdle } from './when-idle.js';

/** One end of the channel between a thread and who asks it. */
export interface Port {
  on(event: 'message', take: (message: unknown) => void): unknown;
  postMessage(message: unknown): void;
}

/** What can be asked of a thread, by name. */
export type Calls = Readonly<Record<string, (...args: never[]) => Promise<unknown>>>;

interface Asked {
  readonly id: number;
  readonly name: string;
  readonly args: readonly unknown[];
}

type Told =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly failed: { readonly code?: string; readonly details?: Details; readonly message: string } };

/** Answers what is asked over the channel, by what is opened for it. */
export function serveCalls(port: Port, open: () => Promise<Calls>): void {
  const answer = async ({ id, name, args }: Asked) => {
    try {
      const call = entry(await open(), name);
      if (!call) throw new TypeError(`nothing answers to ${name}`);
      port.postMessage({ id, value: await call(...(args as never[])) } satisfies Told);
    } catch (error) {
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      port.postMessage({
        id,
        failed: { message, ...(error instanceof CodedError && { code: error.code, details: error.details }) },
      } satisfies Told);
    }
  };
  port.on('message', (asked) => void answer(asked as Asked));
}

/** A thread that runs, and how to end it. */
export interface Thread {
  readonly port: Port;
  /** Calls back once if it ends by itself. */
  readonly onEnd: (ended: (reason: string) => void) => void;
  readonly end: () => Promise<void>;
}

interface Waiting {
  readonly since: number;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

/** A thread that nobody has asked for so long ends, and not before ten times what the longest answer took: coming to it anew takes a tenth of the time at most. */
const idleMs = 20_000;
const timesTheLongest = 10;

/** Asks a thread, which is started with the first question, and again after it has ended: by itself, or because it was idle. */
export class ThreadCalls<Answering extends Calls> {
  private thread: Thread | undefined;
  private ending: Promise<void> | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private readonly idle = new WhenIdle(() => this.rest());
  private longest = 0;
  private nextId = 0;

  constructor(
    private readonly start: () => Thread,
    /** What those are told who wait when it ends. */
    private readonly ended: (reason: string) => Error,
    /** For how long it is kept without a question at least, in milliseconds. */
    private readonly keptMs = idleMs,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** @throws what the call fails with: a coded error as it is, any other by its message */
  call<Name extends keyof Answering & string>(name: Name, ...args: Parameters<Answering[Name]>): ReturnType<Answering[Name]> {
    const answer = new Promise<never>((resolve, reject) => {
      const { port } = this.running();
      const id = this.nextId++;
      this.idle.isAsked();
      this.waiting.set(id, { since: this.now(), resolve, reject });
      port.postMessage({ id, name, args } satisfies Asked);
    });
    return answer as ReturnType<Answering[Name]>;
  }

  async close(): Promise<void> {
    const { thread } = this;
    this.leave('it was closed');
    await Promise.all([thread?.end(), this.ending]);
  }

  private running(): Thread {
    if (this.thread) return this.thread;
    const thread = this.start();
    thread.port.on('message', (told) => this.answered(told as Told));
    thread.onEnd((reason) => this.thread === thread && this.leave(reason));
    return (this.thread = thread);
  }

  /** Nobody waits. Who asks while it ends is answered by another thread. */
  private rest(): void {
    const { thread } = this;
    this.thread = undefined;
    this.longest = 0;
    this.ending = thread?.end();
  }

  private leave(reason: string): void {
    this.thread = undefined;
    this.longest = 0;
    this.idle.isAsked();
    for (const { reject } of this.waiting.values()) reject(this.ended(reason));
    this.waiting.clear();
  }

  private answered(told: Told): void {
    const waiting = this.waiting.get(told.id);
    this.waiting.delete(told.id);
    if (waiting) this.longest = Math.max(this.longest, this.now() - waiting.since);
    if (this.waiting.size === 0) this.idle.restsFor(Math.max(this.keptMs, timesTheLongest * this.longest));
    if ('value' in told) return waiting?.resolve(told.value as never);
    const { code, details, message } = told.failed;
    waiting?.reject(code === undefined ? new Error(message) : new Failed(code, details));
  }
}

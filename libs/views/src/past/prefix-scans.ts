import type { Prefix } from '#event-store/event-log';
import type { Position } from '#kernel/envelope';
import type { Instant } from '#kernel/helsinki-time';
import type { Stored } from '#kernel/projection';
import { Failed } from '#kernel/refused';
import { WhenIdle } from '#engines/when-idle';
import { fail, isOurOwn, type Answer, type Asked, type Port, type Question, type Reading } from './prefix-scanner.js';
import type { Scan } from '../fold/projection-run.js';
import type { StoredRows, Find, RowText, Where } from '#view-store/view-store';

/** While so many scans are waited for, a question that needs another one is told to come later. */
const mostScans = 64;

/** For how long what was scanned is kept after the last question, in milliseconds: where a client asked, who may ask again, and where only we did. */
export interface Kept {
  readonly client: number;
  readonly ourOwn: number;
}
const keptMs: Kept = { client: 300_000, ourOwn: 10_000 };

/** A scanner that runs, and how to end it. */
export interface Connected {
  readonly port: Port;
  /** Calls back once if the scanner ends by itself; with a reason where it ran out of memory. */
  readonly onEnd: (ended: (outOfMemory: boolean) => void) => void;
  readonly end: () => Promise<void>;
}

interface Waiting {
  readonly scan: string;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
  readonly progress?: ((events: number) => void) | undefined;
}

/**
 * Asks a scanner, which runs in a thread of its own, about prefixes of the log. The scanner is started with the first
 * question, and again after it has ended: because it failed, or was idle.
 */
export class PrefixScans {
  private connected: Connected | undefined;
  private ending: Promise<void> | undefined;
  private readonly waiting = new Map<number, Waiting>();
  /** How many questions wait for each scan. One answer may ask many of the same rows. */
  private readonly waitingFor = new Map<string, number>();
  private readonly idle = new WhenIdle(() => {
    this.ending = this.ended(false);
  });
  private isClients = false;
  private nextId = 0;

  constructor(
    private readonly connect: () => Connected,
    private readonly kept = keptMs,
  ) {}

  /** What was known at the instant. */
  prefixAt(instant: Instant): Promise<Prefix> {
    return this.ask({ ask: 'prefix', instant });
  }

  /**
   * The rows of a projection as they were at the position. Where the view cannot be folded so far,
   * they are the rows up to there for who asks for what is partial, and the error `past-unreadable` for others.
   */
  rows<Row extends object>(projection: string, position: Position, { partial = false } = {}): StoredRows<Row> {
    return new PrefixCollection<Row>((method, ...args) => this.ask({ ask: 'rows', projection, position, partial, method, args }));
  }

  /** Scans (again if it is to be `fresh`), says how many events it has read, and what it came to. */
  async *scan(projection: string, position: Position, { fresh = false } = {}): AsyncGenerator<number, Scan> {
    let [read, told] = [0, 0];
    let wake = (): void => undefined;
    let isDone = false;
    const scan = this.ask<Scan>({ ask: 'scan', projection, position, fresh }, (events) => ((read = events), wake()));
    void scan.catch(() => undefined).then(() => ((isDone = true), wake()));
    for (;;) {
      if (read > told) yield (told = read);
      else if (isDone) return scan;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.ended(false), this.ending]);
  }

  private ask<Value>(question: Question, progress?: (events: number) => void): Promise<Value> {
    const scan = scanOf(question);
    const others = this.waitingFor.get(scan) ?? 0;
    if (others === 0 && this.waitingFor.size >= mostScans && !isOurOwn(question)) return Promise.reject(fail('past-busy'));
    return new Promise<Value>((resolve, reject) => {
      const { port } = this.scanner();
      const id = this.nextId++;
      this.idle.isAsked();
      this.isClients ||= !isOurOwn(question);
      this.waiting.set(id, { scan, resolve, reject, progress });
      this.waitingFor.set(scan, others + 1);
      port.postMessage({ id, question } satisfies Asked);
    });
  }

  private scanner(): Connected {
    if (this.connected) return this.connected;
    const connected = this.connect();
    connected.port.on('message', (answer) => this.answered(answer as Answer));
    connected.onEnd((outOfMemory) => this.connected === connected && void this.ended(outOfMemory));
    return (this.connected = connected);
  }

  private answered(answer: Answer): void {
    const waiting = this.waiting.get(answer.id);
    if (!waiting) return;
    if ('progress' in answer) return waiting.progress?.(answer.progress);
    this.waiting.delete(answer.id);
    const others = (this.waitingFor.get(waiting.scan) ?? 1) - 1;
    if (others > 0) this.waitingFor.set(waiting.scan, others);
    else this.waitingFor.delete(waiting.scan);
    if (this.waiting.size === 0) this.idle.restsFor(this.isClients ? this.kept.client : this.kept.ourOwn);
    if ('value' in answer) return waiting.resolve(answer.value as never);
    const { code, details, message } = answer.failed;
    waiting.reject(code === undefined ? new Error(`the scanner failed: ${message}`) : new Failed(code, details));
  }

  private async ended(outOfMemory: boolean): Promise<void> {
    const { connected } = this;
    this.connected = undefined;
    this.isClients = false;
    this.idle.isAsked();
    for (const { reject } of this.waiting.values()) reject(fail(outOfMemory ? 'past-too-large' : 'past-busy'));
    this.waiting.clear();
    this.waitingFor.clear();
    await connected?.end();
  }
}

function scanOf(question: Question): string {
  return question.ask === 'prefix' ? 'prefix' : `${question.projection} ${question.position}`;
}

/** The rows of a prefix, behind the channel. */
class PrefixCollection<Row extends object> implements StoredRows<Row> {
  constructor(private readonly ask: <Value>(method: Reading, ...args: readonly unknown[]) => Promise<Value>) {}

  get(id: string): Promise<Stored<Row> | undefined> {
    return this.ask('get', id);
  }

  getMany(ids: readonly string[]): Promise<readonly (Stored<Row> | undefined)[]> {
    return this.ask('getMany', ids);
  }

  find(question: Find<Row>): Promise<readonly Stored<Row>[]> {
    return this.ask('find', question);
  }

  count(where?: Where<Row>): Promise<number> {
    return this.ask('count', where);
  }

  stored(ids: readonly string[]): Promise<readonly (Stored<Row> | undefined)[]> {
    return this.ask('stored', ids);
  }

  page(afterId: string | undefined, limit: number): Promise<readonly Stored<Row>[]> {
    return this.ask('page', afterId, limit);
  }

  texts(afterId: string | undefined, limit: number): Promise<readonly RowText[]> {
    return this.ask('texts', afterId, limit);
  }
}

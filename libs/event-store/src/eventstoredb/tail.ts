import { setTimeout as sleep } from 'node:timers/promises';
import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { Position } from '#kernel/envelope';
import { troubleText } from '#engines/outage';
import { Failed } from '#kernel/refused';
import { defaultLimit, type LoggedEvent, type Page } from '../event-log.js';
import type { ReadCall } from './client.js';
import { recordOf, type RecordedEvent } from './messages.js';

/** What a tail is made of. */
export interface Tailed {
  head(): Promise<Position>;
  /** @throws Failed `log-position-unknown` where no event of ours is at the position */
  check(position: Position): Promise<void>;
  /** A call that gives what comes after the position. */
  subscribe(after: Position | undefined): Promise<ReadCall>;
  /** The event; undefined for what the server writes for itself. */
  logged(record: RecordedEvent): LoggedEvent | undefined;
}

export interface Watch {
  /** How long nothing may come before the log is asked whether there is something. */
  readonly silenceMs: number;
  readonly report: (what: string, details: object) => void;
  /** Told when it breaks off, and when it goes on or ends. */
  readonly onBroken?: (isBroken: boolean) => void;
}

/** Where so many events wait for the reader, no more are asked for. */
const mostWaiting = 2 * defaultLimit;
const firstPauseMs = 100;
/** Readers see nothing new until it goes on. */
const longestPauseMs = 1_000;
/** How soon a server that does not say so itself is asked whether the reader has caught up. */
const caughtUpMs = 1_000;

/** Everything after the position, as it comes; begun anew after what was handed out last, whatever ends or stalls the call, until the signal is aborted. */
export async function* tail(
  log: Tailed,
  after: Position | undefined,
  signal: AbortSignal,
  { silenceMs, report, onBroken = () => {} }: Watch,
): AsyncGenerator<Page> {
  let at = after;
  let failures = 0;
  while (!signal.aborted) {
    let arrivals: Arrivals | undefined;
    try {
      if (at !== undefined) await untilAborted(log.check(at), signal);
      const opening = log.subscribe(at);
      opening.then(
        (call) => signal.aborted && call.cancel(),
        () => {},
      );
      arrivals = new Arrivals(await untilAborted(opening, signal), log, signal);
      for (let heardBefore: number | undefined; ;) {
        const page = await arrivals.page(at, arrivals.isLive ? silenceMs : Math.min(silenceMs, caughtUpMs));
        if (signal.aborted) return;
        if (page) {
          if (failures > 0) report('the subscription to the event log goes on again', { tries: failures });
          onBroken(false);
          failures = 0;
          at = page.next;
          heardBefore = undefined;
          yield page;
          continue;
        }
        const head = await untilAborted(log.head(), signal);
        if (arrivals.hasNews) continue;
        if (head === at) arrivals.isLive = true;
        // What came last may be on its way still, behind much that the server wrote for itself; what was there at the last silence is not.
        else if (arrivals.heard === heardBefore) throw new Error('the subscription gives nothing though there is something');
        heardBefore = head === at ? undefined : arrivals.heard;
      }
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof Failed && error.code !== 'log-unavailable') throw error;
      onBroken(true);
      if (failures++ === 0)
        report('the subscription to the event log broke off and is tried again until it goes on', { reason: troubleText(error) });
    } finally {
      arrivals?.end();
      if (signal.aborted) onBroken(false);
    }
    const pause = Math.min(longestPauseMs, firstPauseMs * 2 ** (failures - 1)) * (0.5 + Math.random() / 2);
    await sleep(pause, undefined, { signal }).catch(() => {});
  }
  onBroken(false);
}

/** What one call has brought and nobody took yet. */
class Arrivals {
  /** Whether the reader has what there is: said by the server, or found by asking for the end of the log. */
  isLive = false;
  /** How many messages came, also of what is left out. */
  heard = 0;
  private events: LoggedEvent[] = [];
  private failure: Error | undefined;
  private isTold = false;
  private isPaused = false;
  private wake = () => {};
  private isWaking = false;

  constructor(
    private readonly call: ReadCall,
    log: Tailed,
    private readonly signal: AbortSignal,
  ) {
    call.on('data', (response: ReadResp) => {
      this.heard += 1;
      try {
        this.take(log, response);
      } catch (error) {
        this.fail(error as Error);
      }
    });
    call.on('error', (error: Error) => this.fail(error));
    call.on('end', () => this.fail(new Error('the server ended the subscription')));
    signal.addEventListener('abort', this.news);
  }

  get hasNews(): boolean {
    return this.events.length > 0 || this.failure !== undefined || (this.isLive && !this.isTold);
  }

  /** What has come since the last page, or an empty page where the reader has caught up; undefined after a silence, or when it is told to end. */
  async page(at: Position | undefined, silenceMs: number): Promise<Page | undefined> {
    if (!this.hasNews && !this.signal.aborted) await this.something(silenceMs);
    if (this.signal.aborted || !this.hasNews) return undefined;
    if (this.events.length === 0 && this.failure !== undefined) throw this.failure;
    const events = this.events.splice(0, defaultLimit);
    if (this.isPaused && this.events.length < mostWaiting / 2) {
      this.isPaused = false;
      this.call.resume();
    }
    this.isTold = this.isLive && this.events.length === 0;
    return { events, next: events.at(-1)?.position ?? at, end: this.isTold };
  }

  end(): void {
    this.signal.removeEventListener('abort', this.news);
    this.call.cancel();
  }

  private take(log: Tailed, response: ReadResp): void {
    if (response.hasCaughtUp()) this.isLive = true;
    else if (response.hasFellBehind()) this.isLive = this.isTold = false;
    else {
      const record = recordOf(response);
      const event = record && log.logged(record);
      if (!event) return;
      this.events.push(event);
      if (this.events.length >= mostWaiting && !this.isPaused) {
        this.isPaused = true;
        this.call.pause();
      }
    }
    this.news();
  }

  private fail(error: Error): void {
    this.failure ??= error;
    this.news();
  }

  /** Wakes the reader after all that came at once, so that pages are no smaller than they need be. */
  private readonly news = () => {
    if (this.isWaking) return;
    this.isWaking = true;
    setImmediate(() => {
      this.isWaking = false;
      this.wake();
    });
  };

  private something(silenceMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, silenceMs);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

async function untilAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort);
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

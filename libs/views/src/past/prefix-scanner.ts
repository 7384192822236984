import { LRUCache } from 'lru-cache';
import type { Codec } from '#event-store/codec';
import type { EventLog } from '#event-store/event-log';
import type { Clock } from '#kernel/clock';
import type { Position } from '#kernel/envelope';
import type { Instant } from '#kernel/helsinki-time';
import type { AnyProjection } from '#kernel/projection';
import { CodedError, failures, type Details } from '#kernel/refused';
import { Cached } from '#view-store/embedded/indexed-rows';
import { StagedRows } from '#view-store/embedded/staged-rows';
import type { Scan } from '../fold/projection-run.js';
import { skippedBy, type Skipped } from '../skip/skipped.js';
import { ScannedView, type Scanned } from './scanned-view.js';

export const { texts: scanFailures, fail } = failures({
  'past-busy': {
    fi: 'Juuri nyt kysytään liian monta kertaa, mitä aiemmin tiedettiin. Yritä hetken päästä uudelleen.',
    sv: 'Just nu ställs för många frågor om vad som var känt tidigare. Försök igen om en stund.',
    en: 'Too many questions about what was known earlier are being asked just now. Try again in a moment.',
  },
  'past-too-long': {
    fi: 'Näkymän {projection} lukeminen lokista kesti yli {seconds} sekuntia. Kysy aiempaa hetkeä (knownAt) tai pyydä ylläpitoa nostamaan rajaa.',
    sv: 'Det tog över {seconds} sekunder att läsa vyn {projection} ur loggen. Fråga om en tidigare tidpunkt (knownAt) eller be administratören höja gränsen.',
    en: 'Reading the view {projection} from the log took more than {seconds} seconds. Ask for an earlier time (knownAt), or ask the operators to raise the limit.',
  },
  'past-unreadable': {
    fi: 'Näkymää {projection} ei voi lukea kysyttyyn hetkeen asti: se pysähtyy tapahtumaan {type}, virran {stream} versioon {revision}. Ylläpito näkee syyn komennolla digituki projections verify.',
    sv: 'Vyn {projection} kan inte läsas fram till tidpunkten: den stannar vid händelsen {type}, revision {revision} av {stream}. Administratören ser orsaken med kommandot digituki projections verify.',
    en: 'The view {projection} cannot be read up to that time: it stops at the event {type}, revision {revision} of {stream}. Operators see the reason with digituki projections verify.',
  },
  'past-too-large': {
    fi: 'Kysytty aiempi tieto ei mahdu sille varattuun muistiin. Kysy aiempaa hetkeä (knownAt) tai pyydä ylläpitoa nostamaan rajaa.',
    sv: 'Det som var känt då ryms inte i det minne som är reserverat för det. Fråga om en tidigare tidpunkt (knownAt) eller be administratören höja gränsen.',
    en: 'What was known then does not fit into the memory that is set aside for it. Ask for an earlier time (knownAt), or ask the operators to raise the limit.',
  },
});

/** So many views are kept as far as they were scanned. */
const mostViews = 16;
/** With about so many bytes of rows in all, on the disk. */
const mostBytes = 2 * 2 ** 30;
/** Of these, about so many bytes are in memory. */
const bytesInMemory = 16 << 20;
/** So many positions are kept at which views were asked for, with so many rows. */
const [mostPositions, mostRows] = [64, 20_000];

/** What can be asked of a scanner. */
export type Question =
  | { readonly ask: 'prefix'; readonly instant: Instant }
  | { readonly ask: 'scan'; readonly projection: string; readonly position: Position; readonly fresh: boolean }
  | {
      readonly ask: 'rows';
      readonly projection: string;
      readonly position: Position;
      readonly partial: boolean;
      readonly method: Reading;
      readonly args: readonly unknown[];
    };
export type Reading = 'get' | 'getMany' | 'find' | 'count' | 'stored' | 'page' | 'texts';

export interface Asked {
  readonly id: number;
  readonly question: Question;
}

/** A scanner's answers to a question: how many events it has read so far, then the value or what went wrong. */
export type Answer =
  | { readonly id: number; readonly progress: number }
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly failed: { readonly code?: string; readonly details?: Details; readonly message: string } };

/** The end of a channel: of a worker thread, or of a message channel. */
export interface Port {
  on(event: 'message', listener: (message: unknown) => void): unknown;
  postMessage(message: unknown): void;
}

export interface ScannerParts {
  readonly open: () => Promise<EventLog>;
  readonly codec: Codec;
  readonly clock: Clock;
  readonly projections: readonly AnyProjection[];
  /** Longest time for the scan that a client waits for, in milliseconds. Our own take as long as the log is. */
  readonly longest: number;
  /** The folder whose disk takes the rows; in memory without one. */
  readonly folder?: string;
}

interface Scanning {
  readonly position: Position;
  readonly log: EventLog;
  readonly progress: (events: number) => void;
  /** When it has taken too long. */
  readonly end: number;
  /** What each page waits for. */
  readonly before?: () => Promise<unknown>;
}

interface FoldingAnew extends Pick<Scanning, 'log' | 'progress'> {
  readonly skipped: Map<string, Skipped>;
  readonly viewKey: string;
  readonly key: string;
}

/** Whether it is asked to rebuild or to verify a view, which clients must not keep from its end. */
export function isOurOwn(question: Question): boolean {
  return question.ask === 'scan' || (question.ask === 'rows' && question.partial);
}

/**
 * Folds single views up to a position of the log and answers from their rows. Scans run one after the other and let
 * questions to what is scanned already have their turn; a fresh fold, of which nobody has anything before its end, waits
 * before each page for the scan that goes on. What was scanned is kept in stages, on the disk in files without
 * names that go with the scanner: a scan goes on from the nearest before it, and copies nothing.
 */
export class PrefixScanner {
  /** By view and what it leaves out, those asked for last at the end. */
  private readonly views = new Map<string, ScannedView>();
  private readonly kept = new LRUCache<string, Scanned>({
    max: mostPositions,
    maxSize: mostRows,
    sizeCalculation: ({ rows }) => Math.min(rows.size + 1, mostRows),
  });
  private readonly underway = new Map<string, Promise<Scanned>>();
  private readonly cached = new Cached(bytesInMemory);
  /** The last of the scans that wait for each other, the one that goes on, and the last of the fresh folds. */
  private last: Promise<unknown> = Promise.resolve();
  private running: Promise<unknown> = Promise.resolve();
  private lastFresh: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly port: Port,
    private readonly parts: ScannerParts,
  ) {}

  static serve(port: Port, parts: ScannerParts): void {
    const scanner = new PrefixScanner(port, parts);
    port.on('message', (asked) => void scanner.answer(asked as Asked));
  }

  private async answer({ id, question }: Asked): Promise<void> {
    try {
      const value = await this.valueOf(question, (progress) => this.port.postMessage({ id, progress }));
      this.port.postMessage({ id, value });
    } catch (error) {
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      this.port.postMessage({ id, failed: { message, ...(error instanceof CodedError && { code: error.code, details: error.details }) } });
    }
  }

  private async valueOf(question: Question, progress: (events: number) => void): Promise<unknown> {
    switch (question.ask) {
      case 'prefix':
        return (await this.parts.open()).prefixAt(question.instant);
      case 'scan': {
        const { position, poison } = (await this.scanned(question, progress)).run;
        return { position, stoppedAt: poison } satisfies Scan;
      }
      case 'rows': {
        const {
          rows,
          run: { poison, projection },
        } = await this.scanned(question, progress);
        if (poison && !question.partial)
          throw fail('past-unreadable', {
            projection: projection.name,
            type: poison.type,
            stream: poison.stream,
            revision: poison.revision,
          });
        return (rows[question.method] as (...args: readonly unknown[]) => Promise<unknown>)(...question.args);
      }
    }
  }

  private async scanned(question: Exclude<Question, { ask: 'prefix' }>, progress: (events: number) => void): Promise<Scanned> {
    const { projection, position } = question;
    const log = await this.parts.open();
    const skipped = await skippedBy(projection, log, this.parts.codec);
    const viewKey = `${projection} ${skipped.size}`;
    const key = `${viewKey} ${position}`;
    if (question.ask === 'scan' && question.fresh) return this.foldedAnew(question, { log, skipped, viewKey, key, progress });
    const known = this.underway.get(key) ?? this.kept.get(key);
    if (known) return known;
    const scan = this.inTurn(async () => {
      const view = this.views.get(viewKey) ?? this.newView(projection, log, skipped);
      const end = isOurOwn(question) ? Infinity : this.parts.clock.now() + this.parts.longest;
      const scanned = await this.scan(view, { position, log, progress, end }).finally(() => this.keep(viewKey, view));
      this.kept.set(key, scanned);
      return scanned;
    }).finally(() => this.underway.delete(key));
    this.underway.set(key, scan);
    return scan;
  }

  /** Scans from the beginning, as long as that takes, and puts the result in the place of what is kept of the view. */
  private async foldedAnew(
    { projection, position }: Exclude<Question, { ask: 'prefix' }>,
    { log, skipped, viewKey, key, progress }: FoldingAnew,
  ): Promise<Scanned> {
    const fold = this.lastFresh.then(async () => {
      const view = this.newView(projection, log, skipped);
      try {
        const scanned = await this.scan(view, { position, log, progress, end: Infinity, before: () => this.running });
        // While no scan goes on in what is taken away by it.
        return await this.inTurn(async () => {
          this.keep(viewKey, view);
          this.kept.set(key, scanned);
          return scanned;
        });
      } catch (error) {
        view.close();
        throw error;
      }
    });
    this.lastFresh = fold.catch(() => undefined);
    return fold;
  }

  private inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.last.then(() => {
      const result = work();
      this.running = result.catch(() => undefined);
      return result;
    });
    this.last = done.catch(() => undefined);
    return done;
  }

  private newView(name: string, log: EventLog, skipped: Map<string, Skipped>): ScannedView {
    const { projections, folder } = this.parts;
    const projection = projections.find((one) => one.name === name);
    if (!projection) throw new TypeError(`no projection ${name}`);
    return new ScannedView(projection, log.id, skipped, new StagedRows(projection.indexes ?? [], this.cached, folder));
  }

  private async scan(view: ScannedView, { position, log, progress, end, before }: Scanning): Promise<Scanned> {
    const { codec, clock, longest } = this.parts;
    const steps = view.scan(position, [...this.kept.values()], { log, codec });
    for (;;) {
      await before?.();
      const step = await steps.next();
      if (step.done) return step.value;
      progress(step.value);
      if (clock.now() > end) throw fail('past-too-long', { projection: view.projection.name, seconds: longest / 1_000 });
    }
  }

  /** Keeps the view, as far as it was scanned, instead of what was kept of it, and of others as much as there is room for. */
  private keep(key: string, view: ScannedView): void {
    const before = this.views.get(key);
    if (before !== view) this.forget(key);
    this.views.delete(key);
    if (view.isUsable) this.views.set(key, view);
    let bytes = [...this.views.values()].reduce((sum, one) => sum + one.bytes, 0);
    for (const [eldest, { bytes: its }] of this.views) {
      if (this.views.size === 1 || (this.views.size <= mostViews && bytes <= mostBytes)) return;
      this.forget(eldest);
      bytes -= its;
    }
  }

  private forget(key: string): void {
    const view = this.views.get(key);
    this.views.delete(key);
    for (const [at, scanned] of this.kept.entries()) if (scanned.view === view) this.kept.delete(at);
    // What is answered from it just now is.
    setImmediate(() => view?.close());
  }
}

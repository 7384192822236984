import { getHeapStatistics } from 'node:v8';
import { LRUCache } from 'lru-cache';
import type { Codec } from '#event-store/codec';
import type { EventLog } from '#event-store/event-log';
import type { Clock } from '#kernel/clock';
import type { Position } from '#kernel/envelope';
import type { Instant } from '#kernel/helsinki-time';
import type { AnyProjection } from '#kernel/projection';
import { CodedError, failures, type Details } from '#kernel/refused';
import { EmbeddedReadStore } from './embedded/embedded-read-store.js';
import { foldTo, ProjectionRun, type Scan } from './projection-run.js';
import { skippedBy } from './skipped.js';

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
  'past-too-large': {
    fi: 'Kysytty aiempi tieto ei mahdu sille varattuun muistiin. Kysy aiempaa hetkeä (knownAt) tai pyydä ylläpitoa nostamaan rajaa.',
    sv: 'Det som var känt då ryms inte i det minne som är reserverat för det. Fråga om en tidigare tidpunkt (knownAt) eller be administratören höja gränsen.',
    en: 'What was known then does not fit into the memory that is set aside for it. Ask for an earlier time (knownAt), or ask the operators to raise the limit.',
  },
});

/** How many scanned prefixes are kept for the next question. */
const kept = 16;
/** Beyond this share of its memory a scanner drops what it has kept before it scans anew. */
const fullest = 0.5;

/** What can be asked of a scanner. */
export type Question =
  | { readonly ask: 'prefix'; readonly instant: Instant }
  | { readonly ask: 'scan'; readonly projection: string; readonly position: Position; readonly from?: Position }
  | { readonly ask: 'rows'; readonly projection: string; readonly position: Position; readonly method: Reading; readonly args: readonly unknown[] };
export type Reading = 'get' | 'getMany' | 'find' | 'count' | 'stored' | 'page';

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
  readonly log: EventLog;
  readonly codec: Codec;
  readonly clock: Clock;
  readonly projections: readonly AnyProjection[];
  /** Longest time for one scan, in milliseconds. */
  readonly longest: number;
}

/**
 * Folds single views up to a position of the log and answers from their rows. Scans run one after the other and let
 * questions to what is scanned already have their turn; the last ones are kept.
 */
export class PrefixScanner {
  private readonly scans = new LRUCache<string, Promise<ProjectionRun>>({ max: kept });
  private last: Promise<unknown> = Promise.resolve();

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
    if (question.ask === 'prefix') return this.parts.log.prefixAt(question.instant);
    const { projection, position } = question;
    const run = await (question.ask === 'scan' && question.from === undefined ? this.begin(projection, position, progress) : this.kept(question, progress));
    if (question.ask === 'scan') return { position: run.position, stoppedAt: run.poison } satisfies Scan;
    return (run.rows[question.method] as (...args: readonly unknown[]) => Promise<unknown>)(...question.args);
  }

  /** The scan that is kept of the position or, where it may be gone on with, of an earlier one; else a new one. */
  private kept(question: Exclude<Question, { ask: 'prefix' }>, progress: (events: number) => void): Promise<ProjectionRun> {
    const { projection, position } = question;
    const known = this.scans.get(keyOf(projection, position));
    if (known) return known;
    const from = question.ask === 'scan' && question.from !== undefined ? keyOf(projection, question.from) : '';
    const earlier = this.scans.get(from);
    this.scans.delete(from);
    return this.begin(projection, position, progress, earlier);
  }

  private begin(name: string, position: Position, progress: (events: number) => void, earlier?: Promise<ProjectionRun>): Promise<ProjectionRun> {
    const key = keyOf(name, position);
    const scan = this.last.then(async () => this.scan((await earlier) ?? (await this.newRun(name, position)), position, progress));
    this.last = scan.catch(() => this.scans.delete(key));
    this.scans.set(key, scan);
    return scan;
  }

  private async newRun(name: string, position: Position): Promise<ProjectionRun> {
    const { log, codec, projections } = this.parts;
    const projection = projections.find((one) => one.name === name);
    if (!projection) throw new TypeError(`no projection ${name}`);
    const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics();
    if (used > fullest * limit) this.scans.clear();
    return ProjectionRun.resume(projection, new EmbeddedReadStore(), { id: log.id, head: position }, await skippedBy(name, log, codec));
  }

  private async scan(run: ProjectionRun, position: Position, progress: (events: number) => void): Promise<ProjectionRun> {
    const { clock, longest } = this.parts;
    const end = clock.now() + longest;
    for await (const events of foldTo(run, this.parts, position)) {
      progress(events);
      if (clock.now() > end) throw fail('past-too-long', { projection: run.projection.name, seconds: longest / 1_000 });
    }
    return run;
  }
}

function keyOf(projection: string, position: Position): string {
  return `${projection} ${position}`;
}

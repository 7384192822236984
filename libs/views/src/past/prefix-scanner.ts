import { LRUCache } from 'lru-cache';
import type { Codec } from '#event-store/codec';
import type { EventLog } from '#event-store/event-log';
import type { Clock } from '#kernel/clock';
import type { Position } from '#kernel/envelope';
import type { Instant } from '#kernel/helsinki-time';
import type { AnyProjection } from '#kernel/projection';
import { CodedError, failures, type Details } from '#kernel/refused';
import { EmbeddedViewStore } from '#view-store/embedded/embedded-view-store';
import { foldTo, ProjectionRun, type Scan } from '../fold/projection-run.js';
import { skippedBy, type Skipped } from '../skip/skipped.js';

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

/** How many scans and stages of scans are kept for the next question. */
const mostKept = 32;
/** And how many rows in all, on the disk. */
const mostRows = 1_000_000;
/** Of the rows, about so many bytes are in memory. */
const bytesInMemory = 32 << 20;
/** After so many events of a scan, a stage of it is kept. */
const stageLength = 100_000;

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
  readonly open: () => Promise<EventLog>;
  readonly codec: Codec;
  readonly clock: Clock;
  readonly projections: readonly AnyProjection[];
  /** Longest time for one scan, in milliseconds. */
  readonly longest: number;
  /** The folder whose disk takes the rows; in memory without one. */
  readonly folder?: string;
}

interface Scanned {
  readonly run: ProjectionRun;
  readonly collection: string;
  readonly rows: number;
}

/**
 * Folds single views up to a position of the log and answers from their rows. Scans run one after the other and let
 * questions to what is scanned already have their turn. What was scanned is kept, with stages on the way, and a scan goes
 * on from a copy of the nearest before it. Rows are on the disk, in a file without a name that goes with the scanner.
 */
export class PrefixScanner {
  private readonly kept = new LRUCache<string, Scanned>({
    max: mostKept,
    maxSize: mostRows,
    sizeCalculation: ({ rows }) => Math.min(rows + 1, mostRows),
    dispose: ({ collection }) => void this.store.drop(collection),
  });
  private readonly underway = new Map<string, Promise<Scanned>>();
  private last: Promise<unknown> = Promise.resolve();
  private readonly store: EmbeddedViewStore;
  private scans = 0;

  private constructor(
    private readonly port: Port,
    private readonly parts: ScannerParts,
  ) {
    const { folder } = parts;
    this.store = new EmbeddedViewStore({ mostBytes: bytesInMemory, ...(folder !== undefined && { scratchIn: folder }) });
  }

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
        const { rows, poison, projection } = (await this.scanned(question, progress)).run;
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
    const isFresh = question.ask === 'scan' && question.fresh;
    const log = await this.parts.open();
    const skipped = await skippedBy(projection, log, this.parts.codec);
    const key = keyOf(projection, position, skipped);
    const known = this.underway.get(key) ?? this.kept.get(key);
    if (known && !isFresh) return known;
    const scan = this.last
      .then(() => this.scan(log, projection, position, skipped, isFresh, progress))
      .finally(() => this.underway.delete(key));
    this.last = scan.catch(() => undefined);
    this.underway.set(key, scan);
    return scan;
  }

  private async scan(
    log: EventLog,
    name: string,
    position: Position,
    skipped: Map<string, Skipped>,
    isFresh: boolean,
    progress: (events: number) => void,
  ): Promise<Scanned> {
    const projection = this.parts.projections.find((one) => one.name === name);
    if (!projection) throw new TypeError(`no projection ${name}`);
    const nearest = isFresh ? undefined : this.nearest(name, position, skipped.size);
    const collection = this.nextCollection();
    try {
      const run = nearest
        ? await this.copied(nearest, collection)
        : await ProjectionRun.resume(projection, this.store, { id: log.id, head: async () => position }, skipped, collection);
      await this.foldTo(position, log, { run, collection }, isFresh, progress);
      const scanned = await this.counted(run, collection);
      this.kept.set(keyOf(name, position, skipped), scanned);
      return scanned;
    } catch (error) {
      await this.store.drop(collection);
      throw error;
    }
  }

  private async foldTo(
    position: Position,
    log: EventLog,
    { run, collection }: Omit<Scanned, 'rows'>,
    isFresh: boolean,
    progress: (events: number) => void,
  ): Promise<void> {
    const { codec, clock, longest } = this.parts;
    const end = clock.now() + longest;
    let stage = stageLength;
    for await (const events of foldTo(run, { log, codec }, position)) {
      progress(events);
      if (clock.now() > end) throw fail('past-too-long', { projection: run.projection.name, seconds: longest / 1_000 });
      if (isFresh || events < stage || run.position === undefined) continue;
      stage += stageLength;
      const copy = this.nextCollection();
      const staged = await this.copied({ run, collection }, copy);
      this.kept.set(keyOf(run.projection.name, run.position, run.skipped), await this.counted(staged, copy));
    }
  }

  private async copied({ run, collection }: Omit<Scanned, 'rows'>, copy: string): Promise<ProjectionRun> {
    this.store.copy(collection, copy);
    return run.inCopy(copy);
  }

  private async counted(run: ProjectionRun, collection: string): Promise<Scanned> {
    return { run, collection, rows: await run.rows.count() };
  }

  private nextCollection(): string {
    return `scan-${this.scans++}`;
  }

  /** What was scanned of the view up to the latest position before this one, leaving out the same events. */
  private nearest(name: string, position: Position, skips: number): Scanned | undefined {
    const before = [...this.kept.values()].filter(
      ({ run }) =>
        run.projection.name === name && !run.poison && run.skipped.size === skips && run.position !== undefined && run.position <= position,
    );
    return before.sort(({ run: a }, { run: b }) => ((a.position ?? '') < (b.position ?? '') ? -1 : 1)).at(-1);
  }
}

/** What was scanned before an event was skipped does not count after it. */
function keyOf(projection: string, position: Position, { size }: ReadonlyMap<string, Skipped>): string {
  return `${projection} ${position} ${size}`;
}

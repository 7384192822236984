import type { Codec } from '#event-store/codec';
import type { EventLog, LoggedEvent } from '#event-store/event-log';
import type { Position, Recorded } from '#kernel/envelope';
import { needsRow, nextRow, removed, storedRow, type AnyProjection, type Stored } from '#kernel/projection';
import { failCheckpoint } from './projection-run.failures.js';
import {
  rowOf,
  textPagesOf,
  type Checkpoint,
  type FoldedRows,
  type Opened,
  type Poison,
  type StoredRows,
  type ViewStore,
} from '#view-store/view-store';
import type { Skipped } from '../skip/skipped.js';

/** Another server moved the view on, or put other rows in its place: this run is over. */
export class Superseded extends Error {
  override readonly name = 'Superseded';
}

/** Refuses what cannot be gone on from. @throws Failed `view-of-another-log`, `view-ahead-of-log` */
export function checkCheckpoint(
  projection: string,
  checkpoint: Checkpoint | undefined,
  log: { readonly id: string; readonly head: Position },
): void {
  if (!checkpoint) return;
  if (checkpoint.log !== log.id) throw failCheckpoint('view-of-another-log', { projection, found: checkpoint.log, log: log.id });
  if (checkpoint.position !== undefined && checkpoint.position > log.head)
    throw failCheckpoint('view-ahead-of-log', { projection, position: checkpoint.position, head: log.head });
}

/** An event as the tail hands it to projections: decoded, or the reason why it could not be. */
export interface Handed {
  readonly id: string;
  readonly type: string;
  readonly position: Position;
  readonly stream: string;
  readonly revision: number;
  /** Which call and matter it belongs to. */
  readonly about: { readonly call?: string; readonly matter?: string; readonly region?: string };
  readonly decoded: () => Recorded;
}

/** The event, decoded once for all projections that want it. */
export function handedFrom(event: LoggedEvent, codec: Codec): Handed {
  const { id, type, position, stream, revision } = event;
  let recorded: Recorded | undefined;
  return {
    id,
    type,
    position,
    stream,
    revision,
    about: event.metadata as Handed['about'],
    decoded: () => (recorded ??= codec.decode(event)),
  };
}

/** Folds from where the run is to a position (the log's end without one), and says how many events it has read. */
export async function* foldTo(
  run: ProjectionRun,
  { log, codec }: { readonly log: EventLog; readonly codec: Codec },
  upTo?: Position,
  onChanged: (rows: readonly Stored<object>[]) => void = () => undefined,
): AsyncGenerator<number> {
  const types = Object.keys(run.projection.events);
  for (let events = 0; ;) {
    const page = await log.readAll({ types, ...(run.position && { after: run.position }), ...(upTo && { upTo }) });
    if (page.next === undefined) return;
    onChanged(
      await run.fold(
        page.events.map((event) => handedFrom(event, codec)),
        page.next,
      ),
    );
    events += page.events.length;
    yield events;
    if (page.end || run.poison) return;
  }
}

type Row = Stored<object>;

/** What a scan of the log came to. */
export interface Scan {
  /** How far the view got: the position asked for, or the last event before the one that it could not fold. */
  readonly position: Position | undefined;
  readonly stoppedAt: Poison | undefined;
}

/** An event with the keys of the rows that it folds into, or why it could not be read. */
interface Keyed {
  readonly handed: Handed;
  readonly event: Recorded;
  readonly keys: readonly string[];
  readonly fault?: Error;
}

/** One projection on its way through the log, writing to a collection of its own or, for a rebuild, to one beside it. */
export class ProjectionRun {
  poison: Poison | undefined;

  private constructor(
    readonly projection: AnyProjection,
    /** Where its rows are kept; undefined where nobody else sees them. */
    private readonly kept: { readonly store: ViewStore; readonly collection: string } | undefined,
    private readonly opened: Pick<Opened<object>, 'rows' | 'saveCheckpoint'>,
    private readonly log: string,
    private saved: Checkpoint | undefined,
    /** Events that it leaves out, by id. */
    readonly skipped: Map<string, Skipped>,
  ) {}

  /** Takes up where the checkpoint stands. @throws Failed `view-of-another-log`, `view-ahead-of-log` */
  static async resume(
    projection: AnyProjection,
    store: ViewStore,
    log: Pick<EventLog, 'id' | 'head'>,
    skipped: Map<string, Skipped>,
    collectionName = projection.name,
  ): Promise<ProjectionRun> {
    const opened = await store.open(collectionName, projection.indexes);
    // In this order: others move the view on with what is recorded meanwhile.
    checkCheckpoint(collectionName, opened.checkpoint, { id: log.id, head: await log.head() });
    return new ProjectionRun(projection, { store, collection: collectionName }, opened, log.id, opened.checkpoint, skipped);
  }

  /** Goes on from a position in rows that nobody else folds. */
  static over(
    rows: FoldedRows<object>,
    { projection, log, position, skipped }: Pick<ProjectionRun, 'projection' | 'position' | 'skipped'> & { readonly log: string },
  ): ProjectionRun {
    const saved = position === undefined ? undefined : { log, position, version: projection.version };
    return new ProjectionRun(projection, undefined, { rows, saveCheckpoint: () => Promise.resolve(true) }, log, saved, skipped);
  }

  get rows(): FoldedRows<object> {
    return this.opened.rows;
  }

  /** What it last saved. */
  get checkpoint(): Checkpoint | undefined {
    return this.saved;
  }

  get position(): Position | undefined {
    return this.saved?.position;
  }

  /** The version of the projection that its rows are of. */
  get version(): number {
    return this.saved?.version ?? this.projection.version;
  }

  /** Whether its rows are of another version of the projection. Nothing more is folded into them: they are served until they are replaced. */
  get isOutdated(): boolean {
    return this.version !== this.projection.version;
  }

  /** Leaves out the event from now on. Gives whether it was the one at which the projection is paused. */
  skip(skipped: Skipped): boolean {
    this.skipped.set(skipped.event, skipped);
    if (this.poison?.event !== skipped.event) return false;
    this.poison = undefined;
    return true;
  }

  /** Takes over rows that were folded elsewhere, up to that position. */
  async adopt(rows: StoredRows<object>, { position, stoppedAt }: Scan): Promise<void> {
    for await (const page of textPagesOf(rows)) await this.rows.write(page.map(rowOf<object>));
    this.poison = stoppedAt;
    // Any of them may be another one than was served.
    if (position !== undefined) await this.moveTo(position, position);
  }

  /** Folds a page of the log in its order and moves the checkpoint; stops before an event that cannot be folded, and says which and why. Gives the rows that changed. */
  async fold(events: readonly Handed[], upTo: Position): Promise<readonly Row[]> {
    if (this.poison || this.isOutdated) return [];
    // Before there are rows: else one of another version could go on from them.
    if (!this.saved) await this.moveTo(undefined, undefined);
    const from = this.position;
    const mine = this.keyed(events, from);
    const rows = await this.touched(mine);
    const changed = new Map<string, Row>();
    const found = [...rows.values()];
    let done: Position | undefined = upTo;
    let previous = from;
    for (const { handed, event, keys, fault } of mine) {
      try {
        if (fault) throw fault;
        this.foldOne(event, keys, rows, changed);
      } catch (error) {
        const { id, type, stream, revision, position } = handed;
        this.poison = { event: id, type, stream, revision, position, reason: error instanceof Error ? error.message : String(error) };
        done = previous;
        break;
      }
      previous = handed.position;
    }
    const written = [...changed.values()];
    if (written.length > 0) await this.rows.write(written);
    if (from !== undefined && upTo <= from && !this.poison) return [];
    // What another one wrote before it was stopped has changed, too, and nobody was told. What it wrote beyond has its turn.
    const ahead = found.filter(({ position }) => (from === undefined || position > from) && done !== undefined && position <= done);
    const told = [...new Map([...ahead, ...written].map((row) => [row._id, row])).values()];
    await this.moveTo(done, latestOf(told));
    return told;
  }

  /** Puts this run's rows in the place of the projection's own. The run goes on there; undefined where those have come further meanwhile. */
  async takeTheirPlace(): Promise<ProjectionRun | undefined> {
    const { projection, kept, log, skipped, poison } = this;
    if (!kept) throw new TypeError(`the rows of this run of ${projection.name} are kept nowhere`);
    const { store, collection } = kept;
    if (!(await store.replace(projection.name, collection))) return undefined;
    const opened = await store.open(projection.name, projection.indexes);
    const there = { store, collection: projection.name };
    return Object.assign(new ProjectionRun(projection, there, opened, log, opened.checkpoint, skipped), { poison });
  }

  /**
   * Saves the checkpoint: everything up to the position is folded (nothing yet without one), and `changed` is the position
   * of the latest change (as before without one).
   * @throws Superseded
   */
  private async moveTo(position: Position | undefined, changed: Position | undefined): Promise<void> {
    const last = changed ?? this.saved?.changed;
    const next: Checkpoint = {
      log: this.log,
      ...(position !== undefined && { position }),
      version: this.projection.version,
      ...(last !== undefined && { changed: last }),
      ...(this.poison && { stoppedAt: this.poison }),
    };
    if (!(await this.opened.saveCheckpoint(next, this.saved)))
      throw new Superseded(`another server runs the projection ${this.projection.name}`);
    this.saved = next;
  }

  /** This projection's events with the keys of their rows; one that cannot be read is the last. */
  private keyed(events: readonly Handed[], from: Position | undefined): readonly Keyed[] {
    const mine: Keyed[] = [];
    for (const handed of events) {
      if (
        !Object.hasOwn(this.projection.events, handed.type) ||
        this.skipped.has(handed.id) ||
        (from !== undefined && handed.position <= from)
      )
        continue;
      try {
        const event = handed.decoded();
        const keys = this.projection.key(event as never);
        mine.push({ handed, event, keys: typeof keys === 'string' ? [keys] : keys });
      } catch (error) {
        const fault = error instanceof Error ? error : new Error(String(error));
        mine.push({ handed, fault, event: undefined as never, keys: [] });
        break;
      }
    }
    return mine;
  }

  /** Reads the rows that the events fold into. */
  private async touched(events: readonly Keyed[]): Promise<Map<string, Row>> {
    const ids = [...new Set(events.flatMap(({ keys }) => keys))];
    const found = await this.rows.stored(ids);
    const rows = new Map<string, Row>();
    for (const [index, row] of found.entries()) if (row) rows.set(ids[index] as string, row);
    return rows;
  }

  /** Folds an event into `rows`, and into `changed` what it made of them. */
  private foldOne(event: Recorded, keys: readonly string[], rows: Map<string, Row>, changed: Map<string, Row>): void {
    const folded: [string, Row][] = [];
    for (const key of keys) {
      const stored = rows.get(key);
      if (stored && stored.position >= event.position) continue;
      const row = stored?.removed ? undefined : stored;
      if (!row && needsRow(this.projection, event) && this.hasSkippedBefore(event)) continue;
      const next = nextRow(this.projection, row, event, key);
      if (next === removed && !row) continue;
      folded.push([key, storedRow(next, event, key)]);
    }
    // All of an event's rows or none, so that a poisoned event leaves nothing behind.
    for (const [key, row] of folded) {
      rows.set(key, row);
      changed.set(key, row);
    }
  }

  /** Whether it was told to skip an earlier event of the stream, which may be the one that would have made the row. */
  private hasSkippedBefore({ stream, revision }: Recorded): boolean {
    return [...this.skipped.values()].some((skipped) => skipped.stream === stream && skipped.revision < revision);
  }
}

/** The position of the latest change of these rows. */
export function latestOf(rows: readonly Row[]): Position | undefined {
  return rows
    .map(({ position }) => position)
    .sort()
    .at(-1);
}

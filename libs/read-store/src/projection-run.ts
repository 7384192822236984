import type { Position, Recorded } from '#kernel/envelope';
import { removed, type AnyProjection, type Stored } from '#kernel/projection';
import type { Checkpoint, Collection, ReadStore } from './read-store.js';

/** An event as the tail hands it to projections: decoded, or the reason why it could not be. */
export interface Handed {
  readonly type: string;
  readonly position: Position;
  readonly stream: string;
  readonly revision: number;
  readonly decoded: () => Recorded;
}

/** What a projection could not fold, and why. */
export interface Poison {
  readonly type: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: Position;
  readonly reason: string;
}

type Row = Stored<object>;

/** An event with the keys of the rows that it folds into, or why it could not be read. */
interface Keyed {
  readonly handed: Handed;
  readonly event: Recorded;
  readonly keys: readonly string[];
  readonly fault?: Error;
}

/** One projection on its way through the log, writing to a collection of its own or, for a rebuild, to one beside it. */
export class ProjectionRun {
  readonly rows: Collection<object>;
  poison: Poison | undefined;

  private constructor(
    readonly projection: AnyProjection,
    private readonly collectionName: string,
    private readonly store: ReadStore,
    private readonly log: string,
    private checkpoint: Checkpoint | undefined,
  ) {
    this.rows = store.collection(collectionName, projection.indexes ?? []);
  }

  /** Takes up where the checkpoint stands. @throws RangeError where it is of another log, a later position or another version */
  static async resume(projection: AnyProjection, store: ReadStore, log: { id: string; head: Position }, collectionName = projection.name): Promise<ProjectionRun> {
    const checkpoint = await store.checkpoint(collectionName);
    if (checkpoint && checkpoint.log !== log.id)
      throw new RangeError(`the view ${collectionName} is of another log (${checkpoint.log}, not ${log.id}): connect the log it is of, or rebuild the view`);
    if (checkpoint && checkpoint.position > log.head)
      throw new RangeError(`the view ${collectionName} is ahead of the log, which was cut or restored: rebuild the view`);
    if (checkpoint && checkpoint.version !== projection.version)
      throw new RangeError(`the view ${collectionName} is of version ${checkpoint.version} of its projection, not ${projection.version}: rebuild the view`);
    return new ProjectionRun(projection, collectionName, store, log.id, checkpoint);
  }

  get position(): Position | undefined {
    return this.checkpoint?.position;
  }

  /** Folds a page of the log in its order and moves the checkpoint; stops before an event that cannot be folded, and says which and why. Gives the rows that changed. */
  async fold(events: readonly Handed[], upTo: Position): Promise<readonly Row[]> {
    if (this.poison) return [];
    const from = this.position;
    const mine = this.keyed(events, from);
    const rows = await this.touched(mine);
    const changed = new Map<string, Row>();
    let done = upTo;
    let previous = from;
    for (const { handed, event, keys, fault } of mine) {
      try {
        if (fault) throw fault;
        this.foldOne(event, keys, rows, changed);
      } catch (error) {
        const { type, stream, revision, position } = handed;
        this.poison = { type, stream, revision, position, reason: error instanceof Error ? error.message : String(error) };
        if (previous === undefined) return [];
        done = previous;
        break;
      }
      previous = handed.position;
    }
    if (changed.size > 0) await this.rows.write([...changed.values()]);
    if (from !== undefined && done <= from) return [];
    const next = { log: this.log, position: done, version: this.projection.version };
    if (!(await this.store.saveCheckpoint(this.collectionName, next, this.checkpoint)))
      throw new Error(`another process runs the projection ${this.projection.name}`);
    this.checkpoint = next;
    return [...changed.values()];
  }

  /** Puts this run's rows in the place of the projection's own. The run goes on there. */
  async takeTheirPlace(): Promise<ProjectionRun> {
    const { name } = this.projection;
    await this.store.replace(name, this.collectionName);
    return new ProjectionRun(this.projection, name, this.store, this.log, await this.store.checkpoint(name));
  }

  /** This projection's events with the keys of their rows; one that cannot be read is the last. */
  private keyed(events: readonly Handed[], from: Position | undefined): readonly Keyed[] {
    const mine: Keyed[] = [];
    for (const handed of events) {
      if (!(handed.type in this.projection.events) || (from !== undefined && handed.position <= from)) continue;
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

  private foldOne(event: Recorded, keys: readonly string[], rows: Map<string, Row>, changed: Map<string, Row>): void {
    const folded: [string, Row][] = [];
    for (const key of keys) {
      const stored = rows.get(key);
      if (stored && stored.position >= event.position) continue;
      const row = stored?.removed ? undefined : stored;
      const next = this.projection.on[event.type]?.(row as never, event as never, key);
      if (next === row || next === undefined) continue;
      folded.push([key, next === removed ? { _id: key, position: event.position, removed: true } : { ...next, _id: key, position: event.position }]);
    }
    // All of an event's rows or none, so that a poisoned event leaves nothing behind.
    for (const [key, row] of folded) {
      rows.set(key, row);
      changed.set(key, row);
    }
  }
}

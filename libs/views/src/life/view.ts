import type { Position } from '#kernel/envelope';
import type { AnyProjection, Stored } from '#kernel/projection';
import type { ProjectionRun } from '../fold/projection-run.js';
import type { Checkpoint, Poison } from '#view-store/view-store';

/**
 * `followed`: another process folds it; `unattended`: no process does just now. `rebuilding`: rows of an older version of
 * the projection are served until those of this one are ready.
 */
export type ProjectionState = 'catching-up' | 'live' | 'followed' | 'unattended' | 'rebuilding' | 'paused' | 'stopped';

/** What acts on the rows of projections, in the process that folds them. */
export interface Actor {
  /** The projections that it acts on. */
  readonly acts: readonly string[];
  /** Its rows are folded here from now on. Nothing is folded until this resolves. */
  taken(projection: string): Promise<void>;
  /** These rows have changed. */
  folded(projection: string, rows: readonly Stored<object>[]): void;
  /** Its rows are folded here no more: resolves once nothing is under way that stood on them. */
  left(projection: string): Promise<void>;
}

/** One projection as this process has it: folded here, or followed as another process folds it. */
export class View {
  /** Folds here; undefined where that is another process's part, or cannot be done just now. */
  run: ProjectionRun | undefined;
  /** What the store was last seen to say. */
  seen: Checkpoint | undefined;
  /** Whether it is this process's part to fold it. */
  isOurs = false;
  private busy: Promise<unknown> = Promise.resolve();

  constructor(readonly projection: AnyProjection) {}

  get name(): string {
    return this.projection.name;
  }

  get position(): Position | undefined {
    return this.run ? this.run.position : this.seen?.position;
  }

  get poison(): Poison | undefined {
    return this.run ? this.run.poison : this.seen?.stoppedAt;
  }

  /** The version of the projection that its rows are of. */
  get version(): number {
    return (this.run ? this.run.version : this.seen?.version) ?? this.projection.version;
  }

  /** Whether its rows are of another version of the projection. */
  get isOutdated(): boolean {
    return this.version !== this.projection.version;
  }

  /** Whether this version of the program can read its rows. */
  get isReadable(): boolean {
    const { version, readableSince = version } = this.projection;
    return this.position !== undefined && this.version <= version && this.version >= readableSince;
  }

  /** Whether what it answers holds everything up to there. */
  hasReached(position: Position): boolean {
    return this.isReadable && (this.position as Position) >= position;
  }

  /** Work that must not meet the tail, nor other such work. */
  exclusively<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.busy.then(work);
    this.busy = turn.catch(() => undefined);
    return turn;
  }
}

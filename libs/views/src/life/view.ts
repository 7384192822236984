import type { Position } from '#kernel/envelope';
import type { AnyProjection } from '#kernel/projection';
import type { Poison } from '#view-store/view-store';
import type { ProjectionRun } from '../fold/projection-run.js';
import { isOutdated, isReadable, isServedHere, newLife, step, versionOf, type Effect, type LifeEvent, type ViewLife } from './view-life.js';

/** One projection as this server has it: the state of its life, the run that folds it here, and whose turn it is with both. */
export class View {
  private current: ViewLife;
  private folding: ProjectionRun | undefined;
  private busy: Promise<unknown> = Promise.resolve();
  private isTurn = false;
  private readonly urgent: (() => Promise<void>)[] = [];

  constructor(
    readonly projection: AnyProjection,
    where: { readonly log: string; readonly isShared: boolean },
  ) {
    const { version, readableSince = version } = projection;
    this.current = newLife({ ...where, version, readableSince });
  }

  /** Takes in what happened, with the run that folds the view from now on where that is another one. Gives what is to be done. */
  take(event: LifeEvent, run = this.folding): readonly Effect[] {
    const { life, effects } = step(this.current, event);
    this.current = life;
    this.folding = isServedHere(life) ? run : undefined;
    return effects;
  }

  get life(): ViewLife {
    return this.current;
  }

  /** Folds here; undefined where that is another server's part, or cannot be done just now. */
  get run(): ProjectionRun | undefined {
    return this.folding;
  }

  get name(): string {
    return this.projection.name;
  }

  get position(): Position | undefined {
    return this.life.shown?.position;
  }

  get pausedAt(): Poison | undefined {
    return this.life.pausedAt;
  }

  /** The version of the projection that its rows are of. */
  get version(): number {
    return versionOf(this.life);
  }

  /** Whether its rows are of another version of the projection. */
  get isOutdated(): boolean {
    return isOutdated(this.life);
  }

  /** Whether this version of the program can read its rows. */
  get isReadable(): boolean {
    return isReadable(this.life);
  }

  /** Whether this server folds it. */
  get isServedHere(): boolean {
    return isServedHere(this.life);
  }

  /** Whether what it answers holds everything up to there. */
  hasReached(position: Position): boolean {
    return this.isReadable && (this.position as Position) >= position;
  }

  /** Work that must not meet the tail, nor other such work. */
  exclusively<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.busy.then(async () => {
      this.isTurn = true;
      try {
        return await work();
      } finally {
        for (let next; (next = this.urgent.shift());) await next();
        this.isTurn = false;
      }
    });
    this.busy = turn.catch(() => undefined);
    return turn;
  }

  /** Work of that kind that nobody else may come before: it is done at the end of the present turn. It must not fail. */
  beforeOthers(work: () => Promise<void>): void {
    this.urgent.push(work);
    if (!this.isTurn) void this.exclusively(async () => undefined);
  }
}

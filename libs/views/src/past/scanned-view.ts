import type { Codec } from '#event-store/codec';
import type { EventLog } from '#event-store/event-log';
import type { Position } from '#kernel/envelope';
import type { AnyProjection } from '#kernel/projection';
import { RowsOver } from '#view-store/embedded/rows-over';
import type { StagedRows } from '#view-store/embedded/staged-rows';
import { foldTo, ProjectionRun } from '../fold/projection-run.js';
import type { Skipped } from '../skip/skipped.js';

/** After so many pages of the log a stage ends: what is asked between two stages is that many pages away at most. */
const pagesInStage = 4;

/** The rows at a position, over those of the stage before it. */
export interface Scanned {
  readonly view: ScannedView;
  readonly run: ProjectionRun;
  readonly rows: RowsOver;
  /** After how many stages. */
  readonly stages: number;
  /** How many pages were folded since. */
  readonly pages: number;
}

/** A view as far as it was scanned, in stages from the beginning of the log on: its rows at any position are those of the stage before it and what a few pages changed since. */
export class ScannedView {
  /** Up to where each stage goes; before the first there is nothing. */
  private readonly ends: (Position | undefined)[] = [undefined];

  constructor(
    readonly projection: AnyProjection,
    private readonly log: string,
    private readonly skipped: Map<string, Skipped>,
    private readonly staged: StagedRows,
  ) {}

  /** How many bytes of rows it holds. */
  get bytes(): number {
    return this.staged.bytes;
  }

  /** Whether its rows are there. */
  get isUsable(): boolean {
    return !this.staged.isLost;
  }

  /** Folds on to a position, from the nearest before it of the stages and what was scanned between them; says how many events it has read. */
  async *scan(
    position: Position,
    between: readonly Scanned[],
    source: { readonly log: EventLog; readonly codec: Codec },
  ): AsyncGenerator<number, Scanned> {
    const { rows, run, ...near } = this.nearest(position, between);
    let { stages, pages } = near;
    for await (const events of foldTo(run, source, position)) {
      pages += 1;
      const isStage = pages >= pagesInStage && stages === this.staged.stages && !run.poison;
      if (isStage) {
        await this.staged.add(rows.own(), (id) => rows.under(id));
        this.ends.push(run.position);
        [stages, pages] = [stages + 1, 0];
        rows.moveOver(this.staged.after(stages));
      }
      yield events;
    }
    return { view: this, run, rows, stages, pages };
  }

  close(): void {
    this.staged.close();
  }

  private nearest(position: Position, between: readonly Scanned[]): Omit<Scanned, 'view'> {
    const { projection, log, skipped, staged } = this;
    const stages = this.ends.findLastIndex((end) => end === undefined || end <= position);
    const nearer = between
      .filter(({ view, run }) => view === this && (run.position ?? '') <= position && (run.position ?? '') > (this.ends[stages] ?? ''))
      .sort((a, b) => ((a.run.position ?? '') < (b.run.position ?? '') ? -1 : 1))
      .at(-1);
    const rows = nearer ? nearer.rows.copy() : new RowsOver(staged.after(stages), projection.indexes ?? []);
    const from = nearer ? nearer.run.position : this.ends[stages];
    const run = ProjectionRun.over(rows, { projection, log, position: from, skipped });
    return { rows, run, stages: nearer?.stages ?? stages, pages: nearer?.pages ?? 0 };
  }
}

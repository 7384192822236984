import { forEver } from '#kernel/helsinki-time';
import type { EventLog } from '#event-store/event-log';
import type { AnyProjection } from '#kernel/projection';
import { failViews, type Checkpoint } from '../view-store.js';
import type { EmbeddedViewStore } from './embedded-view-store.js';

/** The last event of the log at some time: where it is not there any more, the log is not the one that was folded. */
interface Witness {
  readonly stream: string;
  readonly revision: number;
  readonly event: string;
}

const witnessMs = 60_000;

export interface KeptViewsParts {
  readonly file: string;
  readonly store: EmbeddedViewStore;
  readonly log: EventLog;
  readonly report: (what: string, details: object) => void;
}

/** What embedded views have kept of an earlier run of the process, held against the log. */
export class KeptViews {
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly parts: KeptViewsParts) {}

  /** Throws away what cannot be gone on from, and says why: it is folded from the log. @throws Failed `log-behind-views` where they know more of this log than the log does */
  async check(projections: readonly AnyProjection[]): Promise<void> {
    const { store, log, report } = this.parts;
    const kept = await store.checkpoints();
    const other = [...kept.values()].find((checkpoint) => checkpoint.log !== log.id);
    if (other) {
      report('the views are made from the log anew', { reason: `those kept are of another log, ${other.log}` });
      store.empty();
      return;
    }
    await this.checkLog(kept);
    const known = new Map(projections.map((projection) => [projection.name, projection]));
    for (const name of store.names) {
      const projection = known.get(name);
      const reason = projection && unfitness(projection, kept.get(name), store.indexesOf(name) ?? []);
      if (projection && reason === undefined) continue;
      await store.drop(name);
      if (reason !== undefined) report('a view is made from the log anew', { projection: name, reason });
    }
  }

  /** Remembers from now on how far the log was, once in a while. */
  start(): void {
    this.timer = setInterval(() => void this.remember(), witnessMs).unref();
  }

  /** The views must not change any more. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.remember();
  }

  private async checkLog(kept: ReadonlyMap<string, Checkpoint>): Promise<void> {
    const { store, log, file } = this.parts;
    const head = await log.head();
    const furthest = [...kept].sort(([, a], [, b]) => ((a.position ?? '') < (b.position ?? '') ? 1 : -1))[0];
    if (furthest?.[1].position === undefined) return;
    const [view, { position }] = furthest;
    const found = store.remembered('witness');
    const witness = found === undefined ? undefined : (JSON.parse(found) as Witness);
    const [event] = witness ? await log.readStream(witness.stream, { from: witness.revision, limit: 1 }) : [];
    if (position > head || event?.id !== witness?.event) throw failViews('log-behind-views', { view, head, position, file });
  }

  private async remember(): Promise<void> {
    const { store, log, report } = this.parts;
    try {
      const { stream, revision } = await log.prefixAt(forEver);
      const [last] = await log.readStream(stream, { from: revision, limit: 1 });
      if (last) store.remember('witness', JSON.stringify({ stream, revision, event: last.id } satisfies Witness));
    } catch (error) {
      report('it cannot be remembered how far the log is', { reason: String(error) });
    }
  }
}

function unfitness(
  { version, readableSince = version, indexes = [] }: AnyProjection,
  checkpoint: Checkpoint | undefined,
  fields: readonly string[],
): string | undefined {
  if (!checkpoint) return 'nothing says how far it has come';
  if (checkpoint.version > version || checkpoint.version < readableSince)
    return `it is of version ${checkpoint.version} of the projection, not ${version}`;
  return fields.join() === indexes.join() ? undefined : 'it is found by other fields';
}

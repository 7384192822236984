import { LRUCache } from 'lru-cache';
import { UnreadableEvent, type Codec } from '#event-store/codec';
import { defaultLimit, type EventLog, type LoggedEvent } from '#event-store/event-log';
import type { AnyFold } from '#kernel/decider';
import { streamCategory, type Recorded, type Revision } from '#kernel/envelope';
import { entry } from '#kernel/keyed';
import { failTrail } from './trail.failures.js';

/** A state is kept after every so many events of a stream, and the one that was asked for last. */
const between = 256;
const mostKept = 5_000;

/** The state of a stream before one of its events and after it. */
export interface Around {
  readonly before: unknown;
  readonly after: unknown;
}

/** The states that streams had, as their deciders fold them. States that were folded are kept, and folding goes on from the nearest. */
export class StateHistory {
  private readonly kept = new LRUCache<string, { readonly state: unknown }>({ max: mostKept });
  private readonly folds: ReadonlyMap<string, AnyFold>;

  constructor(
    private readonly log: Pick<EventLog, 'readStream'>,
    private readonly codec: Codec,
    folds: readonly AnyFold[],
  ) {
    this.folds = new Map(folds.map((fold) => [fold.category, fold]));
  }

  /** Undefined where nothing folds streams of that category. @throws Failed `trail-unreadable` */
  async around(stream: string, revision: Revision): Promise<Around | undefined> {
    const fold = this.folds.get(streamCategory(stream));
    if (!fold) return undefined;
    const before = await this.stateAt(fold, stream, revision - 1);
    return { before, after: await this.stateAt(fold, stream, revision) };
  }

  /** The state after the event of that revision; before the first one without any. */
  private async stateAt(fold: AnyFold, stream: string, revision: Revision): Promise<unknown> {
    let { at, state } = this.nearest(fold, stream, revision);
    while (at < revision) {
      const events = await this.log.readStream(stream, { from: at + 1, limit: Math.min(defaultLimit, revision - at) });
      if (events.length === 0) break;
      for (const logged of events) {
        const event = decoded(this.codec, logged);
        state = entry(fold.evolve, event.type)?.(state as never, event as never);
        at = event.revision;
        if (at % between === 0) this.keep(stream, at, state);
      }
    }
    this.keep(stream, revision, state);
    return state;
  }

  private nearest({ initial }: AnyFold, stream: string, revision: Revision): { at: Revision; state: unknown } {
    for (const at of candidates(revision)) {
      const found = this.kept.get(keyOf(stream, at));
      if (found) return { at, state: found.state };
    }
    return { at: -1, state: initial };
  }

  private keep(stream: string, revision: Revision, state: unknown): void {
    if (revision >= 0) this.kept.set(keyOf(stream, revision), { state });
  }
}

/** The event as its definition reads it. @throws Failed `trail-unreadable` */
export function decoded(codec: Pick<Codec, 'decode'>, event: LoggedEvent): Recorded {
  try {
    return codec.decode(event);
  } catch (error) {
    const { stream, revision } = event;
    throw error instanceof UnreadableEvent ? failTrail('trail-unreadable', { stream, revision }, { cause: error }) : error;
  }
}

/** Where a state may be kept, the nearest first. */
function* candidates(revision: Revision): Generator<Revision> {
  yield revision;
  if (revision > 0) yield revision - 1;
  for (let at = Math.floor(revision / between) * between; at >= 0; at -= between) yield at;
}

function keyOf(stream: string, revision: Revision): string {
  return `${stream} ${revision}`;
}

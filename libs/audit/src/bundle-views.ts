import { UnreadableEvent, type Codec } from '#event-store/codec';
import { canonicalJson } from '#kernel/canonical-json';
import type { Recorded } from '#kernel/envelope';
import type { Instant } from '#kernel/helsinki-time';
import { omit } from '#kernel/keyed';
import { nextRow, removed, type AnyProjection, type Stored } from '#kernel/projection';
import { heldAt } from '#kernel/timeline';
import { parsedLeaf } from './leaf.js';

/** A row of a view, as a line: its id, the revision of the last event in it, and what it says. Positions are of one log only, and left out. */
interface Folded {
  readonly row: object;
  readonly revision: number;
}

interface View {
  readonly projection: AnyProjection;
  readonly rows: Map<string, Folded>;
  /** Rows that an event could not be folded into: they are not shown. */
  readonly broken: Set<string>;
  readonly wanted: Set<string>;
}

/** Folds leaves into rows of all views, and keeps in mind which rows wanted events are in. */
export class RowFolder {
  private readonly views: readonly View[];
  private readonly takers = new Map<string, View[]>();

  constructor(
    private readonly codec: Codec,
    projections: readonly AnyProjection[],
  ) {
    this.views = projections.map((projection) => ({ projection, rows: new Map(), broken: new Set(), wanted: new Set() }));
    for (const view of this.views)
      for (const type of Object.keys(view.projection.events)) this.takers.set(type, [...(this.takers.get(type) ?? []), view]);
  }

  fold(leaf: string, index: number, isWanted: boolean): void {
    const content = parsedLeaf(leaf);
    const takers = this.takers.get(content.type);
    const event = takers && this.decoded({ ...content, position: index.toString(16).padStart(32, '0') });
    if (!event) return;
    for (const view of takers) {
      const keys = view.projection.key(event as never);
      for (const key of typeof keys === 'string' ? [keys] : keys) {
        if (isWanted) view.wanted.add(key);
        if (!view.broken.has(key)) foldInto(view, event, key);
      }
    }
  }

  /** The wanted rows as lines of text, by view, as they held at the instant where one is given. */
  lines(asOf?: Instant): ReadonlyMap<string, readonly string[]> {
    const found = this.views.map(({ projection, rows, wanted }): [string, readonly string[]] => {
      const there = [...wanted].sort().flatMap((id) => {
        const folded = rows.get(id);
        return folded
          ? [canonicalJson({ _id: id, revision: folded.revision, ...(asOf === undefined ? folded.row : heldAt(folded.row, asOf)) })]
          : [];
      });
      return [projection.name, there];
    });
    return new Map(found.filter(([, lines]) => lines.length > 0));
  }

  private decoded(event: Parameters<Codec['decode']>[0]): Recorded | undefined {
    try {
      return this.codec.decode(event);
    } catch (error) {
      if (error instanceof UnreadableEvent) return undefined;
      throw error;
    }
  }
}

function foldInto({ projection, rows, broken }: View, event: Recorded, key: string): void {
  const before = rows.get(key);
  try {
    const row = nextRow(projection, before && { ...before.row, _id: key, position: '', revision: before.revision }, event, key);
    if (row === removed) rows.delete(key);
    else rows.set(key, { row: withoutPlace(row), revision: event.revision });
  } catch {
    rows.delete(key);
    broken.add(key);
  }
}

function withoutPlace(row: object): object {
  return omit(row as Stored<object>, '_id', 'position', 'revision');
}

import type { EventOf, Position, Recorded, Revision } from './envelope.js';
import type { EventDefinitions } from './event-schema.js';
import { entry } from './keyed.js';

/** Returned by a handler whose row is to go. A tombstone stays in its place. */
export const removed = Symbol('removed');

/** A row as it is stored. */
export type Stored<Row> = Row & {
  readonly _id: string;
  /** The position of the last event folded into the row. */
  readonly position: Position;
  /** The revision of that event in its stream. */
  readonly revision: Revision;
  /** Set on a tombstone, which has no other fields than its id and position. */
  readonly removed?: true;
};

type TypesOf<Definitions> = keyof Definitions & string;

/** What a projection says beside its handlers. */
interface Described<Row extends object, Definitions extends EventDefinitions> {
  /** The name of its collection, after the question it answers. */
  readonly name: string;
  /** Raised whenever the rows of an old version would not equal those of a new one. */
  readonly version: number;
  /** The oldest version whose rows its readers still understand: those are served while the rows of this version are made. This version without it. */
  readonly readableSince?: number;
  /** The events that it takes: `allBut` some of its own context, `only` some of another. */
  readonly events: Definitions;
  readonly key: (event: EventOf<Definitions>) => string | readonly string[];
  /** Fields by which its rows are found or ordered. */
  readonly indexes?: readonly (keyof Row & string)[];
}

/** Make rows where there are none. One that is there pauses the projection. */
type Starting<Row, Definitions, Types extends TypesOf<Definitions>> = {
  readonly [Type in Types]: (event: EventOf<Definitions, Type>, key: string) => Row;
};

/** Make rows, or change those that are there. */
type Upserting<Row, Definitions, Types extends TypesOf<Definitions>> = {
  readonly [Type in Types]: (row: Row | undefined, event: EventOf<Definitions, Type>, key: string) => Row | typeof removed;
};

/** Change rows that are there. One that is missing pauses the projection. */
type Changing<Row, Definitions, Types extends TypesOf<Definitions>> = {
  readonly [Type in Types]: (row: Row, event: EventOf<Definitions, Type>, key: string) => Row | typeof removed;
};

/**
 * Folds events into rows of its own, each found by a key computed from the event; it reads no other row and no other view.
 * Each event that it takes has one handler: in `starts`, `upserts` or `on`. The runner keeps position and revision in the row.
 *
 * @typeParam Starts the events that make a row
 * @typeParam Upserts the events that make a row or change the one that is there
 */
export type Projection<
  Row extends object,
  Definitions extends EventDefinitions,
  Starts extends TypesOf<Definitions>,
  Upserts extends TypesOf<Definitions> = never,
> = Described<Row, Definitions> &
  Unless<Starts, { readonly starts: Starting<Row, Definitions, Starts> }> &
  Unless<Upserts, { readonly upserts: Upserting<Row, Definitions, Upserts> }> &
  Unless<
    Exclude<TypesOf<Definitions>, Starts | Upserts>,
    { readonly on: Changing<Row, Definitions, Exclude<TypesOf<Definitions>, Starts | Upserts>> }
  >;

/** Handlers of these types, unless there are none. */
type Unless<Types, Handlers> = [Types] extends [never] ? unknown : Handlers;

/** A projection as readers of its rows know it. */
export interface ProjectionOf<Row extends object> {
  readonly name: string;
  readonly indexes?: readonly string[];
  readonly starts?: Readonly<Record<string, (event: never, key: string) => Row>>;
  readonly upserts?: Readonly<Record<string, (row: Row | undefined, event: never, key: string) => Row | typeof removed>>;
  readonly on?: Readonly<Record<string, (row: Row, event: never, key: string) => Row | typeof removed>>;
}

/** A projection of any context, as the plumbing runs it. */
export interface AnyProjection {
  readonly name: string;
  readonly version: number;
  readonly readableSince?: number;
  readonly events: EventDefinitions;
  readonly key: (event: never) => string | readonly string[];
  readonly indexes?: readonly string[];
  readonly starts?: Readonly<Record<string, (event: never, key: string) => object>>;
  readonly upserts?: Readonly<Record<string, (row: never, event: never, key: string) => object | typeof removed>>;
  readonly on?: Readonly<Record<string, (row: never, event: never, key: string) => object | typeof removed>>;
}

/** Whether the event needs a row that is there. */
export function needsRow({ on }: AnyProjection, { type }: Pick<Recorded, 'type'>): boolean {
  return on !== undefined && entry(on, type) !== undefined;
}

/** What a handler makes of the row. @throws TypeError where the event needs a row and meets none, or starts one and meets another */
export function nextRow(
  { name, starts, upserts, on }: AnyProjection,
  row: object | undefined,
  event: Recorded,
  key: string,
): object | typeof removed {
  const { type } = event;
  const start = starts && entry(starts, type);
  if (start) {
    if (row) throw new TypeError(`${type} starts the row ${key} of ${name}, which is there already`);
    return start(event as never, key);
  }
  const upsert = upserts && entry(upserts, type);
  if (upsert) return upsert(row as never, event as never, key);
  if (!row) throw new TypeError(`${type} needs the row ${key} of ${name}, which is not there`);
  const change = on && entry(on, type);
  if (!change) throw new TypeError(`${name} takes ${type} and has no handler of it`);
  return change(row as never, event as never, key);
}

/** The row as it is stored after the event. */
export function storedRow(next: object | typeof removed, { position, revision }: Recorded, key: string): Stored<object> {
  return next === removed ? ({ _id: key, position, removed: true } as Stored<object>) : { ...next, _id: key, position, revision };
}

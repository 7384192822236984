import type { EventOf, Position } from './envelope.js';
import type { EventDefinitions } from './event-schema.js';

/** Returned by a handler whose row is to go. A tombstone stays in its place. */
export const removed = Symbol('removed');

/** A row as it is stored. */
export type Stored<Row> = Row & {
  readonly _id: string;
  /** The position of the last event folded into the row. */
  readonly position: Position;
  /** Set on a tombstone, which has no other fields. */
  readonly removed?: true;
};

/**
 * Folds events into rows of its own, each found by a key computed from the event; it reads no other row and no other view.
 * A handler gets the row (undefined where there is none yet) and returns the next one, the same one where nothing changes, or `removed`.
 */
export interface Projection<Row extends object, Definitions extends EventDefinitions> {
  /** The name of its collection, after the question it answers. */
  readonly name: string;
  /** Raised whenever the rows of an old version would not equal those of a new one. */
  readonly version: number;
  /** The oldest version whose rows its readers still understand: those are served while the rows of this version are made. This version without it. */
  readonly readableSince?: number;
  readonly events: Definitions;
  readonly key: (event: EventOf<Definitions>) => string | readonly string[];
  /** Fields by which its rows are found or ordered. */
  readonly indexes?: readonly (keyof Row & string)[];
  readonly on: {
    readonly [Type in keyof Definitions & string]: (
      row: Row | undefined,
      event: EventOf<Definitions, Type>,
      key: string,
    ) => Row | undefined | typeof removed;
  };
}

/** A projection of any context, as the plumbing runs it. */
export interface AnyProjection {
  readonly name: string;
  readonly version: number;
  readonly readableSince?: number;
  readonly events: EventDefinitions;
  readonly key: (event: never) => string | readonly string[];
  readonly indexes?: readonly string[];
  readonly on: Readonly<Record<string, (row: never, event: never, key: string) => object | undefined | typeof removed>>;
}

import type { EventDefinitions } from './event-schema.js';
import type { Instant } from './helsinki-time.js';
import type { AnyProjection, Projection } from './projection.js';

/** A command by its name, with its content: of those by name that `CommandsOf` gives. */
export type CommandIn<Commands> = {
  readonly [Name in keyof Commands & string]: { readonly type: Name; readonly content: Readonly<Commands[Name]> };
}[keyof Commands & string];

/** Something that a process wants done when its time comes. */
export interface Due<Commands = Record<string, object>> {
  /** Names it among all that the row ever wants: the command's id is made of it, so that it is done once, however often it is wanted. */
  readonly id: string;
  /** Not before this instant. */
  readonly at: Instant;
  /** Not after this instant, where it would be of no use any more. */
  readonly until?: Instant;
  /** The id of the event that it follows from. */
  readonly because: string;
  readonly command: CommandIn<Commands>;
}

/**
 * Acts by commands on what the events say. It is a projection whose rows say what is due: its timers follow from the
 * log alone and are as durable as the log, and a rebuild does nothing.
 *
 * @typeParam Starts the events that make a row
 * @typeParam Commands those that it sends, by name
 */
export type Process<
  Row extends object,
  Definitions extends EventDefinitions,
  Starts extends keyof Definitions & string,
  Commands,
> = Projection<Row, Definitions, Starts> & {
  /** What the row wants done, now or later. What has been done must not be wanted any more once its events are folded. */
  readonly due: (row: Row, key: string) => readonly Due<Commands>[];
  /** The ids of the notifications that the row wants told, asked for or not: what it asked for and wants no more is not sent. */
  readonly notifies?: (row: Row, key: string) => readonly string[];
};

/** A process of any context, as the plumbing runs it. */
export interface AnyProcess extends AnyProjection {
  readonly due: (row: never, key: string) => readonly Due[];
  readonly notifies?: (row: never, key: string) => readonly string[];
}

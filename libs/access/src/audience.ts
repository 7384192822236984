import type { AnyFold, Fold } from '#kernel/decider';
import type { EventOf } from '#kernel/envelope';
import type { EventDefinitions, Publicity } from '#kernel/event-schema';
import type { Claims } from './policy.js';

/**
 * Who may see the events of a stream. It is judged by the stream's state after the event, so that what was a draft when
 * it was written is a draft for ever to those who could not see it then.
 */
export interface Audience<State, Definitions extends EventDefinitions> {
  /** What of the stream the judgement stands on. */
  readonly fold: Fold<State, Definitions>;
  /** Set where whoever sees one event of a stream sees them all. */
  readonly isWhole?: true;
  /**
   * How much the reader may see: `public` fields only, the `internal` ones too, or the `secret` ones too; undefined where
   * they may not even know that there is something. A reader without a token is undefined. Where the question is about an
   * event, its type is told.
   */
  readonly sees: (state: State, reader: Claims | undefined, event?: string) => Publicity | undefined;
  /** The regions that an event concerns though its metadata name none, by the state before it: their histories have it, too. */
  readonly concerns?: (before: State, event: EventOf<Definitions>) => readonly string[];
}

/** An audience of any context, as the plumbing asks it. */
export interface AnyAudience {
  readonly fold: AnyFold;
  readonly isWhole?: true;
  readonly sees: (state: never, reader: Claims | undefined, event?: string) => Publicity | undefined;
  readonly concerns?: (before: never, event: never) => readonly string[];
}

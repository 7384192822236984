import type { Recorded } from '#kernel/envelope';
import type { Sealed } from '#kernel/event-schema';
import type { Instant } from '#kernel/helsinki-time';
import type { Language } from '#kernel/localized-text';
import type { Content } from './content.js';

/** The events that the documents of a matter stand on, by stream; in the log’s order. */
export type MatterEvents = ReadonlyMap<string, readonly Recorded[]>;

/** A document that one event made, by what was known at that event: the same whenever it is asked for. */
export interface Draft {
  /** `decision`, `payment-p1`: tells it apart within its matter, for ever. */
  readonly document: string;
  readonly kind: string;
  /** The event that made it. Who sees that sees the document. */
  readonly event: Recorded;
  readonly at: Instant;
  /** The authentic language; the others are translations. */
  readonly language: Language;
  /** Whether a notice is of it: the latest of these is what is notified. */
  readonly isNotified: boolean;
  readonly templateVersion: number;
  readonly layout: number;
  /** The sealed texts that it shows. */
  readonly sealed: readonly Sealed[];
  /** What it says in the language. `opened` says what sealed texts say; undefined where the person was forgotten. */
  readonly content: (language: Language, opened: (text: Sealed | undefined) => string | undefined) => Content;
}

/** What a context says of the documents of its matters. Pure: the events come in. */
export interface DocumentSource {
  /** The streams to read for a matter, by what was read so far; asked until it names no more. */
  readonly streams: (matter: string, read: MatterEvents) => readonly string[];
  /** All documents of the matter, in the order in which they were made. */
  readonly drafts: (matter: string, events: MatterEvents) => readonly Draft[];
}

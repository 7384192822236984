import type { Position, Revision } from '#kernel/envelope';
import type { Instant } from '#kernel/helsinki-time';
import { outageReasons } from '#engines/outage';
import { failures } from '#kernel/refused';

/** An event on its way into the log. Data and metadata are canonical JSON texts of objects. */
export interface EventToAppend {
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
}

/** An event as the log gives it back: JSON parsed, nothing checked yet. */
export interface LoggedEvent {
  readonly id: string;
  readonly stream: string;
  readonly revision: Revision;
  readonly position: Position;
  readonly type: string;
  readonly data: unknown;
  readonly metadata: unknown;
}

/** An event as it is stored: nothing parsed. */
export interface StoredEvent extends EventToAppend {
  readonly stream: string;
  readonly revision: Revision;
  readonly position: Position;
}

/** The revision that the stream's last event must have; `none` where the stream must not exist yet. There is no «any». */
export type ExpectedRevision = Revision | 'none';

export interface Appended {
  readonly stream: string;
  /** Of the last event appended. */
  readonly revision: Revision;
  /** Of the last event appended. */
  readonly position: Position;
}

export interface ReadStream {
  readonly direction?: 'forwards' | 'backwards';
  /** The first revision to be read; by default the stream's first, or last when read backwards. */
  readonly from?: Revision;
  readonly limit?: number;
}

export interface ReadAll {
  /** Read what comes after this position; from the log's beginning without it. */
  readonly after?: Position;
  /** Read up to this position, itself included. */
  readonly upTo?: Position;
  readonly limit?: number;
  /** Only streams of these categories (what stands before the first hyphen). */
  readonly categories?: readonly string[];
  /** Only events of these types. */
  readonly types?: readonly string[];
  /** Only events whose metadata name this call, this matter, or this region. */
  readonly about?: About;
}

/** What a history is of: a call with all that belongs to it, one applicant's matter in it, or a region. */
export type About = { readonly call: string } | { readonly matter: string } | { readonly region: string };

/** What the history is of, and which. */
export function subjectOf(about: About): readonly ['call' | 'matter' | 'region', string] {
  if ('call' in about) return ['call', about.call];
  return 'matter' in about ? ['matter', about.matter] : ['region', about.region];
}

/** A piece of the log in its order. Of one that is filtered few or no events, fewer than the limit, need not be the end: others have their turn while much is looked through. */
export interface Page<Event = LoggedEvent> {
  readonly events: readonly Event[];
  /** Where the next page goes on; also where a filter let nothing through. Undefined in an empty log. */
  readonly next: Position | undefined;
  /** Whether this page reached the end of what there was. */
  readonly end: boolean;
}

/** A beginning of the log, named by its last event: a position is of one log only, stream and revision last. */
export interface Prefix {
  readonly position: Position;
  readonly stream: string;
  readonly revision: Revision;
}

/**
 * The log of all events: append at an exact revision, read, subscribe.
 * What every adapter promises is in `event-log.contract.ts`.
 */
export interface EventLog {
  /** The log's own id, from its first event. Checkpoints and receipts carry it; positions mean nothing without it. */
  readonly id: string;
  /** How often what can be read here has changed; undefined where others append, too, so that nobody knows it at once. */
  readonly changeCount?: number | undefined;

  /**
   * Appends all events or none, and answers only when they are durable. The same append again (ids, texts, expectation)
   * returns the same result.
   * @throws WrongExpectedRevision where the stream is elsewhere; what stands in the way can be read then
   * @throws EventIdReused where one of the ids is known with another content
   * @throws Failed `log-unavailable` where nothing was written and it may be tried again
   * @throws Failed `log-uncertain` where it may or may not have been written: the same append again tells
   */
  append(stream: string, expected: ExpectedRevision, events: readonly EventToAppend[]): Promise<Appended>;

  /** A stream's events; none where there is no such stream. At most `limit` (1,000). */
  readStream(stream: string, read?: ReadStream): Promise<readonly LoggedEvent[]>;

  /** A page of the log. At most `limit` (1,000) events. */
  readAll(read?: ReadAll): Promise<Page>;

  /** A page of the log as its events are stored, whether or not they can still be read. At most `limit` (1,000) events. */
  readTexts(read?: Pick<ReadAll, 'after' | 'limit'>): Promise<Page<StoredEvent>>;

  /** The position of the last event. */
  head(): Promise<Position>;

  /** When what was recorded last was recorded; undefined where nothing is but what the log records of itself. */
  latest(): Promise<Instant | undefined>;

  /** Resolves where the log can be read and written just now. Writes nothing. @throws whatever stands in the way */
  probe(): Promise<void>;

  /** Makes ready in the background what `about` and `prefixAt` are answered from, where that takes long. */
  warm(): void;

  /** What was known at the instant: everything before the first event that was recorded later. What the log records of itself, in the stream `log`, is no knowledge, and counts as recorded never. */
  prefixAt(instant: Instant): Promise<Prefix>;

  /**
   * Everything after the position, then everything as it is appended, in order, each once; ends when the signal is
   * aborted. A page with `end` is given, even an empty one, whenever the reader has caught up.
   * @throws Failed `log-position-unknown` where the log on a server has no event at the position
   */
  subscribe(after: Position | undefined, signal: AbortSignal): AsyncIterable<Page>;

  close(): Promise<void>;
}

export const defaultLimit = 1_000;

/** A stream's events from a revision on, page by page; one empty page where there are none. */
export async function* streamPages(
  log: Pick<EventLog, 'readStream'>,
  stream: string,
  from: Revision = 0,
): AsyncGenerator<readonly LoggedEvent[], undefined> {
  for (let next = from; ; next += defaultLimit) {
    const page = await log.readStream(stream, { from: next });
    yield page;
    if (page.length < defaultLimit) return;
  }
}

/** Most bytes of the events of one append, by `sizeOf`. */
export const maxAppendBytes = 1_048_576;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The stream was not at the revision that the append expected. */
export class WrongExpectedRevision extends Error {
  override readonly name = 'WrongExpectedRevision';
  constructor(
    readonly stream: string,
    readonly expected: ExpectedRevision,
    readonly actual: ExpectedRevision,
  ) {
    super(`${stream} is at ${actual}, not at ${expected}`);
  }
}

/** An event of this id is in the log already, with another content or in another place. */
export class EventIdReused extends Error {
  override readonly name = 'EventIdReused';
  constructor(readonly eventId: string) {
    super(`an event with the id ${eventId} is in the log already`);
  }
}

export const { texts: logFailures, fail: failLog } = failures({
  'log-unavailable': {
    fi: 'Tapahtumalokiin ei nyt saada yhteyttä ({reason}). Yritä hetken päästä uudelleen. Komennosta ei tallentunut mitään: lähetä se uudelleen samalla tunnisteella.',
    sv: 'Händelseloggen kan inte nås just nu ({reason}). Försök igen om en stund. Av ett kommando sparades inget: skicka det igen med samma id.',
    en: 'The event log cannot be reached just now ({reason}). Try again in a moment. Of a command nothing was recorded: send it again under the same id.',
    terms: { reason: outageReasons },
  },
  'log-uncertain': {
    fi: 'Tapahtumaloki ei vahvistanut tallennusta ({reason}). Ei tiedetä, tallentuiko komento: lähetä sama komento uudelleen samalla tunnisteella, niin se tallentuu vain kerran.',
    sv: 'Händelseloggen bekräftade inte att något sparades ({reason}). Det är okänt om kommandot sparades: skicka samma kommando igen med samma id, så sparas det bara en gång.',
    en: 'The event log confirmed no recording ({reason}). Whether the command was recorded is not known: send the same command again under the same id, and it is recorded once.',
    terms: { reason: outageReasons },
  },
  'log-storage-full': {
    fi: 'Tapahtumalokin levy on täynnä. Mitään ei tallennettu: lähetä sama komento uudelleen samalla tunnisteella, kun levyllä on taas tilaa.',
    sv: 'Händelseloggens disk är full. Inget sparades: skicka samma kommando igen med samma id när det åter finns plats.',
    en: 'The disk of the event log is full. Nothing was recorded: send the same command again under the same id when there is room.',
  },
  'log-damaged': {
    fi: 'Tapahtumaloki {path} on vaurioitunut ({reason}). Älä kirjoita siihen: palauta varmuuskopio.',
    sv: 'Händelseloggen {path} är skadad ({reason}). Skriv inte till den: återställ en säkerhetskopia.',
    en: 'The event log {path} is damaged ({reason}). Do not write to it: restore a backup.',
  },
  'log-position-unknown': {
    fi: 'Tapahtumalokissa ei ole kohtaa {position}: se on lokin lopun jälkeen tai kahden tapahtuman välissä. Jos loki on palautettu varmuuskopiosta, rakenna sen pohjalta tehdyt näkymät uudelleen.',
    sv: 'Händelseloggen har ingen position {position}: den ligger efter loggens slut eller mellan två händelser. Om loggen har återställts från en säkerhetskopia ska vyerna byggas upp på nytt ur den.',
    en: 'The event log has no position {position}: it is past the end or between two events. If the log was restored from a backup, rebuild the views from it.',
  },
  'log-text-altered': {
    fi: 'Tapahtumalokin {path} tapahtuma {event} (virran {stream} versio {revision}) ei ole siinä muodossa, jossa se kirjoitettiin: sitä on muutettu jälkeenpäin. Säilytä tiedosto sellaisenaan todisteena ja palauta varmuuskopio.',
    sv: 'Händelsen {event} (revision {revision} av {stream}) i händelseloggen {path} står inte i den form som den skrevs i: den har ändrats i efterhand. Bevara filen som den är, som bevis, och återställ en säkerhetskopia.',
    en: 'The event {event} (revision {revision} of {stream}) in the event log {path} is not in the form in which it was written: it was altered afterwards. Keep the file as it is, as evidence, and restore a backup.',
  },
  'log-of-newer-version': {
    fi: 'Tapahtumaloki {path} on uudemman ohjelmaversion (muoto {found}, tämä lukee {known}). Käynnistä uudempi versio.',
    sv: 'Händelseloggen {path} hör till en nyare programversion (format {found}, denna läser {known}). Starta den nyare versionen.',
    en: 'The event log {path} is of a newer version of the program (format {found}, this one reads {known}). Start the newer version.',
  },
});

/** What every adapter checks before it sends anything. Throws TypeError or RangeError: a fault of the caller's. */
export function checkAppend(stream: string, expected: ExpectedRevision, events: readonly EventToAppend[]): void {
  if (stream === '' || stream.startsWith('$')) throw new TypeError(`«${stream}» is no stream of ours`);
  if (expected !== 'none' && (!Number.isSafeInteger(expected) || expected < 0)) throw new TypeError(`${expected} is no revision`);
  if (events.length === 0) throw new TypeError('an append without events');
  let bytes = 0;
  for (const { id, type, data, metadata } of events) {
    if (!uuid.test(id)) throw new TypeError(`«${id}» is no UUID in lower case`);
    if (type === '') throw new TypeError('an event without a type');
    if (!data.startsWith('{') || !metadata.startsWith('{')) throw new TypeError('data and metadata are JSON objects');
    bytes += sizeOf({ type, data, metadata });
  }
  if (bytes > maxAppendBytes) throw new RangeError(`an append of ${bytes} bytes: at most ${maxAppendBytes}`);
}

/** How much an event counts in an append: as EventStoreDB counts. */
export function sizeOf({ type, data, metadata }: Omit<EventToAppend, 'id'>): number {
  return Buffer.byteLength(data) + Buffer.byteLength(metadata) + 2 * type.length;
}

/** The position from its two parts. */
export function position(commit: bigint | number, prepare: bigint | number = commit): Position {
  const first = part(commit);
  return first + (prepare === commit ? first : part(prepare));
}

function part(value: bigint | number): string {
  return value.toString(16).padStart(16, '0');
}

import { Type, type Static } from 'typebox';
import type { Dated } from './timeline.js';
import type { Instant } from './helsinki-time.js';
import { lastInstant, whenPattern, type When } from './when.js';

const text = (maxLength: number) => Type.String({ minLength: 1, maxLength });
const instantSchema = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$' });

export const actorSchema = Type.Object(
  {
    /** A pseudonym: an HMAC of issuer and subject, or the name of a part of the system. */
    id: text(100),
    /** The role in which the person acted at that moment. */
    role: text(50),
    organisation: Type.Optional(text(64)),
    region: Type.Optional(text(2)),
  },
  { additionalProperties: false },
);

export const sourceSchema = Type.Object(
  {
    kind: Type.Union([Type.Literal('public-record'), Type.Literal('demo')]),
    /** The pages it was read from, as they are named in the record's list of sources. */
    references: Type.Array(text(300), { minItems: 1 }),
  },
  { additionalProperties: false },
);

/** The metadata of every event, fixed from the first one on. */
export const metadataSchema = Type.Object(
  {
    schemaVersion: Type.Integer({ minimum: 1 }),
    commandId: Type.String({ format: 'uuid' }),
    /** The name of the command: `SubmitApplication`. The first events of a log may not say it. */
    command: Type.Optional(text(100)),
    /** HMAC-SHA-256 of the command and its caller, so that a retry is recognised though encryption is randomised. */
    commandHash: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    correlationId: text(100),
    causationId: text(100),
    actor: actorSchema,
    /** One applicant's case in one call. */
    matter: Type.Optional(text(200)),
    call: Type.Optional(text(64)),
    region: Type.Optional(text(2)),
    /** The time that the event is about, where it is not `recordedAt`. */
    effectiveAt: Type.Optional(Type.String({ pattern: whenPattern })),
    recordedAt: instantSchema,
    source: Type.Optional(sourceSchema),
    /** The revision of each stream that the decision was taken on (-1: it did not exist yet). */
    seen: Type.Record(Type.String(), Type.Integer({ minimum: -1 })),
    /** What of the command's content its events do not say; with the first of them. */
    asked: Type.Optional(
      Type.Object(
        {
          /** Fields that the first event says under the same names. */
          same: Type.Optional(Type.Array(text(100))),
          /** Fields that no event says so. Never a personal text. */
          given: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
          /** Fields that are personal texts of the events, by their places among these. */
          personal: Type.Optional(Type.Record(Type.String(), Type.Integer({ minimum: 0 }))),
          /** The time that the command's source states. */
          effectiveAt: Type.Optional(Type.String({ pattern: whenPattern })),
        },
        { additionalProperties: false },
      ),
    ),
    /** The version of the rules by which it was decided. */
    rules: Type.Optional(Type.String({ pattern: '^[0-9a-f]{16}$' })),
    /** The position that the person's screen showed, where the client said so. */
    seenPosition: Type.Optional(Type.String({ pattern: '^[0-9a-f]{32}$' })),
  },
  { additionalProperties: false },
);

export type Actor = Readonly<Static<typeof actorSchema>>;
export type Source = Readonly<Static<typeof sourceSchema>>;
export type EventMetadata = Readonly<Static<typeof metadataSchema>>;

/** The order of all events of one log: 32 hexadecimal digits, so that order as text is order in the log. */
export type Position = string;
/** The number of an event in its stream, from 0. */
export type Revision = number;

/** A decoded event: checked, in the latest version of its type, its personal fields still sealed. */
export interface Recorded<Type extends string = string, Data = unknown> {
  readonly type: Type;
  readonly data: Data;
  readonly id: string;
  /** `<category>-<key>`. */
  readonly stream: string;
  readonly revision: Revision;
  readonly position: Position;
  readonly metadata: EventMetadata;
}

/** The union of a context's events as they are folded. */
export type EventOf<Definitions, Type extends keyof Definitions & string = keyof Definitions & string> = {
  [T in Type]: Recorded<T, Definitions[T] extends { dataType: infer Data } ? Data : never>;
}[Type];

/** The time that the event is about. */
export function effectiveAt({ metadata }: Recorded): When {
  return metadata.effectiveAt ?? metadata.recordedAt;
}

/** Whether the event tells only what a public source told before. */
export function isFromPublicRecord({ metadata }: Recorded): boolean {
  return metadata.source?.kind === 'public-record';
}

/** The instant by which the rules judge an event: of its recording, or of what a public source tells. */
export function judgedAt(event: Recorded): Instant {
  return isFromPublicRecord(event) ? lastInstant(effectiveAt(event)) : event.metadata.recordedAt;
}

/** An entry of a timeline, with the two times and the source of the event that brought it. */
export function datedBy<Value>(event: Recorded, value: Value): Dated<Value> {
  const { recordedAt, source } = event.metadata;
  return { effectiveAt: effectiveAt(event), recordedAt, value, ...(source && { source: source.references }) };
}

/** The category in a stream's name: what precedes the first hyphen; empty where there is none. */
export function streamCategory(stream: string): string {
  return stream.slice(0, Math.max(0, stream.indexOf('-')));
}

/** The key in a stream's name: what follows the first hyphen. */
export function streamKey(stream: string): string {
  return stream.slice(stream.indexOf('-') + 1);
}

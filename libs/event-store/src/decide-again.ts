import { canonicalJson } from '#kernel/canonical-json';
import type { AnyDecider, AnyFold, DocumentHash } from '#kernel/decider';
import { effectiveAt, judgedAt, streamCategory, type EventMetadata, type Position, type Recorded, type Revision } from '#kernel/envelope';
import { withOpened, type EventData, type Sealed } from '#kernel/event-schema';
import type { Instant } from '#kernel/helsinki-time';
import { Failed, Refused, type Details } from '#kernel/refused';
import { entry } from '#kernel/keyed';
import { contentAsked, type Told } from './asked.js';
import type { Codec } from './codec.js';
import type { commandEvents } from './command.events.js';
import { decidedBy, factsFor, openedFor } from './deciding.js';
import { streamPages, type EventLog } from './event-log.js';

/** A stream as a decision saw it. */
export interface SeenStream {
  readonly stream: string;
  /** -1: it did not exist. */
  readonly revision: Revision;
  /** How many events stand in the log after what was seen of it and before the decision. */
  readonly unseen: number;
  /** What its events up to that revision come to; sealed texts are opened, null where the person was forgotten. */
  readonly state: unknown;
}

/** What a command comes to: events, or a refusal. */
export type Outcome =
  | { readonly events: readonly { readonly type: string; readonly data: unknown; readonly effectiveAt?: string }[] }
  | { readonly refused: string; readonly details: Details };

/** Something in which two outcomes differ. */
export interface OutcomeDifference {
  /** Such as `events.0.data.amount`. */
  readonly path: string;
  readonly recorded: unknown;
  readonly again: unknown;
}

/** Why something cannot be decided again: the command is not on record, its sender was forgotten, or no decider takes it as it was. */
export type NotAgain = 'not-recorded' | 'sender-forgotten' | 'not-taken';

/** A decision with what it stood on, decided again. */
export interface DecidedAgain {
  readonly event: Recorded;
  /** The instant by which it was judged. */
  readonly at: Instant;
  readonly seen: readonly SeenStream[];
  readonly recorded: Outcome;
  readonly again: Outcome | NotAgain;
  /** Empty where it comes to the same. */
  readonly differences: readonly OutcomeDifference[];
  /** The version of the rules by which it was decided again; the event says by which it was decided. */
  readonly rules: string;
}

interface Parts {
  readonly log: EventLog;
  readonly codec: Codec;
  readonly deciders: readonly AnyDecider[];
  /** The version of the rules of these deciders. */
  readonly rules: string;
}

/** A command as the log has it, and what it came to. */
interface Asking {
  readonly stream: string;
  /** The revision of the stream before it. */
  readonly before: Revision;
  readonly content: Readonly<Record<string, unknown>> | NotAgain;
  readonly recorded: Outcome;
}

type Answer = Recorded<string, EventData<typeof commandEvents, 'CommandRefused'>>;

/** More would tell nobody more. */
const mostDifferences = 100;
const everything = { fields: 'secret', personal: 'secret', ofAuthority: true } as const;

/** Decides again what stands in a log: the same command on the facts as they stood. Nothing is recorded. */
export class DecideAgain {
  private readonly deciders: ReadonlyMap<string, AnyDecider>;

  constructor(private readonly parts: Parts) {
    this.deciders = new Map(parts.deciders.map((decider) => [decider.category, decider]));
  }

  /** The decision that the event came of; undefined where there is no such event. */
  async of(stream: string, revision: Revision): Promise<DecidedAgain | undefined> {
    const { codec, log, rules } = this.parts;
    const [event] = (await log.readStream(stream, { from: revision, limit: 1 })).map((logged) => codec.decode(logged));
    if (!event) return undefined;
    const { metadata } = event;
    const isAnswer = event.type === 'CommandRefused' || event.type === 'CommandHadNoEffect';
    const asking = await (isAnswer ? this.ofAnswer(event as Answer) : this.ofEvents(event));
    const again = await this.again(asking, metadata);
    return {
      event,
      at: judgedAt(event),
      seen: await Promise.all(Object.entries(metadata.seen).map(([one, upTo]) => this.seen(one, upTo, event))),
      recorded: asking.recorded,
      again,
      differences: typeof again === 'string' ? [] : differences(asking.recorded, again),
      rules,
    };
  }

  /** The command of an event, put together from all its events. */
  private async ofEvents(event: Recorded): Promise<Asking> {
    const { codec, log } = this.parts;
    const { stream, metadata } = event;
    const before = entry(metadata.seen, stream) ?? event.revision - 1;
    const after = (await log.readStream(stream, { from: before + 1 })).map((logged) => codec.decode(logged));
    const end = after.findIndex((one) => one.metadata.commandId !== metadata.commandId);
    const found = end === -1 ? after : after.slice(0, end);
    const isWhole = found.some(({ id }) => id === event.id);
    const events = isWhole ? found : [event];
    const told = await Promise.all(events.map((one) => this.told(one)));
    const asked = isWhole ? events[0]?.metadata.asked : undefined;
    return {
      stream,
      before,
      content: asked ? contentAsked(asked, told) : 'not-recorded',
      recorded: { events: events.map((one, index) => ({ type: one.type, data: told[index]?.data, effectiveAt: effectiveAt(one) })) },
    };
  }

  /** The command of a refusal, or of what had no effect: its content was sealed for who sent it. */
  private async ofAnswer({ data: { payload, stream, revision, code, details = {} } }: Answer): Promise<Asking> {
    const content = payload && (await this.parts.codec.opened(payload));
    return {
      stream,
      before: revision,
      content: typeof content === 'string' ? (JSON.parse(content) as Record<string, unknown>) : 'sender-forgotten',
      recorded: code === undefined ? { events: [] } : { refused: code, details },
    };
  }

  private async again({ stream, before, content, recorded }: Asking, metadata: EventMetadata): Promise<Outcome | NotAgain> {
    const { command: name, actor, recordedAt, source, asked, seen } = metadata;
    const decider = this.deciderOf(stream);
    if (typeof content === 'string') return content;
    if (name === undefined) return 'not-recorded';
    if (!decider || !entry(decider.decide, name)) return 'not-taken';
    const isOwnSource = source?.kind === 'public-record';
    const context = {
      actor,
      ...(isOwnSource && { source }),
      ...(asked?.effectiveAt !== undefined && { effectiveAt: asked.effectiveAt }),
    };
    try {
      const state = await this.folded(decider, stream, before);
      const { facts } = await factsFor(decider, name, content, async (by, needed) => {
        const revision = entry(seen, needed) ?? -1;
        return { state: await this.folded(by, needed, revision), revision };
      });
      const opened = await openedFor(decider, content, state, this.parts.codec);
      // What was notified is what the event says: whether its documents are made the same again is not decided here.
      const isNotice = decider.notifies?.(name as never, content as never) !== undefined;
      const documents = isNotice ? documentsIn(recorded) : undefined;
      const known = { at: recordedAt, opened, ...(documents && { documents }) };
      return { events: decidedBy(decider, { name, content, context, state, facts, ...known }) };
    } catch (error) {
      if (error instanceof Refused) return { refused: error.code, details: error.details };
      // A rule of now reads what the command of then does not have.
      if (error instanceof TypeError) return 'not-taken';
      throw error;
    }
  }

  private async seen(stream: string, revision: Revision, { position, metadata }: Recorded): Promise<SeenStream> {
    const decider = this.deciderOf(stream);
    const state = decider && (await this.openedIn(await this.folded(decider, stream, revision)));
    return { stream, revision, unseen: await this.unseen(stream, revision, position, metadata.commandId), state };
  }

  private async unseen(stream: string, revision: Revision, before: Position, commandId: string): Promise<number> {
    let count = 0;
    for await (const event of this.eventsFrom(stream, revision + 1)) {
      if (event.position >= before || event.metadata.commandId === commandId) break;
      count += 1;
    }
    return count;
  }

  private async folded(by: AnyFold, stream: string, upTo: Revision): Promise<unknown> {
    let state = by.initial;
    if (upTo < 0) return state;
    for await (const event of this.eventsFrom(stream, 0)) {
      if (event.revision > upTo) break;
      state = entry(by.evolve, event.type)?.(state as never, event as never);
    }
    return state;
  }

  private async *eventsFrom(stream: string, from: Revision): AsyncGenerator<Recorded> {
    const { log, codec } = this.parts;
    for await (const page of streamPages(log, stream, from)) for (const logged of page) yield codec.decode(logged);
  }

  private deciderOf(stream: string): AnyDecider | undefined {
    return this.deciders.get(streamCategory(stream));
  }

  private async told({ type, data, ...event }: Recorded): Promise<Told> {
    const { codec } = this.parts;
    const personal = codec.personalTexts(type, data).map((text) => this.text(text as Sealed));
    return { data: await codec.visibleData({ type, data, ...event }, everything), personal: await Promise.all(personal) };
  }

  private async text(text: Sealed): Promise<string | null> {
    const found = await this.parts.codec.opened(text);
    return found instanceof Failed ? null : found;
  }

  /** A state with its sealed texts opened. */
  private openedIn(state: unknown): Promise<unknown> {
    return withOpened(JSON.parse(JSON.stringify(state) ?? 'null'), (text) => this.text(text));
  }
}

/** In what the outcomes differ. A text whose person was forgotten is compared with nothing, nor is a time that no rule stated. */
function differences(recorded: Outcome, again: Outcome): readonly OutcomeDifference[] {
  const found: OutcomeDifference[] = [];
  const compare = (path: string, a: unknown, b: unknown): void => {
    if (a === null || found.length === mostDifferences || (b === undefined && path.endsWith('.effectiveAt'))) return;
    if (!isObject(a) || !isObject(b)) {
      if (canonicalText(a) !== canonicalText(b)) found.push({ path, recorded: a, again: b });
      return;
    }
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)]))
      compare(path === '' ? key : `${path}.${key}`, entry(a, key), entry(b, key));
  };
  compare('', recorded, again);
  return found;
}

function documentsIn(recorded: Outcome): readonly DocumentHash[] | undefined {
  if (!('events' in recorded)) return undefined;
  return (recorded.events[0]?.data as { readonly documents?: readonly DocumentHash[] } | undefined)?.documents;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function canonicalText(value: unknown): string {
  return value === undefined ? '' : canonicalJson(value);
}

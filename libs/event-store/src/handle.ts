import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { canonicalJson } from '#kernel/canonical-json';
import type { Clock } from '#kernel/clock';
import type { AnyDecider, AnyFold, Command, CommandContext } from '#kernel/decider';
import { derivedId } from '#kernel/derived-id';
import type { EventMetadata, EventOf, Position, Recorded, Revision, Source } from '#kernel/envelope';
import { instantOf } from '#kernel/helsinki-time';
import { failures, Refused, type Details } from '#kernel/refused';
import { lastInstant } from '#kernel/when';
import { noTelemetry, type Telemetry } from '#telemetry/telemetry';
import type { Codec, Encoded } from './codec.js';
import { commandEvents } from './command.events.js';
import { defaultLimit, EventIdReused, WrongExpectedRevision, type Appended, type EventLog, type EventToAppend, type ExpectedRevision } from './event-log.js';

/** What a command came to. The same command is answered with the same receipt. */
export interface Receipt {
  readonly commandId: string;
  /** `none`: what the command asks for was so already; nothing was added to the stream. */
  readonly effect: 'recorded' | 'none';
  /** The id of the log that the position is of. */
  readonly log: string;
  readonly stream: string;
  /** The stream's revision after the command; -1 where there is no such stream. */
  readonly revision: Revision;
  /** Ask a view `after` this position to see what the command did. */
  readonly position: Position;
  readonly eventIds: readonly string[];
}

export const { texts: handleFailures, fail } = failures({
  'command-id-reused': {
    fi: 'Tunnisteella {commandId} on jo lähetetty toinen komento. Lähetä tämä uudella tunnisteella.',
    sv: 'Ett annat kommando har redan skickats under id:t {commandId}. Skicka detta under ett nytt id.',
    en: 'Another command was sent under the id {commandId}. Send this one under a new id.',
  },
  'changed-since-read': {
    fi: 'Tieto on muuttunut sen jälkeen, kun luit sen: luit version {expected}, nyt on versio {actual} ({changes}). Lue se uudelleen ja päätä, mitä haluat muuttaa.',
    sv: 'Uppgiften har ändrats sedan du läste den: du läste revision {expected}, nu är den {actual} ({changes}). Läs den på nytt och bestäm vad du vill ändra.',
    en: 'It has changed since you read it: you read revision {expected}, now it is at {actual} ({changes}). Read it again and decide what you want to change.',
  },
  'too-much-at-once': {
    fi: 'Samaa asiaa muutetaan juuri nyt monesta paikasta. Mitään ei tallennettu: lähetä sama komento hetken päästä uudelleen.',
    sv: 'Samma sak ändras just nu från flera håll. Inget sparades: skicka samma kommando igen om en stund.',
    en: 'The same thing is being changed from many sides just now. Nothing was recorded: send the same command again in a moment.',
  },
});

/** How often a command is decided anew after another writer was faster. */
const maxDecisions = 10;
/** How many recorded refusals and no-effects one actor may cause in a minute; beyond it they are answered, but not recorded. */
const recordedAnswersPerMinute = 120;

/** Another process recorded what came of the same command: reading it again answers. */
class AnsweredMeanwhile extends Error {}

/** Events that one command appended to its stream. */
interface Done {
  readonly hash: string;
  readonly eventIds: readonly string[];
  readonly revision: Revision;
  readonly position: Position;
}

/** A stream folded up to a revision. */
interface Folded {
  state: unknown;
  revision: Revision;
  /** What each command did to it, by command id. */
  readonly commands: Map<string, Done>;
}

export interface Handling {
  readonly log: EventLog;
  readonly codec: Codec;
  readonly clock: Clock;
  /** The key of command hashes. */
  readonly hashKey: Buffer;
  /** What everything comes from that names no source of its own: a demonstration marks all that it records. Deciders do not see it. */
  readonly source?: Source;
  /** How many folded streams are kept in memory. */
  readonly cachedStreams?: number;
  readonly telemetry?: Telemetry;
}

/**
 * Handles every command of every decider: loads what the decision stands on, recognises what it has done already, decides,
 * appends at the exact revision. Commands to one stream wait for each other.
 */
export class CommandHandler {
  private readonly folded: LRUCache<string, Folded>;
  private readonly hashKey: KeyObject;
  private readonly telemetry: Telemetry;
  private readonly queues = new Map<string, Promise<unknown>>();
  private waitingCommands = 0;
  private readonly recordedAnswers = new LRUCache<string, { count: number }>({ max: 10_000, ttl: 60_000 });

  constructor(private readonly handling: Handling) {
    this.folded = new LRUCache({ max: handling.cachedStreams ?? 10_000 });
    this.hashKey = createSecretKey(handling.hashKey);
    this.telemetry = handling.telemetry ?? noTelemetry;
  }

  /**
   * @throws Refused where a rule says no (recorded; the same again for the same command id)
   * @throws Failed `command-id-reused`, `changed-since-read`, `too-much-at-once`, or what the log fails with (not recorded)
   */
  async handle<C extends Command>(decider: AnyDecider, command: C): Promise<Receipt> {
    const stream = `${decider.category}-${decider.key(command as never)}`;
    const { commandId, correlationId } = command.context;
    const watched = { name: command.constructor.name, commandId, correlationId };
    return this.telemetry.command(watched, () => this.inTurn(stream, () => this.answer(decider, stream, command)));
  }

  /** The code with which a rule refused a command; undefined where none did, or it was not recorded. */
  async refusalOf(commandId: string): Promise<string | undefined> {
    const [event] = await this.handling.log.readStream(commandStream(commandId), { limit: 1 });
    return event?.type === 'CommandRefused' ? (event.data as { code: string }).code : undefined;
  }

  /** How many commands wait for another one of their stream. */
  get waiting(): number {
    return this.waitingCommands;
  }

  private async answer(decider: AnyDecider, stream: string, command: Command): Promise<Receipt> {
    const { context } = command;
    const hash = this.hashOf(command);
    let hasReloaded = false;
    for (let tries = 0; tries < maxDecisions; tries++) {
      const own = await this.load(decider, stream);
      const done = own.commands.get(context.commandId);
      if (done) return this.receiptOf(stream, context, done, hash);
      const answered = await this.answeredBefore(context, hash);
      if (answered) return answered;
      try {
        return await this.decideAndAppend(decider, stream, own, command, hash);
      } catch (error) {
        if (error instanceof EventIdReused) {
          // Another attempt of the same command may just have landed: then the stream answers it.
          if (hasReloaded) throw fail('command-id-reused', { commandId: context.commandId });
          hasReloaded = true;
        } else if (!(error instanceof WrongExpectedRevision || error instanceof AnsweredMeanwhile)) throw error;
        this.telemetry.conflict();
      }
    }
    throw fail('too-much-at-once');
  }

  private async decideAndAppend(decider: AnyDecider, stream: string, own: Folded, command: Command, hash: string): Promise<Receipt> {
    const { log, codec, clock } = this.handling;
    const { context } = command;
    const { facts, seen } = await this.factsFor(decider, command);
    seen[stream] = own.revision;
    const recordedAt = instantOf(clock.now());
    const at = context.source && context.effectiveAt ? lastInstant(context.effectiveAt) : recordedAt;
    const { actor, correlationId, causationId, seenPosition } = context;
    const source = context.source ?? this.handling.source;
    const effectiveAt = context.effectiveAt ?? (source === context.source ? undefined : recordedAt);
    const common = {
      commandId: context.commandId,
      commandHash: hash,
      correlationId,
      causationId: causationId ?? context.commandId,
      actor,
      ...decider.belongs?.(command as never),
      recordedAt,
      source,
      seen,
      seenPosition,
    };

    let decided;
    try {
      const name = command.constructor.name;
      decided = decider.decide[name]?.({ ...command } as never, own.state as never, facts as never, { at, actor, ...(context.source && { source: context.source }) });
      if (!decided) throw new TypeError(`${decider.category} decides no ${name}`);
    } catch (error) {
      if (error instanceof Refused) await this.record('CommandRefused', command, stream, own.revision, common, { code: error.code, details: error.details });
      throw error;
    }
    // After the rules: who may not do it is not told what others did.
    if (context.expectedRevision !== undefined && context.expectedRevision !== own.revision)
      throw await this.changedSince(decider, context.expectedRevision, own.revision, stream);
    if (decided.length === 0) {
      const recorded = await this.record('CommandHadNoEffect', command, stream, own.revision, common, {});
      return this.noEffect(stream, own.revision, context.commandId, recorded?.position ?? (await log.head()));
    }

    const encoded: { event: Encoded; metadata: EventMetadata }[] = [];
    for (const { type, data, effectiveAt: stated } of decided) {
      const about = stated ?? effectiveAt;
      if (source && about === undefined) throw new TypeError(`${type} has a source and states no time that it is about`);
      const metadata = { ...common, ...(about !== undefined && { effectiveAt: about }), schemaVersion: codec.versionOf(type) };
      encoded.push({ event: await codec.encode(type, data), metadata });
    }
    const eventIds = encoded.map((_, index) => derivedId(context.commandId, String(index)));
    const appended = await this.append(
      stream,
      own.revision === -1 ? 'none' : own.revision,
      encoded.map(({ event, metadata }, index) => ({
        id: eventIds[index] as string,
        type: event.type,
        data: event.text,
        metadata: codec.encodeMetadata(metadata),
      })),
    );
    // Folded here, so that the next command need not read them. Of the batch's positions only the last is known, and needed.
    const { position } = appended;
    for (const [index, { event, metadata }] of encoded.entries()) {
      fold(decider, own, { id: eventIds[index] as string, stream, revision: own.revision + 1, position, type: event.type, data: event.data, metadata });
    }
    return this.receiptOf(stream, context, own.commands.get(context.commandId) as Done, hash);
  }

  private async factsFor(decider: AnyDecider, command: Command) {
    const facts: Record<string, unknown> = {};
    const seen: Record<string, Revision> = {};
    const factOf = async (by: AnyFold, key: string) => {
      const stream = `${by.category}-${key}`;
      const { state, revision } = await this.load(by, stream);
      seen[stream] = revision;
      return state;
    };
    for (const [name, need] of Object.entries(decider.needs)) {
      if ('keys' in need) {
        const keys = need.keys(command as never);
        if (keys) facts[name] = new Map(await Promise.all(keys.map(async (key) => [key, await factOf(need.fold, key)] as const)));
      } else {
        const key = need.key(command as never);
        if (key !== undefined) facts[name] = await factOf(need.fold, key);
      }
    }
    return { facts, seen };
  }

  /** The stream's fold, brought up to its end. */
  private async load(by: AnyFold, stream: string): Promise<Folded> {
    const { log, codec } = this.handling;
    const cacheKey = `${foldId(by)} ${stream}`;
    const folded = this.folded.get(cacheKey) ?? { state: by.initial, revision: -1, commands: new Map<string, Done>() };
    for (;;) {
      const events = await log.readStream(stream, { from: folded.revision + 1 });
      // Another command's reading may have folded some of them meanwhile.
      for (const event of events) if (event.revision === folded.revision + 1) fold(by, folded, codec.decode(event));
      if (events.length < defaultLimit) break;
    }
    this.folded.set(cacheKey, folded);
    return folded;
  }

  /** The answer that the command got before, if that was a refusal or no effect. */
  private async answeredBefore({ commandId }: CommandContext, hash: string): Promise<Receipt | undefined> {
    const { log, codec } = this.handling;
    const [event] = await log.readStream(commandStream(commandId), { limit: 1 });
    if (!event) return undefined;
    const answer = codec.decode(event) as EventOf<typeof commandEvents>;
    if (answer.metadata.commandHash !== hash) throw fail('command-id-reused', { commandId });
    if (answer.type === 'CommandRefused') throw new Refused(answer.data.code, answer.data.details);
    return this.noEffect(answer.data.stream, answer.data.revision, commandId, answer.position);
  }

  private async record(
    type: keyof typeof commandEvents,
    command: Command,
    stream: string,
    revision: Revision,
    common: Omit<EventMetadata, 'schemaVersion'>,
    outcome: { code?: string; details?: Details },
  ): Promise<Appended | undefined> {
    const { codec } = this.handling;
    const actor = common.actor.id;
    const recent = this.recordedAnswers.get(actor) ?? { count: 0 };
    if (recent.count === 0) this.recordedAnswers.set(actor, recent);
    if (++recent.count > recordedAnswersPerMinute) return undefined;
    const data = { command: command.constructor.name, actor, payload: canonicalJson(command), stream, revision, ...outcome };
    const encoded = await codec.encode(type, data);
    const metadata = codec.encodeMetadata({ ...common, schemaVersion: codec.versionOf(type) });
    try {
      return await this.append(commandStream(common.commandId), 'none', [
        // The id that its first event would have: where ids are unique in the whole log, so is the command's.
        { id: derivedId(common.commandId, '0'), type, data: encoded.text, metadata },
      ]);
    } catch (error) {
      // The same command was answered at the same time through another process: that answer counts.
      if (error instanceof WrongExpectedRevision) throw new AnsweredMeanwhile();
      throw error;
    }
  }

  private append(stream: string, expected: ExpectedRevision, events: readonly EventToAppend[]): Promise<Appended> {
    return this.telemetry.append(events.length, () => this.handling.log.append(stream, expected, events));
  }

  private receiptOf(stream: string, { commandId }: CommandContext, done: Done, hash: string): Receipt {
    if (done.hash !== hash) throw fail('command-id-reused', { commandId });
    const { revision, position, eventIds } = done;
    return { commandId, effect: 'recorded', log: this.handling.log.id, stream, revision, position, eventIds };
  }

  private noEffect(stream: string, revision: Revision, commandId: string, position: Position): Receipt {
    return { commandId, effect: 'none', log: this.handling.log.id, stream, revision, position, eventIds: [] };
  }

  /** What was done since: each change with the parts that it touched, when, and in which role. */
  private async changedSince(decider: AnyDecider, expected: Revision, actual: Revision, stream: string) {
    const { log, codec } = this.handling;
    const events = await log.readStream(stream, { from: expected + 1, limit: 20 });
    const changes = events.map((logged) => {
      const event = codec.decode(logged);
      const parts = decider.partsChanged?.(event as never) ?? [];
      const { recordedAt, actor } = event.metadata;
      return [event.revision, event.type, ...(parts.length > 0 ? [`(${parts.join(' ')})`] : []), recordedAt, actor.role].join(' ');
    });
    return fail('changed-since-read', { expected, actual, stream, changes });
  }

  private hashOf(command: Command): string {
    const { caller, source, effectiveAt } = command.context;
    const content = canonicalJson({ type: command.constructor.name, content: { ...command }, caller, source, effectiveAt });
    return createHmac('sha256', this.hashKey).update(content).digest('hex');
  }

  private async inTurn<Result>(stream: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.queues.get(stream);
    const waited = () => {
      this.waitingCommands -= 1;
      return work();
    };
    if (before) this.waitingCommands += 1;
    const turn = before ? before.then(waited, waited) : work();
    this.queues.set(stream, turn);
    try {
      return await turn;
    } finally {
      if (this.queues.get(stream) === turn) this.queues.delete(stream);
    }
  }
}

function fold(by: AnyFold, folded: Folded, event: Recorded): void {
  const evolve = by.evolve[event.type];
  if (!evolve) throw new TypeError(`${by.category} does not know the event ${event.type} of its stream ${event.stream}`);
  folded.state = evolve(folded.state as never, event as never);
  folded.revision = event.revision;
  const { commandId, commandHash } = event.metadata;
  const earlier = folded.commands.get(commandId);
  folded.commands.set(commandId, {
    hash: commandHash,
    eventIds: [...(earlier?.eventIds ?? []), event.id],
    revision: event.revision,
    position: event.position,
  });
}

const foldIds = new WeakMap<object, number>();
let nextFoldId = 0;
/** A number for each fold: two folds of one category are cached apart. */
function foldId(by: object): number {
  let id = foldIds.get(by);
  if (id === undefined) foldIds.set(by, (id = nextFoldId++));
  return id;
}

function commandStream(commandId: string): string {
  return `command-${commandId}`;
}

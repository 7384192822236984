import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { canonicalJson } from '#kernel/canonical-json';
import type { Clock } from '#kernel/clock';
import type { AnyDecider, AnyFold, AnyNewEvent, Command, CommandContext, DecideContext, Reader } from '#kernel/decider';
import { derivedId } from '#kernel/derived-id';
import type { Sealed } from '#kernel/event-schema';
import type { EventMetadata, Position, Revision, Source } from '#kernel/envelope';
import { instantOf, type Instant } from '#kernel/helsinki-time';
import { entry } from '#kernel/keyed';
import { Refused } from '#kernel/refused';
import { lastInstant } from '#kernel/when';
import { noTelemetry, type Telemetry } from '#telemetry/telemetry';
import type { Codec, Encoded } from './codec.js';
import { AnsweredMeanwhile, CommandAnswers, type NoEffect } from './command-answers.js';
import {
  EventIdReused,
  WrongExpectedRevision,
  type Appended,
  type EventLog,
  type EventToAppend,
  type ExpectedRevision,
} from './event-log.js';
import { fold, FoldedStreams, type Done, type Folded } from './folded-streams.js';
import { failHandling } from './handle.failures.js';

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

/** What the metadata of all events of one command have in common. */
type CommonMetadata = Omit<EventMetadata, 'schemaVersion'>;

interface EncodedEvent {
  readonly id: string;
  readonly event: Encoded;
  readonly metadata: EventMetadata;
}

/** How often a command is decided again after another writer was faster. */
const maxDecisions = 10;

export interface Handling {
  readonly log: EventLog;
  readonly codec: Codec;
  readonly clock: Clock;
  /** Told of each event that it reads or appends, before it asks the clock again: the time of the log never goes back. */
  readonly onRecorded?: (at: Instant) => void;
  /** The revisions up to one of those events of a stream that a reader may see. */
  readonly seen?: (stream: string, upTo: Revision, reader: Reader) => Promise<readonly Revision[]>;
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
  private readonly streams: FoldedStreams;
  private readonly answers: CommandAnswers;
  private readonly hashKey: KeyObject;
  private readonly telemetry: Telemetry;
  private readonly queues = new Map<string, Promise<unknown>>();
  private waitingCommands = 0;

  constructor(private readonly handling: Handling) {
    this.hashKey = createSecretKey(handling.hashKey);
    this.telemetry = handling.telemetry ?? noTelemetry;
    const { log, codec, cachedStreams = 10_000, onRecorded } = handling;
    this.streams = new FoldedStreams(log, codec, cachedStreams, onRecorded);
    this.answers = new CommandAnswers(
      { append: (...appended) => this.append(...appended), readStream: (...read) => log.readStream(...read) },
      codec,
    );
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
  refusalOf(commandId: string): Promise<string | undefined> {
    return this.answers.refusalOf(commandId);
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
      const own = await this.streams.load(decider, stream);
      const done = own.commands.get(context.commandId);
      if (done) return this.receiptOf(stream, context, done, hash);
      const noEffect = await this.answers.of(context.commandId, hash);
      if (noEffect) return this.noEffect(context, noEffect);
      try {
        return await this.decideAndAppend(decider, stream, own, command, hash);
      } catch (error) {
        if (error instanceof EventIdReused) {
          // Another attempt of the same command may just have landed: then the stream answers it.
          if (hasReloaded) throw failHandling('command-id-reused', { commandId: context.commandId });
          hasReloaded = true;
        } else if (!(error instanceof WrongExpectedRevision || error instanceof AnsweredMeanwhile)) throw error;
        this.telemetry.conflict();
      }
    }
    throw failHandling('too-much-at-once');
  }

  /** Decides on the stream as it was folded, and appends at its revision. Leaves the fold as it is then. */
  private async decideAndAppend(decider: AnyDecider, stream: string, own: Folded, command: Command, hash: string): Promise<Receipt> {
    const { log, codec, clock } = this.handling;
    const { context } = command;
    const { facts, seen } = await this.factsFor(decider, command);
    const common: CommonMetadata = {
      commandId: context.commandId,
      commandHash: hash,
      correlationId: context.correlationId,
      causationId: context.causationId ?? context.commandId,
      actor: context.actor,
      ...decider.belongs?.(command as never),
      recordedAt: instantOf(clock.now()),
      source: context.source ?? this.handling.source,
      seen: { ...seen, [stream]: own.revision },
      seenPosition: context.seenPosition,
    };
    const on = { stream, revision: own.revision };

    const opened = await this.opened(decider.opens?.(command as never, own.state as never) ?? []);
    let decided: readonly AnyNewEvent[];
    try {
      decided = decidedBy(decider, command, own.state, facts, { at: common.recordedAt, opened });
    } catch (error) {
      if (error instanceof Refused)
        await this.answers.record(command, common, { type: 'CommandRefused', ...on, code: error.code, details: error.details });
      throw error;
    }
    // After the rules: who may not do it is not told what others did.
    if (context.expectedRevision !== undefined) await this.requireUnchanged(decider, context, own.revision, stream);
    if (decided.length === 0) {
      const position = await this.answers.record(command, common, { type: 'CommandHadNoEffect', ...on });
      return this.noEffect(context, { ...on, position: position ?? (await log.head()) });
    }

    const encoded = await this.encoded(decided, common, context);
    const { position } = await this.append(
      stream,
      own.revision === -1 ? 'none' : own.revision,
      encoded.map(({ id, event, metadata }) => ({ id, type: event.type, data: event.text, metadata: codec.encodeMetadata(metadata) })),
    );
    this.handling.onRecorded?.(common.recordedAt);
    // Folded here, so that the next command need not read them. Of the batch's positions only the last is known, and needed.
    for (const { id, event, metadata } of encoded)
      fold(decider, own, { id, stream, revision: own.revision + 1, position, type: event.type, data: event.data, metadata });
    return this.receiptOf(stream, context, own.commands.get(context.commandId) as Done, hash);
  }

  /** What was decided, ready to be appended, each under an id that follows from the command's. */
  private async encoded(
    decided: readonly AnyNewEvent[],
    common: CommonMetadata,
    context: CommandContext,
  ): Promise<readonly EncodedEvent[]> {
    const { codec } = this.handling;
    const { source, recordedAt } = common;
    const effectiveAt = context.effectiveAt ?? (source === context.source ? undefined : recordedAt);
    const encoded: EncodedEvent[] = [];
    for (const [index, { type, data, effectiveAt: stated }] of decided.entries()) {
      const about = stated ?? effectiveAt;
      if (source && about === undefined) throw new TypeError(`${type} has a source and states no time that it is about`);
      const metadata = { ...common, ...(about !== undefined && { effectiveAt: about }), schemaVersion: codec.versionOf(type) };
      encoded.push({ id: derivedId(context.commandId, String(index)), event: await codec.encode(type, data), metadata });
    }
    return encoded;
  }

  private async factsFor(decider: AnyDecider, command: Command) {
    const facts = new Map<string, unknown>();
    const seen = new Map<string, Revision>();
    const factOf = async (by: AnyFold, key: string) => {
      const stream = `${by.category}-${key}`;
      const { state, revision } = await this.streams.load(by, stream);
      seen.set(stream, revision);
      return state;
    };
    for (const [name, need] of Object.entries(entry(decider.needs, command.constructor.name) ?? {})) {
      if ('keys' in need) {
        const keys = need.keys(command as never);
        facts.set(name, new Map(await Promise.all(keys.map(async (key) => [key, await factOf(need.fold, key)] as const))));
      } else if ('next' in need) {
        const chain = new Map<string, unknown>();
        for (let key: string | undefined = need.first(command as never); key !== undefined && !chain.has(key);) {
          const fact = await factOf(need.fold, key);
          chain.set(key, fact);
          key = need.next(fact as never);
        }
        facts.set(name, chain);
      } else {
        const key = need.key(command as never);
        facts.set(name, key === undefined ? need.fold.initial : await factOf(need.fold, key));
      }
    }
    return { facts: Object.fromEntries(facts), seen: Object.fromEntries(seen) };
  }

  /** Says what sealed texts say. */
  private async opened(texts: readonly (Sealed | undefined)[]): Promise<DecideContext['opened']> {
    const opened = new Map<Sealed | undefined, string | undefined>();
    for (const text of texts) if (text !== undefined) opened.set(text, await this.handling.codec.open(text));
    return (text) => opened.get(text);
  }

  private append(stream: string, expected: ExpectedRevision, events: readonly EventToAppend[]): Promise<Appended> {
    return this.telemetry.append(events.length, () => this.handling.log.append(stream, expected, events));
  }

  private receiptOf(stream: string, { commandId }: CommandContext, done: Done, hash: string): Receipt {
    if (done.hash !== hash) throw failHandling('command-id-reused', { commandId });
    const { revision, position, eventIds } = done;
    return { commandId, effect: 'recorded', log: this.handling.log.id, stream, revision, position, eventIds };
  }

  private noEffect({ commandId }: CommandContext, { stream, revision, position }: NoEffect): Receipt {
    return { commandId, effect: 'none', log: this.handling.log.id, stream, revision, position, eventIds: [] };
  }

  /**
   * Refuses what was decided on an older reading, and tells what was done since: each change with the parts that it touched,
   * when, and in which role; of what the sender may not know nothing, neither by a count nor by a refusal.
   */
  private async requireUnchanged(decider: AnyDecider, { expectedRevision, reader }: CommandContext, actual: Revision, stream: string) {
    const { log, codec, seen } = this.handling;
    const told = reader && seen ? await seen(stream, actual, reader) : Array.from({ length: actual + 1 }, (_, revision) => revision);
    const expected = expectedRevision as Revision;
    if (expected === told.length - 1) return;
    const since = new Map(told.map((revision, index) => [revision, index] as const).filter(([, index]) => index > expected));
    const [first = actual + 1] = since.keys();
    const events = (await log.readStream(stream, { from: first })).filter(({ revision }) => since.has(revision)).slice(0, 20);
    const changes = events.map((logged) => {
      const event = codec.decode(logged);
      const parts = decider.partsChanged?.(event as never) ?? [];
      const { recordedAt, actor } = event.metadata;
      return [since.get(event.revision), event.type, ...(parts.length > 0 ? [`(${parts.join(' ')})`] : []), recordedAt, actor.role].join(
        ' ',
      );
    });
    throw failHandling('changed-since-read', { expected, actual: told.length - 1, stream, changes });
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

/** @throws Refused where a rule says no, TypeError where the decider knows no such command */
function decidedBy(
  decider: AnyDecider,
  command: Command,
  state: unknown,
  facts: object,
  { at: recordedAt, opened }: Pick<DecideContext, 'at' | 'opened'>,
): readonly AnyNewEvent[] {
  const { name } = command.constructor;
  const { actor, source, effectiveAt } = command.context;
  const decide = entry(decider.decide, name);
  if (!decide) throw new TypeError(`${decider.category} decides no ${name}`);
  // What is told from a source is decided as of the time that it is about.
  const at = source && effectiveAt ? lastInstant(effectiveAt) : recordedAt;
  return decide({ ...command } as never, state as never, facts as never, { at, actor, opened, ...(source && { source }) });
}

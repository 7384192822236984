import { AsyncLocalStorage } from 'node:async_hooks';
import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { canonicalJson } from '#kernel/canonical-json';
import type { Clock } from '#kernel/clock';
import {
  Command,
  inContext,
  type AnyDecider,
  type AnyNewEvent,
  type Claim,
  type CommandContext,
  type DocumentHash,
  type Reader,
} from '#kernel/decider';
import { derivedId } from '#kernel/derived-id';
import type { EventMetadata, Position, Revision, Source } from '#kernel/envelope';
import { heldFrom } from '#kernel/fraction-to-come';
import { instantOf, type Instant } from '#kernel/helsinki-time';
import { Refused } from '#kernel/refused';
import type { When } from '#kernel/when';
import { noTelemetry, type Telemetry } from '#telemetry/telemetry';
import { askedBeyond } from './asked.js';
import type { Codec } from './codec.js';
import { AnsweredMeanwhile, CommandAnswers, type Attempt, type NoEffect } from './command-answers.js';
import { DecidedAhead, recordedAs, type DecidedEvent } from './decided-ahead.js';
import { decidedBy, factsFor, openedFor } from './deciding.js';
import {
  EventIdReused,
  WrongExpectedRevision,
  type Appended,
  type EventLog,
  type EventToAppend,
  type ExpectedRevision,
} from './event-log.js';
import { foldNext, FoldedStreams, type Done, type Folded } from './folded-streams.js';
import { failHandling } from './handle.failures.js';
import { StreamQueues } from './stream-queues.js';

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

/** A command on its way, and how it is answered. */
interface Asked {
  readonly decider: AnyDecider;
  readonly command: Command;
  readonly hash: string;
  readonly answer: (receipt: Receipt) => void;
  readonly fail: (error: unknown) => void;
  /** Does work as a part of what the command is a part of. */
  readonly within: <Result>(work: () => Result) => Result;
  /** How often it was decided, and another writer was faster. */
  conflicts: number;
  /** One of its events' ids was found in the log already: no other command is to fail with it. */
  isAlone: boolean;
}

/** How often a command is decided again after another writer was faster. */
const maxDecisions = 10;
/** How many commands to one stream are decided one on another and appended together. */
const maxTogether = 64;

/** How far a reader sees into a stream. */
export interface SightOfStreams {
  /** The revision that the reader is told: it counts what they see. */
  revisionFor(stream: string, revision: Revision, reader: Reader): Promise<Revision>;
  /** The revisions up to one of those events of the stream that the reader sees. */
  seen(stream: string, upTo: Revision, reader: Reader): Promise<readonly Revision[]>;
}

export interface Handling {
  readonly log: EventLog;
  readonly codec: Codec;
  readonly clock: Clock;
  /** Told of each event that it reads or appends, before it asks the clock again: the time of the log never goes back. */
  readonly onRecorded?: (at: Instant) => void;
  /** How far senders see into streams; all the way without it. */
  readonly sight?: SightOfStreams;
  /** The key of command hashes. */
  readonly hashKey: Buffer;
  /** What everything comes from that names no source of its own: a demonstration marks all that it records. Deciders do not see it. */
  readonly source?: Source;
  /** The version of the rules by which is decided. */
  readonly rules?: string;
  /** Which fields of a command are personal texts: of these only what its events seal is kept. */
  readonly personalIn?: (command: Command) => readonly string[];
  /** How many bytes of folded streams are kept in memory, about. */
  readonly cachedBytes?: number;
  readonly telemetry?: Telemetry;
  /** The documents of a matter that a notice is of. */
  readonly documents?: (matter: string) => Promise<readonly DocumentHash[]>;
}

/**
 * Handles every command of every decider: loads what the decision stands on, recognises what it has done already, decides,
 * appends at the exact revision. Commands that meet at one stream are decided one on another, and appended together: all of
 * them are recorded, or none. What records nothing is answered from what is durable alone.
 */
export class CommandHandler {
  private readonly streams: FoldedStreams;
  private readonly answers: CommandAnswers;
  private readonly hashKey: KeyObject;
  private readonly telemetry: Telemetry;
  private readonly queues = new StreamQueues<Asked>((stream, asked) => this.answerAll(stream, asked), maxTogether);

  constructor(private readonly handling: Handling) {
    this.hashKey = createSecretKey(handling.hashKey);
    this.telemetry = handling.telemetry ?? noTelemetry;
    const { log, codec, cachedBytes = 64 * 2 ** 20, onRecorded } = handling;
    this.streams = new FoldedStreams(log, codec, cachedBytes, onRecorded);
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
    return this.telemetry.command(
      watched,
      () =>
        new Promise((answer, fail) => {
          const within = AsyncLocalStorage.snapshot();
          this.queues.add(stream, { decider, command, hash: this.hashOf(command), answer, fail, within, conflicts: 0, isAlone: false });
        }),
    );
  }

  /** The code with which a rule refused a command; undefined where none did, or it was not recorded. */
  refusalOf(commandId: string): Promise<string | undefined> {
    return this.answers.refusalOf(commandId);
  }

  /** Puts on record that somebody tried what their roles do not permit. */
  forbidden(attempt: Attempt): Promise<void> {
    const hash = this.keyedHash({ what: attempt.what, actor: attempt.actor.id, commandId: attempt.commandId });
    return this.answers.recordForbidden(attempt, hash, instantOf(this.handling.clock.now()));
  }

  /** How many commands wait for another one of their stream. */
  get waiting(): number {
    return this.queues.waiting;
  }

  private async answerAll(stream: string, asked: readonly Asked[]): Promise<void> {
    for (let left = asked; left.length > 0;) left = await this.answerSome(stream, left);
  }

  /** Answers the first command at least, and those that can be decided on it. Returns those that are to be decided again. Never throws. */
  private async answerSome(stream: string, asked: readonly Asked[]): Promise<readonly Asked[]> {
    const [{ decider }] = asked as [Asked];
    const left: Asked[] = [];
    try {
      const own = await this.streams.load(decider, stream);
      const ahead = new DecidedAhead<Asked>(decider, stream, own);
      for (const one of asked) {
        const mayJoin = one.decider === decider && !(ahead.isAhead && one.isAlone) && !ahead.decided[0]?.asked.isAlone;
        if (!mayJoin || (await this.decideOn(own, ahead, one)) === 'again') left.push(one);
      }
      const again = ahead.isAhead ? await this.appendDecided(own, ahead) : [];
      return [...again, ...left];
    } catch (error) {
      for (const { fail } of asked) fail(error);
      return [];
    }
  }

  /** Decides a command on what was decided before it. What records nothing is answered, and decided again once nothing is ahead. Never throws. */
  private async decideOn(own: Folded, ahead: DecidedAhead<Asked>, asked: Asked): Promise<'decided' | 'answered' | 'again'> {
    const { command, hash } = asked;
    const { context } = command;
    try {
      if (ahead.has(context.commandId)) return 'again';
      const done = own.commands.get(context.commandId);
      const noEffect = done ? undefined : await this.answers.of(context.commandId, hash);
      if (done) asked.answer(this.receiptOf(ahead.stream, context, done, hash));
      else if (noEffect) asked.answer(this.noEffect(context, noEffect));
      else return await this.decide(ahead, asked);
    } catch (error) {
      return this.isDecidedAgain(asked, error) ? 'again' : 'answered';
    }
    return 'answered';
  }

  private async decide(ahead: DecidedAhead<Asked>, asked: Asked): Promise<'decided' | 'answered' | 'again'> {
    const { log, codec, clock, source } = this.handling;
    const { decider, command, hash } = asked;
    const { context } = command;
    const { stream, revision, state, isAhead } = ahead;
    const { name } = command.constructor;
    const notified = decider.notifies?.(name as never, command as never);
    // What the sender has read, and what documents are made of, is what is durable.
    if (isAhead && (context.expectedRevision !== undefined || notified !== undefined)) return 'again';
    const { facts, seen } = await factsFor(decider, name, command, (by, needed) => this.streams.load(by, needed));
    const common: CommonMetadata = {
      commandId: context.commandId,
      command: name,
      commandHash: hash,
      correlationId: context.correlationId,
      causationId: context.causationId ?? context.commandId,
      actor: context.actor,
      ...decider.belongs?.(command as never),
      recordedAt: instantOf(clock.now()),
      source: context.source ?? source,
      seen: { ...seen, [stream]: revision },
      rules: this.handling.rules,
      seenPosition: context.seenPosition,
    };
    const documents = notified === undefined ? undefined : await this.handling.documents?.(notified);
    const opened = await openedFor(decider, command, state, codec);
    const about = context.source ? context.effectiveAt : heldFrom(context.effectiveAt, common.recordedAt);
    let decided: readonly AnyNewEvent[];
    try {
      const known = { at: common.recordedAt, opened, ...(documents && { documents }) };
      decided = decidedBy(decider, { name, content: { ...command }, context: { ...context, effectiveAt: about }, state, facts, ...known });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (isAhead) return 'again';
      await this.answers.record(command, common, { type: 'CommandRefused', stream, revision, code: error.code, details: error.details });
      throw error;
    }
    const claim = decided.length > 0 ? decider.claims?.(name as never, command as never, facts as never) : undefined;
    if (claim && !(await this.isClaimed(claim, context))) return this.mayDecideAgain(asked) ? 'again' : 'answered';
    // After the rules: who may not do it is not told what others did.
    const isUnchanged =
      context.expectedRevision === undefined || context.expectedRevision === (await this.toldRevision(context, stream, revision));
    if (isUnchanged && decided.length > 0)
      return ahead.take(asked, await this.encoded(decided, common, command, about)) ? 'decided' : 'again';
    if (isAhead) return 'again';
    if (!isUnchanged) throw await this.changedSince(decider, context, stream, revision);
    const position = await this.answers.record(command, common, { type: 'CommandHadNoEffect', stream, revision });
    asked.answer(this.noEffect(context, { stream, revision, position: position ?? (await log.head()) }));
    return 'answered';
  }

  /** Whether what the command takes for itself alone is its own now; false where another was faster: the facts say so then. */
  private async isClaimed({ decider, name, content }: Claim, context: CommandContext): Promise<boolean> {
    const { commandId, correlationId, caller, actor } = context;
    const type = Object.defineProperty(class extends Command {}, 'name', { value: name });
    const claim = {
      commandId: derivedId(commandId, `claim ${canonicalJson(content)}`),
      correlationId,
      causationId: commandId,
      caller,
      actor,
    };
    try {
      await this.handle(decider, inContext(Object.assign(new type(), content), claim));
      return true;
    } catch (error) {
      if (error instanceof Refused) return false;
      throw error;
    }
  }

  /** Appends what was decided at the revision that it was decided on, and answers. Returns what is to be decided again. Never throws. */
  private async appendDecided(own: Folded, { decider, stream, base, decided }: DecidedAhead<Asked>): Promise<readonly Asked[]> {
    const asked = decided.map((one) => one.asked);
    const events = decided.flatMap((one) => one.events);
    const [first] = asked as [Asked];
    try {
      const appended = events.map(({ toAppend }) => toAppend);
      const { position } = await first.within(() => this.append(stream, base === -1 ? 'none' : base, appended));
      for (const { metadata } of events) this.handling.onRecorded?.(metadata.recordedAt);
      // Folded here, so that the next command need not read them. Of an append's positions only the last is known.
      if (asked.length === 1)
        for (const [index, event] of events.entries()) foldNext(decider, own, recordedAs(event, stream, base + 1 + index, position));
      else await this.readBack(decider, stream, base + events.length);
      for (const { command, hash, answer } of asked)
        answer(this.receiptOf(stream, command.context, own.commands.get(command.context.commandId) as Done, hash));
      return [];
    } catch (error) {
      return asked.filter((one) => this.isDecidedAgain(one, error));
    }
  }

  /** Whether a command is decided again after the error; answered with it otherwise. */
  private isDecidedAgain(asked: Asked, error: unknown): boolean {
    const isKnown = error instanceof EventIdReused;
    if (!(isKnown || error instanceof WrongExpectedRevision || error instanceof AnsweredMeanwhile)) asked.fail(error);
    // Another attempt of the same command may just have landed: then the stream answers it. Otherwise the id is another's.
    else if (isKnown && asked.isAlone) asked.fail(failHandling('command-id-reused', { commandId: asked.command.context.commandId }));
    else if (this.mayDecideAgain(asked)) {
      asked.isAlone ||= isKnown;
      return true;
    }
    return false;
  }

  /** Counts that another was faster; fails the command where that was so too often. */
  private mayDecideAgain(asked: Asked): boolean {
    asked.conflicts += 1;
    if (asked.conflicts === maxDecisions) {
      asked.fail(failHandling('too-much-at-once'));
      return false;
    }
    this.telemetry.conflict();
    return true;
  }

  /** Folds the stream as far as it was just appended to. @throws Failed `receipt-unavailable` where it cannot be read */
  private async readBack(decider: AnyDecider, stream: string, revision: Revision): Promise<void> {
    let read: Folded | undefined;
    try {
      read = await this.streams.load(decider, stream);
    } catch (error) {
      throw failHandling('receipt-unavailable', {}, { cause: error });
    }
    if (read.revision < revision) throw failHandling('receipt-unavailable');
  }

  /** What was decided, ready to be appended, each under an id that follows from the command's. */
  private async encoded(
    decided: readonly AnyNewEvent[],
    common: CommonMetadata,
    command: Command,
    about: When | undefined,
  ): Promise<readonly DecidedEvent[]> {
    const { codec, personalIn = () => [] } = this.handling;
    const { context } = command;
    const { source, recordedAt } = common;
    const effectiveAt = about ?? (source === context.source ? undefined : recordedAt);
    const told = decided.map(({ type, data }) => ({ data, personal: codec.personalTexts(type, data) }));
    const asked = askedBeyond({ ...command }, told, { personal: personalIn(command), effectiveAt: about });
    const encoded: DecidedEvent[] = [];
    for (const [index, { type, data, effectiveAt: stated }] of decided.entries()) {
      const when = stated ?? effectiveAt;
      if (source && when === undefined) throw new TypeError(`${type} has a source and states no time that it is about`);
      const metadata = {
        ...common,
        ...(when !== undefined && { effectiveAt: when }),
        ...(index === 0 && asked && { asked }),
        schemaVersion: codec.versionOf(type),
      };
      const event = await codec.encode(type, data);
      const id = derivedId(context.commandId, String(index));
      encoded.push({ event, metadata, toAppend: { id, type, data: event.text, metadata: codec.encodeMetadata(metadata) } });
    }
    return encoded;
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

  /** The revision of the stream as the sender is told it. */
  private async toldRevision({ reader }: CommandContext, stream: string, revision: Revision): Promise<Revision> {
    const { sight } = this.handling;
    return reader && sight ? sight.revisionFor(stream, revision, reader) : revision;
  }

  /**
   * What was done since: each change with the parts that it touched, when, and in which role; of what the sender may not know
   * nothing, neither by a count nor by a name.
   */
  private async changedSince(
    decider: AnyDecider,
    { reader, expectedRevision: expected = -1 }: CommandContext,
    stream: string,
    revision: Revision,
  ) {
    const { log, codec, sight } = this.handling;
    const told = reader && sight ? await sight.seen(stream, revision, reader) : Array.from({ length: revision + 1 }, (_, index) => index);
    const since = new Map(told.map((revision, index) => [revision, index] as const).filter(([, index]) => index > expected));
    const [first] = since.keys();
    const read = first === undefined ? [] : await log.readStream(stream, { from: first });
    const changes = read
      .filter(({ revision }) => since.has(revision))
      .slice(0, 20)
      .map((logged) => {
        const event = codec.decode(logged);
        const parts = decider.partsChanged?.(event as never) ?? [];
        const { recordedAt, actor } = event.metadata;
        const told = parts.length > 0 ? [`(${parts.join(' ')})`] : [];
        return [since.get(event.revision), event.type, ...told, recordedAt, actor.role].join(' ');
      });
    return failHandling('changed-since-read', { expected, actual: told.length - 1, stream, changes });
  }

  private hashOf(command: Command): string {
    const { caller, source, effectiveAt } = command.context;
    return this.keyedHash({ type: command.constructor.name, content: { ...command }, caller, source, effectiveAt });
  }

  private keyedHash(content: object): string {
    return createHmac('sha256', this.hashKey).update(canonicalJson(content)).digest('hex');
  }
}

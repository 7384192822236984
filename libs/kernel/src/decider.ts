import type { Actor, EventOf, Source } from './envelope.js';
import type { EventDefinitions, NewEvent, Sealed } from './event-schema.js';
import type { Instant } from './helsinki-time.js';
import type { Language } from './localized-text.js';

/** Who commands, when, and what is known beside the command's own content. */
export interface CommandContext {
  readonly commandId: string;
  readonly correlationId: string;
  readonly causationId?: string;
  readonly actor: Actor;
  /** The caller as the token names it; the command's hash covers it, the log never shows it. */
  readonly caller: string;
  /** The revision of the command's own stream that the caller has read, where they said so; -1: not there yet. */
  readonly expectedRevision?: number;
  readonly seenPosition?: string;
  /** What the sender may see: the revisions that they are told, and give, count that. Undefined for parts of the system, which see all. */
  readonly reader?: Reader;
  /** Where it was read, for what is recorded from a source; then `effectiveAt` is stated too. */
  readonly source?: Source;
  readonly effectiveAt?: string;
}

/** What a person may see goes by this. */
export interface Reader {
  readonly roles: readonly string[];
  readonly organisation?: string;
  readonly succeeds?: readonly string[];
  readonly region?: string;
}

/** A command: a class instance with its content as fields. The context is set by the edge, never by a client. */
export abstract class Command {
  declare readonly context: CommandContext;
}

/** The command with its context, which stays out of its content. */
export function inContext<C extends Command>(command: C, context: CommandContext): C {
  return Object.defineProperty(command, 'context', { value: context, enumerable: false });
}

/** The commands by name that a module exports as classes: `CommandsOf<typeof import('./call.commands.js')>`. */
export type CommandsOf<Module> = {
  [
    Name in keyof Module as Module[Name] extends abstract new (...args: never[]) => Command ? Name : never
  ]: Module[Name] extends abstract new (...args: never[]) => infer C ? Omit<C, 'context'> : never;
};

/** What a decider is told beside command, state and facts. */
export interface DecideContext {
  /**
   * The instant by which windows and deadlines are judged: the command's own, except for what is recorded
   * from a source, where it is the end of the time that the source states.
   */
  readonly at: Instant;
  readonly actor: Actor;
  readonly source?: Source;
  /** What a sealed text says that the decider `opens`; undefined where its person was forgotten, or there is none. */
  readonly opened: (text: Sealed | undefined) => string | undefined;
  /** The documents that the command `notifies`, as they are now; undefined where the system makes none. */
  readonly documents?: readonly DocumentHash[];
}

/** A document as it went out: the SHA-256 of its bytes, by which it is known again. */
export interface DocumentHash {
  /** What it is called within its matter. */
  readonly document: string;
  readonly language: Language;
  readonly sha256: string;
}

/** A pure fold of the streams of one category. */
export interface Fold<State, Definitions extends EventDefinitions> {
  readonly category: string;
  readonly events: Definitions;
  readonly initial: State;
  readonly evolve: { readonly [Type in keyof Definitions & string]: (state: State, event: EventOf<Definitions, Type>) => State };
}

/** A fold of any context, as the plumbing runs it: what it takes was checked where it is defined. */
export interface AnyFold {
  readonly category: string;
  readonly events: EventDefinitions;
  readonly initial: unknown;
  readonly evolve: Readonly<Record<string, (state: never, event: never) => unknown>>;
}

/** A fact of another stream that a decision stands on. */
export interface Need<Content, Fact> {
  readonly fold: AnyFold & { readonly initial: Fact };
  /** The key of the stream whose fold is needed; undefined where the command names none: the fact is then the fold's initial state. */
  readonly key: (command: Content) => string | undefined;
}

/** The same fact of several streams that a decision stands on, by their keys. */
export interface NeedEach<Content, Fact> {
  readonly fold: AnyFold & { readonly initial: Fact };
  readonly keys: (command: Content) => readonly string[];
}

/** The same fact of a stream, of the one that this leads to, and so on: until one leads nowhere, or back. */
export interface NeedChain<Content, Fact> {
  readonly fold: AnyFold & { readonly initial: Fact };
  readonly first: (command: Content) => string;
  /** A method, so that chains of every fact can stand in one list. */
  next(fact: Fact): string | undefined;
}

/** What a decider is told of the streams of a `NeedEach` or a `NeedChain`. */
export type FactsByKey<Fact> = ReadonlyMap<string, Fact>;

/** Declares that a command stands on a fold of another stream, which it names. */
export function need<Content, Fact>(
  fold: AnyFold & { readonly initial: Fact },
  key: (command: Content) => string | undefined,
): Need<Content, Fact> {
  return { fold, key };
}

/** Declares that a command stands on a fold of each of the streams that it names. */
export function needEach<Content, Fact>(
  fold: AnyFold & { readonly initial: Fact },
  keys: (command: Content) => readonly string[],
): NeedEach<Content, Fact> {
  return { fold, keys };
}

/** Declares that a command stands on a fold of a stream and of all that it leads to. */
export function needChain<Content, Fact>(
  fold: AnyFold & { readonly initial: Fact },
  first: (command: Content) => string,
  next: (fact: Fact) => string | undefined,
): NeedChain<Content, Fact> {
  return { fold, first, next };
}

/** What each command needs of other streams, by the names of the facts. A command that needs nothing is not among them. */
export type Needs<Commands> = {
  readonly [Name in keyof Commands]?: Readonly<
    Record<string, Need<Commands[Name], unknown> | NeedEach<Commands[Name], unknown> | NeedChain<Commands[Name], unknown>>
  >;
};

type FactOf<N> = N extends { readonly fold: { readonly initial: infer Fact } }
  ? N extends { readonly keys: unknown } | { readonly next: unknown }
    ? FactsByKey<Fact>
    : Fact
  : never;

/** The facts that a command is decided on: exactly those that it needs. */
export type FactsOf<DeclaredNeeds, Name> = Name extends keyof DeclaredNeeds
  ? { readonly [Fact in keyof DeclaredNeeds[Name]]: FactOf<DeclaredNeeds[Name][Fact]> }
  : Readonly<Record<never, never>>;

/** What an event's metadata says it belongs to. */
export interface Belongs {
  readonly call?: string;
  readonly matter?: string;
  readonly region?: string;
}

/**
 * Decides what happens when a command meets the state of its stream. Pure: time, ids and the actor come in.
 *
 * @typeParam Commands the commands by name, `CommandsOf<typeof import('./x.commands.js')>`
 * @typeParam DeclaredNeeds what its commands need of other streams: the type of its `needs`
 */
export interface Decider<
  Commands extends Record<string, object>,
  State,
  Definitions extends EventDefinitions,
  DeclaredNeeds extends Needs<Commands> = Readonly<Record<never, never>>,
> extends Fold<State, Definitions> {
  /** The key of the stream that owns the command. */
  readonly key: (command: Commands[keyof Commands]) => string;
  readonly belongs?: (command: Commands[keyof Commands]) => Belongs;
  readonly needs: DeclaredNeeds;
  /** The parts of the thing that the event changed, for those who are told that it has changed since they read it. */
  readonly partsChanged?: (event: EventOf<Definitions>) => readonly string[];
  /** The sealed texts of the state that decisions compare what is given with. */
  readonly opens?: (command: Commands[keyof Commands], state: State) => readonly (Sealed | undefined)[];
  /**
   * What the command takes for its own thing alone: claimed from the stream that owns it once the command is decided, before
   * it is recorded. Where the claim is refused the command is decided again.
   */
  readonly claims?: (
    name: keyof Commands & string,
    command: Commands[keyof Commands],
    facts: FactsOf<DeclaredNeeds, keyof Commands>,
  ) => Claim | undefined;
  /** The matter of whose documents the command of this name tells somebody; undefined where it does not. */
  readonly notifies?: (name: keyof Commands, command: Commands[keyof Commands]) => string | undefined;
  /** Returns the events, none where nothing changes, or throws `Refused`. */
  readonly decide: {
    readonly [Name in keyof Commands]: (
      command: Commands[Name],
      state: State,
      facts: FactsOf<DeclaredNeeds, Name>,
      context: DecideContext,
    ) => readonly NewEvent<Definitions>[];
  };
}

/** An event that a decider of any context decided on. */
export interface AnyNewEvent {
  readonly type: string;
  readonly data: unknown;
  readonly effectiveAt?: string;
}

/** A command that claims what can be of one thing only. */
export interface Claim {
  readonly decider: AnyDecider;
  readonly name: string;
  readonly content: object;
}

/** A decider of any context, as the plumbing handles it. */
export interface AnyDecider extends AnyFold {
  readonly key: (command: never) => string;
  readonly belongs?: (command: never) => Belongs;
  readonly partsChanged?: (event: never) => readonly string[];
  readonly opens?: (command: never, state: never) => readonly (Sealed | undefined)[];
  readonly notifies?: (name: never, command: never) => string | undefined;
  readonly claims?: (name: never, command: never, facts: never) => Claim | undefined;
  readonly needs: Readonly<
    Record<string, Readonly<Record<string, Need<never, unknown> | NeedEach<never, unknown> | NeedChain<never, unknown>>> | undefined>
  >;
  readonly decide: Readonly<Record<string, (command: never, state: never, facts: never, context: DecideContext) => readonly AnyNewEvent[]>>;
}

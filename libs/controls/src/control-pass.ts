import { leafOf } from '#audit/leaf';
import { leafPages } from '#audit/log-leaves';
import { GrowingTree, leafHash } from '#audit/merkle';
import type { EventLog, StoredEvent } from '#event-store/event-log';
import type { EventMetadata, Position, Recorded } from '#kernel/envelope';
import type { EventDefinitions } from '#kernel/event-schema';
import { entry } from '#kernel/keyed';
import type { Details } from '#kernel/refused';
import type { Question } from './question.js';

/** Most events that are named of each question; all are counted. */
const mostNamed = 100;

/** An event as a report names it: never with what it says. */
export interface NamedEvent {
  readonly event: string;
  readonly type: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: Position;
}

/** An event at which a rule is broken, with the details of the sentence about it. */
export interface Witness extends NamedEvent {
  readonly details: Details;
}

/** Some of them, the first in the order of the log, and how many there are. */
interface Some<One> {
  count: number;
  readonly named: One[];
}

/** What the questions were answered over, and the answers. */
export interface ControlReport {
  readonly events: number;
  /** The last position that was read; undefined in an empty log. */
  readonly position: Position | undefined;
  /** The root of the Merkle tree over just these events, in base64: the answers are about no other log. */
  readonly root: string;
  /** The witnesses by the key of the question. */
  readonly witnesses: ReadonlyMap<string, Some<Witness>>;
  /** Events that cannot be read as their types say: of them not every question is answered. */
  readonly unreadable: Some<NamedEvent>;
}

/**
 * Puts the questions to a log, in one pass for all of them, which can go on later with what was recorded since. Events are
 * read as they are stored and brought to the latest version; nothing else is checked, since what no decider would have
 * written must be seen.
 */
export class ControlPass {
  private readonly asked: readonly { readonly key: string; readonly ask: ReturnType<Question['fresh']>; readonly found: Some<Witness> }[];
  private readonly askedOf: (type: string) => ControlPass['asked'];
  private readonly unreadable = nothing<NamedEvent>();
  private readonly tree = new GrowingTree();
  private position: Position | undefined;

  constructor(
    private readonly definitions: EventDefinitions,
    questions: readonly Question[],
  ) {
    const asked = questions.map(({ key, types, fresh }) => ({ key, types, ask: fresh(), found: nothing<Witness>() }));
    this.asked = asked;
    this.askedOf = remembered((type) => asked.filter(({ types }) => types?.includes(type) ?? true));
  }

  /** Reads on from where it is to the end of the log, with a rest after each page where one is given, and answers over all that was read. */
  async read(log: EventLog, rest?: () => Promise<void>): Promise<ControlReport> {
    for await (const page of leafPages(log, this.position)) {
      for (const stored of page) this.take(stored);
      await rest?.();
    }
    const witnesses = new Map(this.asked.map(({ key, found }) => [key, copyOf(found)]));
    const { tree, position, unreadable } = this;
    return { events: tree.size, position, root: tree.root().toString('base64'), witnesses, unreadable: copyOf(unreadable) };
  }

  private take(stored: StoredEvent): void {
    this.position = stored.position;
    this.tree.append(leafHash(leafOf(stored)));
    try {
      const event = asRead(stored, this.definitions);
      for (const { ask, found } of this.askedOf(stored.type)) {
        const details = ask(event);
        if (details) note(found, { ...named(stored), details });
      }
    } catch {
      note(this.unreadable, named(stored));
    }
  }
}

/** Puts the questions to a whole log. */
export function controlPass(log: EventLog, definitions: EventDefinitions, questions: readonly Question[]): Promise<ControlReport> {
  return new ControlPass(definitions, questions).read(log);
}

/** @throws where the event is not what its type says */
function asRead(stored: StoredEvent, definitions: EventDefinitions): Recorded {
  const { id, stream, revision, position, type } = stored;
  const metadata = JSON.parse(stored.metadata) as EventMetadata;
  const versions = entry(definitions, type)?.versions ?? [];
  let data: unknown = JSON.parse(stored.data);
  if (metadata.schemaVersion < versions.length)
    for (const { upcast } of versions.slice(metadata.schemaVersion)) data = upcast?.(data as never);
  return { id, stream, revision, position, type, data, metadata };
}

function remembered<Value>(find: (type: string) => Value): (type: string) => Value {
  const known = new Map<string, Value>();
  return (type) => {
    let found = known.get(type);
    if (found === undefined) known.set(type, (found = find(type)));
    return found;
  };
}

function named({ id, type, stream, revision, position }: StoredEvent): NamedEvent {
  return { event: id, type, stream, revision, position };
}

function nothing<One>(): Some<One> {
  return { count: 0, named: [] };
}

function copyOf<One>({ count, named }: Some<One>): Some<One> {
  return { count, named: [...named] };
}

function note<One>(some: Some<One>, one: One): void {
  some.count += 1;
  if (some.named.length < mostNamed) some.named.push(one);
}

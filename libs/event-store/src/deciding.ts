import type { AnyDecider, AnyFold, AnyNewEvent, CommandContext, DecideContext } from '#kernel/decider';
import type { Revision } from '#kernel/envelope';
import type { Sealed } from '#kernel/event-schema';
import { fractionToCome } from '#kernel/fraction-to-come';
import { entry } from '#kernel/keyed';
import { lastInstant } from '#kernel/when';
import type { Codec } from './codec.js';
import { refuse } from './deciding.refusals.js';

/** A stream as a decision stands on it. */
interface Seen {
  readonly state: unknown;
  readonly revision: Revision;
}

/** The facts of other streams that a command is decided on, and at which revision each of the streams was. */
export async function factsFor(
  decider: AnyDecider,
  name: string,
  command: object,
  load: (by: AnyFold, stream: string) => Promise<Seen>,
): Promise<{ readonly facts: object; readonly seen: Readonly<Record<string, Revision>> }> {
  const facts = new Map<string, unknown>();
  const seen = new Map<string, Revision>();
  const factOf = async (by: AnyFold, key: string) => {
    const stream = `${by.category}-${key}`;
    const { state, revision } = await load(by, stream);
    seen.set(stream, revision);
    return state;
  };
  for (const [fact, need] of Object.entries(entry(decider.needs, name) ?? {})) {
    if ('keys' in need) {
      const keys = need.keys(command as never);
      facts.set(fact, new Map(await Promise.all(keys.map(async (key) => [key, await factOf(need.fold, key)] as const))));
    } else if ('next' in need) {
      const chain = new Map<string, unknown>();
      for (let key: string | undefined = need.first(command as never); key !== undefined && !chain.has(key);) {
        const link = await factOf(need.fold, key);
        chain.set(key, link);
        key = need.next(link);
      }
      facts.set(fact, chain);
    } else {
      const key = need.key(command as never);
      facts.set(fact, key === undefined ? need.fold.initial : await factOf(need.fold, key));
    }
  }
  return { facts: Object.fromEntries(facts), seen: Object.fromEntries(seen) };
}

/** Says what the sealed texts say that a decision compares what is given with. */
export async function openedFor(decider: AnyDecider, command: object, state: unknown, codec: Codec): Promise<DecideContext['opened']> {
  const texts: readonly (Sealed | undefined)[] = decider.opens?.(command as never, state as never) ?? [];
  const opened = new Map<Sealed | undefined, string | undefined>();
  for (const text of texts) if (text !== undefined) opened.set(text, await codec.open(text));
  return (text) => opened.get(text);
}

/** A command with what it is decided on. */
export interface Decided {
  readonly name: string;
  readonly content: object;
  readonly context: Pick<CommandContext, 'actor' | 'source' | 'effectiveAt'>;
  readonly state: unknown;
  readonly facts: object;
  readonly at: DecideContext['at'];
  readonly opened: DecideContext['opened'];
  readonly documents?: DecideContext['documents'];
}

/** What comes of it. @throws Refused where a rule says no, or a time to come is no whole second, TypeError where the decider knows no such command */
export function decidedBy(
  decider: AnyDecider,
  { name, content, context, state, facts, at: recordedAt, opened, documents }: Decided,
): readonly AnyNewEvent[] {
  const { actor, source, effectiveAt } = context;
  const decide = entry(decider.decide, name);
  if (!decide) throw new TypeError(`${decider.category} decides no ${name}`);
  // What is told from a source is decided as of the time that it is about.
  const at = source && effectiveAt ? lastInstant(effectiveAt) : recordedAt;
  const events = decide(content as never, state as never, facts as never, {
    at,
    actor,
    opened,
    ...(source && { source }),
    ...(documents && { documents }),
  });
  const tooExact = events.length > 0 ? fractionToCome([events, effectiveAt], recordedAt) : undefined;
  if (tooExact !== undefined) throw refuse('fraction-of-a-second', { at: tooExact });
  return events;
}

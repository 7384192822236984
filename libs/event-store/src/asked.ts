import { canonicalJson } from '#kernel/canonical-json';
import type { EventMetadata } from '#kernel/envelope';
import { entry } from '#kernel/keyed';

/** What metadata say of a command's content beyond what its events say. */
export type Asked = NonNullable<EventMetadata['asked']>;

/** An event before it is sealed, or as it was opened again. */
export interface Told {
  readonly data: unknown;
  /** Its personal texts, in the order of its schema; null for one whose person was forgotten. */
  readonly personal: readonly (string | null)[];
}

/** What a command asks for at more length than this is not kept beside its events: an append has its bounds. */
const mostGiven = 262_144;

/**
 * What of a command its events do not say: its content is that, and what the first event says under the same names. A
 * personal text of it stands in the events, sealed for the person whose it is, and is named by its place there; one
 * that no event took is not kept.
 */
export function askedBeyond(
  content: Readonly<Record<string, unknown>>,
  events: readonly Told[],
  { personal, effectiveAt }: { readonly personal: readonly string[]; readonly effectiveAt?: string | undefined },
): Asked | undefined {
  const data = events[0]?.data as Readonly<Record<string, unknown>>;
  const texts = events.flatMap((event) => event.personal);
  const [same, given, places]: [string[], [string, unknown][], [string, number][]] = [[], [], []];
  for (const [name, value] of Object.entries(content)) {
    if (value === undefined) continue;
    const told = entry(data, name);
    const place = typeof value === 'string' ? texts.indexOf(value) : -1;
    if (told !== undefined && canonicalJson(told) === canonicalJson(value)) same.push(name);
    else if (place >= 0) places.push([name, place]);
    else if (!personal.includes(name)) given.push([name, value]);
  }
  if (given.length > 0 && canonicalJson(Object.fromEntries(given)).length > mostGiven) return undefined;
  return {
    ...(same.length > 0 && { same }),
    ...(given.length > 0 && { given: Object.fromEntries(given) }),
    ...(places.length > 0 && { personal: Object.fromEntries(places) }),
    ...(effectiveAt !== undefined && { effectiveAt }),
  };
}

/** What stands for a personal text whose person was forgotten: no rule reads it. */
const forgotten = '-';

/** The content of a command again, from what its metadata and its events say. */
export function contentAsked({ same = [], given = {}, personal = {} }: Asked, events: readonly Told[]): Readonly<Record<string, unknown>> {
  const data = events[0]?.data as Readonly<Record<string, unknown>>;
  const texts = events.flatMap((event) => event.personal);
  return {
    ...given,
    ...Object.fromEntries(same.map((name) => [name, entry(data, name) ?? forgotten])),
    ...Object.fromEntries(Object.entries(personal).map(([name, place]) => [name, texts[place] ?? forgotten])),
  };
}

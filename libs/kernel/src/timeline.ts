import type { Instant } from './helsinki-time.js';
import { firstInstant, type When } from './when.js';

/** A value that holds from `effectiveAt` on, until a later entry of its timeline. */
export interface Dated<Value> {
  readonly effectiveAt: When;
  readonly recordedAt: Instant;
  readonly value: Value;
  /** The pages it was read from, for what comes from a source. */
  readonly source?: readonly string[];
}

/** A fact through time, ordered by the first instant of `effectiveAt`; among equals the one recorded later stands last and wins. */
export type Timeline<Value> = readonly Dated<Value>[];

/** The timeline with the entry put in its place. Entries are added in the log's order. */
export function withEntry<Value>(timeline: Timeline<Value>, entry: Dated<Value>): Timeline<Value> {
  const start = firstInstant(entry.effectiveAt);
  // From the end: most entries are about a time after all others.
  const before = timeline.findLastIndex((other) => firstInstant(other.effectiveAt) <= start);
  return timeline.toSpliced(before + 1, 0, entry);
}

/**
 * The entry that holds at the instant; undefined before the first one.
 * A time that is only known as a month or a season counts from its first instant: how exact it is stands in `effectiveAt`.
 */
export function entryAt<Value>(timeline: Timeline<Value>, asOf: Instant): Dated<Value> | undefined {
  return timeline.findLast(({ effectiveAt }) => firstInstant(effectiveAt) <= asOf);
}

/** A row, a state or any part of one as it held at the instant: its timelines end there. */
export function heldAt<Value>(value: Value, asOf: Instant): Value {
  if (typeof value !== 'object' || value === null) return value;
  const held = Array.isArray(value)
    ? value.filter((one) => !beginsAfter(one, asOf)).map((one: unknown) => heldAt(one, asOf))
    : Object.fromEntries(Object.entries(value).map(([name, member]) => [name, heldAt<unknown>(member, asOf)]));
  return held as Value;
}

function beginsAfter(value: unknown, asOf: Instant): boolean {
  const { effectiveAt, recordedAt, value: dated } = (value ?? {}) as Partial<Record<keyof Dated<unknown>, unknown>>;
  const isDated = typeof effectiveAt === 'string' && typeof recordedAt === 'string' && dated !== undefined;
  return isDated && firstInstant(effectiveAt) > asOf;
}

/** Whether what is dated is there at the instant: `timeline.filter(isThen(asOf))` is what there was until then. */
export function isThen(asOf: Instant): (one: Pick<Dated<unknown>, 'effectiveAt'>) => boolean {
  return ({ effectiveAt }) => firstInstant(effectiveAt) <= asOf;
}

/** The value that holds at the instant; undefined before the first entry. */
export function valueAt<Value>(timeline: Timeline<Value>, asOf: Instant): Value | undefined {
  return entryAt(timeline, asOf)?.value;
}

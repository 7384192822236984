import type { Instant } from './helsinki-time.js';
import type { When } from './when.js';

/**
 * An instant in the value that is later than the one given, and within a second: neither at its beginning nor its last
 * millisecond, with which days end. Undefined where there is none. What may come stands at such instants only, so that between
 * two of them every question has one answer.
 */
export function fractionToCome(value: unknown, at: Instant): Instant | undefined {
  if (typeof value === 'string') return withinSecond.test(value) && value > at ? value : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const one of Object.values(value)) {
    const found = fractionToCome(one, at);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** So far the clock of who asks may be ahead of ours, in milliseconds. */
const mostAhead = 60_000;

/**
 * From when a fact holds that is told to hold from a time; undefined: from now. A time within the next minute that is told
 * to the millisecond is the «now» of a clock that is ahead.
 */
export function heldFrom(told: When | undefined, now: Instant): When | undefined {
  const isNow = told !== undefined && fractionToCome(told, now) !== undefined && Date.parse(told) <= Date.parse(now) + mostAhead;
  return isNow ? undefined : told;
}

const withinSecond = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.(?!000|999)\d{3}Z$/;

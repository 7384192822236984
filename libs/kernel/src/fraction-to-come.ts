import type { Instant } from './helsinki-time.js';

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

const withinSecond = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.(?!000|999)\d{3}Z$/;

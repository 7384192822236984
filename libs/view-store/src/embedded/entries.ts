import { rank } from '../order.js';
import { isScalar, type Condition, type Key, type Scalar } from '../view-store.js';

/** A value as SQLite orders it in the place where `compareScalars` has it: no number is less than the one for null, and bytes come after texts. */
export type StoredValue = number | string | Uint8Array;

const [least, none, most] = [-Infinity, new Uint8Array(), Uint8Array.of(255)];

export function storedValue(value: Scalar): StoredValue {
  if (value === null) return least;
  return typeof value === 'boolean' ? Uint8Array.of(value ? 1 : 0) : value;
}

export function scalarOf(value: StoredValue): Scalar {
  if (value === least) return null;
  return value instanceof Uint8Array ? value[0] === 1 : value;
}

/** A place between entries, in their order. A number as id stands before all ids of the value, bytes after them. */
export type Bound = readonly [value: StoredValue, id: StoredValue];
export type Bounds = readonly [after: Bound, before: Bound];

const [beforeIds, afterIds] = [-1, most];
/** Where the values of a type begin and end, by their rank. */
const ends: readonly Bound[] = [
  [least, beforeIds],
  [least, afterIds],
  ['', beforeIds],
  [none, beforeIds],
  [most, afterIds],
];
const nowhere: Bounds = [ends[4] as Bound, ends[4] as Bound];

/** Between which places the entries stand that can meet the condition. */
export function boundsOf(condition: Condition): Bounds {
  if (isScalar(condition)) return [before(condition), after(condition)];
  if ('in' in condition) return everywhere;
  if ('prefix' in condition) return [before(condition.prefix), ends[3] as Bound];
  const { from, to } = condition;
  if (from === undefined) return to === undefined ? everywhere : [ends[rank(to)] as Bound, after(to)];
  if (to === undefined) return [before(from), ends[rank(from) + 1] as Bound];
  return rank(from) === rank(to) ? [before(from), after(to)] : nowhere;
}

/** What of it comes after the key, in that direction. */
export function boundsAfter([from, to]: Bounds, { value, id }: Key, descending: boolean): Bounds {
  const place: Bound = [storedValue(value), id];
  return descending ? [from, place] : [place, to];
}

export const everywhere: Bounds = [ends[0] as Bound, ends[4] as Bound];

function before(value: Scalar): Bound {
  return [storedValue(value), beforeIds];
}

function after(value: Scalar): Bound {
  return [storedValue(value), afterIds];
}

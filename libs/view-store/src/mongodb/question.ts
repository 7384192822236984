import type { Filter, Sort } from 'mongodb';
import { rank } from '../order.js';
import { isScalar, type Condition, type Find, type Key, type Scalar, type Where } from '../view-store.js';
import { storedKey, type RowDocument } from './document.js';

type RowFilter = Filter<RowDocument>;

/** Which rows are asked for; never a tombstone. */
export function filterOf<Row>(where: Where<Row> | undefined): RowFilter {
  const asked = Object.entries(where ?? {}) as [string, Condition | undefined][];
  const conditions = asked
    .map(([field, condition]) => [storedKey(field), conditionOf(condition)] as const)
    .filter(([, condition]) => Object.keys(condition).length > 0);
  return { $and: [{ removed: false }, ...conditions.map(([field, condition]) => ({ [field]: condition }))] };
}

/**
 * The rows of a page. Comparisons in MongoDB stay within one type, so that what follows a key is put together of the rows
 * with the same value, the later ones of its type, and each later type. All conditions stand in each of these parts: then
 * each is a range of one index that is in order.
 */
export function pageFilter<Row>({ where, orderBy = '_id' as keyof Row & string, descending = false, after }: Find<Row>): RowFilter {
  const asked = filterOf(where);
  if (!after) return asked;
  const field = storedKey(orderBy);
  const parts = field === '_id' ? [{ _id: beyond(after.id, descending) }] : following(field, after, descending);
  return { $or: parts.map((part) => ({ $and: [asked, part] })) };
}

export function sortOf(orderBy: string | undefined, descending = false): Sort {
  const direction = descending ? -1 : 1;
  return orderBy === undefined || orderBy === '_id' ? { _id: direction } : { [storedKey(orderBy)]: direction, _id: direction };
}

/** The least value of each type, in the order of the types. */
const leastOfTypes: readonly Scalar[] = [null, Number.NEGATIVE_INFINITY, '', false];

function following(field: string, { value, id }: Key, descending: boolean): readonly object[] {
  const own = rank(value);
  const otherTypes = leastOfTypes.filter((_, type) => (descending ? type < own : type > own));
  return [
    { [field]: { $eq: value }, _id: beyond(id, descending) },
    ...(value === null ? [] : [{ [field]: beyond(value, descending) }]),
    ...otherTypes.map((least) => ({ [field]: allFrom(least) })),
  ];
}

function beyond(value: Scalar, descending: boolean): object {
  return descending ? { $lt: value } : { $gt: value };
}

/** All values of the type of this one, which is its least. */
function allFrom(least: Scalar): object {
  return least === null ? { $eq: null } : { $gte: least };
}

function conditionOf(condition: Condition | undefined): object {
  // Nothing has no value: whoever asks so finds nothing, rather than everything.
  if (condition === undefined) return { $in: [] };
  if (isScalar(condition)) return { $eq: condition };
  if ('in' in condition) return { $in: condition.in };
  if ('prefix' in condition) return beginningWith(condition.prefix);
  const { from, to } = condition;
  if (from === null || to === null) return (from ?? null) === null && (to ?? null) === null ? { $eq: null } : { $in: [] };
  return { ...(from !== undefined && { $gte: from }), ...(to !== undefined && { $lte: to }) };
}

/** A range, which needs no regular expression: up to the first text that is behind all that begin so. */
function beginningWith(prefix: string): object {
  const points = Array.from(prefix, (character) => character.codePointAt(0) as number);
  while (points.at(-1) === 0x10_ffff) points.pop();
  const last = points.pop();
  if (last === undefined) return { $gte: prefix };
  const next = last === 0xd7ff ? 0xe000 : last + 1;
  return { $gte: prefix, $lt: String.fromCodePoint(...points, next) };
}

import { entry } from '#kernel/keyed';
import type { Stored } from '#kernel/projection';
import { compareScalars, compareTexts, rank } from '../order.js';
import { isScalar, type Condition, type Key, type Scalar } from '../view-store.js';

export type Conditions = readonly (readonly [field: string, condition: Condition])[];

/** The field of a row, null where it is missing. */
export function valueOf(row: object, field: string): Scalar {
  return (entry(row as Readonly<Record<string, Scalar>>, field) ?? null);
}

export function keyOf<Row>(row: Stored<Row>, field: string): Key {
  return { value: valueOf(row, field), id: row._id };
}

export function compareKeys(a: Key, b: Key): number {
  return compareScalars(a.value, b.value) || compareTexts(a.id, b.id);
}

/** Whether the row is there and meets them all. */
export function matches(row: Stored<object>, conditions: Conditions): boolean {
  return !row.removed && conditions.every(([field, condition]) => meets(valueOf(row, field), condition));
}

export function meets(value: Scalar, condition: Condition): boolean {
  if (isScalar(condition)) return value === condition;
  if ('in' in condition) return condition.in.includes(value);
  if ('prefix' in condition) return typeof value === 'string' && value.startsWith(condition.prefix);
  const { from, to } = condition;
  const sameType = (bound: Scalar) => rank(bound) === rank(value);
  return (
    (from === undefined || (sameType(from) && compareScalars(value, from) >= 0)) &&
    (to === undefined || (sameType(to) && compareScalars(value, to) <= 0))
  );
}

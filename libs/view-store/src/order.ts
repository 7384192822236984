import type { Scalar } from './view-store.js';

/** The order of rows in every adapter, which is that of MongoDB: null before numbers before texts before booleans. */
export function compareScalars(a: Scalar, b: Scalar): number {
  if (typeof a !== typeof b || a === null || b === null) return rank(a) - rank(b);
  if (typeof a === 'string') return compareTexts(a, b as string);
  if (a < b) return -1;
  return a > b ? 1 : 0;
}

/** The place of a value's type among the types. */
export function rank(value: Scalar): number {
  if (value === null) return 0;
  if (typeof value === 'number') return 1;
  return typeof value === 'string' ? 2 : 3;
}

/** Only texts that both hold such units can be in another order than that of their units. Told of a text of one-byte characters without looking at them. */
const highUnit = /[\ud800-\uffff]/;

/**
 * By code points, as the bytes of UTF-8 are ordered. JavaScript compares units of UTF-16, where the surrogates that make up
 * what is beyond U+FFFF stand before U+E000.
 */
export function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  if (!highUnit.test(a) || !highUnit.test(b)) return a < b ? -1 : 1;
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const [left, right] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (left !== right) return behindAllOthers(left) - behindAllOthers(right);
  }
  return a.length - b.length;
}

function behindAllOthers(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x1_0000 : unit;
}

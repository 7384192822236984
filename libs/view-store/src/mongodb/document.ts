import type { Stored } from '#kernel/projection';

/** A row as the server keeps it. Whether it is a tombstone is said of every row, so that indexes begin with it. */
export interface RowDocument {
  readonly _id: string;
  readonly position: string;
  readonly removed: boolean;
}

/** What MongoDB 4.4 would not keep in a key, and what escapes it. */
const unfit = /[.%\0]|^\$/g;
/** Keys that the driver would take for something else: bson 7.3 answers lists under those that every object inherits in bytes. */
const reserved = new Set(['', '_bsontype', ...Object.getOwnPropertyNames(Object.prototype)]);

/** @throws TypeError for what JSON cannot carry exactly */
export function documentOf<Row extends object>(row: Stored<Row>): RowDocument {
  const { removed = false, ...fields } = row;
  return { ...(holdsUnfitKey(fields) ? (renamed(fields, storedKey) as typeof fields) : fields), removed };
}

export function rowOf<Row extends object>(document: Omit<RowDocument, 'removed'> & { readonly removed?: boolean }): Stored<Row> {
  const { removed, ...fields } = document;
  const row = holdsEscapedKey(fields) ? (renamed(fields, originalKey) as typeof fields) : fields;
  return (removed ? { ...row, removed } : row) as Stored<Row>;
}

export function storedKey(key: string): string {
  if (key === '') return '%';
  if (reserved.has(key)) return escaped(key.slice(0, 1)) + key.slice(1);
  return key.replace(unfit, escaped);
}

function originalKey(key: string): string {
  return key.replace(/%(..)?/g, (_, code: string | undefined) =>
    code === undefined ? '' : String.fromCharCode(Number.parseInt(code, 16)),
  );
}

function escaped(character: string): string {
  return `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}

/** Looks at everything in the value on the way. */
function holdsUnfitKey(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) {
    checkScalar(value);
    return false;
  }
  if (value instanceof Date || value instanceof Map || value instanceof Set) throw new TypeError(`no JSON: ${value.constructor.name}`);
  let found = false;
  if (Array.isArray(value)) for (const item of value) found = holdsUnfitKey(item) || found;
  else for (const [key, member] of Object.entries(value)) found = holdsUnfitKey(member) || storedKey(checkText(key)) !== key || found;
  return found;
}

function holdsEscapedKey(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(holdsEscapedKey);
  // eslint-disable-next-line house/own-entries -- The keys are its own.
  for (const key in value) if (key.includes('%') || holdsEscapedKey((value as Record<string, unknown>)[key])) return true;
  return false;
}

function renamed(value: unknown, rename: (key: string) => string): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => renamed(item, rename));
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [rename(key), renamed(member, rename)]));
}

function checkScalar(value: unknown): void {
  if (typeof value === 'string') checkText(value);
  else if (typeof value === 'number' ? !Number.isFinite(value) : typeof value !== 'boolean' && value !== null && value !== undefined)
    throw new TypeError(`no JSON: ${String(value)}`);
}

function checkText(text: string): string {
  if (!text.isWellFormed()) throw new TypeError('no JSON: a text with half a surrogate pair');
  return text;
}

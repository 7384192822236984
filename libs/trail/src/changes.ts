/** A place in a state or a row where something else stands than before. */
export interface Change {
  /** JSON Pointer (RFC 6901), `/terms/closesAt`; of what a list lost, its place before, and of all else its place after. */
  readonly path: string;
  /** Undefined where nothing stood there. */
  readonly before?: unknown;
  /** Undefined where nothing stands there any more. */
  readonly after?: unknown;
}

/** What differs between two values of JSON, field by field; a list is compared item by item between what its ends have in common. */
export function changesBetween(before: unknown, after: unknown): readonly Change[] {
  const changes: Change[] = [];
  // Of what begins or ends as a whole each field is told.
  compare(before ?? emptyOf(after), after ?? emptyOf(before), '', changes);
  return changes;
}

function emptyOf(value: unknown): unknown {
  return isRecord(value) ? {} : undefined;
}

function compare(before: unknown, after: unknown, path: string, changes: Change[]): void {
  if (before === after) return;
  if (isRecord(before) && isRecord(after)) compareRecords(before, after, path, changes);
  else if (Array.isArray(before) && Array.isArray(after)) compareLists(before, after, path, changes);
  else changes.push({ path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) });
}

type JsonRecord = Readonly<Record<string, unknown>>;

function compareRecords(before: JsonRecord, after: JsonRecord, path: string, changes: Change[]): void {
  const [left, right] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  for (const name of new Set([...left.keys(), ...right.keys()]))
    compare(left.get(name), right.get(name), `${path}/${escaped(name)}`, changes);
}

function compareLists(before: readonly unknown[], after: readonly unknown[], path: string, changes: Change[]): void {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && isSame(before[start], after[start])) start += 1;
  let end = 0;
  while (end < shorter - start && isSame(before.at(-1 - end), after.at(-1 - end))) end += 1;
  const [goneTo, cameTo] = [before.length - end, after.length - end];
  for (let index = start; index < Math.max(goneTo, cameTo); index++)
    compare(index < goneTo ? before[index] : undefined, index < cameTo ? after[index] : undefined, `${path}/${index}`, changes);
}

function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  const changes: Change[] = [];
  compare(a, b, '', changes);
  return changes.length === 0;
}

function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

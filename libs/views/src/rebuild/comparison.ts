import { canonicalJson } from '#kernel/canonical-json';
import type { Stored } from '#kernel/projection';
import { compareTexts } from '#view-store/order';
import { pagesOf, type StoredRows } from '#view-store/view-store';

const maxDifferences = 20;

/** A row that is not what the log says. */
export interface Difference {
  readonly projection: string;
  readonly id: string;
  readonly served: object | undefined;
  readonly rebuilt: object | undefined;
}

/** Two collections, row for row. */
export interface Comparison {
  readonly rows: number;
  readonly differing: number;
  readonly differences: readonly Difference[];
}

/**
 * Compares what is served with what the log says, both in the order of their ids. Where rows go on being folded meanwhile,
 * one that differs is looked at again: it differs if the second look finds it, too.
 */
export async function compare(
  projection: string,
  served: AsyncIterable<Stored<object>>,
  rebuilt: AsyncIterable<Stored<object>>,
  lookAgain: (id: string) => Promise<boolean> = () => Promise.resolve(true),
): Promise<Comparison> {
  const differences: Difference[] = [];
  const [left, right] = [served[Symbol.asyncIterator](), rebuilt[Symbol.asyncIterator]()];
  let [a, b] = [await left.next(), await right.next()];
  let [rows, differing] = [0, 0];
  while (!a.done || !b.done) {
    const one = a.done ? undefined : a.value;
    const other = b.done ? undefined : b.value;
    const id = firstId(one, other);
    const mine = one?._id === id ? one : undefined;
    const theirs = other?._id === id ? other : undefined;
    rows += 1;
    if (!isSame(mine, theirs) && (await lookAgain(id))) {
      differing += 1;
      if (differing <= maxDifferences) differences.push({ projection, id, served: mine, rebuilt: theirs });
    }
    if (mine) a = await left.next();
    if (theirs) b = await right.next();
  }
  return { rows, differing, differences };
}

/** The id of the row that comes first. One of them is there. */
function firstId(one: Stored<object> | undefined, other: Stored<object> | undefined): string {
  if (!one) return (other as Stored<object>)._id;
  if (!other) return one._id;
  return compareTexts(one._id, other._id) < 0 ? one._id : other._id;
}

/** All rows in the order of their ids, tombstones included. */
export async function* byId(rows: StoredRows<object>): AsyncGenerator<Stored<object>> {
  for await (const page of pagesOf(rows)) yield* page;
}

/** Whether two rows say the same. */
export function isSame(a: object | undefined, b: object | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  // Most are written alike, which is told sooner.
  return JSON.stringify(a) === JSON.stringify(b) || canonicalJson(a) === canonicalJson(b);
}

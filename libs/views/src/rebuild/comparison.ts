import { canonicalJson } from '#kernel/canonical-json';
import { compareTexts } from '#view-store/order';
import { rowOf, textPagesOf, type RowText, type StoredRows } from '#view-store/view-store';

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
  served: AsyncIterable<RowText>,
  rebuilt: AsyncIterable<RowText>,
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
    const mine = one?.id === id ? one : undefined;
    const theirs = other?.id === id ? other : undefined;
    rows += 1;
    if (!isSame(mine?.row, theirs?.row) && (await lookAgain(id))) {
      differing += 1;
      if (differing <= maxDifferences) differences.push({ projection, id, served: mine && rowOf(mine), rebuilt: theirs && rowOf(theirs) });
    }
    if (mine) a = await left.next();
    if (theirs) b = await right.next();
  }
  return { rows, differing, differences };
}

/** The id of the row that comes first. One of them is there. */
function firstId(one: RowText | undefined, other: RowText | undefined): string {
  if (!one) return (other as RowText).id;
  if (!other) return one.id;
  return compareTexts(one.id, other.id) < 0 ? one.id : other.id;
}

/** All rows in the order of their ids, tombstones included, as texts. */
export async function* textsById(rows: StoredRows<object>): AsyncGenerator<RowText> {
  for await (const page of textPagesOf(rows)) yield* page;
}

/** Whether the texts of two rows say the same. */
export function isSame(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  // Most are written alike, which is told sooner.
  return a === b || canonicalJson(JSON.parse(a)) === canonicalJson(JSON.parse(b));
}

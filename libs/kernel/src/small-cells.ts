/** A count of so many or more is shown to anyone; nothing is smaller than a small cell. */
export const smallestCell = 5;

/** A figure as it is shown: suppressed where it could tell of single persons. */
export interface Cell {
  readonly value?: number;
  readonly isSuppressed: boolean;
}

/**
 * The counts as anyone may see them, in their order. A count of 1 to 4 is suppressed; where it alone is, the next smallest is
 * too, for else the total of them all would tell it. What is missing stays missing, and nothing is zero that was not counted.
 */
export function withoutSmallCells(counts: readonly (number | undefined)[]): readonly Cell[] {
  const small = counts.flatMap((count, index) => (isSmall(count) ? [index] : []));
  const hidden = new Set([...small, ...(small.length === 1 ? nextSmallest(counts, small[0] as number) : [])]);
  return counts.map((value, index) => ({ ...(value !== undefined && !hidden.has(index) && { value }), isSuppressed: hidden.has(index) }));
}

/** Whether the count could tell of single persons. */
export function isSmall(count: number | undefined): boolean {
  return count !== undefined && count > 0 && count < smallestCell;
}

function nextSmallest(counts: readonly (number | undefined)[], but: number): readonly number[] {
  const others = counts.flatMap((count, index) => (count !== undefined && count > 0 && index !== but ? [{ count, index }] : []));
  return others
    .sort((a, b) => a.count - b.count || a.index - b.index)
    .slice(0, 1)
    .map(({ index }) => index);
}

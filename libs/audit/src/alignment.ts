/** How what is there is laid against what was recorded. */
export interface Alignment {
  /** Recorded, and another one in its place. */
  readonly altered: readonly { readonly recorded: number; readonly found: number }[];
  /** Found, and never recorded; before which recorded one. */
  readonly inserted: readonly { readonly recorded: number; readonly found: number }[];
  /** Recorded, and found elsewhere. */
  readonly moved: readonly { readonly recorded: number; readonly found: number }[];
  /** Recorded, and not found; between which of the found ones. */
  readonly missing: readonly { readonly recorded: number; readonly count: number; readonly found: number }[];
}

/**
 * Lays a sequence against one that was recorded, with as few as possible that moved. For each one found: which of the
 * `recorded` it is, or -1 for none of them. What follows the last one recorded is new, and nothing is said of it.
 */
export function aligned(found: ArrayLike<number>, recorded: number): Alignment {
  const stay = longestRise(found);
  const altered: { recorded: number; found: number }[] = [];
  const inserted: { recorded: number; found: number }[] = [];
  const moved: { recorded: number; found: number }[] = [];
  const missing: { recorded: number; count: number; found: number }[] = [];
  const elsewhere = new Set<number>();
  for (let at = 0; at < found.length; at++) {
    const index = found[at] as number;
    if (index < 0 || stay.has(at)) continue;
    elsewhere.add(index);
    moved.push({ recorded: index, found: at });
  }
  let next = 0;
  let unknown: number[] = [];
  const close = (end: number, at: number) => {
    let run: { recorded: number; count: number; found: number } | undefined;
    for (; next < end; next++) {
      if (elsewhere.has(next)) continue;
      const stranger = unknown.shift();
      if (stranger !== undefined) altered.push({ recorded: next, found: stranger });
      else if (run && run.recorded + run.count === next) run.count += 1;
      else missing.push((run = { recorded: next, count: 1, found: at }));
    }
  };
  for (let at = 0; at < found.length; at++) {
    const index = found[at] as number;
    if (index < 0) unknown.push(at);
    else if (stay.has(at)) {
      close(index, at);
      for (const stranger of unknown) inserted.push({ recorded: index, found: stranger });
      unknown = [];
      next = index + 1;
    }
  }
  close(recorded, found.length);
  return { altered, inserted, moved, missing };
}

/** Where a longest rising subsequence of the numbers from 0 on stands. */
function longestRise(numbers: ArrayLike<number>): ReadonlySet<number> {
  /** Of each length the place of the smallest end, and for each place the one before it. */
  const ends: number[] = [];
  const previous = new Int32Array(numbers.length).fill(-1);
  for (let at = 0; at < numbers.length; at++) {
    const value = numbers[at] as number;
    if (value < 0) continue;
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((numbers[ends[middle] as number] as number) < value) low = middle + 1;
      else high = middle;
    }
    previous[at] = ends[low - 1] ?? -1;
    ends[low] = at;
  }
  const rise = new Set<number>();
  for (let at = ends.at(-1) ?? -1; at >= 0; at = previous[at] as number) rise.add(at);
  return rise;
}

/** What one thing says of its cause: its own id, and that of the event that caused it. */
export interface Caused {
  readonly id: string;
  readonly causedBy?: string | null | undefined;
}

/** A thing in a tree of causes and effects: how many causes lead to it from the root. */
export interface InTree<Item> {
  readonly depth: number;
  readonly item: Item;
}

/**
 * The items as trees, each cause before its effects, effects in the order in which they are given. An item whose cause is
 * not among them is a root; so is the first of a circle, which an honest log has not.
 */
export function causeTrees<Item extends Caused>(items: readonly Item[]): readonly InTree<Item>[] {
  const effects = Map.groupBy(items, ({ causedBy }) => causedBy);
  const ids = new Set(items.map(({ id }) => id));
  const placed = new Set<string>();
  const trees: InTree<Item>[] = [];
  const place = (item: Item, depth: number) => {
    if (placed.has(item.id)) return;
    placed.add(item.id);
    trees.push({ depth, item });
    for (const effect of effects.get(item.id) ?? []) place(effect, depth + 1);
  };
  for (const item of items) if (item.causedBy == null || !ids.has(item.causedBy)) place(item, 0);
  for (const item of items) place(item, 0);
  return trees;
}

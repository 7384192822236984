import type { KeptKey, WrappedKeys } from './key-store.js';

/** The id of the first key that the other place has otherwise: it holds keys of another log. A mark of having been forgotten is no other key. */
export async function otherKey(from: WrappedKeys, to: WrappedKeys): Promise<string | undefined> {
  for await (const { id, wrapped } of allOf(from)) {
    const there = await to.get(id);
    if (wrapped && there?.wrapped && !there.wrapped.equals(wrapped)) return id;
  }
  return undefined;
}

export interface CopiedKeys {
  readonly keys: number;
  /** How many of them are marks of who was forgotten. */
  readonly forgotten: number;
}

/** Puts all keys into another place, as they are wrapped. Who is forgotten in one of the two is forgotten there. */
export async function copyKeys(from: WrappedKeys, to: WrappedKeys): Promise<CopiedKeys> {
  let [keys, forgotten] = [0, 0];
  for await (const { id, wrapped, forgottenAt } of allOf(from)) {
    if (wrapped) await to.putIfAbsent(id, wrapped);
    else await to.forget(id, forgottenAt);
    keys += 1;
    if (!wrapped) forgotten += 1;
  }
  return { keys, forgotten };
}

const pageSize = 500;

/** All keys of a place by their ids. */
export async function* allOf(keys: WrappedKeys): AsyncGenerator<KeptKey> {
  for (let after: string | undefined; ;) {
    const page = await keys.page(after, pageSize);
    yield* page;
    if (page.length < pageSize) return;
    after = page.at(-1)?.id;
  }
}

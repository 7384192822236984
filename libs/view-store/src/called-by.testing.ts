import type { ViewStore } from './view-store.js';

/** Does a call of the method: at once, later, or never. */
export type Caller = <Result>(method: string, work: () => Promise<Result>) => Promise<Result>;

/** The target with each of its methods called by the caller, but for what is given instead. The methods all give promises. */
export function calledBy<Target extends object>(caller: Caller, target: Target, instead: Partial<Target> = {}): Target {
  return new Proxy(target, {
    get: (_, name: string) => {
      if (name in instead) return instead[name as keyof Target];
      const found = (target as Record<string, unknown>)[name];
      return typeof found === 'function' ? (...given: unknown[]) => caller(name, async () => found.apply(target, given) as unknown) : found;
    },
  });
}

/** The store with each call to it, to its rows and to its leases done by the caller. */
export function storeCalledBy(caller: Caller, store: ViewStore): ViewStore {
  return calledBy<ViewStore>(caller, store, {
    leases: store.leases && calledBy(caller, store.leases),
    collection: (name, indexes) => calledBy(caller, store.collection(name, indexes)),
    open: async <Row extends object>(name: string, indexes?: readonly string[]) => {
      const { rows, checkpoint, saveCheckpoint } = await caller('open', () => store.open<Row>(name, indexes));
      return {
        rows: calledBy(caller, rows),
        checkpoint,
        saveCheckpoint: (...given) => caller('saveCheckpoint', () => saveCheckpoint(...given)),
      };
    },
  });
}

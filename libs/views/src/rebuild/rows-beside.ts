import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { heartbeatsPerLease } from '../lease/heartbeats.js';
import type { Lease, ViewStore } from '#view-store/view-store';

const prefix = 'making:';

/**
 * Has work done with a collection of its own beside a view's, which goes with the work. Where servers share the store, a
 * lease tells as long as it goes on that somebody needs the rows: whoever sees the lease dead drops them.
 */
export async function withRowsBeside<Result>(
  store: ViewStore,
  view: string,
  leaseSeconds = 10,
  work: (name: string) => Promise<Result>,
): Promise<Result> {
  const name = `${view}.beside-${randomUUID()}`;
  const done = new AbortController();
  // Before there are rows.
  const lease = await store.leases?.claim(`${prefix}${name}`, name, undefined);
  const kept = lease && keep(store, lease, leaseSeconds, done.signal);
  try {
    return await work(name);
  } finally {
    done.abort();
    const last = await kept;
    await store.drop(name);
    // After there are rows.
    if (last) await store.leases?.release(last);
  }
}

/** Gives heartbeats until told to stop, and then the last lease. Where it was taken for dead, there is nothing to keep. */
async function keep({ leases }: ViewStore, first: Lease, seconds: number, signal: AbortSignal): Promise<Lease> {
  let lease = first;
  for (;;) {
    await sleep((seconds * 1_000) / heartbeatsPerLease, undefined, { signal, ref: false }).catch(() => undefined);
    if (signal.aborted) return lease;
    // What was not answered may have been done: the lease is looked up, not remembered.
    const found = await leases?.list().catch(() => undefined);
    const own = found?.find(({ name }) => name === lease.name);
    lease = (own && (await leases?.claim(own.name, own.owner, own).catch(() => undefined))) ?? lease;
  }
}

/** Drops the rows of the rebuild that this lease was held for, if it was. */
export async function dropUnfinished(store: ViewStore, lease: Lease): Promise<void> {
  if (!lease.name.startsWith(prefix)) return;
  await store.drop(lease.name.slice(prefix.length));
  await store.leases?.release(lease);
}

import type { WrappedKeys } from '#keys/key-store';
import { SqliteWrappedKeys } from '#keys/sqlite-wrapped-keys';
import { usable } from './usable.js';

/** Opens the wrapped keys at an address: `mongodb://…`, or the path of a file. @throws CannotStart for an address that can never be used, Failed `keys-unavailable`, `keys-damaged` */
export async function openKeys(address: string, timing: { readonly timeoutMs?: number } = {}): Promise<WrappedKeys> {
  if (!isOnServer(address)) return SqliteWrappedKeys.open(address);
  const { MongoDbWrappedKeys } = await import('#keys/mongodb-wrapped-keys');
  return usable('KEYS_URL, or the address of the keys,', () => MongoDbWrappedKeys.open(address, timing));
}

function isOnServer(address: string): boolean {
  return /^mongodb(\+srv)?:\/\//.test(address);
}

import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

/** What a file of our own holds; made where there is none. Of those who make it at the same time one is first, whole, and all take what it made. */
export async function madeOnce(path: string, make: () => Promise<Uint8Array | string> | Uint8Array | string): Promise<Buffer> {
  const there = found(path);
  if (there) return there;
  const draft = `${path}.${randomUUID()}`;
  try {
    writeFileSync(draft, await make(), { mode: 0o600, flag: 'wx' });
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(path);
}

function found(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return undefined;
  }
}

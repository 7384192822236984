import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What statfs(2) says of file systems that are memory. */
const inMemory = [0x0102_1994, 0x8584_58f6];

/** Works in a new folder on a disk: below BENCH_DIR, or where temporary files go. The folder is removed afterwards. */
export async function inBenchFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const parent = process.env['BENCH_DIR'] ?? tmpdir();
  if (inMemory.includes(statfsSync(parent).type))
    throw new Error(`${parent} is in memory, where fsync costs nothing: name a folder on a disk with BENCH_DIR.`);
  const folder = mkdtempSync(join(parent, 'digituki-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

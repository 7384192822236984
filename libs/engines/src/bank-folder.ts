import { createHash } from 'node:crypto';
import { access, constants, mkdir, open, readdir, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { BankAnswer, BankPort, DebtorAccount } from './bank-port.js';

/** The setting of a folder that payments leave through, and of who pays. */
export interface BankFolderSettings {
  readonly folder: string;
  readonly debtor: DebtorAccount;
}

/** Larger answers are nobody's. */
const mostBytes = 20_000_000;

/**
 * A folder with `outgoing`, which the bank's program fetches from, and `incoming`, into which it puts answers. Beside them
 * `staged`, where files lie until they are let out, and `answered`, where answers go. All of it is on one file system: a file
 * goes out by being renamed, which happens as a whole or not at all.
 */
export class BankFolder implements BankPort {
  private constructor(
    private readonly folder: string,
    readonly debtor: DebtorAccount,
  ) {}

  /** Opens the folder, which must be there; makes those within it. @throws where it is not there, or cannot be written */
  static async open({ folder, debtor }: BankFolderSettings): Promise<BankFolder> {
    if (!(await stat(folder)).isDirectory()) throw new Error('it is no folder');
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    for (const name of ['outgoing', 'incoming', 'staged', 'answered']) await mkdir(join(folder, name), { recursive: true });
    await synced(folder);
    return new BankFolder(folder, debtor);
  }

  async stage(name: string, content: string): Promise<void> {
    const part = this.path('staged', `${name}.part`);
    const file = await open(part, 'w', 0o600);
    try {
      await file.writeFile(content, 'utf8');
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, this.path('staged', name));
    await synced(this.path('staged'));
  }

  async letOut(name: string, hash: string): Promise<void> {
    const staged = await contentOf(this.path('staged', name));
    if (staged === undefined) return;
    if (createHash('sha256').update(staged).digest('hex') !== hash) throw new Error(`staged/${name} is not the file that is on record`);
    // Both are there only where somebody else put one of them: nothing is written over.
    if ((await contentOf(this.path('outgoing', name))) !== undefined) throw new Error(`outgoing/${name} is there already`);
    await rename(this.path('staged', name), this.path('outgoing', name));
    await synced(this.path('outgoing'));
    await synced(this.path('staged'));
  }

  async answers(): Promise<readonly BankAnswer[]> {
    const names = (await readdir(this.path('incoming'))).filter((name) => /^[^.].*\.xml$/i.test(name)).sort();
    const answers: BankAnswer[] = [];
    for (const name of names) {
      const { size } = await stat(this.path('incoming', name));
      if (size <= mostBytes) answers.push({ name, content: await readFile(this.path('incoming', name), 'utf8') });
    }
    return answers;
  }

  /** Under its hash, too: a bank may give two answers one name. */
  async putAway(name: string, hash: string): Promise<void> {
    await rename(this.path('incoming', name), this.path('answered', `${hash.slice(0, 16)}-${name}`));
    await synced(this.path('answered'));
  }

  private path(...names: readonly string[]): string {
    return join(this.folder, ...names);
  }
}

async function contentOf(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Makes what was done to the entries of a folder durable. */
async function synced(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch (error) {
    // Some systems sync no folders; there the rename itself is all there is.
    if (!['EINVAL', 'EPERM', 'EISDIR', 'ENOTSUP'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    await handle.close();
  }
}

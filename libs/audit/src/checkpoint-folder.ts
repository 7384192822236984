import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const nameOf = (size: number) => `${String(size).padStart(12, '0')}.checkpoint`;
/** Enough to hold a log against; the last one binds all before it. */
const mostRead = 1_000;

/** Checkpoints as files in a folder of the operator's, by how many leaves they are of: kept where who can change the log cannot change them. */
export class CheckpointFolder {
  constructor(private readonly path: string) {}

  /** Leaves it where one of that size is there already: another server of the same log put it there. */
  put(size: number, note: string): void {
    try {
      writeFileSync(join(this.path, nameOf(size)), note, { flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }

  /** The last ones. */
  notes(): readonly string[] {
    const names = readdirSync(this.path)
      .filter((name) => /^\d{12}\.checkpoint$/.test(name))
      .sort()
      .slice(-mostRead);
    return names.map((name) => readFileSync(join(this.path, name), 'utf8'));
  }
}

import { execFileSync } from 'node:child_process';

/** The files of the last release, the newest tag that leads to what is checked out; undefined where there is no tag or no repository. */
export class LastRelease {
  private constructor(
    private readonly folder: string,
    readonly tag: string,
  ) {}

  static of(folder: string): LastRelease | undefined {
    const tag = git(folder, 'describe', '--tags', '--abbrev=0');
    return tag === undefined ? undefined : new LastRelease(folder, tag.trim());
  }

  /** The file as it was released; undefined where it was not there. */
  read(path: string): string | undefined {
    return git(this.folder, 'show', `${this.tag}:${path}`);
  }

  /** The names of the files that the folder had. */
  list(path: string): readonly string[] {
    return (git(this.folder, 'ls-tree', '--name-only', `${this.tag}:${path}`) ?? '').split('\n').filter((name) => name !== '');
  }
}

function git(folder: string, ...arguments_: readonly string[]): string | undefined {
  try {
    return execFileSync('git', arguments_, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 2 ** 26 });
  } catch {
    return undefined;
  }
}

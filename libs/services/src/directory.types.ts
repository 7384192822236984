import type { Moment } from '#edge/views';
import type { Position } from '#kernel/envelope';
import type { Stored } from '#kernel/projection';
import type { Key, Rows } from '#view-store/view-store';
import { compareListed, listedOf, type Listed } from './directory.rules.js';
import { providers, type ProviderRow } from './providers.projection.js';

/** The providers with their services, ready to be searched. */
export interface Directory {
  readonly providers: ReadonlyMap<string, Stored<ProviderRow>>;
  /** By name. */
  readonly services: readonly Listed<Stored<ProviderRow>>[];
}

const directories = new WeakMap<Rows<ProviderRow>, KeptDirectory>();
const rowsInPage = 1_000;

/** The directory as the view of providers has it at the moment. It is made once of all rows, and then follows those that change. */
export function directoryAt(moment: Moment): Promise<Directory> {
  const rows = moment.rows(providers);
  const kept = directories.get(rows) ?? new KeptDirectory(rows);
  directories.set(rows, kept);
  return kept.upTo(moment.positionOf(providers));
}

class KeptDirectory {
  private directory: Directory = { providers: new Map(), services: [] };
  /** Every row up to here is in it. */
  private position: Position | undefined;
  private reading: Promise<unknown> = Promise.resolve();

  constructor(private readonly rows: Rows<ProviderRow>) {}

  /** One reading at a time: who asks meanwhile waits for it, and mostly finds what they need. */
  upTo(position: Position | undefined): Promise<Directory> {
    if (position !== undefined && position === this.position) return Promise.resolve(this.directory);
    const read = this.reading.catch(() => undefined).then(() => this.read(position));
    this.reading = read;
    return read;
  }

  /** A position from before is that of a question which was asked earlier and waited longer. */
  private async read(position: Position | undefined): Promise<Directory> {
    if (position === undefined || this.position === undefined || position > this.position) {
      // What is changed after the position may be there in part: it is read again.
      const changed = await this.changedFrom(this.position);
      if (changed.length > 0) this.take(changed);
      this.position = position;
    }
    return this.directory;
  }

  private async changedFrom(position: Position | undefined): Promise<readonly Stored<ProviderRow>[]> {
    const changed: Stored<ProviderRow>[] = [];
    for (let after: Key | undefined; ;) {
      const where = position === undefined ? {} : { changed: { from: position } };
      const page = await this.rows.find({ where, orderBy: 'changed', limit: rowsInPage, ...(after && { after }) });
      changed.push(...page);
      const last = page.at(-1);
      if (!last || page.length < rowsInPage) return changed;
      after = { value: last.changed, id: last._id };
    }
  }

  private take(changed: readonly Stored<ProviderRow>[]): void {
    const ids = new Set(changed.map(({ _id }) => _id));
    const others = this.directory.services.filter(({ provider }) => !ids.has(provider._id));
    this.directory = {
      providers: new Map([...this.directory.providers, ...changed.map((row) => [row._id, row] as const)]),
      services: [...others, ...changed.flatMap(listedOf).sort(compareListed)].sort(compareListed),
    };
  }
}

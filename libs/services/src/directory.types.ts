import { once } from '#edge/once';
import type { Moment } from '#edge/views';
import type { Position } from '#kernel/envelope';
import type { Instant } from '#kernel/helsinki-time';
import type { Stored } from '#kernel/projection';
import type { Key, Rows } from '#view-store/view-store';
import { compareListed, listedOf, onOfferAt, type Listed, type OnOffer } from './directory.rules.js';
import { providers, type ProviderRow } from './providers.projection.js';

/** The providers with their services. */
interface Directory {
  readonly providers: ReadonlyMap<string, Stored<ProviderRow>>;
  /** By name. */
  readonly listed: readonly Listed<Stored<ProviderRow>>[];
}

/** The providers, and what they offer at a moment, ready to be searched. */
export interface DirectoryAt {
  readonly providers: Directory['providers'];
  readonly onOffer: OnOffer<Stored<ProviderRow>>;
}

const rowsInPage = 1_000;
const directoryOf = once((rows: Rows<ProviderRow>) => new KeptDirectory(rows));

/** The directory as the view of providers has it at the moment; the same each time. It is made once of all rows, and then follows those that change. */
export const directoryAt = once((moment: Moment): Promise<DirectoryAt> =>
  directoryOf(moment.rows(providers)).at(moment.asOf, moment.positionOf(providers)),
);

class KeptDirectory {
  private directory: Directory = { providers: new Map(), listed: [] };
  /** Every row up to here is in it. */
  private position: Position | undefined;
  /** What was laid out last, of which list. */
  private onOffer: (OnOffer<Stored<ProviderRow>> & { readonly of: Directory['listed'] }) | undefined;
  private reading: Promise<unknown> = Promise.resolve();

  constructor(private readonly rows: Rows<ProviderRow>) {}

  async at(asOf: Instant, position: Position | undefined): Promise<DirectoryAt> {
    const { providers: rows, listed } = await this.upTo(position);
    const { onOffer } = this;
    const isLaidOut = onOffer?.of === listed && onOffer.from <= asOf && (onOffer.until === undefined || asOf < onOffer.until);
    if (isLaidOut) return { providers: rows, onOffer };
    const laidOut = { ...onOfferAt(listed, asOf), of: listed };
    // Most ask about now: what was laid out for the latest instant is kept.
    if (onOffer?.of !== listed || asOf >= onOffer.from) this.onOffer = laidOut;
    return { providers: rows, onOffer: laidOut };
  }

  /** One reading at a time: who asks meanwhile waits for it, and mostly finds what they need. */
  private upTo(position: Position | undefined): Promise<Directory> {
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
    const others = this.directory.listed.filter(({ provider }) => !ids.has(provider._id));
    this.directory = {
      providers: new Map([...this.directory.providers, ...changed.map((row) => [row._id, row] as const)]),
      listed: [...others, ...changed.flatMap(listedOf).sort(compareListed)].sort(compareListed),
    };
  }
}

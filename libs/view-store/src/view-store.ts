import type { Position } from '#kernel/envelope';
import type { Stored } from '#kernel/projection';
import { outageReasons } from '#engines/outage';
import { failures } from '#kernel/refused';

export type Scalar = string | number | boolean | null;

/** What a field must be: a value, one of several, within bounds (both included), or a text with a beginning. */
export type Condition =
  Scalar | { readonly in: readonly Scalar[] } | { readonly from?: Scalar; readonly to?: Scalar } | { readonly prefix: string };

/** Fields that are asked for, or ordered by, hold values and no lists. One that is missing is as one that is null. */
export type Where<Row> = { readonly [Field in keyof Stored<Row> & string]?: Condition };

export function isScalar(condition: Condition): condition is Scalar {
  return typeof condition !== 'object' || condition === null;
}

/** Where a page ended: the value of the field ordered by, and the row's id. */
export interface Key {
  readonly value: Scalar;
  readonly id: string;
}

export interface Find<Row> {
  readonly where?: Where<Row>;
  /** A declared index; `_id` without it. Rows with the same value are in the order of their ids. */
  readonly orderBy?: keyof Row & string;
  readonly descending?: boolean;
  /** Only what follows this key in the order asked for. */
  readonly after?: Key;
  readonly limit: number;
}

/** The error of a question ordered by such a field. */
export function undeclaredIndex(field: string): RangeError {
  return new RangeError(`«${field}» is not declared as an index`);
}

/** The rows of one projection as a question reads them: those that are there. */
export interface Rows<Row extends object> {
  get(id: string): Promise<Stored<Row> | undefined>;
  /** The rows of these ids, in their order; undefined where there is none. */
  getMany(ids: readonly string[]): Promise<readonly (Stored<Row> | undefined)[]>;
  find(question: Find<Row>): Promise<readonly Stored<Row>[]>;
  count(where?: Where<Row>): Promise<number>;
}

/** The same rows as they are stored, tombstones included: what a comparison, a rebuild and a process manager read. */
export interface StoredRows<Row extends object> extends Rows<Row> {
  /** As `getMany`, tombstones included. */
  stored(ids: readonly string[]): Promise<readonly (Stored<Row> | undefined)[]>;
  /** All rows by id, tombstones included, after the given id. */
  page(afterId: string | undefined, limit: number): Promise<readonly Stored<Row>[]>;
  /** The same page as texts. */
  texts(afterId: string | undefined, limit: number): Promise<readonly RowText[]>;
}

/** A row as JSON. Rows that were folded alike have the same text nearly always, which is told without reading them. */
export interface RowText {
  readonly id: string;
  readonly row: string;
}

export function textOf(row: Stored<object>): RowText {
  return { id: row._id, row: JSON.stringify(row) };
}

export function rowOf<Row extends object>({ row }: RowText): Stored<Row> {
  return JSON.parse(row) as Stored<Row>;
}

/** The rows that a run folds into. Only who opens a view has them. */
export interface FoldedRows<Row extends object> extends StoredRows<Row> {
  /** Puts each row in its place unless the row there is of the same or a later position. */
  write(rows: readonly Stored<Row>[]): Promise<void>;
}

/** All rows by id, tombstones included, page by page; others have their turn after each. */
export function pagesOf<Row extends object>(rows: StoredRows<Row>): AsyncGenerator<readonly Stored<Row>[]> {
  return pages(
    (after) => rows.page(after, pageSize),
    ({ _id }) => _id,
  );
}

/** The same as texts. */
export function textPagesOf(rows: StoredRows<object>): AsyncGenerator<readonly RowText[]> {
  return pages(
    (after) => rows.texts(after, pageSize),
    ({ id }) => id,
  );
}

async function* pages<One>(read: (after: string | undefined) => Promise<readonly One[]>, idOf: (one: One) => string) {
  for (let after: string | undefined; ;) {
    const page = await read(after);
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    if (page.length < pageSize) return;
    after = idOf(last);
    await new Promise(setImmediate);
  }
}

const pageSize = 500;

/** How far a projection has come: of which log, and in which version of the projection. */
export interface Checkpoint {
  readonly log: string;
  /** Undefined where it was only begun: rows that may be there already are of this version. */
  readonly position?: Position;
  readonly version: number;
  /** The position of the last event that changed a row, or up to which all were rebuilt; undefined where none has. */
  readonly changed?: Position;
  /** The event before which it is paused. */
  readonly stoppedAt?: Poison;
}

/** What a projection could not fold, and why. */
export interface Poison {
  readonly event: string;
  readonly type: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: Position;
  readonly reason: string;
}

/** A view as its runner has it. */
export interface Opened<Row extends object> {
  /** What is put in the view's place later is not written to by these. */
  readonly rows: FoldedRows<Row>;
  readonly checkpoint: Checkpoint | undefined;
  /** Saves the checkpoint of these rows if the one there is still the previous one; false where another runner was faster, or the view has other rows by now. */
  readonly saveCheckpoint: (next: Checkpoint, previous: Checkpoint | undefined) => Promise<boolean>;
}

/**
 * Who runs a share of the work. A holder gives heartbeats as long as it lives; who sees none for a lease's whole length may
 * take it over. No clock is compared with another machine's: what a holder that was taken for dead still does, the
 * checkpoints refuse.
 */
export interface Lease {
  readonly name: string;
  readonly owner: string;
  /** How many heartbeats were given: grows by one with each. */
  readonly heartbeats: number;
}

/** The leases that servers share their work by. */
export interface Leases {
  list(): Promise<readonly Lease[]>;
  /** Takes the lease, or keeps it, if it still is as it was told (undefined: held by nobody). Undefined where somebody was faster. */
  claim(name: string, owner: string, previous: Lease | undefined): Promise<Lease | undefined>;
  /** Gives the lease back, if it still is this one. */
  release(lease: Lease): Promise<void>;
}

export const { texts: viewStoreFailures, fail: failViews } = failures({
  'views-unavailable': {
    fi: 'Näkymiä ei voi nyt lukea ({reason}). Komennot kirjataan silti: kysy hetken päästä uudelleen.',
    sv: 'Vyerna kan inte läsas just nu ({reason}). Kommandon registreras ändå: fråga igen om en stund.',
    en: 'The views cannot be read just now ({reason}). Commands are recorded all the same: ask again in a moment.',
    terms: { reason: outageReasons },
  },
  'log-behind-views': {
    fi: 'Tapahtumaloki ei ole se, josta näkymä {view} muodostettiin: loki päättyy kohtaan {head}, näkymä on kohdassa {position}. Lokia on lyhennetty tai se on vanhempi kopio. Palauta uudempi loki. Jos tämän lokin on määrä jatkua, siirrä tiedosto {file} ensin pois: näkymät muodostetaan silloin lokista.',
    sv: 'Händelseloggen är inte den som vyn {view} byggdes upp ur: loggen slutar vid {head}, vyn är vid {position}. Loggen har kortats av eller är en äldre kopia. Återställ den nyare loggen. Om det är den här loggen som ska fortsätta, flytta först undan filen {file}: vyerna byggs då upp ur loggen.',
    en: 'The event log is not the one that the view {view} was made from: the log ends at {head}, the view is at {position}. The log was cut, or is an older copy. Restore the newer log. If this log is to go on, move the file {file} away first: views are then made from the log.',
  },
  'views-of-newer-version': {
    fi: 'Tietokannan {database} näkymät ovat uudemman ohjelmaversion (muoto {found}, tämä lukee {known}). Käynnistä uudempi versio tai anna tyhjä tietokanta (MONGODB_URL): näkymät muodostetaan lokista uudelleen.',
    sv: 'Vyerna i databasen {database} hör till en nyare programversion (format {found}, denna läser {known}). Starta den nyare versionen eller ange en tom databas (MONGODB_URL): vyerna byggs upp ur loggen på nytt.',
    en: 'The views in the database {database} are of a newer version of the program (format {found}, this one reads {known}). Start the newer version, or give an empty database (MONGODB_URL): views are rebuilt from the log.',
  },
});

/** Where projections keep their rows. What every adapter promises is in `view-store.contract.ts`. Methods throw Failed `views-unavailable` where it cannot be reached. */
export interface ViewStore {
  /** Who runs which projection, where several servers share the store; undefined where one server has it to itself. */
  readonly leases: Leases | undefined;
  /** How often anything that can be read here has changed; undefined where other processes write, too, so that nobody knows it at once. */
  readonly changeCount?: number | undefined;
  /** The rows that are served under the name, now and later. Fields that are ordered by are declared as indexes. */
  collection<Row extends object>(name: string, indexes?: readonly string[]): StoredRows<Row>;
  /** The collection of the name to fold into, made where there is none. */
  open<Row extends object>(name: string, indexes?: readonly string[]): Promise<Opened<Row>>;
  /**
   * Puts one collection and its checkpoint in another's place at once; its readers then read the new one. False where the
   * rows there have come further meanwhile, so that readers would go back; those that are paused at an event may do that.
   */
  replace(name: string, by: string): Promise<boolean>;
  drop(name: string): Promise<void>;
  checkpoint(name: string): Promise<Checkpoint | undefined>;
  /** All checkpoints, by name. */
  checkpoints(): Promise<ReadonlyMap<string, Checkpoint>>;
  /** The same of the rows that this server opened last under the name. */
  saveCheckpoint(name: string, next: Checkpoint, previous: Checkpoint | undefined): Promise<boolean>;
  /** Calls back where rows that were written were lost, and can be written again: who folds opens them anew. Missing where nothing is lost that was written. */
  onLost?(listener: () => void): void;
  /** Resolves where rows can be read just now. @throws whatever stands in the way */
  probe(): Promise<void>;
  close(): Promise<void>;
}

import type { Codec } from '#event-store/codec';
import type { EventLog, LoggedEvent } from '#event-store/event-log';
import type { AnyDecider } from '#kernel/decider';
import { streamCategory, type Position, type Recorded } from '#kernel/envelope';
import { withOpened, type Sealed } from '#kernel/event-schema';
import { entry } from '#kernel/keyed';
import type { LocalizedText } from '#kernel/localized-text';
import { Failed, filledTexts, type Details, type ErrorTexts } from '#kernel/refused';
import type { Stored } from '#kernel/projection';
import { heldAt } from '#kernel/timeline';
import { lastInstant, type When } from '#kernel/when';
import type { PrefixScans } from '#views/past/prefix-scans';
import { rowOf, textOf, type RowText, type StoredRows } from '#view-store/view-store';
import { textsById, compare } from '#views/rebuild/comparison';
import { failProjection } from '#views/run/projection-runner.failures';
import type { InTree } from './causes.js';
import { changesBetween, type Change } from './changes.js';
import { sentenceOf } from './sentence.js';
import { decoded } from './state-history.js';
import { contentOf, type Followed, type TrailCalls } from './trail-calls.js';
import { failTrail } from './trail.failures.js';
import { outcomeOf, type FoundPlaces, type Group, type Outcome, type TrailFilter, type Wanted } from './trail-index.js';

/** What a reader sees of an event and of sealed texts. */
export interface Sight {
  /** Undefined where they may not even know that it happened. */
  readonly dataFor: (event: Recorded) => Promise<unknown>;
  /** What stands in the place of a sealed text. */
  readonly open: (text: Sealed) => Promise<unknown>;
}

/** What is on the trail of an event beside the event itself. */
export interface TrailEntry {
  readonly event: Recorded;
  readonly data: unknown;
  readonly sentence: LocalizedText;
  readonly outcome: Outcome;
  /** Of a command that a rule refused: why. */
  readonly refusal: { readonly code: string; readonly text: LocalizedText } | undefined;
  /** The decider that decided, and what it was told of other streams, by name. */
  readonly decider: string | undefined;
  readonly facts: readonly string[];
}

/** A page of what was found. */
export interface Found<Item> extends Omit<FoundPlaces, 'places'> {
  readonly items: readonly Item[];
}

/** What an event changed in a state or a row, as the reader sees it. */
export interface Difference {
  readonly before: unknown;
  readonly after: unknown;
  readonly changes: readonly Change[];
}

/** A step of a row, with the event that was folded into it. */
export interface ReplayStep extends Difference {
  readonly entry: TrailEntry;
}

/** A moment of what was known: a place in the log, or a time. */
export interface Known {
  readonly position?: Position | undefined;
  readonly knownAt?: When | undefined;
  /** As it held then: nothing that is about a later time. */
  readonly asOf?: When | undefined;
}

/** Two states of a view, row for row. */
export interface ViewComparison {
  readonly rows: number;
  readonly differing: number;
  /** The first of them. */
  readonly differences: readonly (Difference & { readonly key: string })[];
}

export interface TrailAnswering {
  readonly calls: TrailCalls;
  readonly log: Pick<EventLog, 'head'>;
  readonly codec: Pick<Codec, 'decode' | 'descriptionOf' | 'fieldsOf'>;
  readonly scans: Pick<PrefixScans, 'rows'>;
  /** The names of those that can be scanned. */
  readonly views: readonly string[];
  readonly deciders: readonly AnyDecider[];
  /** Of refusals and failures. */
  readonly texts: ErrorTexts;
}

/** What happened, who did it, what caused it and what it changed, as a reader sees it. */
export class Trail {
  private readonly deciders: ReadonlyMap<string, AnyDecider>;

  constructor(private readonly parts: TrailAnswering) {
    this.deciders = new Map(parts.deciders.map((decider) => [decider.category, decider]));
  }

  /** What is found, in the order of the log. Of a page what the reader may not know of is left out. */
  async search(filter: TrailFilter, wanted: Wanted, sight: Sight): Promise<Found<TrailEntry>> {
    const { events, ...found } = await this.parts.calls.search(filter, wanted);
    return { items: await this.entriesOf(events, sight), ...found };
  }

  counts(filter: TrailFilter, by: Group): ReturnType<TrailCalls['counts']> {
    return this.parts.calls.counts(filter, by);
  }

  /** @throws Failed `trail-event-unknown` */
  async entry(id: string, sight: Sight): Promise<TrailEntry> {
    const event = await this.parts.calls.event(id);
    const found = event && (await this.entryOf(event, sight));
    if (!found) throw failTrail('trail-event-unknown', { event: id });
    return found;
  }

  /** The event that caused this one; undefined where a person's command did. */
  async causeOf({ event: { metadata } }: TrailEntry, sight: Sight): Promise<TrailEntry | undefined> {
    const { causationId, commandId } = metadata;
    const cause = causationId === commandId ? undefined : await this.parts.calls.event(causationId);
    return cause && this.entryOf(cause, sight);
  }

  /** What the event caused at once. */
  async effectsOf({ event: { id } }: TrailEntry, sight: Sight): Promise<readonly TrailEntry[]> {
    return (await this.search({ causedBy: id }, { limit: mostEffects, fromEnd: false }, sight)).items;
  }

  /** The tree of causes and effects that the event stands in. @throws Failed `trail-event-unknown` */
  async tree(id: string, sight: Sight): Promise<readonly InTree<TrailEntry>[]> {
    const tree = await this.parts.calls.tree(id);
    if (tree.length === 0) throw failTrail('trail-event-unknown', { event: id });
    const entries = await Promise.all(tree.map(({ item }) => this.entryOf(item, sight)));
    return tree.flatMap(({ depth }, index) => {
      const item = entries[index];
      return item ? [{ depth, item }] : [];
    });
  }

  /** What the event changed in the state of its stream; undefined where that has none. */
  async differenceOf({ event: { stream, revision } }: TrailEntry, sight: Sight): Promise<Difference | undefined> {
    const changed = await this.parts.calls.changed(stream, revision);
    return changed && seen(changed, sight);
  }

  /** How a row came to be, step by step. @throws Failed `projection-unknown` */
  async replay(followed: Followed, wanted: Wanted, sight: Sight): Promise<Found<ReplayStep> & { readonly stoppedAt: string | undefined }> {
    const { steps, ...found } = await this.parts.calls.steps(followed, wanted);
    const items = await Promise.all(
      steps.map(async ({ event, before, after, changes }) => {
        const item = await this.entryOf(event, sight);
        return item && { entry: item, ...(await seen({ before: contentOf(before), after: contentOf(after), changes }, sight)) };
      }),
    );
    return { items: items.filter((item) => item !== undefined), ...found };
  }

  /** A view as it was known at two moments, and as it held at two times where they are given: one of its rows, or all. What stands elsewhere in the log and says the same is the same. @throws Failed `trail-moment`, `position-unknown`, `projection-unknown` */
  async compare(view: string, key: string | undefined, from: Known, to: Known, sight: Sight): Promise<ViewComparison> {
    const [before, after] = [await this.rowsAt(view, from), await this.rowsAt(view, to)];
    const differenceOf = async (id: string, [one, other]: readonly (object | undefined)[]) => {
      const [was, is] = [contentOf(one), contentOf(other)];
      return { key: id, ...(await seen({ before: was, after: is, changes: changesBetween(was, is) }, sight)) };
    };
    if (key !== undefined) {
      const [one, other] = await Promise.all([before.get(key), after.get(key)]);
      const found = await differenceOf(key, [one && heldRow(one, from), other && heldRow(other, to)]);
      const differing = found.changes.length > 0 ? 1 : 0;
      return { rows: 1, differing, differences: differing ? [found] : [] };
    }
    const { rows, differing, differences } = await compare(view, heldRows(before, from), heldRows(after, to));
    return {
      rows,
      differing,
      differences: await Promise.all(differences.map(({ id, served, rebuilt }) => differenceOf(id, [served, rebuilt]))),
    };
  }

  private async rowsAt(view: string, { position, knownAt }: Known) {
    const { views } = this.parts;
    if (!views.includes(view)) throw failProjection('projection-unknown', { projection: view, known: views });
    if ((position == null) === (knownAt == null)) throw failTrail('trail-moment');
    const at = position ?? (await this.parts.calls.prefixAt(knownAt as When));
    if (at > (await this.parts.log.head())) throw failProjection('position-unknown', { position: at });
    return this.parts.scans.rows<object>(view, at);
  }

  private async entriesOf(events: readonly LoggedEvent[], sight: Sight): Promise<readonly TrailEntry[]> {
    return (await Promise.all(events.map((event) => this.entryOf(event, sight)))).filter((one) => one !== undefined);
  }

  private async entryOf(logged: LoggedEvent, sight: Sight): Promise<TrailEntry | undefined> {
    const { codec, texts } = this.parts;
    const event = decoded(codec, logged);
    const data = (await sight.dataFor(event)) as Readonly<Record<string, unknown>> | undefined;
    if (data === undefined) return undefined;
    const { type, metadata } = event;
    const outcome = outcomeOf(type);
    const { code, details = {} } = outcome === 'refused' ? (data as { readonly code?: string; readonly details?: Details }) : {};
    const text = code === undefined ? undefined : entry(texts, code);
    const sentence = sentenceOf({
      description: codec.descriptionOf(type),
      fields: codec.fieldsOf(type),
      data,
      actor: metadata.actor,
      because: text && { text, details },
    });
    const about = outcome === 'recorded' ? event.stream : (data as { readonly stream?: string }).stream;
    const decider = this.deciders.get(streamCategory(about ?? ''));
    return {
      event,
      data,
      sentence,
      outcome,
      refusal: code === undefined ? undefined : { code, text: text ? filledTexts(text, details) : { fi: code, sv: code, en: code } },
      decider: decider?.category,
      facts: Object.keys(entry(decider?.needs ?? {}, metadata.command ?? '') ?? {}),
    };
  }
}

/** An event causes few others; more are found by a search. */
const mostEffects = 100;

/** The difference with sealed texts opened, as far as the reader sees them. */
async function seen({ before, after, changes }: Difference, { open }: Sight): Promise<Difference> {
  return (await withOpened({ before, after, changes }, open)) as Difference;
}

/** What a failure to open a text leaves in its place. */
export function openedOr(found: string | null | Failed): unknown {
  return found instanceof Failed ? { code: found.code } : found;
}

/** Of a removed row nothing held. */
async function* heldRows(rows: StoredRows<object>, known: Known): AsyncGenerator<RowText> {
  for await (const text of textsById(rows)) {
    const row = rowOf(text);
    if (!row.removed) yield textOf(heldRow(row, known));
  }
}

/** The row as it held, without where its last event stands in the log. */
function heldRow(row: Stored<object>, { asOf }: Known): Stored<object> {
  const nowhere = { ...row, position: '', revision: 0 };
  return asOf == null ? nowhere : heldAt(nowhere, lastInstant(asOf));
}

import type { ThreadCalls } from '#engines/thread-calls';
import type { Codec } from '#event-store/codec';
import type { EventLog, LoggedEvent } from '#event-store/event-log';
import type { AlarmClock } from '#kernel/clock';
import type { AnyFold } from '#kernel/decider';
import type { Position, Revision } from '#kernel/envelope';
import { omit } from '#kernel/keyed';
import type { AnyProjection, Stored } from '#kernel/projection';
import { firstInstant, lastInstant, type When } from '#kernel/when';
import { causeTrees, type InTree } from './causes.js';
import { changesBetween, type Change } from './changes.js';
import { RowHistory, type RowStep } from './row-history.js';
import { StateHistory, type Around } from './state-history.js';
import { failTrail } from './trail.failures.js';
import type { FoundPlaces, Group, Place, TrailFilter, TrailIndex, Wanted } from './trail-index.js';

/** A tree of causes has so many events at most. */
const mostInTree = 500;

/** A page of what was found, in the order of the log. */
export interface FoundEvents extends Omit<FoundPlaces, 'places'> {
  readonly events: readonly LoggedEvent[];
}

/** A state before and after an event, and what differs. */
export interface Changed extends Around {
  readonly changes: readonly Change[];
}

/** A step of a row, and what it changed. */
export interface ChangedRow extends RowStep {
  readonly changes: readonly Change[];
}

/** A page of what a row was. */
export interface FoundSteps extends Omit<FoundPlaces, 'places'> {
  readonly steps: readonly ChangedRow[];
  /** Why the view goes no further. */
  readonly stoppedAt: string | undefined;
}

/** Which row is followed, and as it was known and held when. */
export interface Followed {
  readonly view: string;
  readonly key: string;
  readonly knownAt?: When;
  readonly asOf?: When;
}

/** What is asked of the trail in a thread of its own: nothing that reads so much runs on the thread that answers. */
export type TrailCalls = {
  search(filter: TrailFilter, wanted: Wanted): Promise<FoundEvents>;
  counts(filter: TrailFilter, by: Group): Promise<readonly { readonly value: string; readonly count: number }[]>;
  event(id: string): Promise<LoggedEvent | undefined>;
  /** The tree that the event stands in. */
  tree(id: string): Promise<readonly InTree<LoggedEvent>[]>;
  /** What the event did to the state of its stream; undefined where its streams have none. */
  changed(stream: string, revision: Revision): Promise<Changed | undefined>;
  steps(followed: Followed, wanted: Wanted): Promise<FoundSteps>;
  /** The position of the last event that was known then. */
  prefixAt(knownAt: When): Promise<Position>;
  /** What is not what the log says in the index of the trail, in words; it is made anew then. */
  indexFindings(): Promise<readonly string[]>;
};

export interface TrailParts {
  readonly log: EventLog;
  readonly index: TrailIndex;
  readonly codec: Codec;
  readonly clock: AlarmClock;
  readonly folds: readonly AnyFold[];
  readonly projections: readonly AnyProjection[];
  /** Longest time for which a question reads, in milliseconds. */
  readonly longestMs: number;
}

/** Answers from the index and the log. */
export function trailCalls({ log, index, codec, clock, folds, projections, longestMs }: TrailParts): TrailCalls {
  const states = new StateHistory(log, codec, folds);
  const rows = new RowHistory(log, codec, projections, longestMs, () => clock.now());
  /** Brings the index up to the log; where that takes too long it goes on, and who asked is told how far it is. */
  const reach = async () => {
    const late = Promise.withResolvers<never>();
    const stop = clock.alarm(clock.now() + longestMs, () => late.reject(failTrail('trail-behind', { read: index.size })));
    try {
      await Promise.race([index.reach(), late.promise]);
    } finally {
      stop();
    }
  };
  const eventAt = async ({ stream, revision }: Place): Promise<LoggedEvent> => {
    const [event] = await log.readStream(stream, { from: revision, limit: 1 });
    if (!event) throw failTrail('trail-unavailable', { reason: `revision ${revision} of ${stream} is not in the log` });
    return event;
  };
  const prefixAt = async (knownAt: When) => (await log.prefixAt(lastInstant(knownAt))).position;
  return {
    async search(filter, wanted) {
      await reach();
      const { places, ...found } = index.find(filter, wanted);
      return { events: await Promise.all(places.map(eventAt)), ...found };
    },
    async counts(filter, by) {
      await reach();
      return index.counts(filter, by);
    },
    async event(id) {
      await reach();
      const place = index.placeOf(id);
      return place && eventAt(place);
    },
    async tree(id) {
      await reach();
      const trees = causeTrees(index.related(id, mostInTree));
      return Promise.all(trees.map(async ({ depth, item }) => ({ depth, item: await eventAt(item) })));
    },
    async changed(stream, revision) {
      const around = await states.around(stream, revision);
      return around && { ...around, changes: changesBetween(around.before, around.after) };
    },
    async steps({ view, key, knownAt, asOf }, wanted) {
      const { steps, stoppedAt } = await rows.of(view, key);
      const upTo = knownAt === undefined ? undefined : await prefixAt(knownAt);
      const isWanted = ({ event }: RowStep) =>
        (upTo === undefined || event.position <= upTo) && (asOf === undefined || isAbout(event, asOf));
      const { items, ...page } = pageOf(steps.filter(isWanted), ({ event }) => event.position, wanted);
      return {
        steps: items.map((step) => ({ ...step, changes: changesBetween(contentOf(step.before), contentOf(step.after)) })),
        ...page,
        stoppedAt:
          stoppedAt && `${stoppedAt.event.type}, revision ${stoppedAt.event.revision} of ${stoppedAt.event.stream}: ${stoppedAt.reason}`,
      };
    },
    async indexFindings() {
      const { count, first } = await index.differing();
      return count === 0
        ? []
        : [`${count} entries of the trail were not what the log says, the first at position ${first ?? '-'}: it is made anew`];
    },
    prefixAt,
  };
}

/** The same, asked of a thread. */
export function trailOver(thread: ThreadCalls<TrailCalls>): TrailCalls {
  return {
    search: (...args) => thread.call('search', ...args),
    counts: (...args) => thread.call('counts', ...args),
    event: (...args) => thread.call('event', ...args),
    tree: (...args) => thread.call('tree', ...args),
    changed: (...args) => thread.call('changed', ...args),
    steps: (...args) => thread.call('steps', ...args),
    prefixAt: (...args) => thread.call('prefixAt', ...args),
    indexFindings: () => thread.call('indexFindings'),
  };
}

/** Whether the event is about a time that had begun by then. */
function isAbout({ metadata }: LoggedEvent, asOf: When): boolean {
  const { effectiveAt, recordedAt } = metadata as { readonly effectiveAt?: When; readonly recordedAt: When };
  return firstInstant(effectiveAt ?? recordedAt) <= lastInstant(asOf);
}

/** The row without what the runner keeps in it; undefined for a tombstone. */
export function contentOf(row: object | undefined): object | undefined {
  if (row === undefined || 'removed' in row) return undefined;
  return omit(row as Stored<object>, '_id', 'position', 'revision');
}

/** The wanted page of what is in memory, in its order. */
function pageOf<Item>(all: readonly Item[], positionOf: (item: Item) => Position, { after, before, limit, fromEnd }: Wanted) {
  const start = after === undefined ? 0 : all.findLastIndex((item) => positionOf(item) <= after) + 1;
  const found = before === undefined ? -1 : all.findIndex((item) => positionOf(item) >= before);
  const end = found === -1 ? all.length : found;
  const [from, to] = fromEnd ? [Math.max(start, end - limit), end] : [start, Math.min(end, start + limit)];
  return { items: all.slice(from, to), totalCount: all.length, hasEarlier: from > 0 && to > 0, hasLater: to < all.length };
}

import { Inject } from '@nestjs/common';
import { Args, Context, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { mayRead } from '#access/policy';
import { pageSizeOf, type ConnectionOf, type PageInfo } from '#edge/connection';
import { fail as failConnection } from '#edge/connection';
import { eventFor } from '#edge/event.types';
import type { RequestContext } from '#edge/request-context';
import { UuidScalar } from '#edge/scalars';
import type { VisibleEvents } from '#edge/visible-events';
import type { Codec } from '#event-store/codec';
import type { Position } from '#kernel/envelope';
import { openedOr, type Sight, type Trail, type TrailEntry } from './trail.js';
import { failTrail } from './trail.failures.js';
import type { ReadFilter, ReadRecord } from './read-record.js';
import { RestrictedReadArgs, RestrictedReadsConnection } from './reads.types.js';
import type { FoundPlaces, Group, TrailFilter, Wanted } from './trail-index.js';
import {
  GroupEnum,
  KnownInput,
  ReplayArgs,
  ReplayType,
  TrailArgs,
  TrailConnection,
  TrailCountType,
  TrailDifferenceType,
  TrailEntryType,
  TrailFilterInput,
  TrailNodeType,
  ViewComparisonType,
  type TrailPageArgs,
} from './trail.types.js';

/** Where the trail of the system is found, and what decides who sees what of it. */
export abstract class Trails {
  abstract readonly trail: Trail;
  abstract readonly reads: ReadRecord;
  abstract readonly visible: VisibleEvents;
  abstract readonly codec: Codec;
}

@Resolver(() => TrailEntryType)
export class TrailResolver {
  constructor(@Inject(Trails) private readonly trails: Trails) {}

  @Query(() => TrailConnection, {
    description:
      'What happened, and what was tried, over the whole log: of a matter across all that it is in, or of whatever is looked for. In the order of the log. For auditors.',
  })
  async trail(@Args() { filter, ...page }: TrailArgs, @Context() context: RequestContext): Promise<ConnectionOf<TrailEntryType>> {
    const { items, ...found } = await this.trails.trail.search(filterOf(filter), wantedBy(page), this.sight(context));
    const edges = items.map((item) => ({ cursor: item.event.position, node: this.shown(item, context) }));
    return { edges, totalCount: found.totalCount, pageInfo: pageInfoOf(found, edges) };
  }

  @Query(() => RestrictedReadsConnection, {
    description: 'Which restricted parts officials have read on this server, the latest first. For auditors.',
  })
  restrictedReads(@Args() { filter, first, after }: RestrictedReadArgs): RestrictedReadsConnection {
    const found = this.trails.reads.find((filter ?? {}) as ReadFilter, pageSizeOf(first), placeOf(after));
    const edges = found.reads.map((node) => ({ cursor: String(node.place), node }));
    const { totalCount, keptFrom, hasMore: hasNextPage } = found;
    const ends = { startCursor: edges[0]?.cursor ?? null, endCursor: edges.at(-1)?.cursor ?? null };
    return { edges, totalCount, keptFrom, pageInfo: { hasNextPage, hasPreviousPage: after != null, ...ends } };
  }

  @Query(() => [TrailCountType], { description: 'How many entries the trail has of each value. For auditors.' })
  trailCounts(
    @Args('by', { type: () => GroupEnum }) by: Group,
    @Args('filter', { type: () => TrailFilterInput, nullable: true }) filter?: TrailFilterInput | null,
  ): Promise<readonly TrailCountType[]> {
    return this.trails.trail.counts(filterOf(filter), by);
  }

  @Query(() => TrailEntryType, { description: 'One event with all that is on its trail. For auditors.' })
  async trailEntry(@Args('event', { type: () => UuidScalar }) event: string, @Context() context: RequestContext): Promise<TrailEntryType> {
    return this.shown(await this.trails.trail.entry(event, this.sight(context)), context);
  }

  @Query(() => [TrailNodeType], {
    description: 'The tree of causes and effects that an event stands in, each cause before its effects; 500 at most. For auditors.',
  })
  async trailTree(
    @Args('event', { type: () => UuidScalar }) event: string,
    @Context() context: RequestContext,
  ): Promise<readonly TrailNodeType[]> {
    const tree = await this.trails.trail.tree(event, this.sight(context));
    return tree.map(({ depth, item }) => ({ depth, entry: this.shown(item, context) }));
  }

  @Query(() => ReplayType, {
    description: 'How a row of a view came to be: before and after each event, from any position, as of both times. For auditors.',
  })
  async replay(@Args() { view, key, knownAt, asOf, ...page }: ReplayArgs, @Context() context: RequestContext): Promise<ReplayType> {
    const followed = { view, key, ...(knownAt != null && { knownAt }), ...(asOf != null && { asOf }) };
    const { items, stoppedAt, totalCount, ...found } = await this.trails.trail.replay(followed, wantedBy(page), this.sight(context));
    const steps = items.map(({ entry, ...step }) => ({ ...step, cursor: entry.event.position, entry: this.shown(entry, context) }));
    return { steps, totalCount, pageInfo: pageInfoOf(found, steps), ...(stoppedAt !== undefined && { stoppedAt }) };
  }

  @Query(() => ViewComparisonType, {
    description: 'A view, or one of its rows, as it was known at two moments, and as it held at two times. For auditors.',
  })
  compareView(
    @Args('view', { type: () => String }) view: string,
    @Args('from', { type: () => KnownInput }) from: KnownInput,
    @Args('to', { type: () => KnownInput }) to: KnownInput,
    @Context() context: RequestContext,
    @Args('key', { type: () => String, nullable: true, description: 'The id of a row; all rows without it.' }) key?: string | null,
  ): Promise<ViewComparisonType> {
    const known = ({ position, knownAt, asOf }: KnownInput) => ({
      position: position ?? undefined,
      knownAt: knownAt ?? undefined,
      asOf: asOf ?? undefined,
    });
    return this.trails.trail.compare(view, key ?? undefined, known(from), known(to), this.sight(context));
  }

  @ResolveField(() => TrailEntryType, { nullable: true, description: 'The event that caused it; null where a person’s command did.' })
  async causedBy({ found }: TrailEntryType, _args: unknown, context: RequestContext): Promise<TrailEntryType | undefined> {
    const cause = await this.trails.trail.causeOf(found, this.sight(context));
    return cause && this.shown(cause, context);
  }

  @ResolveField(() => [TrailEntryType], { description: 'What it caused at once.' })
  async caused({ found }: TrailEntryType, _args: unknown, context: RequestContext): Promise<readonly TrailEntryType[]> {
    const effects = await this.trails.trail.effectsOf(found, this.sight(context));
    return effects.map((effect) => this.shown(effect, context));
  }

  @ResolveField(() => TrailDifferenceType, {
    nullable: true,
    description: 'What it changed in the state that decisions about its stream stand on; null where its stream has none.',
  })
  difference({ found }: TrailEntryType, _args: unknown, context: RequestContext): Promise<TrailDifferenceType | undefined> {
    return this.trails.trail.differenceOf(found, this.sight(context));
  }

  private sight({ caller }: RequestContext): Sight {
    const { visible, codec } = this.trails;
    const opens = mayRead('personal texts that are not public', caller, caller);
    return {
      dataFor: (event) => visible.dataFor(event, caller),
      open: async (text) => (opens ? openedOr(await codec.opened(text)) : null),
    };
  }

  private shown(found: TrailEntry, { caller }: RequestContext): TrailEntryType {
    const { event, data, sentence, outcome, refusal, decider, facts } = found;
    const { actor, call, matter, region, commandId, command, correlationId, seen, seenPosition } = event.metadata;
    return {
      event: eventFor(event, this.trails.codec.descriptionOf(event.type), data, caller),
      sentence,
      outcome,
      command: {
        id: commandId,
        correlationId,
        facts,
        seen: Object.entries(seen).map(([stream, revision]) => ({ stream, revision })),
        ...(command !== undefined && { name: command }),
        ...(decider !== undefined && { decider }),
        ...(seenPosition !== undefined && { seenPosition }),
      },
      found,
      ...(refusal && { refusal }),
      ...(actor.organisation !== undefined && { organisation: actor.organisation }),
      ...(actor.region !== undefined && { actorRegion: actor.region }),
      ...(call !== undefined && { call }),
      ...(matter !== undefined && { matter }),
      ...(region !== undefined && { region }),
    };
  }
}

/** A client may send null for what it leaves out. */
function filterOf(filter: TrailFilterInput | null | undefined): TrailFilter {
  return Object.fromEntries(Object.entries(filter ?? {}).filter(([, value]) => value != null));
}

/** @throws Failed `trail-page`, `page-size`, `cursor-unknown` */
function wantedBy({ first, after, last, before }: TrailPageArgs): Wanted {
  if (first != null && last != null) throw failTrail('trail-page');
  return { limit: pageSizeOf(last ?? first), fromEnd: last != null, after: positionOf(after), before: positionOf(before) };
}

function placeOf(cursor: string | null | undefined): number | undefined {
  if (cursor == null) return undefined;
  if (!/^\d{1,15}$/.test(cursor)) throw failConnection('cursor-unknown');
  return Number(cursor);
}

function positionOf(cursor: string | null | undefined): Position | undefined {
  if (cursor == null) return undefined;
  if (!/^[0-9a-f]{32}$/.test(cursor)) throw failConnection('cursor-unknown');
  return cursor;
}

function pageInfoOf(
  { hasEarlier, hasLater }: Pick<FoundPlaces, 'hasEarlier' | 'hasLater'>,
  edges: readonly { readonly cursor: string }[],
): PageInfo {
  return {
    hasPreviousPage: hasEarlier,
    hasNextPage: hasLater,
    startCursor: edges[0]?.cursor ?? null,
    endCursor: edges.at(-1)?.cursor ?? null,
  };
}

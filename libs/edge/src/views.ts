import { ArgsType, Field } from '@nestjs/graphql';
import type { Codec } from '#event-store/codec';
import type { Prefix } from '#event-store/event-log';
import type { Clock } from '#kernel/clock';
import type { Position } from '#kernel/envelope';
import type { Sealed } from '#kernel/event-schema';
import { instantOf, type Instant } from '#kernel/helsinki-time';
import type { AnyProjection, ProjectionOf, Stored } from '#kernel/projection';
import { failures } from '#kernel/refused';
import { firstInstant, lastInstant } from '#kernel/when';
import type { PrefixScans } from '#views/past/prefix-scans';
import type { ProjectionRunner, ProjectionStatus } from '#views/run/projection-runner';
import type { Rows } from '#view-store/view-store';
import { once } from './once.js';
import type { RequestContext } from './request-context.js';
import { AsOfScalar, PositionScalar } from './scalars.js';

const afterDescription =
  'Answer only once the view has folded everything up to this position (a receipt’s), so that one sees one’s own change.';
const asOfDescription = 'What held then; a day means its end in Helsinki. Without it: at `knownAt`, or now.';
const knownAtDescription =
  'As it was known then: from what had been recorded until then; a day means its end in Helsinki. As it is known now without it. `extensions.knownAt` of the answer says until which instant what was recorded is counted; auditors are told the last event of it, too.';

export const { texts: viewFailures, fail } = failures({
  'known-at-future': {
    fi: 'Argumentti knownAt ({knownAt}) on tulevaisuudessa: sitä, mitä silloin tiedetään, ei tiedetä vielä. Anna hetki, joka on jo ollut.',
    sv: 'Argumentet knownAt ({knownAt}) ligger i framtiden: vad som är känt då vet man inte ännu. Ange en tidpunkt som redan har varit.',
    en: 'The argument knownAt ({knownAt}) lies in the future: what is known then is not known yet. Give a time that has been.',
  },
  'too-many-known-at': {
    fi: 'Yhdessä kyselyssä voi olla enintään {most} eri knownAt-arvoa. Kysy muut erikseen.',
    sv: 'En fråga får ha högst {most} olika värden på knownAt. Fråga efter de övriga separat.',
    en: 'One question may have {most} different values of knownAt at most. Ask for the others separately.',
  },
});

/** More earlier times than anybody compares. Each is read from the log. */
const mostKnownAt = 8;

/** The arguments of every question about one thing. */
@ArgsType()
export class AtArgs {
  @Field(() => PositionScalar, { nullable: true, description: afterDescription })
  after?: string | null | undefined;

  @Field(() => AsOfScalar, { nullable: true, description: asOfDescription })
  asOf?: string | null | undefined;

  @Field(() => AsOfScalar, { nullable: true, description: knownAtDescription })
  knownAt?: string | null | undefined;
}

/** The same of a connection, where Relay means a cursor by `after`. */
@ArgsType()
export class ListAtArgs {
  @Field(() => PositionScalar, { nullable: true, description: afterDescription })
  afterPosition?: string | null | undefined;

  @Field(() => AsOfScalar, { nullable: true, description: asOfDescription })
  asOf?: string | null | undefined;

  @Field(() => AsOfScalar, { nullable: true, description: knownAtDescription })
  knownAt?: string | null | undefined;
}

/** Since when answers may lack what was recorded, and why: `log-down`, `views-behind`. */
export interface Staleness {
  readonly since: Instant;
  readonly because: readonly string[];
}

/** What a question is about: what held at an instant, in the rows as they are known. What is joined to an answer is asked of the same moment. */
export interface Moment {
  readonly asOf: Instant;
  rows<Row extends object>(projection: ProjectionOf<Row>): Rows<Row>;
  /** Up to where everything is folded into them; undefined where nothing is, or that is not known. */
  positionOf(projection: Pick<AnyProjection, 'name'>): Position | undefined;
}

/** What resolvers read from: rows, how far they are, what time it is, and what a sealed text says. */
export class Views {
  constructor(
    private readonly runner: ProjectionRunner,
    private readonly scans: PrefixScans,
    private readonly codec: Codec,
    private readonly clock: Clock,
  ) {}

  /** Waits until the projections have folded the position asked for, and says what moment the question is about. */
  async moment(
    { after, asOf, knownAt }: AtArgs,
    context: RequestContext,
    ...projections: readonly Pick<AnyProjection, 'name'>[]
  ): Promise<Moment> {
    const { prefixes } = context;
    if (after != null || knownAt != null) context.isOfItsOwn = true;
    if (after != null)
      await this.runner.reached(
        after,
        projections.map(({ name }) => name),
      );
    const now = instantOf(this.clock.now());
    if (knownAt == null)
      return {
        asOf: asOf == null ? now : lastInstant(asOf),
        rows: (projection) => this.runner.rows(projection),
        positionOf: ({ name }) => this.runner.shownUpTo(name),
      };
    if (firstInstant(knownAt) > now) throw fail('known-at-future', { knownAt });
    if (!prefixes.has(knownAt) && prefixes.size >= mostKnownAt) throw fail('too-many-known-at', { most: mostKnownAt });
    const known = [lastInstant(knownAt), now].sort()[0] as Instant;
    // One prefix for the whole request: today's grows while the request is answered.
    const found =
      prefixes.get(knownAt) ?? this.scans.prefixAt(known).then((prefix) => ({ knownAt, until: known, log: this.runner.log.id, ...prefix }));
    prefixes.set(knownAt, found);
    const prefix = await found;
    return { asOf: asOf == null ? known : lastInstant(asOf), rows: this.rowsOf(prefix), positionOf: () => prefix.position };
  }

  /** The same for a connection, of whose arguments `after` is a cursor. */
  momentOfList(
    { afterPosition, asOf, knownAt }: ListAtArgs,
    context: RequestContext,
    ...projections: readonly Pick<AnyProjection, 'name'>[]
  ): Promise<Moment> {
    return this.moment({ after: afterPosition, asOf, knownAt }, context, ...projections);
  }

  status(): readonly ProjectionStatus[] {
    return this.runner.status();
  }

  /** The rows of views as they were at the end of the prefix; for one view the same object each time, so that what asks for its rows at the same time is asked together. */
  private rowsOf({ position }: Prefix): Moment['rows'] {
    const collections = new Map<string, Rows<object>>();
    return <Row extends object>({ name }: ProjectionOf<Row>) => {
      const rows = collections.get(name) ?? this.scans.rows(name, position);
      collections.set(name, rows);
      return rows as Rows<Row>;
    };
  }

  /** The sealed text; null where its person was forgotten or there is none. Where it is damaged, the failure stands in its place: GraphQL tells it of that field alone. */
  async open(text: Sealed | undefined): Promise<string | null> {
    return text === undefined ? null : ((await this.codec.opened(text)) as string | null);
  }
}

const keptOf = once((_moment: Moment) => new Map<string, Promise<ReadonlyMap<string, Stored<object>>>>());
/** More than there ever are of what is few. */
const mostRows = 10_000;

/** All rows of a view that holds few, by their ids; read once for a moment. */
export function fewRowsAt<Row extends object>(moment: Moment, projection: ProjectionOf<Row>): Promise<ReadonlyMap<string, Stored<Row>>> {
  const kept = keptOf(moment);
  const known =
    kept.get(projection.name) ??
    moment
      .rows(projection)
      .find({ limit: mostRows })
      .then((rows) => new Map(rows.map((row) => [row._id, row] as const)));
  kept.set(projection.name, known);
  return known as Promise<ReadonlyMap<string, Stored<Row>>>;
}

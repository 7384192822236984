import { ArgsType, Field } from '@nestjs/graphql';
import type { Codec } from '#event-store/codec';
import type { Clock } from '#kernel/clock';
import type { Sealed } from '#kernel/event-schema';
import { instantOf, type Instant } from '#kernel/helsinki-time';
import type { AnyProjection } from '#kernel/projection';
import { lastInstant } from '#kernel/when';
import type { ProjectionRunner, ProjectionStatus } from '#read-store/projection-runner';
import type { Collection } from '#read-store/read-store';
import { AsOfScalar, PositionScalar } from './scalars.js';

const afterDescription = 'Answer only once the view has folded everything up to this position (a receipt’s), so that one sees one’s own change.';
const asOfDescription = 'What held then, as it is known now; a day means its end in Helsinki. Now without it.';

/** The arguments of every question about one thing. */
@ArgsType()
export class AtArgs {
  @Field(() => PositionScalar, { nullable: true, description: afterDescription })
  after?: string;

  @Field(() => AsOfScalar, { nullable: true, description: asOfDescription })
  asOf?: string;
}

/** The same of a connection, where Relay means a cursor by `after`. */
@ArgsType()
export class ListAtArgs {
  @Field(() => PositionScalar, { nullable: true, description: afterDescription })
  afterPosition?: string;

  @Field(() => AsOfScalar, { nullable: true, description: asOfDescription })
  asOf?: string;
}

/** A projection whose rows a question is about. */
export interface Shown<Row extends object> {
  readonly name: string;
  readonly indexes?: readonly string[];
  readonly on: Readonly<Record<string, (row: Row | undefined, ...rest: never[]) => unknown>>;
}

/** What a question is about: what held at an instant, in the rows as they are known. What is joined to an answer is asked of the same moment. */
export interface Moment {
  readonly asOf: Instant;
  rows<Row extends object>(projection: Shown<Row>): Collection<Row>;
}

/** What resolvers read from: rows, how far they are, what time it is, and what a sealed text says. */
export class Views {
  constructor(
    private readonly runner: ProjectionRunner,
    private readonly codec: Codec,
    private readonly clock: Clock,
  ) {}

  /** Waits until the projections have folded the position asked for, and says what moment the question is about. */
  async moment({ after, asOf }: AtArgs, ...projections: readonly Pick<AnyProjection, 'name'>[]): Promise<Moment> {
    if (after != null) await this.runner.reached(after, projections.map(({ name }) => name));
    return { asOf: asOf == null ? instantOf(this.clock.now()) : lastInstant(asOf), rows: (projection) => this.runner.rows(projection) };
  }

  /** The same for a connection, of whose arguments `after` is a cursor. */
  momentOfList({ afterPosition, asOf }: ListAtArgs, ...projections: readonly Pick<AnyProjection, 'name'>[]): Promise<Moment> {
    return this.moment({ ...(asOf != null && { asOf }), ...(afterPosition != null && { after: afterPosition }) }, ...projections);
  }

  status(): readonly ProjectionStatus[] {
    return this.runner.status();
  }

  /** The sealed text; null where its person was forgotten or there is none. */
  async open(text: Sealed | undefined): Promise<string | null> {
    return text === undefined ? null : ((await this.codec.open(text)) ?? null);
  }
}

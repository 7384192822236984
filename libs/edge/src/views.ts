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

/** What resolvers read from: rows, how far they are, what time it is, and what a sealed text says. */
export class Views {
  constructor(
    private readonly runner: ProjectionRunner,
    private readonly codec: Codec,
    private readonly clock: Clock,
  ) {}

  rows<Row extends object>(projection: { readonly name: string; readonly indexes?: readonly string[]; readonly on: Readonly<Record<string, (row: Row | undefined, ...rest: never[]) => unknown>> }): Collection<Row> {
    return this.runner.rows<Row>(projection);
  }

  /** Waits until the projections have folded the position, and says which instant the question is about. */
  async at(after: string | null | undefined, asOf: string | null | undefined, ...projections: readonly Pick<AnyProjection, 'name'>[]): Promise<Instant> {
    if (after != null) await this.runner.reached(after, projections.map(({ name }) => name));
    return asOf == null ? instantOf(this.clock.now()) : lastInstant(asOf);
  }

  status(): readonly ProjectionStatus[] {
    return this.runner.status();
  }

  /** The sealed text; null where its person was forgotten or there is none. */
  async open(text: Sealed | undefined): Promise<string | null> {
    return text === undefined ? null : ((await this.codec.open(text)) ?? null);
  }
}

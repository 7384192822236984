import { ArgsType, Field, InputType, Int, ObjectType } from '@nestjs/graphql';
import { connectionType, PageInfo } from '#edge/connection';
import { EventType } from '#edge/event.types';
import { graphqlEnum } from '#edge/graphql-enum';
import { LocalizedTextType } from '#edge/localized-text.type';
import { AsOfScalar, JsonScalar, KeyScalar, PositionScalar, RevisionScalar, UuidScalar, WhenScalar } from '#edge/scalars';
import type { LocalizedText } from '#kernel/localized-text';
import { groups, outcomes, type Outcome, type TrailFilter } from './trail-index.js';
import type { Difference, TrailEntry } from './trail.js';

export const OutcomeEnum = graphqlEnum(
  'TrailOutcome',
  outcomes,
  'What came of what was tried: an event, a refusal by a rule, nothing because it was so already, or nothing because no role permits it.',
);
export const GroupEnum = graphqlEnum('TrailGroup', groups, 'By what the entries of the trail are counted.');

@ObjectType('SeenStream', { description: 'What of a stream a decision stood on.' })
class SeenStreamType {
  @Field(() => String)
  stream!: string;

  @Field(() => RevisionScalar, { description: '"-1" where the stream was not there yet.' })
  revision!: number;
}

@ObjectType('TrailCommand', { description: 'The command by which an event came, and the rule that decided.' })
class TrailCommandType {
  @Field(() => UuidScalar)
  id!: string;

  @Field(() => String, { nullable: true, description: 'Its name; null where the event was recorded before that was kept.' })
  name?: string;

  @Field(() => String, { description: 'The trace of the request, or the event that a process acted on.' })
  correlationId!: string;

  @Field(() => String, { nullable: true, description: 'The decider that decided: the category of its streams.' })
  decider?: string;

  @Field(() => [String], { description: 'What it was told of other streams, by the names that the rule gives it.' })
  facts!: readonly string[];

  @Field(() => [SeenStreamType], { description: 'The streams that it was decided on, its own among them, each at its revision.' })
  seen!: readonly SeenStreamType[];

  @Field(() => PositionScalar, { nullable: true, description: 'What the person’s screen showed, where the client said so.' })
  seenPosition?: string;
}

@ObjectType('TrailRefusal', { description: 'Why a rule refused a command.' })
class TrailRefusalType {
  @Field(() => String)
  code!: string;

  @Field(() => LocalizedTextType)
  text!: LocalizedText;
}

@ObjectType('TrailChange', { description: 'A field that holds something else than before.' })
export class TrailChangeType {
  @Field(() => String, { description: 'JSON Pointer (RFC 6901): /terms/closesAt.' })
  path!: string;

  @Field(() => JsonScalar, { nullable: true, description: 'Null where nothing stood there.' })
  before?: unknown;

  @Field(() => JsonScalar, { nullable: true, description: 'Null where nothing stands there any more.' })
  after?: unknown;
}

@ObjectType('TrailDifference', { description: 'What an event changed: before, after, and each field that differs.' })
export class TrailDifferenceType implements Difference {
  @Field(() => JsonScalar, { nullable: true })
  before!: unknown;

  @Field(() => JsonScalar, { nullable: true })
  after!: unknown;

  @Field(() => [TrailChangeType])
  changes!: readonly TrailChangeType[];
}

@ObjectType('TrailEntry', { description: 'An event with who, why, by which command, caused by what.' })
export class TrailEntryType {
  @Field(() => EventType)
  event!: EventType;

  @Field(() => LocalizedTextType, { description: 'Who did what, in a sentence.' })
  sentence!: LocalizedText;

  @Field(() => OutcomeEnum)
  outcome!: Outcome;

  @Field(() => String, { nullable: true, description: 'The organisation for which the actor acted.' })
  organisation?: string;

  @Field(() => String, { nullable: true, description: 'The region for which the actor acted.' })
  actorRegion?: string;

  @Field(() => String, { nullable: true })
  call?: string;

  @Field(() => String, { nullable: true })
  matter?: string;

  @Field(() => String, { nullable: true, description: 'The region that it is about.' })
  region?: string;

  @Field(() => TrailCommandType)
  command!: TrailCommandType;

  @Field(() => TrailRefusalType, { nullable: true })
  refusal?: TrailRefusalType;

  /** What the fields that are joined are asked of. */
  readonly found!: TrailEntry;
}

export const TrailConnection = connectionType(TrailEntryType, 'Trail');

@ObjectType('TrailCount', { description: 'How many entries have the value.' })
export class TrailCountType {
  @Field(() => String)
  value!: string;

  @Field(() => Int)
  count!: number;
}

@ObjectType('TrailNode', { description: 'An entry in a tree of causes and effects.' })
export class TrailNodeType {
  @Field(() => Int, { description: 'How many causes lead to it; 0 for what nothing on record caused.' })
  depth!: number;

  @Field(() => TrailEntryType)
  entry!: TrailEntryType;
}

@ObjectType('ReplayStep', { description: 'A row before and after an event that was folded into it.' })
export class ReplayStepType extends TrailDifferenceType {
  @Field(() => String)
  cursor!: string;

  @Field(() => TrailEntryType)
  entry!: TrailEntryType;
}

@ObjectType('Replay', { description: 'How a row of a view came to be, event by event.' })
export class ReplayType {
  @Field(() => [ReplayStepType])
  steps!: readonly ReplayStepType[];

  @Field(() => PageInfo)
  pageInfo!: PageInfo;

  @Field(() => Int, { description: 'How many steps there are in all.' })
  totalCount!: number;

  @Field(() => String, { nullable: true, description: 'The event at which the view is paused, and why.' })
  stoppedAt?: string;
}

@ObjectType('RowDifference', { description: 'A row that differs.' })
export class RowDifferenceType extends TrailDifferenceType {
  @Field(() => String)
  key!: string;
}

@ObjectType('ViewComparison', { description: 'A view at two moments.' })
export class ViewComparisonType {
  @Field(() => Int, { description: 'How many rows were compared.' })
  rows!: number;

  @Field(() => Int, { description: 'How many differ.' })
  differing!: number;

  @Field(() => [RowDifferenceType], { description: 'The first 20 of them.' })
  differences!: readonly RowDifferenceType[];
}

@InputType({
  description: 'A moment of what was known: a place in the log, or a time, of which a day means its end. With asOf, what held then.',
})
export class KnownInput {
  @Field(() => PositionScalar, { nullable: true })
  position?: string | null;

  @Field(() => AsOfScalar, { nullable: true })
  knownAt?: string | null;

  @Field(() => AsOfScalar, { nullable: true, description: 'Only what is about a time that had begun then, of what was known.' })
  asOf?: string | null;
}

@InputType({ description: 'What is looked for. All that is given must hold.' })
export class TrailFilterInput implements Nullable<TrailFilter> {
  @Field(() => String, { nullable: true, description: 'One applicant’s case in one call, whichever stream it is in.' })
  matter?: string | null;

  @Field(() => KeyScalar, { nullable: true, description: 'All that belongs to this call.' })
  call?: string | null;

  @Field(() => String, { nullable: true, description: 'A stream, such as network-region-19; what was refused about it, too.' })
  stream?: string | null;

  @Field(() => String, { nullable: true, description: 'Streams of a category, such as grant.' })
  category?: string | null;

  @Field(() => [String], { nullable: true, description: 'Events of one of these types.' })
  types?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'What came of commands of this name; of those not permitted the name of the mutation.',
  })
  command?: string | null;

  @Field(() => UuidScalar, { nullable: true })
  commandId?: string | null;

  @Field(() => String, { nullable: true, description: 'What came of one request.' })
  correlationId?: string | null;

  @Field(() => UuidScalar, { nullable: true, description: 'What this event caused at once.' })
  causedBy?: string | null;

  @Field(() => String, { nullable: true, description: 'The pseudonym of who acted.' })
  actor?: string | null;

  @Field(() => String, { nullable: true, description: 'The role in which they acted.' })
  role?: string | null;

  @Field(() => String, { nullable: true, description: 'The organisation for which they acted.' })
  organisation?: string | null;

  @Field(() => String, { nullable: true, description: 'The code of a region that it is about, or for which the actor acted: 19.' })
  region?: string | null;

  @Field(() => [OutcomeEnum], { nullable: true })
  outcomes?: Outcome[] | null;

  @Field(() => WhenScalar, { nullable: true, description: 'Recorded then or later.' })
  recordedFrom?: string | null;

  @Field(() => WhenScalar, { nullable: true, description: 'Recorded then or earlier.' })
  recordedTo?: string | null;

  @Field(() => WhenScalar, { nullable: true, description: 'About a time that ends then or later.' })
  aboutFrom?: string | null;

  @Field(() => WhenScalar, { nullable: true, description: 'About a time that begins then or earlier.' })
  aboutTo?: string | null;

  @Field(() => String, { nullable: true, description: 'Words, or beginnings of words, of what is not sealed.' })
  text?: string | null;
}

type Nullable<Type> = { readonly [Name in keyof Type]: Type[Name] | null };

@ArgsType()
export class TrailPageArgs {
  @Field(() => Int, { nullable: true, description: 'The first so many, at most 100; 25 without `first` and `last`.' })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'A cursor, or a position: what follows it is answered.' })
  after?: string | null;

  @Field(() => Int, { nullable: true, description: 'The last so many, at most 100, in the order of the log.' })
  last?: number | null;

  @Field(() => String, { nullable: true, description: 'A cursor, or a position: what stands before it is answered.' })
  before?: string | null;
}

@ArgsType()
export class TrailArgs extends TrailPageArgs {
  @Field(() => TrailFilterInput, { nullable: true, description: 'All without it.' })
  filter?: TrailFilterInput | null;
}

@ArgsType()
export class ReplayArgs extends TrailPageArgs {
  @Field(() => String, { description: 'The name of the view: calls, grants …' })
  view!: string;

  @Field(() => String, { description: 'The id of the row: of the call, the matter …' })
  key!: string;

  @Field(() => AsOfScalar, { nullable: true, description: 'Only what was known then.' })
  knownAt?: string | null;

  @Field(() => AsOfScalar, { nullable: true, description: 'Only what is about a time that had begun then.' })
  asOf?: string | null;
}

import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, Int, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { graphqlEnum } from '#edge/graphql-enum';
import { LocalizedTextType } from '#edge/localized-text.type';
import { InstantScalar, JsonScalar, MatterScalar, PositionScalar, RevisionScalar, UuidScalar } from '#edge/scalars';
import type { DecidedAgain, Outcome, OutcomeDifference, SeenStream } from '#event-store/decide-again';
import type { LocalizedText } from '#kernel/localized-text';
import { verdictNames, verdictOf, verdicts, type Verdict, type Wanted } from './decided-again.js';

/** Where decisions of the system are decided again. */
export abstract class Decisions {
  abstract decidedAgain(wanted: Wanted): Promise<DecidedAgain>;
}

const descriptions = Object.fromEntries(Object.entries(verdicts).map(([verdict, { en }]) => [verdict, en])) as Record<Verdict, string>;
const VerdictEnum = graphqlEnum('DecidedAgainVerdict', verdictNames, 'What deciding something again came to.', descriptions);

@ObjectType('SeenFacts', { description: 'A stream as a decision saw it.' })
class SeenStreamType implements SeenStream {
  @Field(() => String)
  stream!: string;

  @Field(() => RevisionScalar, { description: 'Up to which the decision had read it; "-1": it did not exist.' })
  revision!: number;

  @Field(() => Int, {
    description: 'How many events stand in the log after what was seen of it and before the decision: 0 where nothing escaped it.',
  })
  unseen!: number;

  @Field(() => JsonScalar, {
    nullable: true,
    description: 'What its events up to that revision come to, for the rules. A text about a person who was forgotten is null.',
  })
  state!: unknown;
}

@ObjectType('OutcomeDifference', { description: 'In what the two outcomes differ.' })
class OutcomeDifferenceType implements OutcomeDifference {
  @Field(() => String, { description: 'Where, such as `events.0.data.amount`.' })
  path!: string;

  @Field(() => JsonScalar, { nullable: true })
  recorded!: unknown;

  @Field(() => JsonScalar, { nullable: true })
  again!: unknown;
}

@ObjectType('DecidedAgain', { description: 'A decision with all that it stood on, and the same command decided again from that.' })
class DecidedAgainType {
  @Field(() => UuidScalar)
  event!: string;

  @Field(() => String)
  type!: string;

  @Field(() => String)
  stream!: string;

  @Field(() => RevisionScalar)
  revision!: number;

  @Field(() => PositionScalar)
  position!: string;

  @Field(() => String, { nullable: true, description: 'The command that it came of.' })
  command?: string;

  @Field(() => UuidScalar)
  commandId!: string;

  @Field(() => String, { description: 'The role in which was decided.' })
  role!: string;

  @Field(() => String, { description: 'The pseudonym under which the log names who decided.' })
  actor!: string;

  @Field(() => InstantScalar, { description: 'The instant by which the rules judged.' })
  at!: string;

  @Field(() => [SeenStreamType], { description: 'Every stream that the decision stood on, as it was then.' })
  seen!: readonly SeenStream[];

  @Field(() => PositionScalar, {
    nullable: true,
    description: 'What the person’s screen showed, where the client said so: ask a view up to it.',
  })
  seenPosition?: string;

  @Field(() => VerdictEnum)
  verdict!: Verdict;

  @Field(() => LocalizedTextType)
  summary!: LocalizedText;

  @Field(() => JsonScalar, { description: 'What the command came to: `events`, or `refused` with its code.' })
  recorded!: Outcome;

  @Field(() => JsonScalar, { nullable: true, description: 'What it comes to now; null where it cannot be decided again.' })
  again?: Outcome;

  @Field(() => [OutcomeDifferenceType], { description: 'The first 100.' })
  differences!: readonly OutcomeDifference[];

  @Field(() => String, { nullable: true, description: 'The version of the rules by which was decided.' })
  rules?: string;

  @Field(() => String, { description: 'The version of the rules by which was decided again.' })
  rulesNow!: string;
}

@ArgsType()
class DecidedAgainArgs implements Wanted {
  @Field(() => MatterScalar, { nullable: true, description: 'The decision on this application.' })
  decision?: string;

  @Field(() => String, { nullable: true, description: 'Or whatever stands in this stream …' })
  stream?: string;

  @Field(() => RevisionScalar, { nullable: true, description: '… at this revision: an event, or a refusal in `command-<commandId>`.' })
  revision?: number;
}

@Resolver()
export class DecidedAgainResolver {
  constructor(@Inject(Decisions) private readonly decisions: Decisions) {}

  @Query(() => DecidedAgainType, {
    description: 'What a decision, or any other event, stood on, and whether the same command comes to the same on it. For auditors.',
  })
  async decidedAgain(@Args() wanted: DecidedAgainArgs): Promise<DecidedAgainType> {
    const found = await this.decisions.decidedAgain(wanted);
    const { id: event, type, stream, revision, position, metadata } = found.event;
    const { command, commandId, actor, seenPosition, rules } = metadata;
    const { at, seen, recorded, again, differences, rules: rulesNow } = found;
    const verdict = verdictOf(found);
    return {
      ...{ event, type, stream, revision, position, commandId, role: actor.role, actor: actor.id, at, seen },
      ...{ verdict, summary: verdicts[verdict], recorded, differences, rulesNow },
      ...(command !== undefined && { command }),
      ...(seenPosition !== undefined && { seenPosition }),
      ...(typeof again !== 'string' && { again }),
      ...(rules !== undefined && { rules }),
    };
  }
}

import { Field, ObjectType } from '@nestjs/graphql';
import { enumOf, graphqlEnum } from '#edge/graphql-enum';
import { PlanCommentType } from './plan-comment.types.js';
import { pieceKinds, sectionChanges, type Piece, type SectionDifference } from './plan-difference.rules.js';
import { PlanSection } from './plan.events.js';

const SectionChangeEnum = graphqlEnum('SectionChange', sectionChanges, 'What became of a section between two versions.');
const PieceKindEnum = graphqlEnum('PieceKind', pieceKinds, 'Whether both versions have a run of text, or only one of them.');

@ObjectType('Piece')
class PieceType implements Piece {
  @Field(() => PieceKindEnum)
  kind!: Piece['kind'];

  @Field(() => String)
  text!: string;
}

@ObjectType('SectionDifference')
class SectionDifferenceType implements SectionDifference {
  @Field(() => enumOf(PlanSection))
  section!: PlanSection;

  @Field(() => SectionChangeEnum)
  change!: SectionDifference['change'];

  @Field(() => [PieceType], { description: 'The text word by word: what was kept, added and removed.' })
  pieces!: readonly PieceType[];
}

@ObjectType('PlanDifference', { description: 'How a later version of a plan differs from an earlier one.' })
export class PlanDifferenceType {
  @Field(() => [SectionDifferenceType], { description: 'The sections that differ.' })
  sections!: readonly SectionDifferenceType[];

  @Field(() => [PlanCommentType], { description: 'The comments on the earlier version and on those between.' })
  comments!: readonly PlanCommentType[];
}

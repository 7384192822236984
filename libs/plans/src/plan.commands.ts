import { InputType } from '@nestjs/graphql';
import {
  ChoiceField,
  ChoicesField,
  CommandInput,
  DayField,
  EditInput,
  KeyField,
  NumberField,
  ObjectsField,
  TextField,
  VersionField,
} from '#edge/fields';
import { graphqlEnum } from '#edge/graphql-enum';
import { RegionCodeEnum } from '#edge/region.type';
import { Command } from '#kernel/decider';
import type { RegionCode } from '#kernel/region';
import { planCommentKinds, planSections, type PlanCommentKind, type PlanSection } from './plan.events.js';

export const PlanSectionEnum = graphqlEnum('PlanSection', planSections, 'A part of a project plan. Continuity is asked of pilots only.');
export const PlanCommentKindEnum = graphqlEnum(
  'PlanCommentKind',
  planCommentKinds,
  'A concern must be answered before the plan is finalised.',
);

/** Which plan: one for a call and a region, or for a call and an applicant where the call has one application per applicant. */
@InputType({ isAbstract: true })
abstract class PlanCommand extends Command {
  @KeyField()
  call!: string;

  @ChoiceField(RegionCodeEnum)
  region!: RegionCode;

  @KeyField({ optional: true, description: 'Where the call has one application per applicant: whose plan it is.' })
  applicant?: string;
}

@InputType()
class PlanSectionInput {
  @ChoiceField(PlanSectionEnum)
  section!: PlanSection;

  @TextField()
  text!: string;
}

@CommandInput('Drafts a project plan: its first version. It is the region’s own until it is submitted for comment.')
export class DraftPlan extends PlanCommand {
  @ObjectsField(() => PlanSectionInput)
  sections!: PlanSectionInput[];
}

@EditInput('Makes a new version of a plan. Sections that are not named stay as they were.')
export class RevisePlan extends PlanCommand {
  @ObjectsField(() => PlanSectionInput, { description: 'The sections that are written anew.' })
  sections!: PlanSectionInput[];

  @ChoicesField(PlanSectionEnum, { optional: true, description: 'The sections that are taken out.' })
  removed?: PlanSection[];
}

@CommandInput('Submits a version for the agency’s comments. The agency and the ministry see it from now on.')
export class SubmitPlanForComment extends PlanCommand {
  @VersionField()
  version!: number;
}

@CommandInput('Comments on a section of a version that was submitted for comment, on a day of the call’s comment window.')
export class CommentOnPlan extends PlanCommand {
  @KeyField({ description: 'An id of the comment, chosen by who comments.' })
  comment!: string;

  @VersionField()
  version!: number;

  @ChoiceField(PlanSectionEnum)
  section!: PlanSection;

  @ChoiceField(PlanCommentKindEnum)
  kind!: PlanCommentKind;

  @TextField()
  text!: string;

  @TextField({ max: 200, optional: true, description: 'Who comments, for the region to see.' })
  authorName?: string;
}

@CommandInput('Answers a comment, once: by the version that resolves it, or by a text that says why none does.')
export class AnswerPlanComment extends PlanCommand {
  @KeyField()
  comment!: string;

  @VersionField({ optional: true, description: 'A later version than the one commented on.' })
  resolvedBy?: number;

  @TextField({ optional: true })
  text?: string;

  @TextField({ max: 200, optional: true, description: 'Who answers, for the agency to see.' })
  authorName?: string;
}

@CommandInput('Withdraws a comment that waits for its answer. It stays in the plan’s story as withdrawn.')
export class WithdrawPlanComment extends PlanCommand {
  @KeyField()
  comment!: string;

  @TextField({ max: 2_000 })
  reason!: string;
}

@CommandInput('Finalises the plan in its latest version. It is not changed any more.')
export class FinalisePlan extends PlanCommand {
  @VersionField()
  version!: number;
}

@CommandInput('Sets a goal of the plan, or sets it anew, before the plan is finalised.')
export class SetGoal extends PlanCommand {
  @KeyField()
  goal!: string;

  @TextField({ max: 300 })
  indicator!: string;

  @TextField({ max: 50 })
  unit!: string;

  @NumberField({ optional: true, description: 'Left out where it is not known: that is not zero.' })
  baseline?: number;

  @NumberField()
  target!: number;

  @DayField()
  by!: string;
}

@CommandInput('Assesses how far a goal of a final plan has been reached.')
export class AssessGoalProgress extends PlanCommand {
  @KeyField()
  goal!: string;

  @DayField({ description: 'The day that the assessment is about.' })
  on!: string;

  @NumberField({ optional: true, description: 'Left out where it was not measured.' })
  value?: number;

  @TextField({ max: 5_000 })
  assessment!: string;
}

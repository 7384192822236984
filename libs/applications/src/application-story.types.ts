import { Field, ObjectType } from '@nestjs/graphql';
import { enumOf } from '#edge/graphql-enum';
import { LocalizedTextType } from '#edge/localized-text.type';
import { dated, objectOf, recorded } from '#edge/records';
import { DayScalar, InstantScalar, KeyScalar, WhenScalar } from '#edge/scalars';
import { omit } from '#kernel/keyed';
import type { LocalizedText } from '#kernel/localized-text';
import { contentPart, draftContent } from './application-content.events.js';
import { applicationEvents, AskedKind } from './application.events.js';

@ObjectType('ApplicationPart')
class ApplicationPartType extends objectOf(omit(contentPart.fields, 'text', 'secretText')) {
  @Field(() => String, { nullable: true, description: 'Null where it is secret, and you may not see it.' })
  text?: string;
}

@ObjectType('ApplicationContent', { description: 'What is applied for.' })
export class ApplicationContentType extends objectOf(omit(draftContent.fields, 'parts')) {
  @Field(() => [ApplicationPartType])
  parts!: readonly ApplicationPartType[];

  @Field(() => String, {
    nullable: true,
    description: 'SHA-256 over the canonical JSON of the content; for the applicant and the ministry.',
  })
  contentHash?: string;
}

@ObjectType('ApplicantAnswer')
class ApplicantAnswerType {
  @Field(() => InstantScalar)
  arrivedAt!: string;

  @Field(() => String)
  channel!: string;

  @Field(() => Boolean)
  isLate!: boolean;

  @Field(() => String, { nullable: true, description: 'For the applicant and the ministry.' })
  text?: string;

  @Field(() => String, { nullable: true, description: 'What shows when it came another way; for the ministry.' })
  evidence?: string;
}

@ObjectType('AskedOfApplicant', { description: 'A supplement or a statement that was asked for, and what was answered.' })
export class AskedOfApplicantType {
  @Field(() => enumOf(AskedKind))
  kind!: AskedKind;

  @Field(() => KeyScalar)
  id!: string;

  @Field(() => DayScalar, { description: 'The last day, all of it in Helsinki; as it was corrected last.' })
  due!: string;

  @Field(() => Boolean, { description: 'Whether it was withdrawn: nothing waits for it then.' })
  isWithdrawn!: boolean;

  @Field(() => String, { nullable: true, description: 'What is asked; for the applicant and the ministry.' })
  text?: string;

  @Field(() => [ApplicantAnswerType])
  answers!: readonly ApplicantAnswerType[];
}

@ObjectType('Assessment')
export class AssessmentType extends objectOf(omit(applicationEvents.ApplicationAssessed.fields, 'assessor')) {}

@ObjectType('DecisionProposal')
export class DecisionProposalType extends objectOf(omit(applicationEvents.DecisionProposed.fields, 'presenter')) {
  @Field(() => WhenScalar)
  proposed!: string;
}

@ObjectType('ApplicationStep', { description: 'Something that happened to an application.' })
export class ApplicationStepType extends objectOf({ ...dated, ...recorded }) {
  @Field(() => String)
  event!: string;

  @Field(() => LocalizedTextType)
  description!: LocalizedText;

  @Field(() => String, { description: 'In which role somebody did it.' })
  role!: string;

  @Field(() => String, { nullable: true, description: 'Why something was withdrawn or corrected.' })
  reason?: string;
}

@ObjectType('ApplicationStory', { description: 'An application from its draft to the proposal of a decision, as far as you may see it.' })
export class ApplicationStoryType {
  @Field(() => ApplicationContentType, {
    nullable: true,
    description: 'What it said at the time asked for; null where nobody has entered it.',
  })
  content!: ApplicationContentType | null;

  @Field(() => String, { nullable: true, description: 'What shows when the application came another way; for the ministry.' })
  evidence?: string;

  @Field(() => String, { nullable: true, description: 'Who signed it last; for the applicant and the ministry.' })
  signatory!: string | null;

  @Field(() => [AskedOfApplicantType])
  asked!: readonly AskedOfApplicantType[];

  @Field(() => [AssessmentType], { nullable: true, description: 'Null for those who may not see how it is prepared.' })
  assessments!: readonly AssessmentType[] | null;

  @Field(() => DecisionProposalType, {
    nullable: true,
    description: 'What was proposed at the time asked for; null, too, for those who may not see how it is prepared.',
  })
  proposal!: DecisionProposalType | null;

  @Field(() => [String], { nullable: true, description: 'On which grounds persons may not handle it; for those who do.' })
  disqualifications!: readonly (string | null)[] | null;

  @Field(() => [ApplicationStepType])
  steps!: readonly ApplicationStepType[];
}

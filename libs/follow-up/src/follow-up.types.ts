import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import { enumOf, graphqlEnum } from '#edge/graphql-enum';
import { DaysType, LocalizedTextType } from '#edge/localized-text.type';
import { MunicipalityType } from '#edge/municipality.type';
import { RegionType } from '#edge/region.type';
import { CentsScalar, InstantScalar, KeyScalar, PositionScalar } from '#edge/scalars';
import type { Moment } from '#edge/views';
import { IndicatorMeasure } from '#evaluation/indicator.events';
import { IndicatorValueType } from '#evaluation/indicator.types';
import type { Instant } from '#kernel/helsinki-time';
import type { LocalizedText } from '#kernel/localized-text';
import { ServicesOfFormType } from '#services/coverage.types';
import type { SupportForm } from '#services/service-content.events';
import { followUpParts, type FollowUpPart } from './follow-up-changes.answer.js';

const noRateReasons = ['inhabitants-not-known'] as const;
const NoRateReasonEnum = graphqlEnum(
  'NoRateReason',
  noRateReasons,
  'Why there is no rate: the register does not know how many inhabitants there are.',
);

@ObjectType('GoalInAll', { description: 'Goals against results in all regions, of goals that are called and measured alike.' })
export class GoalInAllType {
  @Field(() => String)
  indicator!: string;

  @Field(() => String)
  unit!: string;

  @Field(() => Int, { description: 'How many such goals there are.' })
  goals!: number;

  @Field(() => Float, { description: 'Their targets together.' })
  target!: number;

  @Field(() => Int, { description: 'Of how many of them something was measured.' })
  measured!: number;

  @Field(() => Float, { nullable: true, description: 'The targets of those together; null where nothing was measured.' })
  measuredTarget?: number;

  @Field(() => Float, { nullable: true, description: 'What was measured last of those together: to be held against `measuredTarget`.' })
  measuredResult?: number;

  @Field(() => Int, { description: 'How many of them are reached, as far as is known.' })
  reached!: number;
}

@ObjectType('RegionalIndicatorValue', { description: 'What an indicator came to in a region.' })
class RegionalIndicatorValueType {
  @Field(() => RegionType)
  region!: RegionType;

  @Field(() => IndicatorValueType)
  value!: IndicatorValueType;
}

@ObjectType('IndicatorSeries', { description: 'An indicator by one version of its definition in one period, in all regions.' })
export class IndicatorSeriesType {
  @Field(() => Int)
  version!: number;

  @Field(() => DaysType)
  period!: DaysType;

  @Field(() => [RegionalIndicatorValueType], { description: 'What was reported, missing or not, in the order of the regions’ codes.' })
  values!: readonly RegionalIndicatorValueType[];

  @Field(() => Float, { nullable: true, description: 'The values shown together; null of what does not add up, and where none is shown.' })
  total?: number;

  @Field(() => Int, { description: 'How many values are shown.' })
  shown!: number;

  @Field(() => Int, { description: 'How many are not shown, for they are small.' })
  suppressed!: number;

  @Field(() => Int, { description: 'How many were corrected: their history has what they were.' })
  corrected!: number;

  @Field(() => [RegionType], { description: 'The regions that reported that the value is missing: that is not zero.' })
  missing!: readonly RegionType[];

  @Field(() => [RegionType], { description: 'The regions that take part in the programme and reported nothing.' })
  notReported!: readonly RegionType[];
}

@ObjectType('NationalIndicator', { description: 'An indicator in all regions.' })
export class NationalIndicatorType {
  @Field(() => KeyScalar)
  indicator!: string;

  @Field(() => LocalizedTextType)
  name!: LocalizedText;

  @Field(() => LocalizedTextType)
  unit!: LocalizedText;

  @Field(() => enumOf(IndicatorMeasure))
  measure!: IndicatorMeasure;

  @Field(() => [IndicatorSeriesType], { description: 'By period and version of the definition: versions are not added up.' })
  series!: readonly IndicatorSeriesType[];
}

@ObjectType('RegionsByFrameworkVersion')
export class FrameworkVersionsType {
  @Field(() => Int)
  version!: number;

  @Field(() => Int, { description: 'How many regions evaluated themselves by it.' })
  regions!: number;
}

@ObjectType('RegionsAtLevel', { description: 'The regions that found themselves at a level by a version of the framework.' })
class RegionsAtLevelType {
  @Field(() => Int)
  version!: number;

  @Field(() => Int)
  level!: number;

  @Field(() => LocalizedTextType, { description: 'What the level means in that version.' })
  text!: LocalizedText;

  @Field(() => [RegionType])
  regions!: readonly RegionType[];
}

@ObjectType('CriterionLevels', { description: 'At which levels regions found themselves by a criterion.' })
export class CriterionLevelType {
  @Field(() => KeyScalar)
  framework!: string;

  @Field(() => KeyScalar)
  criterion!: string;

  @Field(() => LocalizedTextType, { description: 'As the newest version among them has it.' })
  text!: LocalizedText;

  @Field(() => [FrameworkVersionsType], { description: 'The versions of the framework that are mixed here.' })
  versions!: readonly FrameworkVersionsType[];

  @Field(() => Boolean, { description: 'Whether there are several: then the levels are to be compared with care.' })
  isMixed!: boolean;

  @Field(() => [RegionsAtLevelType], { description: 'By version and level.' })
  levels!: readonly RegionsAtLevelType[];
}

@ObjectType('FormCoverage', { description: 'How much there is of a form of support, beside what is offered in the whole country.' })
export class FormCoverageType extends ServicesOfFormType {
  @Field(() => Float, { nullable: true, description: 'Services per 1,000 inhabitants.' })
  perThousand?: number;

  @Field(() => NoRateReasonEnum, { nullable: true })
  noRate?: (typeof noRateReasons)[number];
}

@ObjectType('MunicipalCoverage')
export class MunicipalCoverageType {
  @Field(() => MunicipalityType)
  municipality!: MunicipalityType;

  @Field(() => [FormCoverageType])
  forms!: readonly FormCoverageType[];
}

@ObjectType('RegionalCoverage', { description: 'How much there is of each form of support in a region and its municipalities.' })
export class RegionalCoverageType {
  @Field(() => RegionType)
  region!: RegionType;

  @Field(() => Boolean, { description: 'Whether it takes part in the programme, as far as is known.' })
  isInProgramme!: boolean;

  @Field(() => [FormCoverageType])
  forms!: readonly FormCoverageType[];

  @Field(() => [MunicipalCoverageType], { description: 'All its municipalities, those without any support too.' })
  municipalities!: readonly MunicipalCoverageType[];
}

@ObjectType('FollowUpStep', { description: 'How much there was at the end of a step of the period.' })
export class FollowUpStepType {
  @Field(() => InstantScalar)
  at!: string;

  @Field(() => Int, { description: 'Services on offer, those of the whole country among them.' })
  services!: number;

  @Field(() => [ServicesOfFormType])
  forms!: readonly ServicesOfFormType[];

  @Field(() => Int)
  networks!: number;

  @Field(() => Int, { description: 'Organisations that belonged to one network at least.' })
  members!: number;
}

@ObjectType('AppropriationUse', { description: 'What was reserved and what became of it.' })
export class AppropriationUseType {
  @Field(() => KeyScalar, { nullable: true, description: 'Null of all calls together.' })
  call?: string;

  @Field(() => CentsScalar, { description: 'Reserved.' })
  amount!: number;

  @Field(() => CentsScalar, { description: 'Granted of it.' })
  decided!: number;

  @Field(() => CentsScalar, { description: 'What of that has returned.' })
  returned!: number;

  @Field(() => CentsScalar, { description: 'What can still be granted of it.' })
  left!: number;

  @Field(() => CentsScalar, { description: 'Decided to be paid.' })
  paid!: number;

  @Field(() => CentsScalar, { description: 'What came back of that, without interest.' })
  repaid!: number;
}

@ObjectType('AppropriationsUse', { description: 'How the appropriations of a period are used.' })
export class AppropriationsUseType {
  @Field(() => AppropriationUseType)
  inAll!: AppropriationUseType;

  @Field(() => [AppropriationUseType])
  calls!: readonly AppropriationUseType[];
}

@ObjectType('NationalFollowUp', {
  description:
    'What digital support in the whole country came to in a period. What is reported of the period is told as it is known at the time asked for; what there is (coverage, money) as it was at the end of the period, or at the time asked for where that is earlier.',
})
export class NationalFollowUpType {
  @Field(() => DaysType)
  period!: DaysType;

  /** What is known, and what there was at the end of the period. */
  moment!: Moment;
  atEnd!: Moment;
  instants!: readonly Instant[];
}

const FollowUpPartEnum = graphqlEnum('FollowUpPart', followUpParts, 'A part of the national follow-up.');

@ObjectType('FollowUpPartChange', { description: 'A part of the national follow-up says something else than before.' })
class FollowUpPartChangeType {
  @Field(() => FollowUpPartEnum)
  part!: FollowUpPart;

  @Field(() => [RegionType], { description: 'Of which regions; none where it is of the whole country alone.' })
  regions!: readonly RegionType[];
}

@ObjectType('NationalFollowUpChange', {
  description: 'That the national follow-up of a period, as you may see it, says something else than before.',
})
export class NationalFollowUpChangeType {
  @Field(() => PositionScalar, {
    nullable: true,
    description: 'Ask `nationalFollowUp` after it for the figures; null where nothing is recorded yet.',
  })
  position?: string;

  @Field(() => [FollowUpPartChangeType], {
    description: 'What changed; empty in the first one, which says from where on changes are told.',
  })
  changes!: readonly FollowUpPartChangeType[];
}

/** How much there is of each form, per 1,000 inhabitants where it is known how many they are: it is not, in any register that this one reads. */
export function coverageOfForms(forms: readonly { readonly form: SupportForm; readonly services: number }[]): readonly FormCoverageType[] {
  return forms.map((one) => ({ ...one, noRate: 'inhabitants-not-known' }));
}

import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import { enumOf, graphqlEnum } from '#edge/graphql-enum';
import { LocalizedTextType } from '#edge/localized-text.type';
import { municipalityOf, MunicipalityType } from '#edge/municipality.type';
import { dated, objectOf, recorded } from '#edge/records';
import { KeyScalar, WhenScalar } from '#edge/scalars';
import type { Moment } from '#edge/views';
import { dayOf, type Instant } from '#kernel/helsinki-time';
import { omit, pick } from '#kernel/keyed';
import type { LocalizedText } from '#kernel/localized-text';
import { isSmall, withoutSmallCells } from '#kernel/small-cells';
import { entryAt, isThen, valueAt, type Dated, type Timeline } from '#kernel/timeline';
import { balancesOf, noRatioReasons, tellsOfPersons, type Need, type NoRatioReason, type Supply } from './balance.rules.js';
import { CommunicationChannel, communicationEvents } from './communication.events.js';
import type { CommunicationRow, CommunicationsRow } from './communications.projection.js';
import type { DevelopmentActionsRow } from './development-actions.projection.js';
import { developmentEvents } from './development.events.js';
import type { RegionalSurveyRow, RegionalSurveysRow } from './regional-surveys.projection.js';
import { surveyEvents, SupportUnit } from './survey.events.js';

const NoRatioReasonEnum = graphqlEnum(
  'NoRatioReason',
  noRatioReasons,
  'Why there is no ratio: no need or no supply was recorded in this unit, the need is zero, it is of people who are not added up, or it tells of few people.',
);

const { SurveyWavePublished, SurveyResponseRateReported, NeedRecorded, SupplyRecorded } = surveyEvents;

@ObjectType('SurveyResponse', {
  description: 'How many answered a survey in a region. Small counts are shown to those who work with them only.',
})
export class SurveyResponseType extends objectOf({ ...pick(SurveyResponseRateReported.fields, 'group', 'language', 'invited'), ...dated }) {
  @Field(() => Int, { nullable: true, description: 'Null where it is suppressed.' })
  answered?: number;

  @Field(() => Float, { nullable: true, description: 'Of those who were asked, from 0 to 1; null where that is not known or suppressed.' })
  rate?: number;

  @Field(() => Boolean, { description: 'Whether the count is so small that it is not shown.' })
  isSuppressed!: boolean;

  @Field(() => Int, { description: 'How often it was corrected until then.' })
  corrections!: number;
}

@ObjectType('RegionalSurvey', { description: 'A survey wave as it went in a region.' })
export class RegionalSurveyType extends objectOf({ ...omit(SurveyWavePublished.fields, 'names', 'regions'), ...dated }) {
  @Field(() => KeyScalar)
  id!: string;

  @Field(() => LocalizedTextType)
  name!: LocalizedText;

  @Field(() => Boolean, { description: 'Whether it can be answered then.' })
  isOpen!: boolean;

  @Field(() => [SurveyResponseType])
  responses!: SurveyResponseType[];

  @Field(() => LocalizedTextType, { nullable: true, description: 'What it found, once it is concluded.' })
  findings?: LocalizedText;
}

@ObjectType('SupportNeed', { description: 'How much support is needed in a municipality.' })
export class SupportNeedType extends objectOf({ ...pick(NeedRecorded.fields, 'audience', 'topic', 'unit'), ...dated }) {
  @Field(() => Int, { nullable: true, description: 'Null where it is suppressed.' })
  volume?: number;

  @Field(() => Boolean, { description: 'Whether the count of people is so small that it is not shown.' })
  isSuppressed!: boolean;
}

@ObjectType('SupportSupply', { description: 'How much support can be given in a municipality.' })
export class SupportSupplyType extends objectOf({ ...pick(SupplyRecorded.fields, 'form', 'capacity', 'unit'), ...dated }) {}

@ObjectType('SupportBalance', { description: 'Need against supply in one unit. What was not recorded is null, and not zero.' })
export class SupportBalanceType {
  @Field(() => enumOf(SupportUnit))
  unit!: SupportUnit;

  @Field(() => Int, {
    nullable: true,
    description: 'What is needed together; null where it is not known, suppressed, or of people in several figures.',
  })
  need?: number;

  @Field(() => Int, { nullable: true, description: 'What there is together; null where it is not known.' })
  supply?: number;

  @Field(() => Float, { nullable: true, description: 'Supply through need: 1 where the need is met.' })
  ratio?: number;

  @Field(() => NoRatioReasonEnum, { nullable: true })
  noRatio?: NoRatioReason;
}

@ObjectType('MunicipalNeedAndSupply', {
  description: 'What support a municipality needs, by audience and topic, against what there is, by form.',
})
export class MunicipalNeedAndSupplyType {
  @Field(() => MunicipalityType)
  municipality!: MunicipalityType;

  @Field(() => [SupportNeedType])
  needs!: SupportNeedType[];

  @Field(() => [SupportSupplyType])
  supplies!: SupportSupplyType[];

  @Field(() => [SupportBalanceType], { description: 'Unit by unit.' })
  balances!: readonly SupportBalanceType[];
}

@ObjectType('DevelopmentAction', { description: 'What a region agreed to do so that support matches the need.' })
export class DevelopmentActionType extends objectOf({
  ...omit(developmentEvents.DevelopmentActionAgreed.fields, 'action', 'names', 'municipalities', 'responsible'),
  ...dated,
}) {
  @Field(() => KeyScalar)
  id!: string;

  @Field(() => LocalizedTextType)
  name!: LocalizedText;

  @Field(() => [MunicipalityType], { description: 'Where it is done; in the whole region where there are none.' })
  municipalities!: MunicipalityType[];

  @Field(() => WhenScalar, { nullable: true, description: 'Null while it goes on.' })
  completedAt?: string;

  @Field(() => String, { nullable: true, description: 'What came of it.' })
  outcome?: string;

  @Field(() => Boolean, { description: 'Whether it was to be completed before then, and was not.' })
  isOverdue!: boolean;

  responsibleId?: string;
  moment!: Moment;
}

@ObjectType('CommunicationReach', { description: 'Whom a communication reached, as it was told at a time.' })
class CommunicationReachType extends objectOf({
  ...pick(communicationEvents.CommunicationPublished.fields, 'reach', 'reachFrom'),
  ...dated,
  ...recorded,
}) {}

@ObjectType('Communication', { description: 'How it was told of digital support, or is planned to be.' })
export class CommunicationType extends objectOf(omit(communicationEvents.CommunicationPublished.fields, 'communication', 'names')) {
  @Field(() => KeyScalar)
  id!: string;

  @Field(() => LocalizedTextType)
  name!: LocalizedText;

  @Field(() => Boolean, { description: 'Whether it was published by then; else it is planned.' })
  isPublished!: boolean;

  @Field(() => [CommunicationReachType], { description: 'All that was told of whom it reached, the latest last.' })
  reaches!: CommunicationReachType[];
}

@ObjectType('ReachOfChannel', { description: 'How much was published by a channel, and whom it reached as far as that is known.' })
export class ReachOfChannelType {
  @Field(() => enumOf(CommunicationChannel))
  channel!: CommunicationChannel;

  @Field(() => Int)
  published!: number;

  @Field(() => Int, { description: 'Of how many of them it is known whom they reached.' })
  known!: number;

  @Field(() => Int, { nullable: true, description: 'Those together; who was reached twice counts twice. Null where it is known of none.' })
  reach?: number;
}

/** The surveys of the region until the instant, the latest first. */
export function surveysAt({ surveys }: RegionalSurveysRow, { asOf }: Moment, seesSmall: boolean): readonly RegionalSurveyType[] {
  return Object.entries(surveys)
    .filter(([, { wave }]) => isThen(asOf)(wave))
    .map(([id, survey]) => surveyAt(id, survey, asOf, seesSmall))
    .sort((a, b) => b.period.from.localeCompare(a.period.from) || a.id.localeCompare(b.id));
}

function surveyAt(id: string, { wave, rates, findings }: RegionalSurveyRow, asOf: Instant, seesSmall: boolean): RegionalSurveyType {
  const { names, regions: _, ...rest } = wave.value;
  const { from, to } = rest.period;
  const today = dayOf(asOf);
  return {
    ...rest,
    id,
    name: names,
    effectiveAt: wave.effectiveAt,
    isOpen: from <= today && today <= to,
    responses: responsesAt(Object.values(rates), asOf, seesSmall),
    ...(findings && isThen(asOf)(findings) && { findings: findings.value }),
  };
}

/** The counts of a group’s languages are told together: one that is small must not follow from the group’s total. */
function responsesAt(rates: readonly RegionalSurveyRow['rates'][string][], asOf: Instant, seesSmall: boolean): SurveyResponseType[] {
  const told = rates.flatMap((timeline) => {
    const latest = entryAt(timeline, asOf);
    return latest ? [{ latest, corrections: timeline.filter(isThen(asOf)).length - 1 }] : [];
  });
  const groups = Map.groupBy(told, ({ latest: { value } }) => `${value.group} ${value.language === undefined}`);
  return [...groups.values()].flatMap((those) => {
    const cells = seesSmall ? [] : withoutSmallCells(those.map(({ latest }) => latest.value.answered));
    return those.map(({ latest: { value, effectiveAt }, corrections }, index) => {
      const { answered, invited, group, language } = value;
      const isSuppressed = cells[index]?.isSuppressed === true || (!seesSmall && isSmall(invited));
      const about = { group, ...(language && { language }), effectiveAt, corrections, isSuppressed };
      if (isSuppressed) return about;
      return { ...about, answered, ...(invited !== undefined && { invited, ...(invited > 0 && { rate: answered / invited }) }) };
    });
  });
}

/** Need against supply of each municipality of which something was recorded until the instant, in the order of their codes. */
export function needAndSupplyAt(
  { needs, supplies }: RegionalSurveysRow,
  { asOf }: Moment,
  seesSmall: boolean,
): readonly MunicipalNeedAndSupplyType[] {
  const wanted = latestOf<Need>(needs, asOf);
  const given = latestOf<Supply>(supplies, asOf);
  const codes = [...new Set([...wanted, ...given].map(({ value }) => value.municipality))].sort();
  return codes.flatMap((code) => {
    const isThere = ({ value }: Dated<Need | Supply>) => value.municipality === code;
    const municipality = municipalityOf(code, asOf);
    const [wantedHere, givenHere] = [wanted.filter(isThere), given.filter(isThere)];
    const balances = balancesOf(
      wantedHere.map(({ value }) => value),
      givenHere.map(({ value }) => value),
      seesSmall,
    );
    const needsHere = wantedHere.map(({ value: { audience, topic, unit, volume }, effectiveAt }) => {
      const isSuppressed = !seesSmall && tellsOfPersons({ unit, volume });
      return { audience, topic, unit, effectiveAt, isSuppressed, ...(!isSuppressed && { volume }) };
    });
    const suppliesHere = givenHere.map(({ value: { form, capacity, unit }, effectiveAt }) => ({ form, capacity, unit, effectiveAt }));
    return municipality ? [{ municipality, needs: needsHere, supplies: suppliesHere, balances }] : [];
  });
}

function latestOf<Value>(figures: Readonly<Record<string, Timeline<Value>>>, asOf: Instant): readonly Dated<Value>[] {
  return Object.values(figures).flatMap((timeline) => entryAt(timeline, asOf) ?? []);
}

/** What was agreed on until the instant, what is due first before what is due later. */
export function developmentActionsAt({ actions }: DevelopmentActionsRow, moment: Moment): readonly DevelopmentActionType[] {
  const { asOf } = moment;
  return Object.values(actions)
    .filter(({ agreed }) => isThen(asOf)(agreed))
    .map(({ agreed, completed }) => {
      const { action, names, municipalities, responsible, ...rest } = agreed.value;
      const done = completed && isThen(asOf)(completed) ? completed : undefined;
      return {
        ...rest,
        id: action,
        name: names,
        effectiveAt: agreed.effectiveAt,
        municipalities: municipalities.flatMap((code) => municipalityOf(code, asOf) ?? []),
        ...(done && { completedAt: done.effectiveAt, outcome: done.value.outcome }),
        isOverdue: !done && rest.by < dayOf(asOf),
        ...(responsible !== undefined && { responsibleId: responsible }),
        moment,
      };
    })
    .sort((a, b) => a.by.localeCompare(b.by) || a.id.localeCompare(b.id));
}

/** What was told and planned until the instant, by its day. */
export function communicationsAt({ communications }: CommunicationsRow, { asOf }: Moment): readonly CommunicationType[] {
  return Object.entries(communications)
    .flatMap(([id, row]) => communicationAt(id, row, asOf) ?? [])
    .sort((a, b) => a.on.localeCompare(b.on) || a.id.localeCompare(b.id));
}

function communicationAt(id: string, { planned, published }: CommunicationRow, asOf: Instant): CommunicationType | undefined {
  const told = published.filter(isThen(asOf));
  const latest = told.at(-1)?.value ?? valueAt(planned, asOf);
  if (!latest) return undefined;
  const { communication: _, names, ...rest } = latest;
  return {
    ...rest,
    id,
    name: names,
    isPublished: told.length > 0,
    reaches: told.flatMap(({ value: { reach, reachFrom }, effectiveAt, recordedAt }) =>
      reach === undefined ? [] : [{ reach, ...(reachFrom !== undefined && { reachFrom }), effectiveAt, recordedAt }],
    ),
  };
}

/** What was published until the instant, channel by channel, the one that reached most first. */
export function reachAt({ communications }: CommunicationsRow, { asOf }: Moment): readonly ReachOfChannelType[] {
  const told = Object.values(communications).flatMap(({ published }) => entryAt(published, asOf)?.value ?? []);
  const byChannel = Map.groupBy(told, ({ channel }) => channel);
  return [...byChannel]
    .map(([channel, those]) => {
      const reached = those.flatMap(({ reach }) => reach ?? []);
      const together = reached.reduce((sum, one) => sum + one, 0);
      return { channel, published: those.length, known: reached.length, ...(reached.length > 0 && { reach: together }) };
    })
    .sort((a, b) => (b.reach ?? -1) - (a.reach ?? -1) || a.channel.localeCompare(b.channel));
}

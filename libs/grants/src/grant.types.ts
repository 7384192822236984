import { Field, ObjectType } from '@nestjs/graphql';
import type { Claims } from '#access/policy';
import { connectionType } from '#edge/connection';
import { graphqlEnum } from '#edge/graphql-enum';
import { LocalizedTextType } from '#edge/localized-text.type';
import { dated, objectOf, recorded } from '#edge/records';
import { regionOf, RegionType } from '#edge/region.type';
import { CentsScalar, DayScalar, KeyScalar, MatterScalar } from '#edge/scalars';
import { RevisionField, StreamRevision } from '#edge/stream-revision';
import type { Moment } from '#edge/views';
import { omit } from '#kernel/keyed';
import { dayOf } from '#kernel/helsinki-time';
import type { LocalizedText } from '#kernel/localized-text';
import type { Stored } from '#kernel/projection';
import { valueAt, type Dated } from '#kernel/timeline';
import { firstInstant } from '#kernel/when';
import { seesOfGrant } from './grant.audience.js';
import { grantEvents } from './grant.events.js';
import { grantFacts, paidBy, repaidBy, type GrantFacts, type OpenedGrant } from './grant.facts.js';
import type { GrantRow, Told } from './grants.projection.js';
import { paymentStages, type PaymentRow, type PaymentStage } from './payments.projection.js';

const grantStages = ['opened', 'notified', 'accepted', 'declined', 'settled', 'closed'] as const;
const GrantStageEnum = graphqlEnum('GrantStage', grantStages, 'How far the file of a decision is.');
export const PaymentStageEnum = graphqlEnum('PaymentStage', paymentStages, 'How far a payment is.');
const deadlineKinds = ['acceptance', 'rectification', 'appeal', 'statement', 'period-of-use'] as const;
const GrantDeadlineKindEnum = graphqlEnum('GrantDeadlineKind', deadlineKinds, 'What is due.');

@ObjectType('GrantDeadline', { description: 'A day until whose end in Helsinki something can be done.' })
export class GrantDeadlineType {
  @Field(() => GrantDeadlineKindEnum)
  kind!: (typeof deadlineKinds)[number];

  @Field(() => DayScalar)
  due!: string;

  @Field(() => Boolean, { description: 'Whether the day is over.' })
  isOver!: boolean;
}

@ObjectType('GrantStep', { description: 'Something that happened to a grant.' })
class GrantStepType extends objectOf({ ...dated, ...recorded }) {
  @Field(() => String)
  event!: string;

  @Field(() => LocalizedTextType)
  description!: LocalizedText;

  @Field(() => String, { description: 'In which role somebody did it.' })
  role!: string;
}

@ObjectType('GrantNotice', { description: 'How a decision was notified, and the days that follow from it.' })
class GrantNoticeType extends objectOf(grantEvents.DecisionNotified.fields) {}

@ObjectType('GrantSettlement', { description: 'What a grant came to.' })
class GrantSettlementType extends objectOf(omit(grantEvents.GrantSettled.fields, 'decider')) {}

@ObjectType('GrantReport', { description: 'A report of a grantee; for them and those who handle grants.' })
class GrantReportType extends objectOf(omit(grantEvents.ReportSubmitted.fields, 'person', 'signatory')) {}

@ObjectType('GrantPayment', { description: 'A payment of a grant.' })
export class GrantPaymentType extends objectOf(dated) {
  @Field(() => MatterScalar)
  grant!: string;

  @Field(() => KeyScalar)
  payment!: string;

  @Field(() => KeyScalar)
  instalment!: string;

  @Field(() => PaymentStageEnum)
  stage!: PaymentStage;

  @Field(() => CentsScalar, { description: 'What is asked for, then what is decided.' })
  amount!: number;

  @Field(() => DayScalar, { nullable: true })
  paidOn?: string;
}

@ObjectType('Grant', { description: 'The file of a decision: a grant from its decision to its closing, as far as you may see it.' })
export class GrantType {
  @Field(() => MatterScalar)
  id!: string;

  @Field(() => KeyScalar)
  call!: string;

  @Field(() => RegionType)
  region!: RegionType;

  @Field(() => GrantStageEnum)
  stage!: (typeof grantStages)[number];

  @Field(() => Boolean, { description: 'Whether nobody can contest the decision any more.' })
  isFinal!: boolean;

  @Field(() => Boolean, { description: 'Whether payments are suspended.' })
  isSuspended!: boolean;

  @Field(() => CentsScalar, { description: 'What was decided to be paid of it.' })
  paid!: number;

  @Field(() => CentsScalar, { description: 'What came back of it, without interest.' })
  repaid!: number;

  @Field(() => GrantNoticeType, { nullable: true })
  notice?: GrantNoticeType;

  @Field(() => [GrantDeadlineType], { description: 'All days that are due, the next first.' })
  deadlines!: readonly GrantDeadlineType[];

  @Field(() => [GrantReportType], { nullable: true, description: 'Null for those who may not see its file.' })
  reports?: readonly GrantReportType[];

  @Field(() => GrantSettlementType, { nullable: true, description: 'What it came to, once it is settled.' })
  settlement?: GrantSettlementType;

  @Field(() => [GrantStepType], { description: 'What happened to it, in the order in which it was recorded.' })
  steps!: readonly GrantStepType[];

  @RevisionField()
  revision!: StreamRevision;

  /** Resolved where they are asked for. */
  moment!: Moment;
  applicantId!: string;
}

export const GrantConnection = connectionType(GrantType, 'Grant');

/** The grant at the instant as the reader may see it; undefined before its file was opened. */
export function grantAt(row: Stored<GrantRow>, moment: Moment, reader: Claims | undefined): GrantType | undefined {
  const told = row.told.filter(({ effectiveAt }) => firstInstant(effectiveAt) <= moment.asOf);
  const state = stateAfter(told);
  if (state.stage === 'absent') return undefined;
  const seen = told.filter(({ value }) => seesOfGrant(row, reader, value.type) !== undefined);
  const all = <Type extends Told['type']>(type: Type) =>
    seen.flatMap(({ value }) => (value.type === type ? [value.data as Extract<Told, { type: Type }>['data']] : []));
  const isParty = seesOfGrant(row, reader, 'ReportSubmitted') !== undefined;
  const [settled] = all('GrantSettled');
  return {
    id: row._id,
    call: row.call,
    region: regionOf(row.region),
    stage: state.stage,
    isFinal: state.isFinal,
    isSuspended: state.isSuspended,
    paid: paidBy(state),
    repaid: repaidBy(state),
    ...(state.notice && { notice: state.notice }),
    deadlines: deadlinesOf(state, moment, isParty),
    ...(isParty && { reports: all('ReportSubmitted') }),
    ...(settled && { settlement: settled }),
    steps: seen.map(({ value, effectiveAt, recordedAt }) => ({
      event: value.type,
      description: grantEvents[value.type].description,
      effectiveAt,
      recordedAt,
      role: value.role,
    })),
    revision: new StreamRevision(`grant-${row._id}`, row.revision),
    moment,
    applicantId: row.applicant,
  };
}

/** The payment at the instant; undefined before it was asked for, and to others before it was decided. */
export function paymentAt(row: PaymentRow, { asOf }: Moment, isParty: boolean): GrantPaymentType | undefined {
  const { grant, payment, instalment, stages } = row;
  const now = stages.findLast(({ effectiveAt }) => firstInstant(effectiveAt) <= asOf);
  if (!now || !valueAt(stages, asOf) || (now.value.stage === 'requested' && !isParty)) return undefined;
  return { grant, payment, instalment, ...now.value, effectiveAt: now.effectiveAt };
}

function stateAfter(told: readonly Dated<Told>[]): GrantFacts {
  const evolve = grantFacts.evolve as Readonly<Record<string, (state: GrantFacts, event: never) => GrantFacts>>;
  return told.reduce<GrantFacts>(
    (state, { value }) => (evolve[value.type] as (typeof evolve)[string])(state, value as never),
    grantFacts.initial,
  );
}

/** What is due: what was done already is not. */
function deadlinesOf(grant: OpenedGrant, { asOf }: Moment, isParty: boolean): readonly GrantDeadlineType[] {
  const { stage, notice, appealBy, isFinal, periodOfUse, hearings, rectifications, appeals } = grant;
  const due = (kind: GrantDeadlineType['kind'], day: string | undefined, isOpen: boolean) =>
    day !== undefined && isOpen ? [{ kind, due: day, isOver: day < dayOf(asOf) }] : [];
  return [
    ...due('acceptance', notice?.acceptBy, stage === 'notified'),
    ...due('rectification', notice?.rectifyBy, !isFinal && Object.keys(rectifications).length === 0),
    ...due('appeal', appealBy, !isFinal && Object.keys(appeals).length === 0),
    ...(isParty ? Object.values(hearings).flatMap((one) => due('statement', one.due, !one.isAnswered && !one.isWithdrawn)) : []),
    ...due('period-of-use', periodOfUse?.to, stage === 'accepted'),
  ].sort((a, b) => a.due.localeCompare(b.due));
}

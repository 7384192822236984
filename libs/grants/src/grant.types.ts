import { Field, Int, ObjectType } from '@nestjs/graphql';
import { callOf } from '#calls/call.types';
import { decisionOf } from '#decisions/decision.types';
import type { Claims } from '#access/policy';
import { connection, connectionType, type ConnectionOf, type PageArgs } from '#edge/connection';
import { graphqlEnum } from '#edge/graphql-enum';
import { LocalizedTextType } from '#edge/localized-text.type';
import { dated, objectOf, recorded } from '#edge/records';
import { regionOf, RegionType } from '#edge/region.type';
import type { RequestContext } from '#edge/request-context';
import { CentsScalar, DayScalar, KeyScalar, MatterScalar } from '#edge/scalars';
import { RevisionField, StreamRevision } from '#edge/stream-revision';
import type { Moment } from '#edge/views';
import { entry, omit } from '#kernel/keyed';
import { dayOf } from '#kernel/helsinki-time';
import type { LocalizedText } from '#kernel/localized-text';
import type { Stored } from '#kernel/projection';
import { type Dated, entryAt, isThen } from '#kernel/timeline';
import { seesOfGrant } from './grant.audience.js';
import { grantEvents } from './grant.events.js';
import { grantAfter, openOf, paidBy, repaidBy, type GrantFacts, type OpenedGrant, type Recovery } from './grant.facts.js';
import { grants, type GrantRow, type Told } from './grants.projection.js';
import { paymentStages, type PaymentRow, type PaymentStage } from './payments.projection.js';

const grantStages = ['opened', 'notified', 'accepted', 'declined', 'settled', 'closed'] as const;
const GrantStageEnum = graphqlEnum('GrantStage', grantStages, 'How far the file of a decision is.');
export const PaymentStageEnum = graphqlEnum('PaymentStage', paymentStages, 'How far a payment is.');
const deadlineKinds = ['acceptance', 'rectification', 'appeal', 'statement', 'period-of-use', 'final-report', 'recovery'] as const;
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

@ObjectType('RegionalDeadline', { description: 'A day until whose end in Helsinki something can be done about a grant of a region.' })
export class RegionalDeadlineType extends GrantDeadlineType {
  @Field(() => MatterScalar)
  grant!: string;
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

@ObjectType('GrantChange', { description: 'A change that was decided on, part by part.' })
class GrantChangeType extends objectOf({ ...omit(grantEvents.ChangeDecided.fields, 'decider'), ...dated }) {}

@ObjectType('GrantRepayment', { description: 'What the grantee repaid of their own accord.' })
class GrantRepaymentType extends objectOf(grantEvents.RepaymentReceived.fields) {}

@ObjectType('GrantRecovery', { description: 'Money that is recovered, and what came of it.' })
class GrantRecoveryType extends objectOf({ ...omit(grantEvents.RecoveryDecided.fields, 'decider', 'hearing'), ...dated }) {
  @Field(() => CentsScalar, { description: 'What came back of it.' })
  received!: number;

  @Field(() => CentsScalar, { description: 'The interest that was charged on that.' })
  interest!: number;

  @Field(() => CentsScalar, { description: 'What was waived of it.' })
  waived!: number;

  @Field(() => CentsScalar, { description: 'What is still to come.' })
  open!: number;
}

@ObjectType('GrantRectification', { description: 'What a request for rectification came to.' })
class GrantRectificationType extends objectOf({ ...omit(grantEvents.RectificationDecided.fields, 'decider'), ...dated }) {}

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

  @Field(() => [GrantChangeType])
  changes!: readonly GrantChangeType[];

  @Field(() => [GrantRepaymentType])
  repayments!: readonly GrantRepaymentType[];

  @Field(() => [GrantRecoveryType])
  recoveries!: readonly GrantRecoveryType[];

  @Field(() => [GrantRectificationType])
  rectifications!: readonly GrantRectificationType[];

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
  ownDeadlines!: readonly GrantDeadlineType[];
  /** Whether the period of use is another than the decision’s. */
  isPeriodChanged!: boolean;
  /** Whether a final report is still to be given. */
  isToReport!: boolean;
}

export const GrantConnection = connectionType(GrantType, 'Grant');

@ObjectType('CallGrantConnection', { description: 'The files of the decisions on a call, as far as they are known.' })
export class CallGrantConnection extends GrantConnection {
  @Field(() => Boolean, { description: 'False where a public source tells of applications or grants whose files are not here.' })
  isComplete!: boolean;

  @Field(() => Int, { nullable: true, description: 'How many were granted money at least, where a public source says so.' })
  knownTotal?: number;
}

/** A page of the files of decisions, or of those of one call or region, as the reader may see them. */
export function grantsPage(
  where: { readonly call?: string; readonly region?: GrantRow['region'] },
  page: PageArgs,
  moment: Moment,
  reader: Claims | undefined,
): Promise<ConnectionOf<GrantType>> {
  return connection(moment.rows<GrantRow>(grants), page, { where }, (row) => grantAt(row, moment, reader));
}

/** What passes between the grantee and the ministry, and ends what is due: to those who do not see that it came, it is due still. */
const endsWhatIsDue: readonly Told['type'][] = [
  'ReportSubmitted',
  'ReportReturned',
  'ReportSubstanceInspected',
  'ReportFinanceInspected',
  'RectificationRequested',
  'AppealLodged',
];

/** The grant at the instant as the reader may see it; undefined before its file was opened. */
export function grantAt(row: Stored<GrantRow>, moment: Moment, reader: Claims | undefined): GrantType | undefined {
  const told = row.told.filter(isThen(moment.asOf));
  const state = stateAfter(told);
  if (state.stage === 'absent') return undefined;
  const isSeen = ({ value }: Dated<Told>) => seesOfGrant(row, reader, value.type) !== undefined;
  const seen = told.filter(isSeen);
  const due = stateAfter(told.filter((one) => isSeen(one) || !endsWhatIsDue.includes(one.value.type))) as OpenedGrant;
  const all = <Type extends Told['type']>(type: Type) =>
    seen.flatMap(({ value }) => (value.type === type ? [value.data as Extract<Told, { type: Type }>['data']] : []));
  const isParty = seesOfGrant(row, reader, 'ReportSubmitted') !== undefined;
  const [settled] = all('GrantSettled');
  const dates = <Type extends Told['type']>(type: Type) =>
    seen.flatMap(({ value, effectiveAt }) =>
      value.type === type ? [{ ...(value.data as Extract<Told, { type: Type }>['data']), effectiveAt }] : [],
    );
  const recoveries = dates('RecoveryDecided').map((one) => {
    const recovery = entry(state.recoveries, one.recovery) as Recovery;
    const { interest, waived, due: asCorrected } = recovery;
    const received = recovery.received.reduce((total, { amount }) => total + amount, 0);
    return { ...one, ...(asCorrected && { due: asCorrected }), received, interest, waived, open: openOf(recovery) };
  });
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
    changes: dates('ChangeDecided'),
    repayments: all('RepaymentReceived'),
    recoveries,
    rectifications: dates('RectificationDecided'),
    ownDeadlines: [
      ...ownDeadlinesOf(due, moment, isParty),
      ...recoveries.flatMap(({ due, open }) => (due !== undefined && open > 0 ? [deadline('recovery', due, moment)] : [])),
    ],
    isPeriodChanged: state.periodOfUse !== undefined,
    isToReport: due.stage === 'accepted' && !Object.values(due.reports).some(({ kind, isReturned }) => kind === 'final' && !isReturned),
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

/** More grants than a region, or a call, ever has. */
const mostGrants = 1_000;

/** The days that are due for the grants of a region, as far as the reader sees them, the next first. */
export async function deadlinesOfRegion(
  region: GrantRow['region'],
  moment: Moment,
  context: RequestContext,
): Promise<readonly RegionalDeadlineType[]> {
  const rows = await moment.rows<GrantRow>(grants).find({ where: { region }, limit: mostGrants });
  const found = rows.flatMap((row) => grantAt(row, moment, context.caller) ?? []);
  const all = await Promise.all(
    found.map(async (grant) => (await deadlinesOf(grant, context)).map((one) => ({ ...one, grant: grant.id }))),
  );
  return all.flat().sort((a, b) => a.due.localeCompare(b.due) || a.grant.localeCompare(b.grant));
}

/** What was decided to be paid of the grants of these calls until the moment, and what came back of it; by call. */
export async function paidByCall(
  calls: readonly string[],
  moment: Moment,
): Promise<ReadonlyMap<string, { readonly paid: number; readonly repaid: number }>> {
  const rows = await moment.rows<GrantRow>(grants).find({ where: { call: { in: calls } }, limit: mostGrants * calls.length });
  const sums = new Map<string, { readonly paid: number; readonly repaid: number }>();
  for (const { call, told } of rows) {
    const state = stateAfter(told.filter(isThen(moment.asOf)));
    if (state.stage === 'absent') continue;
    const { paid, repaid } = sums.get(call) ?? { paid: 0, repaid: 0 };
    sums.set(call, { paid: paid + paidBy(state), repaid: repaid + repaidBy(state) });
  }
  return sums;
}

/** The file of a grant as the reader may see it. */
export async function grantOf(id: string, moment: Moment, context: RequestContext): Promise<GrantType | undefined> {
  const row = await context.load(moment.rows<GrantRow>(grants), id);
  return row && grantAt(row, moment, context.caller);
}

/** How far a payment is to those who are no party to it, each with how far it may really be. */
export const toldToAnyone: Readonly<Partial<Record<PaymentStage, readonly PaymentStage[]>>> = {
  decided: ['decided', 'batched', 'sent', 'rejected'],
  confirmed: ['confirmed'],
};

/** The payment at the instant; undefined before it was asked for. Others are told that it was decided, and that it was paid. */
export function paymentAt(row: PaymentRow, { asOf }: Moment, isParty: boolean): GrantPaymentType | undefined {
  const { grant, payment, instalment, stages } = row;
  const isFirst = (stage: PaymentStage, index: number) => stages.findIndex(({ value }) => value.stage === stage) === index;
  const told = isParty ? stages : stages.filter(({ value: { stage } }, index) => stage in toldToAnyone && isFirst(stage, index));
  const now = entryAt(told, asOf);
  if (!now) return undefined;
  return { grant, payment, instalment, ...now.value, effectiveAt: now.effectiveAt };
}

function stateAfter(told: readonly Dated<Told>[]): GrantFacts {
  return grantAfter(told.map(({ value }) => value));
}

/** A day that is due. */
function deadline(kind: GrantDeadlineType['kind'], due: string, { asOf }: Pick<Moment, 'asOf'>): GrantDeadlineType {
  return { kind, due, isOver: due < dayOf(asOf) };
}

/** All days that are due: those of its own steps, and those that its decision and the terms of its call set. */
export async function deadlinesOf(grant: GrantType, context: RequestContext): Promise<readonly GrantDeadlineType[]> {
  const { call, moment, ownDeadlines, isToReport, id, isPeriodChanged, stage } = grant;
  const reporting = isToReport ? (await callOf(call, moment, context))?.terms.reporting?.to : undefined;
  const period = stage === 'accepted' && !isPeriodChanged ? (await decisionOf(id, moment, context))?.periodOfUse?.to : undefined;
  return [
    ...ownDeadlines,
    ...(reporting === undefined ? [] : [deadline('final-report', reporting, moment)]),
    ...(period === undefined ? [] : [deadline('period-of-use', period, moment)]),
  ].sort((a, b) => a.due.localeCompare(b.due));
}

/** What is due: what was done already is not. */
function ownDeadlinesOf(grant: OpenedGrant, moment: Moment, isParty: boolean): readonly GrantDeadlineType[] {
  const { stage, notice, appealBy, isFinal, periodOfUse, hearings, rectifications, appeals } = grant;
  const due = (kind: GrantDeadlineType['kind'], day: string | undefined, isOpen: boolean) =>
    day !== undefined && isOpen ? [deadline(kind, day, moment)] : [];
  return [
    ...due('acceptance', notice?.acceptBy, stage === 'notified'),
    ...due('rectification', notice?.rectifyBy, !isFinal && Object.keys(rectifications).length === 0),
    ...due('appeal', appealBy, !isFinal && Object.keys(appeals).length === 0),
    ...(isParty ? Object.values(hearings).flatMap((one) => due('statement', one.due, !one.isAnswered && !one.isWithdrawn)) : []),
    ...due('period-of-use', periodOfUse?.to, stage === 'accepted'),
  ];
}

import type { Claims } from '#access/policy';
import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import { connection, connectionType, type ConnectionOf, type PageArgs } from '#edge/connection';
import { graphqlEnum } from '#edge/graphql-enum';
import { dated, objectOf } from '#edge/records';
import { regionOf, RegionType } from '#edge/region.type';
import { KeyScalar, MatterScalar, WhenScalar } from '#edge/scalars';
import { RevisionField, StreamRevision } from '#edge/stream-revision';
import type { RequestContext } from '#edge/request-context';
import type { Moment } from '#edge/views';
import { omit } from '#kernel/keyed';
import type { Stored } from '#kernel/projection';
import type { RegionCode } from '#kernel/region';
import { firstInstant } from '#kernel/when';
import { progressOf } from './goal.rules.js';
import { planAudience, plansSeen, seesDraftsOf, type PlansAsked } from './plan.audience.js';
import { planEvents, planSections, sectionText } from './plan.events.js';
import { withSections, type PlanTexts } from './plan.facts.js';
import { plans, type PlanRow, type PlanVersionRow } from './plans.projection.js';

const planStages = ['draft', 'submitted', 'final'] as const;
const PlanStageEnum = graphqlEnum('PlanStage', planStages, 'How far a plan has come: drafted, submitted for comment, or final.');

@ObjectType('PlanSectionText')
class PlanSectionTextType extends objectOf(sectionText.fields) {}

@ObjectType('PlanContent', { description: 'What a version of a project plan says. It never changes.' })
export class PlanContentType {
  @Field(() => Int)
  version!: number;

  @Field(() => [PlanSectionTextType], { description: 'All that it says, in the order of sections.' })
  sections!: PlanSectionTextType[];
}

@ObjectType('PlanVersion', { description: 'A version of a plan, and what became of it.' })
export class PlanVersionType extends PlanContentType {
  @Field(() => WhenScalar)
  drafted!: string;

  @Field(() => WhenScalar, { nullable: true, description: 'When it was submitted for comment.' })
  submitted?: string;

  @Field(() => WhenScalar, { nullable: true, description: 'When the plan was finalised in this version.' })
  finalised?: string;

  plan!: PlanType;
}

@ObjectType('GoalAssessment')
class GoalAssessmentType extends objectOf({ ...omit(planEvents.GoalProgressAssessed.fields, 'goal'), ...dated }) {}

@ObjectType('PlanGoal', { description: 'What a plan aims at, and how far it has been reached.' })
class PlanGoalType extends objectOf(omit(planEvents.GoalSet.fields, 'goal')) {
  @Field(() => KeyScalar)
  id!: string;

  @Field(() => [GoalAssessmentType])
  assessments!: GoalAssessmentType[];
}

@ObjectType('RegionalGoal', { description: 'What a region aims at by a plan, and how far it has been reached.' })
export class RegionalGoalType extends PlanGoalType {
  @Field(() => RegionType)
  region!: RegionType;

  @Field(() => KeyScalar)
  call!: string;

  @Field(() => MatterScalar)
  plan!: string;

  @Field(() => Float, { nullable: true, description: 'What was measured last; null where nothing was: that is not zero.' })
  latest?: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'How far it is from the baseline (0) to the target (1); null where one of the three is not known, or the target is the baseline.',
  })
  progress?: number;
}

@ObjectType('Plan', {
  description:
    'A project plan, as it stood at the time asked for. Others than its owners see the versions that were submitted or finalised.',
})
export class PlanType {
  @Field(() => MatterScalar)
  id!: string;

  @Field(() => RegionType)
  region!: RegionType;

  @Field(() => PlanStageEnum)
  stage!: (typeof planStages)[number];

  @Field(() => [PlanVersionType], { description: 'The versions that you may see, in their order.' })
  versions!: PlanVersionType[];

  @Field(() => [PlanGoalType])
  goals!: PlanGoalType[];

  @RevisionField()
  revision!: StreamRevision;

  moment!: Moment;
  callId!: string;
  applicantId?: string;
}

export const PlanConnection = connectionType(PlanType, 'Plan');

/** What of a plan the reader sees at the instant: the versions that are there, and until when what was set is shared. */
function sightOf(row: Stored<PlanRow>, { asOf }: Moment, reader: Claims | undefined) {
  const { region, applicant } = row;
  const isThen = (at: string | undefined): at is string => at !== undefined && firstInstant(at) <= asOf;
  const isShared = ({ submitted, finalised }: PlanVersionRow) => isThen(submitted) || isThen(finalised);
  const there = row.versions.filter(({ change }) => isThen(change.effectiveAt));
  const owners = { region, ...(applicant && { applicant }) };
  if (there.length === 0 || planAudience.sees({ ...owners, isShared: there.some(isShared) }, reader) === undefined) return undefined;
  const seesDrafts = seesDraftsOf(owners, reader);
  const lastShared =
    there
      .flatMap(({ submitted, finalised }) => [submitted, finalised].filter(isThen).map(firstInstant))
      .sort()
      .at(-1) ?? '';
  const isSeen = (at: string) => isThen(at) && (seesDrafts || firstInstant(at) <= lastShared);
  return { isThen, isShared, there, seesDrafts, isSeen };
}

/** The plan as it stood at the instant, as far as the reader may see it; undefined where there is nothing that they may. */
export function planAt(row: Stored<PlanRow>, moment: Moment, reader: Claims | undefined): PlanType | undefined {
  const { _id: id, region, applicant, call, revision } = row;
  const sight = sightOf(row, moment, reader);
  if (!sight) return undefined;
  const { isThen, isShared, there, seesDrafts, isSeen } = sight;
  const stage = there.some(({ finalised }) => isThen(finalised)) ? 'final' : there.some(isShared) ? 'submitted' : 'draft';
  const plan: PlanType = {
    id,
    region: regionOf(region),
    stage,
    versions: [],
    goals: goalsAt(row, isSeen, isThen),
    revision: new StreamRevision(`plan-${id}`, revision),
    moment,
    callId: call,
    ...(applicant && { applicantId: applicant }),
  };
  for (const one of there.filter((version) => seesDrafts || isShared(version))) {
    const { version, change, submitted, finalised } = one;
    plan.versions.push({
      ...contentOf(row, version),
      drafted: change.effectiveAt,
      ...(isThen(submitted) && { submitted }),
      ...(isThen(finalised) && { finalised }),
      plan,
    });
  }
  return plan;
}

/** The page of those plans asked for that the caller may see, in the order of regions. */
export function plansPage(
  asked: { call?: string | null; region?: RegionCode | null },
  page: PageArgs,
  moment: Moment,
  { caller }: RequestContext,
): Promise<ConnectionOf<PlanType>> {
  const where = plansSeen(askedFor(asked), caller, moment.asOf);
  return connection(moment.rows(plans), page, { where, orderBy: 'region' }, (row) => planAt(row, moment, caller));
}

/** More plans than there ever are of one call. */
const mostPlans = 1_000;

/** All those plans asked for that the caller may see. */
export async function plansOf(
  asked: { call?: string | null; region?: RegionCode | null },
  moment: Moment,
  { caller }: RequestContext,
): Promise<readonly PlanType[]> {
  const rows = await moment
    .rows(plans)
    .find({ where: plansSeen(askedFor(asked), caller, moment.asOf), orderBy: 'region', limit: mostPlans });
  return rows.flatMap((row) => planAt(row, moment, caller) ?? []);
}

/** The goals of those plans asked for, as far as the caller may see them, with how far they are reached; in the order of regions. */
export async function goalsOf(
  asked: { region?: RegionCode },
  moment: Moment,
  { caller }: RequestContext,
): Promise<readonly RegionalGoalType[]> {
  const rows = await moment.rows(plans).find({ where: plansSeen(asked, caller, moment.asOf), orderBy: 'region', limit: mostPlans });
  return rows.flatMap((row) => {
    const sight = sightOf(row, moment, caller);
    if (!sight) return [];
    return goalsAt(row, sight.isSeen, sight.isThen).map((goal) => {
      const latest = goal.assessments.findLast(({ value }) => value !== undefined)?.value;
      const progress = progressOf(goal, latest);
      return {
        ...goal,
        region: regionOf(row.region),
        call: row.call,
        plan: row._id,
        ...(latest !== undefined && { latest }),
        ...(progress !== undefined && { progress }),
      };
    });
  });
}

/** A client may send null for what it leaves out. */
function askedFor({ call, region }: { call?: string | null; region?: RegionCode | null }): PlansAsked {
  return { ...(call != null && { call }), ...(region != null && { region }) };
}

/** The plan of a matter as the caller may see it. */
export async function planOf(id: string, moment: Moment, context: RequestContext): Promise<PlanType | undefined> {
  const row = await context.load(moment.rows(plans), id);
  return row && planAt(row, moment, context.caller);
}

/** What a version says, whoever asks: for what the version is a part of, and is seen with. */
export async function planContentOf(
  plan: string,
  version: number,
  moment: Moment,
  context: RequestContext,
): Promise<PlanContentType | undefined> {
  const row = await context.load(moment.rows(plans), plan);
  return row && version <= row.versions.length ? contentOf(row, version) : undefined;
}

function contentOf({ versions }: PlanRow, version: number): PlanContentType {
  const texts = versions
    .slice(0, version)
    .reduce<PlanTexts>((before, { change: { value } }) => withSections(before, value.sections, value.removed), {});
  return {
    version,
    sections: planSections.flatMap((section) => (texts[section] === undefined ? [] : [{ section, text: texts[section] }])),
  };
}

/** The goals as the reader sees them: one that was set since the plan was last submitted is a draft. */
function goalsAt({ goals, assessments }: PlanRow, isSeen: (at: string) => boolean, isThen: (at: string) => boolean): PlanGoalType[] {
  const latest = new Map(goals.filter(({ effectiveAt }) => isSeen(effectiveAt)).map(({ value }) => [value.goal, value]));
  return [...latest.values()].map(({ goal, ...rest }) => ({
    ...rest,
    id: goal,
    assessments: assessments
      .filter(({ effectiveAt, value }) => value.goal === goal && isThen(effectiveAt))
      .map(({ effectiveAt, value }) => ({ ...value, effectiveAt })),
  }));
}

import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { Claims } from '#access/policy';
import { LocalizedTextType } from '#edge/localized-text.type';
import { dated, objectOf } from '#edge/records';
import { regionOf, RegionType } from '#edge/region.type';
import type { RequestContext } from '#edge/request-context';
import { KeyScalar, WhenScalar } from '#edge/scalars';
import { RevisionField, StreamRevision } from '#edge/stream-revision';
import { fewRowsAt, type Moment } from '#edge/views';
import { dayOf } from '#kernel/helsinki-time';
import { field, listOf, optional } from '#kernel/event-schema';
import { omit, pick } from '#kernel/keyed';
import type { LocalizedText } from '#kernel/localized-text';
import type { Stored } from '#kernel/projection';
import type { RegionCode } from '#kernel/region';
import { isThen } from '#kernel/timeline';
import { firstInstant } from '#kernel/when';
import { seesSelfEvaluation } from './evaluation.audience.js';
import { evaluationEvents, mixedVersion } from './evaluation.events.js';
import { partsOfKey } from './evaluation.facts.js';
import { evaluationCriterion, evaluationLevel, frameworkEvents } from './framework.events.js';
import { frameworkInForce } from './framework.facts.js';
import { evaluationFrameworks, type FrameworkRow } from './frameworks.projection.js';
import type { NationalEvaluationRow } from './national-evaluations.projection.js';
import { selfEvaluations, type SelfEvaluationRow } from './self-evaluations.projection.js';

@ObjectType('EvaluationFrameworkVersion', { description: 'A version of an evaluation framework. It never changes.' })
class EvaluationFrameworkVersionType extends objectOf({ ...frameworkEvents.EvaluationFrameworkPublished.fields, ...dated }) {}

@ObjectType('EvaluationFrameworkDraft', { description: 'How a version was drafted, and by whom.' })
class EvaluationFrameworkDraftType extends objectOf({ ...frameworkEvents.EvaluationFrameworkDrafted.fields, ...dated }) {}

@ObjectType('EvaluationFramework', { description: 'By what regions evaluate themselves, as published until the time asked for.' })
export class EvaluationFrameworkType {
  @Field(() => KeyScalar)
  id!: string;

  @Field(() => [EvaluationFrameworkVersionType], { description: 'Version 1 first.' })
  versions!: EvaluationFrameworkVersionType[];

  @Field(() => [EvaluationFrameworkDraftType])
  drafts!: EvaluationFrameworkDraftType[];

  @Field(() => Int, { nullable: true, description: 'The number of the version in force then.' })
  versionInForce?: number;

  @RevisionField()
  revision!: StreamRevision;
}

@ObjectType('CriterionAssessment', { description: 'At which level a region found itself by a criterion.' })
export class CriterionAssessmentType extends objectOf({
  criterion: field(evaluationCriterion, {
    fi: 'Kriteeri',
    sv: 'Kriterium',
    en: 'As the version of the framework has it that was in force',
  }),
  level: optional(evaluationLevel, { fi: 'Taso', sv: 'Nivå', en: 'Null while it is not assessed' }),
}) {
  @Field(() => String, { nullable: true, description: 'What shows it; for the region, the agency and the ministry.' })
  evidence?: string;
}

@ObjectType('SelfEvaluationFeedback', { description: 'What the agency said of a self-evaluation.' })
class SelfEvaluationFeedbackType extends objectOf({ ...omit(evaluationEvents.FeedbackGiven.fields, 'feedback'), ...dated }) {
  @Field(() => KeyScalar)
  id!: string;
}

@ObjectType('Improvement', { description: 'What a region improves after its self-evaluation.' })
class ImprovementType extends objectOf({ ...omit(evaluationEvents.ImprovementAgreed.fields, 'improvement'), ...dated }) {
  @Field(() => KeyScalar)
  id!: string;

  @Field(() => WhenScalar, { nullable: true, description: 'Null while it goes on.' })
  completedAt?: string;

  @Field(() => String, { nullable: true, description: 'What came of it.' })
  outcome?: string;

  @Field(() => Boolean, { description: 'Whether it was to be completed before then, and was not.' })
  isOverdue!: boolean;
}

@ObjectType('SelfEvaluation', {
  description: 'How a region evaluates itself, judged by the version of the framework that was in force when it started.',
})
export class SelfEvaluationType extends objectOf(pick(evaluationEvents.SelfEvaluationStarted.fields, 'framework', 'version', 'period')) {
  @Field(() => KeyScalar, { description: 'Its id among those of the region.' })
  id!: string;

  @Field(() => WhenScalar)
  startedAt!: string;

  @Field(() => WhenScalar, { nullable: true, description: 'Null while it is the region’s own.' })
  submittedAt?: string;

  @Field(() => String, { nullable: true })
  summary?: string;

  @Field(() => [CriterionAssessmentType], { description: 'All criteria of the framework, in its order.' })
  assessments!: CriterionAssessmentType[];

  @Field(() => [SelfEvaluationFeedbackType])
  feedback!: SelfEvaluationFeedbackType[];

  @Field(() => [ImprovementType])
  improvements!: ImprovementType[];
}

@ObjectType('EvaluatedRegion', { description: 'A self-evaluation that a national evaluation stands on.' })
class EvaluatedRegionType {
  @Field(() => RegionType)
  region!: RegionType;

  @Field(() => KeyScalar)
  evaluation!: string;
}

@ObjectType('NationalEvaluation', { description: 'How the whole country does, as the agency published it.' })
export class NationalEvaluationType extends objectOf({
  ...pick(evaluationEvents.NationalEvaluationPublished.fields, 'period', 'findings'),
  versions: field(listOf(mixedVersion), {
    fi: 'Kehikon versiot, jotka siinä sekoittuvat',
    sv: 'Ramens versioner som blandas i den',
    en: 'The versions of frameworks that it mixes',
  }),
  ...dated,
}) {
  @Field(() => KeyScalar)
  id!: string;

  @Field(() => LocalizedTextType)
  name!: LocalizedText;

  @Field(() => [EvaluatedRegionType])
  selfEvaluations!: EvaluatedRegionType[];
}

/** The framework as it was at the instant; undefined before it was drafted. */
export function frameworkAt(row: Stored<FrameworkRow>, { asOf }: Moment): EvaluationFrameworkType | undefined {
  const [versions, drafts] = [row.versions.filter(isThen(asOf)), row.drafts.filter(isThen(asOf))];
  if (drafts.length === 0) return undefined;
  const inForce = frameworkInForce({ versions: versions.map(({ value }) => value) }, asOf);
  return {
    id: row._id,
    versions: versions.map(({ value, effectiveAt }) => ({ ...value, effectiveAt })),
    drafts: drafts.map(({ value, effectiveAt }) => ({ ...value, effectiveAt })),
    ...(inForce && { versionInForce: inForce.version }),
    revision: new StreamRevision(`evaluationFramework-${row._id}`, row.revision),
  };
}

/** The self-evaluations of a region that the caller may see at the moment, the one that started last first. */
export async function selfEvaluationsOf(
  region: RegionCode,
  moment: Moment,
  context: RequestContext,
): Promise<readonly SelfEvaluationType[]> {
  const row = await context.load(moment.rows(selfEvaluations), region);
  if (!row) return [];
  const frameworks = await fewRowsAt(moment, evaluationFrameworks);
  return Object.entries(row.evaluations)
    .flatMap(([id, one]) => selfEvaluationAt(id, one, frameworks.get(one.started.value.framework), moment, context.caller) ?? [])
    .sort((a, b) => firstInstant(b.startedAt).localeCompare(firstInstant(a.startedAt)) || a.id.localeCompare(b.id));
}

function selfEvaluationAt(
  id: string,
  { started, assessed, submitted, feedback, improvements, completed }: SelfEvaluationRow,
  framework: FrameworkRow | undefined,
  { asOf }: Moment,
  reader: Claims | undefined,
): SelfEvaluationType | undefined {
  const isDone = submitted && isThen(asOf)(submitted) ? submitted : undefined;
  const { framework: key, version, period, region } = started.value;
  const sight = () => seesSelfEvaluation(region, isDone !== undefined, reader);
  if (!isThen(asOf)(started) || (!isDone && !sight())) return undefined;
  return {
    id,
    framework: key,
    version,
    period,
    startedAt: started.effectiveAt,
    ...(isDone && { submittedAt: isDone.effectiveAt, ...(isDone.value.summary !== undefined && { summary: isDone.value.summary }) }),
    get assessments() {
      const judgedBy = framework?.versions.find(({ value }) => value.version === version)?.value;
      const latest = new Map(assessed.filter(isThen(asOf)).map(({ value }) => [value.criterion, value]));
      return (judgedBy?.criteria ?? []).map((criterion) => {
        const own = latest.get(criterion.key);
        const level = own && judgedBy?.levels.find((one) => one.level === own.level);
        return {
          criterion,
          ...(level && { level }),
          // Asked of the policy by whoever reads it: that officials read it is kept on record.
          get evidence() {
            return own && sight() === 'internal' ? own.evidence : undefined;
          },
        };
      });
    },
    get feedback() {
      return feedback.filter(isThen(asOf)).map(({ value: { feedback: one, ...rest }, effectiveAt }) => ({ ...rest, id: one, effectiveAt }));
    },
    get improvements() {
      const outcomes = new Map(completed.filter(isThen(asOf)).map((one) => [one.value.improvement, one]));
      return improvements.filter(isThen(asOf)).map(({ value: { improvement, ...rest }, effectiveAt }) => {
        const done = outcomes.get(improvement);
        return {
          ...rest,
          id: improvement,
          effectiveAt,
          ...(done && { completedAt: done.effectiveAt, outcome: done.value.outcome }),
          isOverdue: !done && rest.by < dayOf(asOf),
        };
      });
    },
  };
}

/** A national evaluation with the regions whose self-evaluations it stands on. */
export function nationalEvaluationOf(row: Stored<NationalEvaluationRow>): NationalEvaluationType {
  const { names, period, findings, versions, effectiveAt } = row;
  return {
    id: row._id,
    name: names,
    period,
    findings,
    versions,
    effectiveAt,
    selfEvaluations: row.selfEvaluations.map((key) => {
      const [region, evaluation] = partsOfKey(key);
      return { region: regionOf(region), evaluation };
    }),
  };
}

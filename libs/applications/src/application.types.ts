import { Field, Int, ObjectType } from '@nestjs/graphql';
import { connectionType } from '#edge/connection';
import { graphqlEnum } from '#edge/graphql-enum';
import { regionOf, RegionType } from '#edge/region.type';
import type { RequestContext } from '#edge/request-context';
import { CentsScalar, InstantScalar, MatterScalar, WhenScalar } from '#edge/scalars';
import { RevisionField, StreamRevision } from '#edge/stream-revision';
import type { Moment } from '#edge/views';
import type { Claims } from '#access/policy';
import type { Position } from '#kernel/envelope';
import type { Publicity } from '#kernel/event-schema';
import type { Cents } from '#kernel/money';
import type { AnyProjection, Stored } from '#kernel/projection';
import { entryAt, valueAt } from '#kernel/timeline';
import { figures } from './application-content.rules.js';
import { isOwnApplication, seesApplication, seesDraftOf } from './application.audience.js';
import { inadmissibleGrounds, type InadmissibleGround } from './application.events.js';
import { applicationStory } from './application-story.projection.js';
import { applications, applicationStages, type ApplicationRow, type ApplicationStage } from './applications.projection.js';

const ApplicationStageEnum = graphqlEnum(
  'ApplicationStage',
  applicationStages,
  'How far an application has come. Recorded: known from a public source only.',
);
const InadmissibleGroundEnum = graphqlEnum(
  'InadmissibleGround',
  inadmissibleGrounds,
  'Why an application can only be found inadmissible, beside its being late.',
);

/** What the reader may see of an application, beside what is public. */
export interface Sight {
  readonly level: Publicity;
  readonly isOwn: boolean;
  readonly seesDraft: boolean;
}

@ObjectType('Application', { description: 'An application in a call.' })
export class ApplicationType {
  @Field(() => MatterScalar)
  id!: string;

  @Field(() => RegionType)
  region!: RegionType;

  @Field(() => ApplicationStageEnum)
  stage!: ApplicationStage;

  @Field(() => WhenScalar, { description: 'When it came to this stage.' })
  stageSince!: string;

  @Field(() => InstantScalar, { nullable: true, description: 'The instant of arrival, which decides whether it is in time.' })
  arrivedAt?: string;

  @Field(() => String, { nullable: true, description: 'How it came.' })
  channel?: string;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it arrived after the deadline; null where the public record says only which region applied.',
  })
  isLate?: boolean;

  @Field(() => InadmissibleGroundEnum, { nullable: true })
  inadmissible?: InadmissibleGround;

  @Field(() => String, { nullable: true })
  caseNumber?: string;

  @Field(() => CentsScalar, { nullable: true, description: 'The amount applied for.' })
  amount?: number;

  @Field(() => CentsScalar, { nullable: true, description: 'The eligible costs together.' })
  eligibleCosts?: number;

  @Field(() => [String], {
    nullable: true,
    description:
      'What of its figures is not known yet, and of a draft what it lacks before it can be submitted; null where the public record says only which region applied.',
  })
  missing?: readonly string[];

  @Field(() => WhenScalar, { description: 'When it was begun or arrived, or the time that the source speaks of, as exact as it says.' })
  effectiveAt!: string;

  @Field(() => InstantScalar, { description: 'When it was recorded here.' })
  recordedAt!: string;

  @Field(() => [String], { description: 'The pages it was read from.' })
  source!: readonly string[];

  @RevisionField()
  revision!: StreamRevision;

  /** The moment asked for, for the fields that are joined. */
  moment!: Moment;
  applicantId?: string;
  planVersion?: number;
  sight!: Sight;
}

export const ApplicationConnection = connectionType(ApplicationType, 'Application');

@ObjectType('CallApplicationConnection', { description: 'The applications to a call, as far as they are known.' })
export class CallApplicationConnection extends ApplicationConnection {
  @Field(() => Boolean, { description: 'False where a public source tells of more applications to the call than are here.' })
  isComplete!: boolean;

  @Field(() => Int, { nullable: true, description: 'How many regions applied at least, where a public source says so.' })
  knownTotal?: number;
}

/** The application as it was at the instant; undefined before it was there, and where the reader may not know of it. */
export function applicationAt(row: Stored<ApplicationRow>, moment: Moment, reader: Claims | undefined): ApplicationType | undefined {
  const { asOf } = moment;
  const stage = entryAt(row.stages, asOf);
  if (!stage) return undefined;
  const shown = { stage: stage.value, region: row.region, ...(row.applicant && { applicant: row.applicant }) };
  const level = seesApplication(shown, reader);
  if (level === undefined) return undefined;
  const arrival = row.arrival !== undefined && row.arrival.arrivedAt <= asOf ? row.arrival : undefined;
  const caseNumber = valueAt(row.caseNumbers, asOf);
  const isKnown = row.applicant !== undefined;
  const { planVersion, amount, eligibleCosts, missing } = valueAt(row.figures, asOf) ?? { missing: figures };
  return {
    id: row._id,
    region: regionOf(row.region),
    stage: stage.value,
    stageSince: stage.effectiveAt,
    ...(isKnown && { isLate: arrival !== undefined && row.isLate }),
    ...(arrival && { arrivedAt: arrival.arrivedAt, channel: arrival.channel }),
    ...(arrival && row.inadmissible && { inadmissible: row.inadmissible }),
    ...(caseNumber && { caseNumber }),
    ...(planVersion !== undefined && { planVersion }),
    ...(amount !== undefined && { amount }),
    ...(eligibleCosts !== undefined && { eligibleCosts }),
    ...(isKnown && { missing: stage.value === 'draft' && planVersion === undefined ? ['planVersion', ...missing] : missing }),
    effectiveAt: row.effectiveAt,
    recordedAt: row.recordedAt,
    source: row.source,
    revision: new StreamRevision(`application-${row._id}`, row.revision),
    moment,
    ...(row.applicant && { applicantId: row.applicant }),
    sight: { level, isOwn: isOwnApplication(shown, reader), seesDraft: seesDraftOf(shown, reader) },
  };
}

/** The application at the moment, for answers that name it. */
export async function applicationOf(id: string, moment: Moment, context: RequestContext): Promise<ApplicationType | undefined> {
  const row = await context.load(moment.rows<ApplicationRow>(applications), id);
  return row && applicationAt(row, moment, context.caller);
}

/** The view that proposals are read from. */
export const proposalsView: Pick<AnyProjection, 'name'> = applicationStory;

/** The amount that was proposed at the position of the log; undefined where something else was recorded there, or more has come since. */
export async function proposedAt(
  position: Position,
  application: string,
  moment: Moment,
  context: RequestContext,
): Promise<Cents | undefined> {
  const story = await context.load(moment.rows(applicationStory), application);
  const last = story?.told.at(-1)?.value;
  return story?.position === position && last?.type === 'DecisionProposed' ? last.data.amount : undefined;
}

import { Field, Int, ObjectType } from '@nestjs/graphql';
import { connectionType } from '#edge/connection';
import { LocalizedTextType } from '#edge/localized-text.type';
import { dated, objectOf } from '#edge/records';
import { regionOf } from '#edge/region.type';
import { InstantScalar, KeyScalar, WhenScalar } from '#edge/scalars';
import { RevisionField, StreamRevision } from '#edge/stream-revision';
import type { Moment } from '#edge/views';
import { omit } from '#kernel/keyed';
import type { Instant } from '#kernel/helsinki-time';
import type { LocalizedText } from '#kernel/localized-text';
import type { Stored } from '#kernel/projection';
import type { RegionCode } from '#kernel/region';
import { type Dated, entryAt, isThen } from '#kernel/timeline';
import { operatingModelEvents, operatingModelSection, type OperatingModelSection } from './operating-model.events.js';
import type { ModelVersion, OperatingModelRow } from './operating-models.projection.js';

@ObjectType('OperatingModelSection')
export class SectionType extends objectOf(operatingModelSection.fields) {}

@ObjectType('OperatingModelVersion', { description: 'The text of an operating model from a time on.' })
export class VersionType {
  @Field(() => Int)
  number!: number;

  @Field(() => WhenScalar)
  validFrom!: string;

  @Field(() => InstantScalar)
  recordedAt!: string;

  @Field(() => String, { nullable: true, description: 'Why it was made; null for the first one.' })
  reason?: string;

  @Field(() => [String], { description: 'The pages it was read from; none for one that was published here.' })
  source!: readonly string[];

  /** As they were written, with organisations by their ids. */
  written!: readonly OperatingModelSection[];
  moment!: Moment;
}

@ObjectType('OperatingModelFeedback', { description: 'What a region says of a version.' })
export class FeedbackType extends objectOf(operatingModelEvents.OperatingModelFeedbackGiven.fields) {
  @Field(() => WhenScalar)
  given!: string;
}

@ObjectType('RegionalRoleEvaluation', {
  description: 'What the agency and the ministry together find of the regional development and coordination role.',
})
export class EvaluationType extends objectOf({
  ...omit(operatingModelEvents.RegionalRoleEvaluationProposed.fields, 'proposal', 'proposer'),
  ...dated,
}) {}

@ObjectType('RegionalRoleEvaluationProposal', { description: 'An evaluation that the agency proposes and the ministry has not confirmed.' })
export class ProposalType extends EvaluationType {
  @Field(() => Int, { description: 'Give it to `confirmRegionalRoleEvaluation`.' })
  proposal!: number;
}

@ObjectType('OperatingModel', { description: 'How digital support is arranged nationally.' })
export class OperatingModelType {
  @Field(() => KeyScalar)
  id!: string;

  @Field(() => LocalizedTextType)
  name!: LocalizedText;

  @Field(() => VersionType, { nullable: true, description: 'The version that was valid at the time asked for; null before the first one.' })
  version?: VersionType;

  @Field(() => [VersionType], { description: 'All its versions through time, the first one first.' })
  versions!: VersionType[];

  @RevisionField()
  revision!: StreamRevision;

  moment!: Moment;
  row!: OperatingModelRow;
}

export const OperatingModelConnection = connectionType(OperatingModelType, 'OperatingModel');

export function operatingModelAt(row: Stored<OperatingModelRow>, moment: Moment): OperatingModelType {
  const version = entryAt(row.versions, moment.asOf);
  return {
    id: row._id,
    name: row.names,
    ...(version && { version: versionType(version, moment) }),
    versions: row.versions.map((one) => versionType(one, moment)),
    revision: new StreamRevision(`operatingModel-${row._id}`, row.revision),
    moment,
    row,
  };
}

/** What of a list was there at the instant, of one region where one is asked for. */
export function thenOf<Value extends { readonly region?: RegionCode | undefined }>(
  list: readonly Dated<Value>[],
  asOf: Instant,
  region?: RegionCode,
): readonly Dated<Value>[] {
  return list.filter(isThen(asOf)).filter(({ value }) => region == null || value.region === region);
}

/** The value with its region's names and the time that it is about. */
export function shown<Value extends { readonly region?: RegionCode }>({ value: { region, ...value }, effectiveAt }: Dated<Value>) {
  return { ...value, ...(region && { region: regionOf(region) }), effectiveAt };
}

function versionType(
  { value: { sections: written, ...value }, effectiveAt, recordedAt, source = [] }: Dated<ModelVersion>,
  moment: Moment,
): VersionType {
  return { ...value, written, validFrom: effectiveAt, recordedAt, source, moment };
}

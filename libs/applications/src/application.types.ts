import { Field, ObjectType } from '@nestjs/graphql';
import { connectionType } from '#edge/connection';
import { regionOf, RegionType } from '#edge/region.type';
import { InstantScalar, KeyScalar, RevisionScalar, WhenScalar } from '#edge/scalars';
import type { Moment } from '#edge/views';
import type { Stored } from '#kernel/projection';
import type { ApplicationRow } from './applications.projection.js';

@ObjectType('Application', { description: 'An application in a call.' })
export class ApplicationType {
  @Field(() => KeyScalar)
  id!: string;

  @Field(() => RegionType)
  region!: RegionType;

  @Field(() => WhenScalar, { description: 'The time that the source speaks of, as exact as it says.' })
  effectiveAt!: string;

  @Field(() => InstantScalar, { description: 'When it was recorded here.' })
  recordedAt!: string;

  @Field(() => [String], { description: 'The pages it was read from.' })
  source!: readonly string[];

  @Field(() => RevisionScalar)
  revision!: number;

  /** The moment asked for, for the fields that are joined. */
  moment!: Moment;
  applicantId?: string;
}

export const ApplicationConnection = connectionType(ApplicationType, 'Application');

/** The application as it was at the instant; undefined before it was there. */
export function applicationAt({ _id, region, effectiveAt, since, recordedAt, source, revision, applicant }: Stored<ApplicationRow>, moment: Moment): ApplicationType | undefined {
  if (since > moment.asOf) return undefined;
  return { id: _id, region: regionOf(region), effectiveAt, recordedAt, source, revision, moment, ...(applicant && { applicantId: applicant }) };
}

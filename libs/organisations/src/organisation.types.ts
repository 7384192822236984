import { Field, ObjectType } from '@nestjs/graphql';
import { connectionType } from '#edge/connection';
import { graphqlEnum } from '#edge/graphql-enum';
import { LocalizedTextType } from '#edge/localized-text.type';
import { regionOf, RegionType } from '#edge/region.type';
import { KeyScalar, RevisionScalar, WhenScalar } from '#edge/scalars';
import type { RequestContext } from '#edge/request-context';
import type { Moment } from '#edge/views';
import type { LocalizedText } from '#kernel/localized-text';
import type { Stored } from '#kernel/projection';
import { valueAt } from '#kernel/timeline';
import { organisationKinds, type OrganisationKind } from './organisation.events.js';
import { organisations, type OrganisationRow } from './organisations.projection.js';

export const OrganisationKindEnum = graphqlEnum('OrganisationKind', organisationKinds, 'What an organisation is.');

@ObjectType('DatedName', { description: 'A name from its time on.' })
class DatedNameType {
  @Field(() => WhenScalar)
  effectiveAt!: string;

  @Field(() => LocalizedTextType)
  name!: LocalizedText;

  @Field(() => [String], { description: 'The pages it was read from.' })
  source!: readonly string[];
}

@ObjectType('Organisation', { description: 'An organisation, under its name of the day asked for.' })
export class OrganisationType {
  @Field(() => KeyScalar)
  id!: string;

  @Field(() => OrganisationKindEnum)
  kind!: OrganisationKind;

  @Field(() => LocalizedTextType)
  name!: LocalizedText;

  @Field(() => [DatedNameType], { description: 'All its names through time.' })
  names!: DatedNameType[];

  @Field(() => RegionType, { nullable: true })
  region?: RegionType;

  @Field(() => KeyScalar, { nullable: true, description: 'The id of the organisation that took over what it did.' })
  succeededBy?: string;

  @Field(() => RevisionScalar)
  revision!: number;
}

export const OrganisationConnection = connectionType(OrganisationType, 'Organisation');

/** The organisation of that id, for the fields that name one. */
export async function organisationOf(id: string, moment: Moment, context: RequestContext): Promise<OrganisationType | undefined> {
  const row = await context.load(moment.rows(organisations), id);
  return row && organisationAt(row, moment);
}

/** The organisation as it was at the instant; undefined before it was there. */
export function organisationAt(row: Stored<OrganisationRow>, { asOf }: Pick<Moment, 'asOf'>): OrganisationType | undefined {
  const name = valueAt(row.names, asOf);
  const succeededBy = valueAt(row.succeededBy, asOf);
  return (
    name && {
      id: row._id,
      kind: row.kind,
      name,
      names: row.names.map(({ effectiveAt, value, source = [] }) => ({ effectiveAt, name: value, source })),
      ...(row.region && { region: regionOf(row.region) }),
      ...(succeededBy && { succeededBy }),
      revision: row.revision,
    }
  );
}

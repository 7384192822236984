import { Field, ObjectType } from '@nestjs/graphql';
import { connectionType } from '#edge/connection';
import { LocalizedTextType } from '#edge/localized-text.type';
import { dated, objectOf, sourced } from '#edge/records';
import { regionOf } from '#edge/region.type';
import { KeyScalar, RevisionScalar } from '#edge/scalars';
import type { RequestContext } from '#edge/request-context';
import type { Moment } from '#edge/views';
import { pick } from '#kernel/keyed';
import type { LocalizedText } from '#kernel/localized-text';
import type { Stored } from '#kernel/projection';
import { valueAt } from '#kernel/timeline';
import { organisationEvents } from './organisation.events.js';
import { organisations, type OrganisationRow } from './organisations.projection.js';

@ObjectType('DatedName', { description: 'A name from its time on.' })
class DatedNameType extends objectOf({ ...dated, ...sourced }) {
  @Field(() => LocalizedTextType)
  name!: LocalizedText;
}

@ObjectType('Organisation', { description: 'An organisation, under its name of the day asked for.' })
export class OrganisationType extends objectOf(pick(organisationEvents.OrganisationRegistered.fields, 'kind', 'region')) {
  @Field(() => KeyScalar)
  id!: string;

  @Field(() => LocalizedTextType)
  name!: LocalizedText;

  @Field(() => [DatedNameType], { description: 'All its names through time.' })
  names!: DatedNameType[];

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

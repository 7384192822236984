import { Field, ObjectType } from '@nestjs/graphql';
import { connectionType } from '#edge/connection';
import { LocalizedTextType } from '#edge/localized-text.type';
import { dated, objectOf, sourced } from '#edge/records';
import { regionOf } from '#edge/region.type';
import { KeyScalar } from '#edge/scalars';
import type { RequestContext } from '#edge/request-context';
import { RevisionField, StreamRevision } from '#edge/stream-revision';
import type { Moment } from '#edge/views';
import { pick } from '#kernel/keyed';
import { inLanguage, languages, type Language, type LocalizedText } from '#kernel/localized-text';
import type { Stored } from '#kernel/projection';
import { valueAt } from '#kernel/timeline';
import { firstInstant, type When } from '#kernel/when';
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

  @RevisionField()
  revision!: StreamRevision;
}

export const OrganisationConnection = connectionType(OrganisationType, 'Organisation');

/** The organisation of that id, for the fields that name one. */
export async function organisationOf(id: string, moment: Moment, context: RequestContext): Promise<OrganisationType | undefined> {
  const row = await context.load(moment.rows(organisations), id);
  return row && organisationAt(row, moment);
}

/** How a text refers to an organisation: `{organisation:digital-support-agency}`. */
const reference = /\{organisation:([a-z0-9-]+)\}/g;

/** The text with the name, as it was then, of each organisation that it refers to by its id. */
export async function named(text: LocalizedText, then: When, moment: Moment, context: RequestContext): Promise<LocalizedText> {
  const ids = new Set(languages.flatMap((language) => [...(text[language] ?? '').matchAll(reference)].map(([, id]) => id as string)));
  if (ids.size === 0) return text;
  const at = { ...moment, asOf: firstInstant(then) };
  const names = new Map(await Promise.all([...ids].map(async (id) => [id, (await organisationOf(id, at, context))?.name] as const)));
  const filled = (written: string, language: Language) =>
    written.replace(reference, (whole, id: string) => {
      const name = names.get(id);
      return name ? inLanguage(name, [language]).text : whole;
    });
  const texts = languages.flatMap((language) => {
    const written = text[language];
    return written === undefined ? [] : [[language, filled(written, language)] as const];
  });
  return { ...text, ...Object.fromEntries(texts) };
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
      revision: new StreamRevision(`organisation-${row._id}`, row.revision),
    }
  );
}

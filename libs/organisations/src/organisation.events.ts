import { field, optional, v1 } from '#kernel/event-schema';
import { KeyText, Localized, oneOf, Region } from '#kernel/schemas';

export const organisationKinds = [
  'ministry',
  'agency',
  'regional-council',
  'government-of-aland',
  'hospital-district',
  'municipality',
  'public-administration',
  'association',
  'project',
  'company',
] as const;
export type OrganisationKind = (typeof organisationKinds)[number];

const names = field(Localized, { fi: 'Nimet', sv: 'Namn', en: 'Names' });

/** Stored for ever: add an event or a version, never rename one or change what it means. */
export const organisationEvents = {
  OrganisationRegistered: v1(
    { fi: 'Organisaatio merkittiin rekisteriin', sv: 'En organisation registrerades', en: 'An organisation was registered' },
    {
      kind: field(oneOf(organisationKinds), { fi: 'Laji', sv: 'Slag', en: 'Kind' }),
      names,
      region: optional(Region, { fi: 'Maakunta, jossa se toimii', sv: 'Landskap där den verkar', en: 'The region it works in' }),
    },
  ),
  OrganisationRenamed: v1(
    { fi: 'Organisaation nimi muuttui', sv: 'Organisationens namn ändrades', en: 'The organisation was renamed' },
    { names },
  ),
  OrganisationSucceeded: v1(
    {
      fi: 'Toinen organisaatio jatkaa organisaation tehtäviä',
      sv: 'En annan organisation efterträdde organisationen',
      en: 'Another organisation succeeded it',
    },
    { by: field(KeyText, { fi: 'Seuraaja', sv: 'Efterträdare', en: 'The successor' }) },
  ),
};

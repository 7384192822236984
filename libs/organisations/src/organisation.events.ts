import { field, optional, v1, type StaticOf } from '#kernel/event-schema';
import { choice, KeyText, LocalizedName, ReasonText, Region } from '#kernel/schemas';

export const OrganisationKind = choice(
  'OrganisationKind',
  [
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
  ],
  'What an organisation is.',
);
export type OrganisationKind = StaticOf<typeof OrganisationKind>;

const by = field(KeyText, { fi: 'Seuraaja', sv: 'Efterträdare', en: 'The successor' });
const names = field(LocalizedName, { fi: 'Nimet', sv: 'Namn', en: 'Names' });
const reason = field(ReasonText, { fi: 'Perustelu', sv: 'Motivering', en: 'Reason' });

/** Stored for ever: add an event or a version, never rename one or change what it means. */
export const organisationEvents = {
  OrganisationRegistered: v1(
    { fi: 'Organisaatio merkittiin rekisteriin', sv: 'En organisation registrerades', en: 'An organisation was registered' },
    {
      kind: field(OrganisationKind, { fi: 'Laji', sv: 'Slag', en: 'Kind' }),
      names,
      region: optional(Region, { fi: 'Maakunta, jossa se toimii', sv: 'Landskap där den verkar', en: 'The region it works in' }),
    },
  ),
  OrganisationRegistrationCorrected: v1(
    {
      fi: 'Päivä, josta alkaen organisaatio on rekisterissä, oikaistiin',
      sv: 'Dagen från och med vilken organisationen finns i registret rättades',
      en: 'The day from which an organisation is registered was corrected',
    },
    { reason },
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
    { by },
  ),
  OrganisationSuccessionCorrected: v1(
    {
      fi: 'Seuraajaa tai sen alkamispäivää koskeva merkintä oikaistiin',
      sv: 'Anteckningen om efterträdaren eller dagen för den rättades',
      en: 'The successor, or the day from which it succeeds, was corrected',
    },
    { by, reason },
  ),
};

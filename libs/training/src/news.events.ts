import { field, hinted, listOf, optional, v1 } from '#kernel/event-schema';
import { HttpsAddress, Localized, LocalizedName, Region } from '#kernel/schemas';

/** Stored for ever: add an event or a version, never rename one or change what it means. */
export const newsEvents = {
  NewsPublished: v1(
    { fi: 'Uutinen julkaistiin', sv: 'En nyhet publicerades', en: 'News was published' },
    {
      title: field(LocalizedName, { fi: 'Otsikko', sv: 'Rubrik', en: 'Title' }),
      text: field(Localized, { fi: 'Uutinen', sv: 'Nyhet', en: 'Text' }),
      regions: hinted(
        field(listOf(Region), { fi: 'Maakunnat, joita se koskee', sv: 'Landskap som den gäller', en: 'The regions that it is about' }),
        'None where it is about all.',
      ),
      address: optional(HttpsAddress, { fi: 'Verkko-osoite', sv: 'Webbadress', en: 'Where it stands on the web' }),
    },
  ),
};

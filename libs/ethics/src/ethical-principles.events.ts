import { field, hinted, listOf, optional, record, v1, type StaticOf } from '#kernel/event-schema';
import { DayText, KeyText, Localized, LocalizedName, VersionNumber } from '#kernel/schemas';

export const ethicalPrinciple = record(
  {
    key: field(KeyText, { fi: 'Periaatteen tunnus', sv: 'Principens id', en: 'Key of the principle' }),
    text: field(Localized, { fi: 'Periaate', sv: 'Princip', en: 'Principle' }),
  },
  'EthicalPrinciple',
);
export type EthicalPrinciple = StaticOf<typeof ethicalPrinciple>;

/** Stored for ever: add an event or a version, never rename one or change what it means. */
export const ethicalPrinciplesEvents = {
  EthicalPrinciplesPublished: v1(
    {
      fi: 'Digituen eettiset periaatteet julkaistiin',
      sv: 'De etiska principerna för digitalt stöd publicerades',
      en: 'The ethical principles of digital support were published',
    },
    {
      version: field(VersionNumber, { fi: 'Version numero', sv: 'Versionens nummer', en: 'Number of the version' }),
      names: field(LocalizedName, { fi: 'Nimet', sv: 'Namn', en: 'Names' }),
      principles: field(listOf(ethicalPrinciple), { fi: 'Periaatteet', sv: 'Principer', en: 'Principles' }),
      inForceFrom: field(DayText, { fi: 'Voimassa alkaen', sv: 'I kraft från och med', en: 'In force from' }),
      transitionUntil: hinted(
        optional(DayText, {
          fi: 'Siirtymäajan viimeinen päivä',
          sv: 'Sista dag av övergångstiden',
          en: 'The last day of the transition',
        }),
        'Until then a provider that follows the version before has time to commit to this one; no time without it.',
      ),
    },
  ),
};

import { field, hinted, optional, v1, type StaticOf } from '#kernel/event-schema';
import { choice, Days, KeyText, Localized, LocalizedName, MunicipalityText, Quantity, ReasonText, VersionNumber } from '#kernel/schemas';
import { SupportContent, SupportForm, SupportLanguage } from '#services/service-content.events';

export const IndicatorMeasure = choice(
  'IndicatorMeasure',
  ['count', 'share', 'score'],
  'What an indicator measures: a count, which adds up over regions; a share in per cent or a score, which do not.',
);
export type IndicatorMeasure = StaticOf<typeof IndicatorMeasure>;

const IndicatorBasis = choice('IndicatorBasis', ['counted', 'estimated'], 'Whether a value was counted, or is an estimate.');

export const AgeGroup = choice(
  'AgeGroup',
  ['under-30', 'from-30-to-64', 'from-65-to-74', 'from-75'],
  'How old those are whom a value is about.',
);

const version = field(VersionNumber, { fi: 'Määritelmän versio', sv: 'Definitionens version', en: 'Version of the definition' });

/** What of a region a value is about; of the whole of it where nothing is said. */
export const breakdown = {
  municipality: optional(MunicipalityText, { fi: 'Kunta', sv: 'Kommun', en: 'Municipality' }),
  form: optional(SupportForm, { fi: 'Tuen muoto', sv: 'Stödform', en: 'Form of support' }),
  topic: optional(SupportContent, { fi: 'Aihe', sv: 'Ämne', en: 'Topic' }),
  language: optional(SupportLanguage, { fi: 'Kieli', sv: 'Språk', en: 'Language' }),
  age: optional(AgeGroup, { fi: 'Ikäryhmä', sv: 'Åldersgrupp', en: 'Age' }),
};

/** Stored for ever: add an event or a version, never rename one or change what it means. */
export const definitionEvents = {
  IndicatorDefined: v1(
    { fi: 'Mittari määriteltiin', sv: 'En indikator definierades', en: 'An indicator was defined' },
    {
      version,
      names: field(LocalizedName, { fi: 'Nimet', sv: 'Namn', en: 'Names' }),
      unit: field(LocalizedName, { fi: 'Yksikkö', sv: 'Enhet', en: 'Unit' }),
      measure: field(IndicatorMeasure, { fi: 'Mitä mitataan', sv: 'Vad som mäts', en: 'What it measures' }),
      method: field(Localized, { fi: 'Miten se lasketaan', sv: 'Hur den beräknas', en: 'How it is measured' }),
    },
  ),
};

/** Stored for ever, as above. A value is internal: small counts are suppressed in what is public. */
export const indicatorEvents = {
  IndicatorReported: v1(
    { fi: 'Mittarin arvo ilmoitettiin', sv: 'Indikatorns värde rapporterades', en: 'The value of an indicator was reported' },
    {
      indicator: field(KeyText, { fi: 'Mittari', sv: 'Indikator', en: 'Indicator' }),
      version,
      period: field(Days, { fi: 'Jakso', sv: 'Period', en: 'Period' }),
      ...breakdown,
      value: hinted(
        optional(Quantity, { fi: 'Arvo', sv: 'Värde', en: 'Value' }, 'internal'),
        'Left out where it is missing: that is not zero, and `missingBecause` says why.',
      ),
      basis: optional(IndicatorBasis, { fi: 'Laskettu vai arvioitu', sv: 'Räknat eller uppskattat', en: 'Counted or estimated' }),
      missingBecause: optional(ReasonText, { fi: 'Miksi arvo puuttuu', sv: 'Varför värdet saknas', en: 'Why the value is missing' }),
      correction: hinted(
        optional(ReasonText, { fi: 'Miksi arvo korjataan', sv: 'Varför värdet rättas', en: 'Why it is corrected' }),
        'Of a value that was reported before: what it was stays on record.',
      ),
    },
  ),
};

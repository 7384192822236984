import { field, hinted, listOf, optional, v1, type StaticOf } from '#kernel/event-schema';
import { choice, countUpTo, Days, HttpsAddress, Localized, LocalizedName, MunicipalityText, Region } from '#kernel/schemas';
import { SupportAudience, SupportContent, SupportForm, SupportLanguage } from '#services/service-content.events';

export const Respondents = choice(
  'SurveyRespondents',
  ['support-givers', 'support-recipients', 'both'],
  'Who is asked: those who give digital support, those who need it, or both.',
);
const RespondentGroup = choice(
  'SurveyRespondentGroup',
  ['support-givers', 'support-recipients'],
  'Those who give digital support, or those who need it.',
);

export const SupportUnit = choice(
  'SupportUnit',
  ['people-per-month', 'contacts-per-month', 'hours-per-month'],
  'In what need and supply are told. People are not added up over topics and audiences: who needs help with two things is one.',
);
export type SupportUnit = StaticOf<typeof SupportUnit>;

/** More than all of Finland asks for in a month. */
const Volume = countUpTo(10_000_000);

const region = field(Region, { fi: 'Maakunta', sv: 'Landskap', en: 'Region' });
const regions = field(listOf(Region), { fi: 'Maakunnat', sv: 'Landskap', en: 'Regions' });
const municipality = field(MunicipalityText, { fi: 'Kunta', sv: 'Kommun', en: 'Municipality' });
const unit = field(SupportUnit, { fi: 'Yksikkö', sv: 'Enhet', en: 'Unit' });

/** Stored for ever: add an event or a version, never rename one or change what it means. Counts are internal: small ones are suppressed in what is public. */
export const surveyEvents = {
  SurveyWavePublished: v1(
    { fi: 'Digitukikysely julkaistiin', sv: 'En enkät om digitalt stöd publicerades', en: 'A survey wave was published' },
    {
      names: field(LocalizedName, { fi: 'Nimet', sv: 'Namn', en: 'Names' }),
      regions,
      respondents: field(Respondents, { fi: 'Vastaajat', sv: 'Respondenter', en: 'Who is asked' }),
      languages: field(listOf(SupportLanguage), { fi: 'Kyselyn kielet', sv: 'Enkätens språk', en: 'The languages of the survey' }),
      period: field(Days, { fi: 'Vastausaika', sv: 'Svarstid', en: 'When it can be answered' }),
      address: optional(HttpsAddress, { fi: 'Verkko-osoite', sv: 'Webbadress', en: 'Where it is on the web' }),
    },
  ),
  SurveyResponseRateReported: v1(
    { fi: 'Kyselyn vastausmäärä ilmoitettiin', sv: 'Enkätens svarsantal rapporterades', en: 'The response to a survey was reported' },
    {
      region,
      group: field(RespondentGroup, { fi: 'Vastaajaryhmä', sv: 'Respondentgrupp', en: 'Which respondents' }),
      language: optional(SupportLanguage, {
        fi: 'Kieli, jos määrä on yhden kielen',
        sv: 'Språk, om antalet gäller ett språk',
        en: 'The language, where it is of one only',
      }),
      invited: hinted(
        optional(
          Volume,
          { fi: 'Kutsuttuja, jos määrä tiedetään', sv: 'Inbjudna, om antalet är känt', en: 'How many were asked' },
          'internal',
        ),
        'Left out where it is not known, as of a survey that is open to all: then there is no rate.',
      ),
      answered: field(Volume, { fi: 'Vastanneita', sv: 'Svarande', en: 'How many answered' }, 'internal'),
    },
  ),
  NeedRecorded: v1(
    { fi: 'Digituen tarve kirjattiin', sv: 'Ett behov av digitalt stöd antecknades', en: 'A need of digital support was recorded' },
    {
      region,
      municipality,
      audience: field(SupportAudience, { fi: 'Kohderyhmä', sv: 'Målgrupp', en: 'Who needs it' }),
      topic: field(SupportContent, { fi: 'Aihe', sv: 'Ämne', en: 'What help is needed with' }),
      volume: field(Volume, { fi: 'Määrä', sv: 'Volym', en: 'How much is needed' }, 'internal'),
      unit,
    },
  ),
  SupplyRecorded: v1(
    { fi: 'Digituen tarjonta kirjattiin', sv: 'Ett utbud av digitalt stöd antecknades', en: 'A supply of digital support was recorded' },
    {
      region,
      municipality,
      form: field(SupportForm, { fi: 'Tuen muoto', sv: 'Stödform', en: 'Form of support' }),
      capacity: field(Volume, { fi: 'Kapasiteetti', sv: 'Kapacitet', en: 'How much can be given' }),
      unit,
    },
  ),
  SurveyConcluded: v1(
    { fi: 'Kyselyn tulokset koottiin', sv: 'Enkätens resultat sammanställdes', en: 'A survey was concluded' },
    { regions, findings: field(Localized, { fi: 'Havainnot', sv: 'Resultat', en: 'Findings' }) },
  ),
};

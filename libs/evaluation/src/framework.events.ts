import { field, hinted, listOf, optional, record, v1, type StaticOf } from '#kernel/event-schema';
import { countUpTo, DayText, KeyText, Localized, LocalizedName, VersionNumber } from '#kernel/schemas';

export const evaluationCriterion = record(
  {
    key: field(KeyText, { fi: 'Kriteerin tunnus', sv: 'Kriteriets id', en: 'Key of the criterion' }),
    text: field(Localized, { fi: 'Kriteeri', sv: 'Kriterium', en: 'Criterion' }),
  },
  'EvaluationCriterion',
);
export type EvaluationCriterion = StaticOf<typeof evaluationCriterion>;

/** More levels than anybody tells apart. */
export const Level = countUpTo(10);

export const evaluationLevel = record(
  {
    level: field(Level, { fi: 'Taso', sv: 'Nivå', en: 'Level' }),
    text: field(Localized, { fi: 'Mitä se tarkoittaa', sv: 'Vad den betyder', en: 'What it means' }),
  },
  'EvaluationLevel',
);
export type EvaluationLevel = StaticOf<typeof evaluationLevel>;

const version = field(VersionNumber, { fi: 'Version numero', sv: 'Versionens nummer', en: 'Number of the version' });
const names = field(LocalizedName, { fi: 'Nimet', sv: 'Namn', en: 'Names' });

/** Stored for ever: add an event or a version, never rename one or change what it means. */
export const frameworkEvents = {
  EvaluationFrameworkDrafted: v1(
    {
      fi: 'Arviointikehikon versiota luonnosteltiin',
      sv: 'En version av utvärderingsramen utarbetades',
      en: 'A version of the evaluation framework was drafted',
    },
    {
      version,
      names,
      coAuthors: field(listOf(KeyText), {
        fi: 'Organisaatiot, jotka laativat sitä yhdessä',
        sv: 'Organisationer som utarbetar den tillsammans',
        en: 'The organisations that draft it together',
      }),
      text: optional(Localized, { fi: 'Luonnos', sv: 'Utkast', en: 'Draft' }),
    },
  ),
  EvaluationFrameworkPublished: v1(
    {
      fi: 'Arviointikehikon versio julkaistiin',
      sv: 'En version av utvärderingsramen publicerades',
      en: 'A version of the evaluation framework was published',
    },
    {
      version,
      names,
      criteria: field(listOf(evaluationCriterion), { fi: 'Kriteerit', sv: 'Kriterier', en: 'Criteria' }),
      levels: hinted(
        field(listOf(evaluationLevel), { fi: 'Tasot', sv: 'Nivåer', en: 'Levels' }),
        'The lowest first. They are an order, not amounts.',
      ),
      inForceFrom: field(DayText, { fi: 'Voimassa alkaen', sv: 'I kraft från och med', en: 'In force from' }),
    },
  ),
};

import { field, listOf, optional, record, v1 } from '#kernel/event-schema';
import { Count, Days, DayText, KeyText, Localized, LocalizedName, Region, textUpTo, VersionNumber } from '#kernel/schemas';
import { Level } from './framework.events.js';

const criterion = field(KeyText, { fi: 'Kriteeri', sv: 'Kriterium', en: 'Criterion' });
const ofCriterion = optional(KeyText, {
  fi: 'Kriteeri, jota se koskee',
  sv: 'Kriteriet som det gäller',
  en: 'The criterion that it is about',
});
const improvement = field(KeyText, { fi: 'Parannuksen tunnus', sv: 'Förbättringens id', en: 'Id of the improvement' });
const framework = field(KeyText, { fi: 'Arviointikehikko', sv: 'Utvärderingsram', en: 'Evaluation framework' });
const version = field(VersionNumber, { fi: 'Kehikon versio', sv: 'Ramens version', en: 'Version of the framework' });

export const mixedVersion = record(
  { framework, version, evaluations: field(Count, { fi: 'Itsearviointeja', sv: 'Självutvärderingar', en: 'How many self-evaluations' }) },
  'EvaluationsOfVersion',
  'How many self-evaluations were made by a version of a framework.',
);

/** Stored for ever: add an event or a version, never rename one or change what it means. */
export const evaluationEvents = {
  SelfEvaluationStarted: v1(
    { fi: 'Maakunta aloitti itsearvioinnin', sv: 'Landskapet inledde en självutvärdering', en: 'A region started a self-evaluation' },
    {
      region: field(Region, { fi: 'Maakunta', sv: 'Landskap', en: 'Region' }),
      framework,
      version,
      criteria: field(listOf(KeyText), { fi: 'Kehikon kriteerit', sv: 'Ramens kriterier', en: 'The criteria of the framework' }),
      levels: field(listOf(Level), { fi: 'Kehikon tasot', sv: 'Ramens nivåer', en: 'The levels of the framework' }),
      period: field(Days, { fi: 'Arvioitava aika', sv: 'Tiden som utvärderas', en: 'The time that is evaluated' }),
    },
  ),
  CriterionSelfAssessed: v1(
    { fi: 'Maakunta arvioi kriteerin', sv: 'Landskapet bedömde ett kriterium', en: 'A region assessed a criterion' },
    {
      criterion,
      level: field(Level, { fi: 'Taso', sv: 'Nivå', en: 'Level' }),
      evidence: field(textUpTo(5_000), { fi: 'Näyttö', sv: 'Belägg', en: 'Evidence' }, 'internal'),
    },
  ),
  SelfEvaluationSubmitted: v1(
    { fi: 'Maakunta jätti itsearvioinnin', sv: 'Landskapet lämnade in självutvärderingen', en: 'A self-evaluation was submitted' },
    { summary: optional(textUpTo(5_000), { fi: 'Yhteenveto', sv: 'Sammandrag', en: 'Summary' }) },
  ),
  FeedbackGiven: v1(
    { fi: 'Virasto antoi palautetta', sv: 'Myndigheten gav respons', en: 'The agency gave feedback' },
    {
      feedback: field(KeyText, { fi: 'Palautteen tunnus', sv: 'Responsens id', en: 'Id of the feedback' }),
      criterion: ofCriterion,
      text: field(textUpTo(5_000), { fi: 'Palaute', sv: 'Respons', en: 'Feedback' }),
    },
  ),
  ImprovementAgreed: v1(
    { fi: 'Parannuksesta sovittiin', sv: 'En förbättring avtalades', en: 'An improvement was agreed on' },
    {
      improvement,
      criterion: ofCriterion,
      text: field(textUpTo(5_000), { fi: 'Mitä parannetaan', sv: 'Vad som förbättras', en: 'What is improved' }),
      by: field(DayText, { fi: 'Mihin mennessä', sv: 'Senast', en: 'By when' }),
    },
  ),
  ImprovementCompleted: v1(
    { fi: 'Parannus valmistui', sv: 'Förbättringen slutfördes', en: 'An improvement was completed' },
    { improvement, outcome: field(textUpTo(5_000), { fi: 'Tulos', sv: 'Resultat', en: 'What came of it' }) },
  ),
  NationalEvaluationPublished: v1(
    { fi: 'Kansallinen arvio julkaistiin', sv: 'En nationell utvärdering publicerades', en: 'A national evaluation was published' },
    {
      names: field(LocalizedName, { fi: 'Nimet', sv: 'Namn', en: 'Names' }),
      period: field(Days, { fi: 'Arvioitava aika', sv: 'Tiden som utvärderas', en: 'The time that is evaluated' }),
      findings: field(Localized, { fi: 'Havainnot', sv: 'Resultat', en: 'Findings' }),
      selfEvaluations: field(listOf(textUpTo(130)), {
        fi: 'Itsearvioinnit, joihin se perustuu',
        sv: 'Självutvärderingarna som den grundar sig på',
        en: 'The self-evaluations that it stands on',
      }),
      versions: field(listOf(mixedVersion), {
        fi: 'Kehikon versiot, joilla ne on tehty',
        sv: 'Ramens versioner som de gjorts enligt',
        en: 'The versions of frameworks that they were made by',
      }),
    },
  ),
};

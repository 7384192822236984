import type { Template, TemplateBlock, Texts } from '#documents/content';
import type { Language } from '#kernel/localized-text';

/**
 * What documents say, by kind and version. Kept for ever: a document is made again by the version that was in force on its
 * day, so a version is added (with the day from which it holds), and none is changed.
 */

const toWhom: TemplateBlock = {
  facts: [
    [{ fi: 'Avustuksen hakija', sv: 'Sökande', en: 'Applicant' }, 'applicant'],
    [{ fi: 'Haku', sv: 'Utlysning', en: 'Call' }, 'call'],
    [{ fi: 'Asianumero', sv: 'Ärendenummer', en: 'Case number' }, 'caseNumber'],
    [{ fi: 'Päätöspäivä', sv: 'Beslutsdag', en: 'Date of the decision' }, 'day'],
    [{ fi: 'Sovellettu säädös', sv: 'Tillämpad bestämmelse', en: 'Legal basis' }, 'legalBasis'],
  ],
};
const decided: TemplateBlock = { heading: { fi: 'Päätös', sv: 'Beslut', en: 'Decision' } };
const grounds: readonly TemplateBlock[] = [
  { when: 'grounds', heading: { fi: 'Perustelut', sv: 'Motivering', en: 'Grounds' } },
  { said: 'grounds' },
];
const contesting: readonly TemplateBlock[] = [
  { when: 'appeal', heading: { fi: 'Muutoksenhaku', sv: 'Ändringssökande', en: 'How to contest the decision' } },
  { said: 'appeal' },
];
const footer: Texts = { fi: 'Asianumero {caseNumber}', sv: 'Ärendenummer {caseNumber}', en: 'Case number {caseNumber}' };
const version1 = { version: 1, from: '2017-01-01', layout: 1, footer } as const;

const decisionBlocks: readonly TemplateBlock[] = [
  decided,
  {
    when: 'granted',
    paragraph: {
      fi: 'Hakijalle myönnetään valtionavustusta enintään {granted}.',
      sv: 'Sökanden beviljas statsunderstöd på högst {granted}.',
      en: 'The applicant is granted a state grant of at most {granted}.',
    },
  },
  { when: 'refused', paragraph: { fi: 'Hakemus hylätään.', sv: 'Ansökan avslås.', en: 'The application is refused.' } },
  {
    when: 'inadmissible',
    paragraph: {
      fi: 'Hakemus jätetään tutkimatta.',
      sv: 'Ansökan tas inte upp till prövning.',
      en: 'The application is found inadmissible and is not examined.',
    },
  },
  {
    facts: [
      [{ fi: 'Avustuksen osuus', sv: 'Understödets andel', en: 'Share that the grant covers' }, 'share'],
      [{ fi: 'Hyväksyttävät kustannukset', sv: 'Godtagbara kostnader', en: 'Eligible costs' }, 'eligibleCosts'],
      [{ fi: 'Tulot', sv: 'Inkomster', en: 'Income' }, 'income'],
      [{ fi: 'Käyttöaika', sv: 'Användningstid', en: 'Period of use' }, 'periodOfUse'],
    ],
  },
  { when: 'purpose', heading: { fi: 'Käyttötarkoitus', sv: 'Användningsändamål', en: 'Purpose' } },
  { said: 'purpose' },
  { when: 'conditions', heading: { fi: 'Ehdot', sv: 'Villkor', en: 'Conditions' } },
  { list: 'conditions' },
  { when: 'instalments', heading: { fi: 'Suunnitellut maksuerät', sv: 'Planerade poster', en: 'Planned instalments' } },
  {
    table: 'instalments',
    columns: [
      { fi: 'Erä', sv: 'Post', en: 'Instalment' },
      { fi: 'Suunniteltu maksupäivä', sv: 'Planerad betalningsdag', en: 'Planned for' },
      { fi: 'Määrä', sv: 'Belopp', en: 'Amount' },
    ],
  },
  ...grounds,
  ...contesting,
  {
    facts: [
      [{ fi: 'Esittelijä', sv: 'Föredragande', en: 'Presenter' }, 'presenter'],
      [{ fi: 'Ratkaisija', sv: 'Beslutsfattare', en: 'Decider' }, 'decider'],
    ],
  },
];

/** The templates of each kind, the earliest version first. */
export const grantDocumentTemplates = {
  decision: [
    {
      ...version1,
      title: { fi: 'Valtionavustuspäätös', sv: 'Beslut om statsunderstöd', en: 'Decision on a state grant' },
      blocks: [toWhom, ...decisionBlocks],
    },
  ],
  correction: [
    {
      ...version1,
      title: {
        fi: 'Oikaistu valtionavustuspäätös',
        sv: 'Rättat beslut om statsunderstöd',
        en: 'Corrected decision on a state grant',
      },
      blocks: [
        toWhom,
        { heading: { fi: 'Oikaisu', sv: 'Rättelse', en: 'Correction' } },
        {
          facts: [
            [{ fi: 'Alkuperäinen päätös', sv: 'Ursprungligt beslut', en: 'First decided' }, 'firstDay'],
            [{ fi: 'Peruste', sv: 'Grund', en: 'Ground' }, 'ground'],
            [{ fi: 'Syy', sv: 'Orsak', en: 'Reason' }, 'reason'],
          ],
        },
        ...decisionBlocks,
      ],
    },
  ],
  payment: [
    {
      ...version1,
      title: { fi: 'Maksatuspäätös', sv: 'Beslut om utbetalning', en: 'Decision on a payment' },
      blocks: [
        toWhom,
        decided,
        {
          paragraph: {
            fi: 'Valtionavustuksesta maksetaan {amount}.',
            sv: 'Av statsunderstödet betalas {amount}.',
            en: 'Of the state grant, {amount} is paid.',
          },
        },
        {
          facts: [
            [{ fi: 'Maksu', sv: 'Betalning', en: 'Payment' }, 'payment'],
            [{ fi: 'Maksuerä', sv: 'Post', en: 'Instalment' }, 'instalment'],
            [{ fi: 'Pyydetty', sv: 'Begärt', en: 'Asked for' }, 'asked'],
            [{ fi: 'Päätetty maksaa ennen tätä', sv: 'Beslutat att betalas före detta', en: 'Decided to be paid before' }, 'before'],
          ],
        },
        ...grounds,
        ...contesting,
      ],
    },
  ],
  change: [
    {
      ...version1,
      title: { fi: 'Päätös muutoshakemuksesta', sv: 'Beslut om ändringsansökan', en: 'Decision on a change request' },
      blocks: [
        toWhom,
        decided,
        { facts: [[{ fi: 'Muutoshakemus', sv: 'Ändringsansökan', en: 'Change request' }, 'change']] },
        {
          table: 'parts',
          columns: [
            { fi: 'Osa', sv: 'Del', en: 'Part' },
            { fi: 'Ratkaisu', sv: 'Avgörande', en: 'Outcome' },
            { fi: 'Perustelut', sv: 'Motivering', en: 'Grounds' },
          ],
        },
        { facts: [[{ fi: 'Käyttöaika tästä lähtien', sv: 'Användningstid härefter', en: 'Period of use from now on' }, 'periodOfUse']] },
        ...contesting,
      ],
    },
  ],
  recovery: [
    {
      ...version1,
      title: { fi: 'Takaisinperintäpäätös', sv: 'Beslut om återkrav', en: 'Decision on a recovery' },
      blocks: [
        toWhom,
        decided,
        {
          paragraph: {
            fi: 'Valtionavustusta peritään takaisin {amount}.',
            sv: 'Av statsunderstödet återkrävs {amount}.',
            en: 'Of the state grant, {amount} is recovered.',
          },
        },
        {
          table: 'parts',
          columns: [
            { fi: 'Maksu', sv: 'Betalning', en: 'Payment' },
            { fi: 'Maksettu', sv: 'Betald', en: 'Paid on' },
            { fi: 'Peritään takaisin', sv: 'Återkrävs', en: 'Recovered' },
          ],
        },
        {
          facts: [
            [{ fi: 'Takaisinperintä', sv: 'Återkrav', en: 'Recovery' }, 'duty'],
            [{ fi: 'Korko', sv: 'Ränta', en: 'Interest' }, 'interest'],
            [{ fi: 'Eräpäivä', sv: 'Förfallodag', en: 'Due on' }, 'due'],
          ],
        },
        ...grounds,
        ...contesting,
      ],
    },
  ],
  rectification: [
    {
      ...version1,
      title: {
        fi: 'Päätös oikaisuvaatimukseen',
        sv: 'Beslut om begäran om omprövning',
        en: 'Decision on a request for rectification',
      },
      blocks: [
        toWhom,
        decided,
        {
          when: 'changed',
          paragraph: {
            fi: 'Oikaisuvaatimus hyväksytään: päätöstä muutetaan.',
            sv: 'Begäran om omprövning godkänns: beslutet ändras.',
            en: 'The request for rectification succeeds: the decision is changed.',
          },
        },
        {
          when: 'unchanged',
          paragraph: {
            fi: 'Oikaisuvaatimus hylätään: päätöstä ei muuteta.',
            sv: 'Begäran om omprövning avslås: beslutet ändras inte.',
            en: 'The request for rectification is refused: the decision stands.',
          },
        },
        {
          when: 'inadmissible',
          paragraph: {
            fi: 'Oikaisuvaatimus jätetään tutkimatta.',
            sv: 'Begäran om omprövning tas inte upp till prövning.',
            en: 'The request for rectification is found inadmissible and is not examined.',
          },
        },
        { facts: [[{ fi: 'Oikaisuvaatimus saapui', sv: 'Begäran inkom', en: 'The request came on' }, 'arrived']] },
        ...grounds,
        { heading: { fi: 'Valitusosoitus', sv: 'Besvärsanvisning', en: 'Instructions for appeal' } },
        { said: 'appealInstructions' },
        { facts: [[{ fi: 'Valitettava viimeistään', sv: 'Besvär ska anföras senast', en: 'Appeal by' }, 'appealBy']] },
      ],
    },
  ],
} as const satisfies Record<string, readonly Template[]>;

/** What codes are called in documents. */
export const documentWords = {
  'eligible-costs': {
    fi: '{share} hyväksyttävistä kustannuksista',
    sv: '{share} av de godtagbara kostnaderna',
    en: '{share} of the eligible costs',
  },
  'eligible-costs-less-income': {
    fi: '{share} siitä, mitä tulot eivät hyväksyttävistä kustannuksista kata',
    sv: '{share} av det som inkomsterna inte täcker av de godtagbara kostnaderna',
    en: '{share} of what income does not cover of the eligible costs',
  },
  'clerical-error': { fi: 'kirjoitusvirhe', sv: 'skrivfel', en: 'a clerical error' },
  rectification: { fi: 'oikaisuvaatimus', sv: 'begäran om omprövning', en: 'a request for rectification' },
  'court-decision': { fi: 'tuomioistuimen ratkaisu', sv: 'domstolens avgörande', en: 'a court’s decision' },
  time: { fi: 'aika', sv: 'tid', en: 'time' },
  budget: { fi: 'talousarvio', sv: 'budget', en: 'budget' },
  content: { fi: 'sisältö', sv: 'innehåll', en: 'content' },
  partners: { fi: 'kumppanit', sv: 'partner', en: 'partners' },
  accepted: { fi: 'hyväksytään', sv: 'godkänns', en: 'accepted' },
  'accepted-with-changes': { fi: 'hyväksytään muutettuna', sv: 'godkänns med ändringar', en: 'accepted with changes' },
  refused: { fi: 'hylätään', sv: 'avslås', en: 'refused' },
  mandatory: { fi: 'velvollisuus periä takaisin', sv: 'skyldighet att återkräva', en: 'mandatory' },
  discretionary: { fi: 'harkinnanvarainen', sv: 'enligt prövning', en: 'discretionary' },
  'bears-interest': {
    fi: 'peritään kunkin maksun maksupäivää seuraavasta päivästä takaisinmaksupäivään',
    sv: 'tas ut från dagen efter varje betalning till återbetalningsdagen',
    en: 'charged from the day after each payment to the day of repayment',
  },
  'without-interest': { fi: 'ei peritä', sv: 'tas inte ut', en: 'not charged' },
  forgotten: { fi: '(nimi unohdettu)', sv: '(namnet glömt)', en: '(name forgotten)' },
} as const satisfies Record<string, Texts>;

/** What stands before all else in a document that is not in the language in which the decision was made. */
export const translationNotice: Readonly<Record<Language, Texts>> = {
  fi: {
    fi: '',
    sv: 'Översättning. Beslutet har fattats på finska.',
    en: 'Translation. The decision was made in Finnish.',
  },
  sv: {
    fi: 'Käännös. Päätös on tehty ruotsiksi.',
    sv: '',
    en: 'Translation. The decision was made in Swedish.',
  },
  en: {
    fi: 'Käännös. Päätös on tehty englanniksi.',
    sv: 'Översättning. Beslutet har fattats på engelska.',
    en: '',
  },
};

export const fictionalNotice: Texts = {
  fi: 'Esittelyä: kaikki tässä on kuvitteellista.',
  sv: 'Demonstration: allt i detta är påhittat.',
  en: 'A demonstration: all of this is fictional.',
};

import { Type } from 'typebox';
import { field, listOf, optional, personal, v1, type StaticOf, ofAuthority } from '#kernel/event-schema';
import {
  CentsNumber,
  choice,
  countUpTo,
  DayText,
  InstantText,
  KeyText,
  oneOf,
  ReasonText,
  Region,
  Text,
  textUpTo,
  YesNo,
} from '#kernel/schemas';
import { arrival, content, draft, optionalContent, signatory } from './application-content.events.js';

export const DecisionOutcome = choice(
  'DecisionOutcome',
  ['granted', 'refused', 'inadmissible'],
  'What a decision on an application comes to.',
);
export type DecisionOutcome = StaticOf<typeof DecisionOutcome>;
/** Why a decision can only find it inadmissible, as is seen when it is received; lateness is an event of its own. */
export const inadmissibleGrounds = ['applicant-not-eligible', 'region-has-an-application'] as const;
export type InadmissibleGround = (typeof inadmissibleGrounds)[number];

const Person = Type.String({ minLength: 1, maxLength: 200 });
const whose = {
  call: field(KeyText, { fi: 'Haku', sv: 'Utlysning', en: 'Call' }),
  region: field(Region, { fi: 'Maakunta', sv: 'Landskap', en: 'Region' }),
  applicant: field(KeyText, { fi: 'Hakija', sv: 'Sökande', en: 'Applicant' }),
};
const supplement = field(KeyText, {
  fi: 'Täydennyspyynnön tunnus',
  sv: 'Id för begäran om komplettering',
  en: 'Id of the supplement request',
});
const hearing = field(KeyText, { fi: 'Kuulemisen tunnus', sv: 'Hörandets id', en: 'Id of the hearing' });
const due = field(DayText, {
  fi: 'Viimeinen päivä (koko päivä Helsingissä)',
  sv: 'Sista dag (hela dagen i Helsingfors)',
  en: 'The last day, all of it in Helsinki',
});
const isLate = field(YesNo, { fi: 'Saapui määräajan jälkeen', sv: 'Ankom efter tidsfristen', en: 'It came after its due day' });
/** What can be asked of an applicant. */
export const AskedKind = choice('AskedKind', ['supplement', 'hearing'], 'Whether a supplement or a statement was asked for.');
export type AskedKind = StaticOf<typeof AskedKind>;
const asked = {
  asked: field(AskedKind, {
    fi: 'Täydennyspyyntö vai kuuleminen',
    sv: 'Begäran om komplettering eller hörande',
    en: 'A supplement request or a hearing',
  }),
  id: field(KeyText, { fi: 'Pyynnön tai kuulemisen tunnus', sv: 'Id för begäran eller hörandet', en: 'Id of the request or the hearing' }),
};
const presenter = ofAuthority(field(Person, { fi: 'Esittelijän tunnus', sv: 'Föredragandens id', en: 'Id of the presenter' }, 'internal'));
const reason = field(ReasonText, { fi: 'Perustelu', sv: 'Motivering', en: 'Reason' });
const grounds = field(Text, { fi: 'Perustelut', sv: 'Motivering', en: 'Grounds' }, 'internal');

/** Stored for ever: add an event or a version, never rename one or change what it means. */
export const applicationEvents = {
  ApplicationRecordedFromSource: v1(
    {
      fi: 'Hakemus kirjattiin julkisesta lähteestä',
      sv: 'En ansökan antecknades ur en offentlig källa',
      en: 'An application was recorded from a public source',
    },
    {
      call: field(KeyText, { fi: 'Haku', sv: 'Utlysning', en: 'Call' }),
      region: field(Region, { fi: 'Maakunta', sv: 'Landskap', en: 'Region' }),
      applicant: optional(KeyText, {
        fi: 'Hakija, jos lähde sanoo sen',
        sv: 'Sökande, om källan säger det',
        en: 'Applicant, if the source says so',
      }),
    },
  ),
  ApplicationStarted: v1({ fi: 'Hakemusta alettiin laatia', sv: 'En ansökan påbörjades', en: 'An application was started' }, whose),
  ApplicationRevised: v1(
    { fi: 'Hakemuksen luonnosta muutettiin', sv: 'Utkastet till ansökan ändrades', en: 'The draft of an application was revised' },
    { content: draft },
  ),
  ApplicationSubmitted: v1(
    { fi: 'Hakemus jätettiin', sv: 'Ansökan lämnades in', en: 'The application was submitted' },
    { ...content, arrival, ...signatory },
  ),
  ApplicationReceived: v1(
    { fi: 'Hakemuksen saapuminen kirjattiin', sv: 'Ansökans ankomst registrerades', en: 'The arrival of an application was registered' },
    {
      ...whose,
      arrival,
      caseNumber: field(textUpTo(100), { fi: 'Asianumero', sv: 'Ärendenummer', en: 'Case number' }),
      inadmissible: optional(oneOf(inadmissibleGrounds), {
        fi: 'Miksi hakemusta ei voida tutkia',
        sv: 'Varför ansökan inte kan prövas',
        en: 'Why it cannot be examined',
      }),
      ...optionalContent,
      ...signatory,
    },
  ),
  LateApplicationRecorded: v1(
    { fi: 'Hakemus kirjattiin myöhässä saapuneeksi', sv: 'Ansökan antecknades som försenad', en: 'The application was recorded as late' },
    {
      arrivedAt: field(InstantText, { fi: 'Saapumishetki', sv: 'Ankomsttid', en: 'The instant of arrival' }),
      closes: field(InstantText, { fi: 'Viimeinen hetki', sv: 'Sista ögonblick', en: 'The last instant that was in time' }),
    },
  ),
  ApplicationAmended: v1(
    {
      fi: 'Hakemusta muutettiin ennen määräaikaa',
      sv: 'Ansökan ändrades före tidsfristens utgång',
      en: 'The application was amended before the deadline',
    },
    { ...content, arrival, ...signatory },
  ),
  ApplicationWithdrawn: v1(
    { fi: 'Hakemus peruutettiin', sv: 'Ansökan återtogs', en: 'The application was withdrawn' },
    { reason, arrival },
  ),
  SupplementRequested: v1(
    { fi: 'Hakemukseen pyydettiin täydennystä', sv: 'Komplettering av ansökan begärdes', en: 'A supplement was requested' },
    { supplement, asks: field(Text, { fi: 'Mitä pyydetään', sv: 'Vad som begärs', en: 'What is asked for' }, 'internal'), due, presenter },
  ),
  ApplicationSupplemented: v1(
    { fi: 'Hakemusta täydennettiin', sv: 'Ansökan kompletterades', en: 'The application was supplemented' },
    { supplement, text: optional(Text, { fi: 'Vastaus', sv: 'Svar', en: 'The answer' }, 'internal'), ...optionalContent, isLate, arrival },
  ),
  HearingOpened: v1(
    { fi: 'Hakijaa pyydettiin lausumaan', sv: 'Sökanden ombads yttra sig', en: 'The applicant was asked to be heard' },
    {
      hearing,
      concerns: field(Text, { fi: 'Mitä kuuleminen koskee', sv: 'Vad hörandet gäller', en: 'What the hearing is about' }, 'internal'),
      due,
      presenter,
    },
  ),
  StatementGiven: v1(
    { fi: 'Hakija antoi lausuman', sv: 'Sökanden yttrade sig', en: 'The applicant gave a statement' },
    { hearing, text: field(Text, { fi: 'Lausuma', sv: 'Yttrande', en: 'Statement' }, 'internal'), isLate, arrival },
  ),
  DueDayCorrected: v1(
    { fi: 'Vastaamisen määräpäivä oikaistiin', sv: 'Sista dagen för svaret rättades', en: 'The day by which to answer was corrected' },
    { ...asked, due, reason },
  ),
  RequestWithdrawn: v1(
    {
      fi: 'Täydennyspyyntö tai kuuleminen peruttiin',
      sv: 'Begäran om komplettering eller hörandet drogs tillbaka',
      en: 'A supplement request or a hearing was withdrawn',
    },
    { ...asked, reason },
  ),
  EarlierArrivalRecorded: v1(
    {
      fi: 'Hakemuksen osoitettiin saapuneen aiemmin',
      sv: 'Ansökan visade sig ha kommit in tidigare',
      en: 'The application was shown to have arrived earlier',
    },
    {
      arrival,
      isLate: field(YesNo, { fi: 'Saapui silloinkin määräajan jälkeen', sv: 'Kom även då efter tidsfristen', en: 'It was late even so' }),
    },
  ),
  DisqualificationRecorded: v1(
    { fi: 'Esteellisyys kirjattiin', sv: 'Jäv antecknades', en: 'A disqualification was recorded' },
    {
      person: ofAuthority(field(Person, { fi: 'Esteellisen tunnus', sv: 'Den jäviges id', en: 'Id of who is disqualified' }, 'internal')),
      grounds: personal('person', { fi: 'Esteellisyyden peruste', sv: 'Grund för jävet', en: 'Ground of the disqualification' }, 'secret', {
        kind: 'text',
        max: 2_000,
      }),
    },
  ),
  ApplicationAssessed: v1(
    { fi: 'Hakemusta arvioitiin', sv: 'Ansökan bedömdes', en: 'The application was assessed' },
    {
      criterion: field(KeyText, { fi: 'Arviointiperuste', sv: 'Bedömningsgrund', en: 'Criterion' }, 'internal'),
      score: field(countUpTo(100), { fi: 'Pisteet (0–100)', sv: 'Poäng (0–100)', en: 'Score (0 to 100)' }, 'internal'),
      grounds,
      assessor: ofAuthority(field(Person, { fi: 'Arvioijan tunnus', sv: 'Bedömarens id', en: 'Id of the assessor' }, 'internal')),
    },
  ),
  DecisionProposed: v1(
    { fi: 'Hakemuksesta esiteltiin päätösehdotus', sv: 'Ett förslag till beslut lades fram', en: 'A decision was proposed' },
    {
      presenter,
      outcome: field(DecisionOutcome, { fi: 'Ehdotus', sv: 'Förslag', en: 'Outcome' }, 'internal'),
      amount: optional(
        CentsNumber,
        { fi: 'Ehdotettu avustus (senttejä)', sv: 'Föreslaget understöd (cent)', en: 'The amount proposed (cents)' },
        'internal',
      ),
      grounds,
      conditions: field(listOf(Text), { fi: 'Ehdot', sv: 'Villkor', en: 'Conditions' }, 'internal'),
    },
  ),
  DecisionProposalWithdrawn: v1(
    { fi: 'Päätösehdotus peruttiin', sv: 'Förslaget till beslut drogs tillbaka', en: 'The proposal of a decision was withdrawn' },
    { reason: field(ReasonText, { fi: 'Perustelu', sv: 'Motivering', en: 'Reason' }, 'internal') },
  ),
  ApplicationDecided: v1({ fi: 'Hakemus ratkaistiin', sv: 'Ansökan avgjordes', en: 'The application was decided' }, {}),
};

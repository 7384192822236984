import { Type } from 'typebox';
import { DecisionOutcome } from '#applications/application.events';
import { ReductionGround } from '#decisions/allocation.events';
import { field, listOf, optional, personal, record, v1, type StaticOf, ofAuthority } from '#kernel/event-schema';
import {
  CentsNumber,
  choice,
  DayText,
  Days,
  KeyText,
  LanguageCode,
  ReasonText,
  Region,
  Sha256,
  Text,
  textUpTo,
  YesNo,
} from '#kernel/schemas';
import { paymentEvents } from './payment.events.js';

export const NoticeChannel = choice('NoticeChannel', ['electronic', 'letter', 'handed-over'], 'How a decision is notified.');
export type NoticeChannel = StaticOf<typeof NoticeChannel>;
const ChangePart = choice('ChangePart', ['time', 'budget', 'content', 'partners'], 'What of a grant is asked to be changed.');
export type ChangePart = StaticOf<typeof ChangePart>;
const PartOutcome = choice('PartOutcome', ['accepted', 'accepted-with-changes', 'refused'], 'What a part of a change request comes to.');
export const ReportKind = choice('ReportKind', ['interim', 'final'], 'Whether a report is made on the way or at the end.');
export const HearingConcern = choice('HearingConcern', ['suspension', 'termination', 'recovery'], 'What a hearing may lead to.');
export const RectificationOutcome = choice(
  'RectificationOutcome',
  ['changed', 'unchanged', 'inadmissible'],
  'What a request for rectification comes to.',
);
export const CourtOutcome = choice('CourtOutcome', ['upheld', 'changed', 'returned'], 'What a court does with a decision.');

export const Person = Type.String({ minLength: 1, maxLength: 200 });
const grounds = field(Text, { fi: 'Perustelut', sv: 'Motivering', en: 'Grounds' });
const decider = ofAuthority(field(Person, { fi: 'Ratkaisijan tunnus', sv: 'Beslutsfattarens id', en: 'Id of the decider' }, 'internal'));
const inspector = ofAuthority(field(Person, { fi: 'Tarkastajan tunnus', sv: 'Granskarens id', en: 'Id of the inspector' }, 'internal'));
const signatory = {
  person: ofAuthority(field(Person, { fi: 'Allekirjoittajan tunnus', sv: 'Undertecknarens id', en: 'Id of the signatory' }, 'internal')),
  signatory: personal('person', { fi: 'Allekirjoittajan nimi', sv: 'Undertecknarens namn', en: 'Name of the signatory' }, 'secret'),
};
const change = field(KeyText, { fi: 'Muutoshakemuksen tunnus', sv: 'Ändringsansökans id', en: 'Id of the change request' });
const report = field(KeyText, { fi: 'Selvityksen tunnus', sv: 'Redovisningens id', en: 'Id of the report' });
const hearing = field(KeyText, { fi: 'Kuulemisen tunnus', sv: 'Hörandets id', en: 'Id of the hearing' });
const request = field(KeyText, {
  fi: 'Oikaisuvaatimuksen tunnus',
  sv: 'Omprövningsbegärans id',
  en: 'Id of the request for rectification',
});
const appeal = field(KeyText, { fi: 'Valituksen tunnus', sv: 'Besvärets id', en: 'Id of the appeal' });
const changePart = field(ChangePart, { fi: 'Osa', sv: 'Del', en: 'Part' });
const isLate = field(YesNo, { fi: 'Saapui määräajan jälkeen', sv: 'Ankom efter tidsfristen', en: 'It came after its due day' });

const costs = field(
  listOf(
    record(
      {
        line: field(KeyText, { fi: 'Kulurivi', sv: 'Kostnadsrad', en: 'Cost line' }),
        partner: optional(KeyText, { fi: 'Kumppani', sv: 'Partner', en: 'Partner' }),
        incurred: field(Days, { fi: 'Milloin kulut syntyivät', sv: 'När kostnaderna uppstod', en: 'When the costs were incurred' }),
        amount: field(CentsNumber, { fi: 'Määrä (senttejä)', sv: 'Belopp (cent)', en: 'Amount (cents)' }),
      },
      'ReportedCost',
      'Costs on a line, of the grantee or of a partner.',
    ),
  ),
  { fi: 'Toteutuneet kustannukset', sv: 'Faktiska kostnader', en: 'Costs as they came about' },
);
const income = field(CentsNumber, { fi: 'Tulot (senttejä)', sv: 'Inkomster (cent)', en: 'Income (cents)' });
const otherFunding = field(CentsNumber, { fi: 'Muu rahoitus (senttejä)', sv: 'Annan finansiering (cent)', en: 'Other funding (cents)' });
const acceptedCosts = field(CentsNumber, {
  fi: 'Hyväksytyt kustannukset (senttejä)',
  sv: 'Godkända kostnader (cent)',
  en: 'Accepted costs (cents)',
});

const notified = v1(
  { fi: 'Päätös annettiin tiedoksi', sv: 'Beslutet delgavs', en: 'The decision was notified' },
  {
    channel: field(NoticeChannel, { fi: 'Tiedoksiantotapa', sv: 'Delgivningssätt', en: 'Channel' }),
    sentOn: field(DayText, { fi: 'Lähetetty', sv: 'Sänt', en: 'Sent on' }),
    receivedOn: field(DayText, { fi: 'Katsotaan saaduksi', sv: 'Anses mottaget', en: 'Counts as received on' }),
    acceptBy: optional(DayText, { fi: 'Hyväksyttävä viimeistään', sv: 'Ska godkännas senast', en: 'To be accepted by' }),
    rectifyBy: field(DayText, {
      fi: 'Oikaisua vaadittava viimeistään',
      sv: 'Omprövning ska begäras senast',
      en: 'Rectification can be requested by',
    }),
  },
);
const notifiedDocument = record(
  {
    document: field(KeyText, { fi: 'Asiakirja', sv: 'Handling', en: 'Document' }),
    language: field(LanguageCode, { fi: 'Kieli', sv: 'Språk', en: 'Language' }),
    sha256: field(Sha256, { fi: 'Tiiviste (SHA-256)', sv: 'Kondensat (SHA-256)', en: 'Hash (SHA-256)' }),
  },
  'NotifiedDocument',
  'A document that was notified, by the hash of its bytes; the one in the authentic language first.',
);

/** Stored for ever: add an event or a version, never rename one or change what it means. Payments have a file of their own. */
export const grantEvents = {
  ...paymentEvents,
  GrantOpened: v1(
    { fi: 'Päätöksen asiakirjavihko avattiin', sv: 'Beslutets akt öppnades', en: 'The file of a decision was opened' },
    {
      region: field(Region, { fi: 'Maakunta', sv: 'Landskap', en: 'Region' }),
      applicant: field(KeyText, { fi: 'Hakija', sv: 'Sökande', en: 'Applicant' }),
      outcome: field(DecisionOutcome, { fi: 'Ratkaisu', sv: 'Avgörande', en: 'Outcome' }),
    },
  ),
  // What was notified before documents were made here is not known.
  DecisionNotified: notified.next(
    {
      ...notified.fields,
      documents: optional(listOf(notifiedDocument), { fi: 'Asiakirjat', sv: 'Handlingar', en: 'Documents' }),
    },
    (older) => older,
  ),
  GrantAccepted: v1({ fi: 'Avustus hyväksyttiin', sv: 'Understödet godkändes', en: 'The grant was accepted' }, signatory),
  GrantDeclined: v1(
    { fi: 'Avustus hylättiin', sv: 'Understödet avböjdes', en: 'The grant was declined' },
    { reason: field(ReasonText, { fi: 'Perustelu', sv: 'Motivering', en: 'Reason' }, 'internal'), ...signatory },
  ),
  PartnerAgreementRecorded: v1(
    { fi: 'Kumppanin kanssa tehtiin sopimus', sv: 'Ett avtal ingicks med en partner', en: 'An agreement with a partner was recorded' },
    {
      partner: field(KeyText, { fi: 'Kumppani', sv: 'Partner', en: 'Partner' }),
      agreedOn: field(DayText, { fi: 'Sovittu', sv: 'Avtalat', en: 'Agreed on' }),
      amount: field(CentsNumber, {
        fi: 'Kumppanille siirrettävä osuus (senttejä)',
        sv: 'Andel som överförs till partnern (cent)',
        en: 'What of the grant the partner uses (cents)',
      }),
    },
  ),
  ChangeRequested: v1(
    { fi: 'Avustukseen haettiin muutosta', sv: 'En ändring av understödet söktes', en: 'A change was requested' },
    {
      change,
      parts: field(
        listOf(
          record(
            { part: changePart, asks: field(Text, { fi: 'Mitä haetaan', sv: 'Vad som söks', en: 'What is asked for' }, 'internal') },
            'AskedChange',
          ),
          { minItems: 1 },
        ),
        { fi: 'Osat', sv: 'Delar', en: 'Parts' },
      ),
    },
  ),
  ChangeDecided: v1(
    { fi: 'Muutoshakemus ratkaistiin', sv: 'Ändringsansökan avgjordes', en: 'A change request was decided' },
    {
      change,
      parts: field(
        listOf(
          record(
            {
              part: changePart,
              outcome: field(PartOutcome, { fi: 'Ratkaisu', sv: 'Avgörande', en: 'Outcome' }),
              grounds: field(Text, { fi: 'Perustelut', sv: 'Motivering', en: 'Grounds' }),
            },
            'DecidedChange',
          ),
        ),
        { fi: 'Osat', sv: 'Delar', en: 'Parts' },
      ),
      periodOfUse: optional(Days, { fi: 'Käyttöaika siitä lähtien', sv: 'Användningstid därefter', en: 'Period of use from then on' }),
      decider,
    },
  ),
  ReductionDecided: v1(
    { fi: 'Avustuksen pienentämisestä päätettiin', sv: 'En minskning av understödet beslutades', en: 'A reduction was decided' },
    {
      reducedBy: field(CentsNumber, { fi: 'Vähennys (senttejä)', sv: 'Minskning (cent)', en: 'Reduced by (cents)' }),
      ground: field(ReductionGround, { fi: 'Vähennyksen peruste', sv: 'Grund för minskningen', en: 'Ground of the reduction' }),
      reason: field(ReasonText, { fi: 'Perustelu', sv: 'Motivering', en: 'Reason' }),
      decider,
    },
  ),
  ReportSubmitted: v1(
    { fi: 'Selvitys annettiin', sv: 'En redovisning lämnades', en: 'A report was submitted' },
    {
      report,
      kind: field(ReportKind, { fi: 'Laji', sv: 'Slag', en: 'Kind' }),
      costs,
      income,
      otherFunding,
      outputs: field(Text, { fi: 'Tulokset', sv: 'Resultat', en: 'Outputs' }),
      deviations: optional(Text, { fi: 'Poikkeamat', sv: 'Avvikelser', en: 'Deviations' }),
      ...signatory,
    },
  ),
  ReportReturned: v1(
    { fi: 'Selvitys palautettiin täydennettäväksi', sv: 'Redovisningen återsändes för komplettering', en: 'A report was returned' },
    { report, reason: field(ReasonText, { fi: 'Perustelu', sv: 'Motivering', en: 'Reason' }, 'internal'), inspector },
  ),
  ReportSubstanceInspected: v1(
    { fi: 'Selvityksen sisältö tarkastettiin', sv: 'Redovisningens innehåll granskades', en: 'The substance of a report was inspected' },
    { report, findings: field(Text, { fi: 'Havainnot', sv: 'Iakttagelser', en: 'Findings' }, 'internal'), inspector },
  ),
  ReportFinanceInspected: v1(
    { fi: 'Selvityksen talous tarkastettiin', sv: 'Redovisningens ekonomi granskades', en: 'The finances of a report were inspected' },
    {
      report,
      findings: field(Text, { fi: 'Havainnot', sv: 'Iakttagelser', en: 'Findings' }, 'internal'),
      acceptedCosts,
      income,
      otherFunding,
      inspector,
    },
  ),
  GrantHearingOpened: v1(
    { fi: 'Avustuksen saajaa pyydettiin lausumaan', sv: 'Understödstagaren ombads yttra sig', en: 'The grantee was asked to be heard' },
    {
      hearing,
      concern: field(
        HearingConcern,
        { fi: 'Mihin kuuleminen voi johtaa', sv: 'Vad hörandet kan leda till', en: 'What it may lead to' },
        'internal',
      ),
      concerns: field(Text, { fi: 'Mitä kuuleminen koskee', sv: 'Vad hörandet gäller', en: 'What the hearing is about' }, 'internal'),
      due: field(DayText, {
        fi: 'Viimeinen päivä (koko päivä Helsingissä)',
        sv: 'Sista dag (hela dagen i Helsingfors)',
        en: 'The last day, all of it in Helsinki',
      }),
    },
  ),
  GrantHearingDueCorrected: v1(
    { fi: 'Lausuman määräpäivä oikaistiin', sv: 'Sista dagen för yttrandet rättades', en: 'The day by which to state was corrected' },
    {
      hearing,
      due: field(DayText, {
        fi: 'Viimeinen päivä (koko päivä Helsingissä)',
        sv: 'Sista dag (hela dagen i Helsingfors)',
        en: 'The last day, all of it in Helsinki',
      }),
      reason: field(ReasonText, { fi: 'Perustelu', sv: 'Motivering', en: 'Reason' }, 'internal'),
    },
  ),
  GrantHearingWithdrawn: v1(
    { fi: 'Kuuleminen peruttiin', sv: 'Hörandet drogs tillbaka', en: 'The hearing was withdrawn' },
    { hearing, reason: field(ReasonText, { fi: 'Perustelu', sv: 'Motivering', en: 'Reason' }, 'internal') },
  ),
  GrantStatementGiven: v1(
    { fi: 'Avustuksen saaja antoi lausuman', sv: 'Understödstagaren yttrade sig', en: 'The grantee gave a statement' },
    { hearing, text: field(Text, { fi: 'Lausuma', sv: 'Yttrande', en: 'Statement' }, 'internal'), isLate },
  ),
  RectificationRequested: v1(
    { fi: 'Päätökseen vaadittiin oikaisua', sv: 'Omprövning av beslutet begärdes', en: 'Rectification was requested' },
    {
      request,
      demands: field(Text, { fi: 'Mitä vaaditaan', sv: 'Vad som yrkas', en: 'What is demanded' }, 'internal'),
      arrivedOn: field(DayText, { fi: 'Saapui', sv: 'Inkom', en: 'It came on' }),
      isLate,
    },
  ),
  RectificationDecided: v1(
    { fi: 'Oikaisuvaatimus ratkaistiin', sv: 'Begäran om omprövning avgjordes', en: 'A request for rectification was decided' },
    {
      request,
      outcome: field(RectificationOutcome, { fi: 'Ratkaisu', sv: 'Avgörande', en: 'Outcome' }),
      grounds,
      appealInstructions: field(Text, { fi: 'Valitusosoitus', sv: 'Besvärsanvisning', en: 'Instructions for appeal' }),
      appealBy: field(DayText, { fi: 'Valitettava viimeistään', sv: 'Besvär ska anföras senast', en: 'Appeal by' }),
      decider,
    },
  ),
  AppealLodged: v1(
    { fi: 'Päätöksestä valitettiin', sv: 'Besvär över beslutet anfördes', en: 'An appeal was lodged' },
    {
      appeal,
      court: field(textUpTo(200), { fi: 'Tuomioistuin', sv: 'Domstol', en: 'Court' }),
      lodgedOn: field(DayText, { fi: 'Valitettu', sv: 'Anfört', en: 'Lodged on' }),
    },
  ),
  CourtDecisionRecorded: v1(
    { fi: 'Tuomioistuimen ratkaisu kirjattiin', sv: 'Domstolens avgörande antecknades', en: 'A court’s decision was recorded' },
    {
      appeal,
      outcome: field(CourtOutcome, { fi: 'Ratkaisu', sv: 'Avgörande', en: 'Outcome' }),
      caseNumber: field(textUpTo(100), { fi: 'Diaarinumero', sv: 'Diarienummer', en: 'Case number' }),
      decidedOn: field(DayText, { fi: 'Annettu', sv: 'Meddelat', en: 'Decided on' }),
    },
  ),
  DecisionBecameFinal: v1({ fi: 'Päätös sai lainvoiman', sv: 'Beslutet vann laga kraft', en: 'The decision became final' }, {}),
  GrantSettled: v1(
    { fi: 'Avustuksen lopullinen määrä vahvistettiin', sv: 'Understödets slutliga belopp fastställdes', en: 'The grant was settled' },
    {
      acceptedCosts,
      income,
      otherFunding,
      payable: field(CentsNumber, {
        fi: 'Lopullinen avustus (senttejä)',
        sv: 'Slutligt understöd (cent)',
        en: 'What the grant comes to (cents)',
      }),
      left: field(CentsNumber, { fi: 'Perimättä jätetty (senttejä)', sv: 'Lämnat oåterkrävt (cent)', en: 'Paid over it and left (cents)' }),
      unused: field(CentsNumber, {
        fi: 'Käyttämättä jäänyt (senttejä)',
        sv: 'Oanvänt (cent)',
        en: 'What of the decision was not used (cents)',
      }),
      decider,
    },
  ),
  GrantClosed: v1({ fi: 'Avustuksen käsittely päätettiin', sv: 'Ärendet om understödet avslutades', en: 'The grant was closed' }, {}),
};

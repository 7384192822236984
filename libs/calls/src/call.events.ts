import { Type } from 'typebox';
import { field, hinted, listOf, optional, optionally, personal, record, v1, type StaticOf } from '#kernel/event-schema';
import {
  CentsNumber,
  choice,
  Count,
  DayText,
  Days,
  HttpsAddress,
  InstantOrDay,
  KeyText,
  LanguageCode,
  Localized,
  LocalizedName,
  ReasonText,
  Region,
  Sha256,
  Share,
  textUpTo,
  Translated,
  TranslatedName,
  YesNo,
} from '#kernel/schemas';
import { OrganisationKind } from '#organisations/organisation.events';

export const CallKind = choice('CallKind', ['pilot', 'regional-coordination'], 'What a call is for.');
export type CallKind = StaticOf<typeof CallKind>;
const ApplicationsPer = choice('ApplicationsPer', ['applicant', 'region'], 'Whether there is one application per applicant or per region.');

export const ShareBase = choice(
  'ShareBase',
  ['eligible-costs', 'eligible-costs-less-income'],
  'What the largest share is a share of: the eligible costs, or what of them income does not cover.',
);
export type ShareBase = StaticOf<typeof ShareBase>;

/** The terms as events said them before a call could say what its share is a share of. */
const firstTerms = record(
  {
    opens: hinted(
      optional(InstantOrDay, { fi: 'Haku alkaa', sv: 'Ansökningstiden börjar', en: 'Applications from' }),
      'A day means its first instant in Helsinki.',
    ),
    closes: hinted(
      optional(InstantOrDay, {
        fi: 'Haku päättyy (viimeinen hetki tai päivä)',
        sv: 'Ansökningstiden slutar (sista ögonblick eller dag)',
        en: 'Applications until (the last instant or day)',
      }),
      'The last instant that is in time; a day means its end in Helsinki.',
    ),
    planComments: optional(Days, {
      fi: 'Hankesuunnitelmaluonnosten kommentointi',
      sv: 'Kommentering av utkast till projektplaner',
      en: 'Drafts of project plans are commented on',
    }),
    eligibleApplicants: optional(listOf(OrganisationKind), { fi: 'Kuka voi hakea', sv: 'Vem kan ansöka', en: 'Who may apply' }),
    applicationsPer: optional(ApplicationsPer, {
      fi: 'Yksi hakemus hakijaa vai maakuntaa kohti',
      sv: 'En ansökan per sökande eller per landskap',
      en: 'One application per applicant or per region',
    }),
    periodOfUse: optional(Days, { fi: 'Käyttöaika', sv: 'Användningstid', en: 'Period of use' }),
    reporting: optional(Days, { fi: 'Raportointi', sv: 'Redovisning', en: 'Reporting' }),
    largestShare: optional(Share, {
      fi: 'Suurin osuus hyväksyttävistä kustannuksista (sadasosaprosentteina)',
      sv: 'Största andel av de godtagbara kostnaderna (i hundradels procent)',
      en: 'The largest share of eligible costs (in basis points)',
    }),
    vatEligible: optional(YesNo, {
      fi: 'Arvonlisävero on hyväksyttävä kustannus',
      sv: 'Mervärdesskatten är en godtagbar kostnad',
      en: 'VAT is an eligible cost',
    }),
    transferAllowed: optional(YesNo, {
      fi: 'Avustusta saa siirtää kumppaneille',
      sv: 'Understödet får överföras till partner',
      en: 'The grant may be passed on to partners',
    }),
    criteria: optional(
      listOf(
        record(
          {
            key: field(KeyText, { fi: 'Tunnus', sv: 'Kod', en: 'Key' }),
            text: field(Localized, { fi: 'Arviointiperuste', sv: 'Bedömningsgrund', en: 'Criterion' }),
          },
          'Criterion',
        ),
      ),
      { fi: 'Arviointiperusteet', sv: 'Bedömningsgrunder', en: 'Criteria' },
    ),
    legalBasis: optional(Localized, { fi: 'Oikeusperuste', sv: 'Rättslig grund', en: 'Legal basis' }),
    appeal: optional(Localized, { fi: 'Muutoksenhaku', sv: 'Ändringssökande', en: 'Appeal' }),
    languages: optional(listOf(LanguageCode), { fi: 'Hakukielet', sv: 'Ansökningsspråk', en: 'Languages' }),
  },
  'CallTerms',
);

/** The terms on which one applies. In a call recorded from the public record, what no source says is missing. */
export const callTerms = record(
  {
    ...firstTerms.fields,
    shareOf: hinted(
      optional(ShareBase, {
        fi: 'Mistä suurin osuus lasketaan',
        sv: 'Vad den största andelen räknas av',
        en: 'What the largest share is a share of',
      }),
      'What the largest share is a share of; the eligible costs, where it is not said.',
    ),
  },
  'CallTerms',
  'The terms of a call. A call can be planned with gaps; it can be published only without them.',
);

const firstDuty = record(
  {
    key: field(KeyText, { fi: 'Tunnus', sv: 'Kod', en: 'Key' }),
    text: field(Localized, { fi: 'Tehtävä', sv: 'Uppgift', en: 'Duty' }),
    onlyPilots: optional(YesNo, { fi: 'Vain piloteille', sv: 'Endast för piloterna', en: 'For the pilots only' }),
  },
  'Duty',
);
export const duty = record({ ...firstDuty.fields, text: field(Translated, firstDuty.fields.text.description) }, 'Duty');
const reason = field(ReasonText, { fi: 'Perustelu', sv: 'Motivering', en: 'Reason' });
const statementText = { fi: 'Mitä lähde sanoo', sv: 'Vad källan säger', en: 'What the source says' };

const termsText = { fi: 'Ehdot', sv: 'Villkor', en: 'Terms' };
const allTermsText = { fi: 'Ehdot kokonaisuudessaan', sv: 'Villkoren i sin helhet', en: 'The terms, all of them' };
const planned = v1(
  { fi: 'Valtionavustushaku suunniteltiin', sv: 'En utlysning av statsunderstöd planerades', en: 'A call for state grants was planned' },
  {
    kind: field(CallKind, { fi: 'Laji', sv: 'Slag', en: 'Kind' }),
    names: field(LocalizedName, { fi: 'Nimet', sv: 'Namn', en: 'Names' }),
    organiser: hinted(
      field(KeyText, { fi: 'Avustuksen myöntäjä', sv: 'Den som beviljar understödet', en: 'The organisation that grants' }),
      'The organisation that grants; it must be registered.',
    ),
    goals: field(listOf(Localized), { fi: 'Tavoitteet', sv: 'Mål', en: 'Goals' }),
    duties: field(listOf(firstDuty), {
      fi: 'Alueellisen koordinoijan tehtävät',
      sv: 'Den regionala samordnarens uppgifter',
      en: 'Duties of the regional coordinator',
    }),
    terms: field(firstTerms, termsText),
  },
);
const plannedWithShares = planned.next({ ...planned.fields, terms: field(callTerms, termsText) }, (older) => older);
const termsAmended = v1(
  { fi: 'Haun ehtoja muutettiin', sv: 'Utlysningens villkor ändrades', en: 'The terms of the call were amended' },
  { terms: field(firstTerms, allTermsText), reason },
);

const sourceStatement = v1(
  { fi: 'Lähteen maininta kirjattiin', sv: 'En uppgift ur en källa antecknades', en: 'What a source says was recorded' },
  {
    fact: field(KeyText, { fi: 'Maininnan tunnus', sv: 'Uppgiftens kod', en: 'Key of the fact' }),
    statement: field(Localized, statementText),
    count: optional(Count, { fi: 'Lukumäärä', sv: 'Antal', en: 'Count' }),
    approximateAmount: optional(CentsNumber, { fi: 'Määrä noin (senttejä)', sv: 'Belopp cirka (cent)', en: 'Amount, about (cents)' }),
    regions: optional(listOf(Region), { fi: 'Maakunnat', sv: 'Landskap', en: 'Regions' }),
    from: optional(DayText, { fi: 'Alkaen', sv: 'Från och med', en: 'From' }),
    until: optional(DayText, { fi: 'Saakka', sv: 'Till och med', en: 'Until' }),
  },
);

const contactNamed = v1(
  { fi: 'Haun yhteyshenkilö nimettiin', sv: 'En kontaktperson för utlysningen namngavs', en: 'A contact of the call was named' },
  {
    contact: field(KeyText, { fi: 'Yhteyshenkilön tunnus', sv: 'Kontaktpersonens id', en: 'Id of the contact' }),
    office: field(LocalizedName, { fi: 'Virka ja yksikkö', sv: 'Tjänst och enhet', en: 'Office' }),
    person: field(Type.String({ minLength: 1, maxLength: 200 }), {
      fi: 'Henkilön tunnus: haku ja yhteyshenkilö',
      sv: 'Personens id: utlysning och kontaktperson',
      en: 'Id of the person: the call and the contact',
    }),
    name: personal('person', { fi: 'Nimi', sv: 'Namn', en: 'Name' }, 'public'),
    email: personal('person', { fi: 'Sähköposti', sv: 'E-post', en: 'E-mail' }, 'public', { kind: 'email' }),
    phone: personal('person', { fi: 'Puhelin', sv: 'Telefon', en: 'Telephone' }, 'public', { kind: 'text', max: 50 }),
  },
);
const selection = v1(
  {
    fi: 'Valinta kirjattiin julkisesta lähteestä',
    sv: 'Ett urval antecknades ur en offentlig källa',
    en: 'A selection was recorded from a public source',
  },
  {
    selected: field(
      listOf(
        record(
          {
            region: field(Region, { fi: 'Maakunta', sv: 'Landskap', en: 'Region' }),
            implementer: optional(KeyText, { fi: 'Toteuttaja', sv: 'Genomförare', en: 'Implementer' }),
          },
          'Selected',
        ),
      ),
      { fi: 'Valitut', sv: 'Utvalda', en: 'Selected' },
    ),
    statement: field(Localized, statementText),
    inhabitantsApprox: optional(Count, {
      fi: 'Asukkaita yhteensä noin',
      sv: 'Invånare sammanlagt cirka',
      en: 'Inhabitants together, about',
    }),
  },
);

/** What a call is called, and what it is for. */
const described = {
  names: field(TranslatedName, planned.fields.names.description),
  goals: field(listOf(Translated), planned.fields.goals.description),
  duties: field(listOf(duty), planned.fields.duties.description),
};

/** Stored for ever: add an event or a version, never rename one or change what it means. */
export const callEvents = {
  CallPlanned: plannedWithShares.next({ ...plannedWithShares.fields, ...described }, (older) => older),
  CallPlanRevised: v1(
    { fi: 'Suunniteltua hakua korjattiin', sv: 'En planerad utlysning rättades', en: 'A planned call was corrected' },
    {
      names: optionally(described.names),
      goals: optionally(described.goals),
      duties: optionally(described.duties),
    },
  ),
  CallPublished: v1({ fi: 'Haku julkaistiin', sv: 'Utlysningen publicerades', en: 'The call was published' }, {}),
  CallMaterialPublished: v1(
    { fi: 'Hakuaineistoa julkaistiin', sv: 'Ansökningsmaterial publicerades', en: 'Material of the call was published' },
    {
      material: field(KeyText, { fi: 'Aineiston tunnus', sv: 'Materialets kod', en: 'Key of the material' }),
      title: field(textUpTo(300), { fi: 'Otsikko', sv: 'Rubrik', en: 'Title' }),
      language: field(LanguageCode, { fi: 'Kieli', sv: 'Språk', en: 'Language' }),
      address: field(HttpsAddress, { fi: 'Osoite', sv: 'Adress', en: 'Address' }),
      sha256: field(Sha256, {
        fi: 'Sisällön tiiviste (SHA-256)',
        sv: 'Innehållets kondensat (SHA-256)',
        en: 'Hash of the content (SHA-256)',
      }),
    },
  ),
  CallContactNamed: contactNamed.next(
    { ...contactNamed.fields, office: field(TranslatedName, contactNamed.fields.office.description) },
    (older) => older,
  ),
  CallTermsAmended: termsAmended.next({ ...termsAmended.fields, terms: field(callTerms, allTermsText) }, (older) => older),
  CallDeadlineExtended: v1(
    { fi: 'Hakuaikaa jatkettiin', sv: 'Ansökningstiden förlängdes', en: 'The deadline of the call was extended' },
    { closes: field(InstantOrDay, { fi: 'Haku päättyy', sv: 'Ansökningstiden slutar', en: 'Applications until' }), reason },
  ),
  CallClosed: v1({ fi: 'Haku päättyi', sv: 'Ansökningstiden gick ut', en: 'The call closed' }, {}),
  CallCancelled: v1({ fi: 'Haku peruttiin', sv: 'Utlysningen drogs tillbaka', en: 'The call was cancelled' }, { reason }),
  SelectionRecordedFromSource: selection.next({ ...selection.fields, statement: field(Translated, statementText) }, (older) => older),
  SourceStatementRecorded: sourceStatement.next(
    {
      ...sourceStatement.fields,
      statement: field(Translated, statementText),
      applicants: optional(Count, {
        fi: 'Montako maakuntaa haki ainakin',
        sv: 'Hur många landskap som åtminstone ansökte',
        en: 'How many regions applied at least',
      }),
    },
    (older) => older,
  ),
};

export type CallTerms = StaticOf<typeof callTerms>;

import { DecisionOutcome } from '#applications/application.events';
import { ShareBase } from '#calls/call.events';
import { csvLine } from '#kernel/csv';
import { field, optional, storedJsonSchema, type DataOf, type Field } from '#kernel/event-schema';
import { CentsNumber, Count, DayText, KeyText, LanguageCode, MatterText, Share, Text, textUpTo, YesNo } from '#kernel/schemas';

const name = textUpTo(500);

/**
 * What is published of a decision, in the order of the columns. Public money and public bodies: no person, no text that somebody
 * wrote about one. A column is added at the end; one that is changed or left out makes the next version, beside this one.
 */
export const registerFields = {
  application: field(MatterText, { fi: 'Asian tunnus', sv: 'Ärendets id', en: 'Id of the matter' }),
  caseNumber: field(textUpTo(100), { fi: 'Asianumero', sv: 'Ärendenummer', en: 'Case number' }),
  call: field(KeyText, { fi: 'Haun tunnus', sv: 'Utlysningens id', en: 'Id of the call' }),
  callFi: optional(name, { fi: 'Haku suomeksi', sv: 'Utlysningen på finska', en: 'The call in Finnish' }),
  callSv: optional(name, { fi: 'Haku ruotsiksi', sv: 'Utlysningen på svenska', en: 'The call in Swedish' }),
  region: field(textUpTo(2), { fi: 'Maakunnan koodi', sv: 'Landskapets kod', en: 'Code of the region' }),
  regionFi: field(name, { fi: 'Maakunta suomeksi', sv: 'Landskapet på finska', en: 'The region in Finnish' }),
  regionSv: field(name, { fi: 'Maakunta ruotsiksi', sv: 'Landskapet på svenska', en: 'The region in Swedish' }),
  applicant: field(KeyText, { fi: 'Hakijan tunnus', sv: 'Sökandens id', en: 'Id of the applicant' }),
  applicantFi: optional(name, { fi: 'Hakija suomeksi', sv: 'Sökanden på finska', en: 'The applicant in Finnish' }),
  applicantSv: optional(name, { fi: 'Hakija ruotsiksi', sv: 'Sökanden på svenska', en: 'The applicant in Swedish' }),
  outcome: field(DecisionOutcome, {
    fi: 'Ratkaisu, sellaisena kuin se on nyt',
    sv: 'Avgörandet, som det är nu',
    en: 'The outcome as it stands',
  }),
  decidedOn: field(DayText, { fi: 'Päätöspäivä', sv: 'Beslutsdag', en: 'Decided on' }),
  language: field(LanguageCode, { fi: 'Päätöksen kieli', sv: 'Beslutets språk', en: 'Language of the decision' }),
  firstGranted: optional(CentsNumber, { fi: 'Ensin myönnetty (senttejä)', sv: 'Först beviljat (cent)', en: 'First granted (cents)' }),
  granted: optional(CentsNumber, {
    fi: 'Myönnetty oikaisuineen (senttejä)',
    sv: 'Beviljat med rättelser (cent)',
    en: 'Granted, with corrections (cents)',
  }),
  returned: field(CentsNumber, {
    fi: 'Siitä määrärahaan palautunut (senttejä)',
    sv: 'Därav återgått till anslaget (cent)',
    en: 'What of it has returned to the appropriation (cents)',
  }),
  paid: field(CentsNumber, { fi: 'Päätetty maksaa (senttejä)', sv: 'Beslutat att betalas (cent)', en: 'Decided to be paid (cents)' }),
  repaid: field(CentsNumber, {
    fi: 'Palautettu ja peritty takaisin (senttejä)',
    sv: 'Återbetalat och återkrävt (cent)',
    en: 'Repaid and recovered (cents)',
  }),
  settled: optional(CentsNumber, {
    fi: 'Lopullinen avustus (senttejä)',
    sv: 'Slutligt understöd (cent)',
    en: 'What the grant came to (cents)',
  }),
  share: optional(Share, { fi: 'Osuus (sadasosaprosentteina)', sv: 'Andel (i hundradels procent)', en: 'Share (in basis points)' }),
  shareOf: optional(ShareBase, { fi: 'Mistä osuus lasketaan', sv: 'Vad andelen räknas av', en: 'What the share is a share of' }),
  eligibleCosts: optional(CentsNumber, {
    fi: 'Hyväksyttävät kustannukset (senttejä)',
    sv: 'Godtagbara kostnader (cent)',
    en: 'Eligible costs (cents)',
  }),
  purpose: optional(Text, { fi: 'Käyttötarkoitus', sv: 'Användningsändamål', en: 'Purpose' }),
  useFrom: optional(DayText, { fi: 'Käyttöaika alkaa', sv: 'Användningstiden börjar', en: 'To be used from' }),
  useTo: optional(DayText, { fi: 'Käyttöaika päättyy', sv: 'Användningstiden slutar', en: 'To be used until' }),
  corrections: field(Count, { fi: 'Oikaisuja', sv: 'Rättelser', en: 'How often it was corrected' }),
  isFinal: field(YesNo, { fi: 'Lainvoimainen', sv: 'Har vunnit laga kraft', en: 'Whether nobody can contest it any more' }),
} as const;

/** A decision as it is published. */
export type RegisterEntry = DataOf<typeof registerFields>;

/** The version of the form of the register. */
export const registerVersion = 1;

const columns = Object.keys(registerFields) as readonly (keyof RegisterEntry)[];

/** The columns of the register as a line of CSV. */
export const csvHead = csvLine(columns);

/** An entry as a line of CSV (RFC 4180). */
export function csvOf(entry: RegisterEntry): string {
  return csvLine(columns.map((column) => textOf(entry[column])));
}

/** The schema of the register as JSON. */
export function registerSchema(): object {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: `Decision register, version ${registerVersion}`,
    description: 'Decisions on applications for state grants, as they stand.',
    type: 'object',
    required: ['version', 'asOf', 'decisions'],
    additionalProperties: false,
    properties: {
      version: { const: registerVersion },
      asOf: { type: 'string', format: 'date-time', description: 'When it was asked for: the decisions are as they stood then.' },
      decisions: { type: 'array', items: storedJsonSchema({ fields: registerFields }) },
    },
  };
}

/** What each column means, by its name. */
export function registerColumns(): readonly (readonly [column: string, field: Field])[] {
  return Object.entries(registerFields);
}

function textOf(value: RegisterEntry[keyof RegisterEntry]): string {
  return value === undefined ? '' : String(value);
}

import type { OrganisationKind } from '#organisations/organisation.events';
import type { Terms } from '#kernel/refused';
import type { ApplicationContent } from './application-content.events.js';
import type { InadmissibleGround } from './application.events.js';

type Term = Terms[string][string];

/** What kinds of organisations are called. */
export const kindsOfOrganisations = {
  ministry: { fi: 'ministeriö', sv: 'ministerium', en: 'ministry' },
  agency: { fi: 'virasto', sv: 'ämbetsverk', en: 'agency' },
  'regional-council': { fi: 'maakunnan liitto', sv: 'landskapsförbund', en: 'regional council' },
  'government-of-aland': { fi: 'Ahvenanmaan maakunnan hallitus', sv: 'Ålands landskapsregering', en: 'Government of Åland' },
  'hospital-district': { fi: 'sairaanhoitopiiri', sv: 'sjukvårdsdistrikt', en: 'hospital district' },
  municipality: { fi: 'kunta', sv: 'kommun', en: 'municipality' },
  'public-administration': { fi: 'muu julkishallinto', sv: 'annan offentlig förvaltning', en: 'other public administration' },
  association: { fi: 'yhdistys', sv: 'förening', en: 'association' },
  project: { fi: 'hanke', sv: 'projekt', en: 'project' },
  company: { fi: 'yritys', sv: 'företag', en: 'company' },
} satisfies Record<OrganisationKind, Term>;

/** What the parts of an application are called that it must have. */
export const partsOfApplication = {
  planVersion: { fi: 'hankesuunnitelman versio', sv: 'projektplanens version', en: 'version of the project plan' },
  eligibleCosts: { fi: 'hyväksyttävät kustannukset', sv: 'godtagbara kostnader', en: 'eligible costs' },
  income: { fi: 'tulot', sv: 'inkomster', en: 'income' },
  ownFunding: { fi: 'omarahoitus', sv: 'egenfinansiering', en: 'own funding' },
  otherFunding: { fi: 'muu rahoitus', sv: 'annan finansiering', en: 'other funding' },
  amount: { fi: 'haettu avustus', sv: 'sökt understöd', en: 'amount applied for' },
} satisfies Record<Exclude<keyof ApplicationContent, 'parts'>, Term>;

/** What is said of something that came another way. */
export const partsOfArrival: Terms[string] = {
  organisation: { fi: 'hakija', sv: 'sökande', en: 'applicant' },
  region: { fi: 'maakunta', sv: 'landskap', en: 'region' },
  arrival: { fi: 'saapumistiedot', sv: 'uppgifter om ankomsten', en: 'arrival' },
};

/** Why an application can only be found inadmissible. */
export const groundsOfInadmissibility = {
  late: { fi: 'hakemus saapui myöhässä', sv: 'ansökan kom in för sent', en: 'it came late' },
  'applicant-not-eligible': {
    fi: 'hakija ei voi hakea tässä haussa',
    sv: 'sökanden kan inte söka i denna utlysning',
    en: 'the applicant cannot apply in this call',
  },
  'region-has-an-application': {
    fi: 'maakunnalla on haussa jo hakemus',
    sv: 'landskapet har redan en ansökan i utlysningen',
    en: 'the region has an application in the call already',
  },
} satisfies Record<InadmissibleGround | 'late', Term>;

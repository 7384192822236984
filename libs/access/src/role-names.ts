import type { Description } from '#kernel/event-schema';
import type { Admitted } from './policy.js';

/** What roles are called, as docs/glossary.md has them, and what acts that is no person. */
export const roleNames: Readonly<Record<Admitted, Description>> = {
  'ministry-registrar': { fi: 'ministeriön kirjaaja', sv: 'ministeriets registrator', en: 'the ministry’s registrar' },
  'ministry-presenter': { fi: 'esittelijä', sv: 'föredraganden', en: 'the presenter' },
  'ministry-decider': { fi: 'ratkaisija', sv: 'beslutsfattaren', en: 'the decider' },
  'ministry-auditor': { fi: 'tarkastaja', sv: 'revisorn', en: 'the auditor' },
  'agency-coordinator': { fi: 'viraston koordinoija', sv: 'myndighetens samordnare', en: 'the agency’s coordinator' },
  'agency-analyst': { fi: 'viraston analyytikko', sv: 'myndighetens analytiker', en: 'the agency’s analyst' },
  'applicant-signatory': { fi: 'hakijan allekirjoittaja', sv: 'sökandens undertecknare', en: 'the applicant’s signatory' },
  'regional-coordinator': { fi: 'alueellinen koordinoija', sv: 'den regionala samordnaren', en: 'the regional coordinator' },
  provider: { fi: 'digituen tarjoaja', sv: 'aktören som tillhandahåller digitalt stöd', en: 'the provider of digital support' },
  'public-record-importer': {
    fi: 'julkisten tietojen tuonti',
    sv: 'importen av offentliga uppgifter',
    en: 'the import of the public record',
  },
  process: { fi: 'järjestelmä', sv: 'systemet', en: 'the system' },
  operator: { fi: 'ylläpito', sv: 'administratören', en: 'the operators' },
};

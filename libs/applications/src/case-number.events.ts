import { field, v1 } from '#kernel/event-schema';
import { MatterText, textUpTo } from '#kernel/schemas';

/** Stored for ever: add an event or a version, never rename one or change what it means. */
export const caseNumberEvents = {
  CaseNumberClaimed: v1(
    { fi: 'Asianumero otettiin käyttöön', sv: 'Ett ärendenummer togs i bruk', en: 'A case number was taken into use' },
    {
      caseNumber: field(textUpTo(100), { fi: 'Asianumero', sv: 'Ärendenummer', en: 'Case number' }, 'internal'),
      application: field(MatterText, { fi: 'Hakemus', sv: 'Ansökan', en: 'Application' }, 'internal'),
    },
  ),
};

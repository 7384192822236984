import { field, optional, v1 } from '#kernel/event-schema';
import { KeyText, Region } from '#kernel/schemas';

/** Stored for ever: add an event or a version, never rename one or change what it means. */
export const applicationEvents = {
  ApplicationRecordedFromSource: v1(
    { fi: 'Hakemus kirjattiin julkisesta lähteestä', sv: 'En ansökan antecknades ur en offentlig källa', en: 'An application was recorded from a public source' },
    {
      call: field(KeyText, { fi: 'Haku', sv: 'Utlysning', en: 'Call' }),
      region: field(Region, { fi: 'Maakunta', sv: 'Landskap', en: 'Region' }),
      applicant: optional(KeyText, { fi: 'Hakija, jos lähde sanoo sen', sv: 'Sökande, om källan säger det', en: 'Applicant, if the source says so' }),
    },
  ),
};

import { field, hinted, listOf, optional, record, v1, type StaticOf } from '#kernel/event-schema';
import {
  choice,
  countUpTo,
  HttpsAddress,
  InstantText,
  KeyText,
  LanguageCode,
  Localized,
  LocalizedName,
  ReasonText,
  Region,
  textUpTo,
} from '#kernel/schemas';

export const TrainingForm = choice('TrainingForm', ['online', 'on-site', 'hybrid'], 'Online, at a place, or both.');

const attended = record(
  {
    region: field(Region, { fi: 'Maakunta', sv: 'Landskap', en: 'Region' }),
    participants: field(countUpTo(100_000), { fi: 'Osallistujia', sv: 'Deltagare', en: 'Participants' }),
  },
  'TrainingAttendance',
  'How many people of a region took part.',
);
export type Attendance = StaticOf<typeof attended>;

/** Stored for ever: add an event or a version, never rename one or change what it means. */
export const trainingEvents = {
  TrainingScheduled: v1(
    { fi: 'Koulutus ilmoitettiin', sv: 'En utbildning aviserades', en: 'Training was scheduled' },
    {
      names: field(LocalizedName, { fi: 'Nimet', sv: 'Namn', en: 'Names' }),
      description: optional(Localized, { fi: 'Kuvaus', sv: 'Beskrivning', en: 'Description' }),
      starts: field(InstantText, { fi: 'Alkaa', sv: 'Börjar', en: 'Starts' }),
      ends: field(InstantText, { fi: 'Päättyy', sv: 'Slutar', en: 'Ends' }),
      form: field(TrainingForm, { fi: 'Missä', sv: 'Var', en: 'Where' }),
      place: optional(textUpTo(300), { fi: 'Paikka', sv: 'Plats', en: 'Place' }),
      address: optional(HttpsAddress, { fi: 'Verkko-osoite', sv: 'Webbadress', en: 'Where to take part or to enrol' }),
      languages: field(listOf(LanguageCode), { fi: 'Kielet', sv: 'Språk', en: 'Languages' }),
      regions: hinted(
        field(listOf(Region), { fi: 'Maakunnat, joille se on', sv: 'Landskap som den är för', en: 'The regions that it is for' }),
        'None where it is for all.',
      ),
      guidance: optional(KeyText, {
        fi: 'Ohje, jota se opettaa',
        sv: 'Anvisning som den undervisar i',
        en: 'The guidance that it teaches',
      }),
    },
  ),
  TrainingHeld: v1(
    { fi: 'Koulutus pidettiin', sv: 'Utbildningen hölls', en: 'Training was held' },
    {
      attendance: hinted(
        field(listOf(attended), { fi: 'Osallistujat maakunnittain', sv: 'Deltagare per landskap', en: 'Participants by region' }),
        'Each region once. One that is missing had nobody there.',
      ),
      correction: hinted(
        optional(ReasonText, { fi: 'Miksi luvut korjattiin', sv: 'Varför uppgifterna rättades', en: 'Why the figures were corrected' }),
        'Needed where it was recorded before.',
      ),
    },
  ),
  TrainingCancelled: v1(
    { fi: 'Koulutus peruttiin', sv: 'Utbildningen ställdes in', en: 'Training was cancelled' },
    { reason: field(ReasonText, { fi: 'Syy', sv: 'Orsak', en: 'Reason' }) },
  ),
};

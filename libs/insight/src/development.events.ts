import { field, hinted, listOf, optional, v1 } from '#kernel/event-schema';
import { DayText, KeyText, Localized, LocalizedName, MunicipalityText, textUpTo } from '#kernel/schemas';
import { SupportForm } from '#services/service-content.events';

const action = field(KeyText, { fi: 'Toimenpiteen tunnus', sv: 'Åtgärdens id', en: 'Id of the action' });

/** Stored for ever: add an event or a version, never rename one or change what it means. */
export const developmentEvents = {
  DevelopmentActionAgreed: v1(
    {
      fi: 'Digituen saatavuuden kehittämisestä sovittiin',
      sv: 'En åtgärd för tillgången till digitalt stöd avtalades',
      en: 'An action was agreed on, so that the availability of digital support matches the need',
    },
    {
      action,
      names: field(LocalizedName, { fi: 'Mitä tehdään', sv: 'Vad som görs', en: 'What is done' }),
      aim: optional(Localized, { fi: 'Mihin sillä pyritään', sv: 'Vad som eftersträvas', en: 'What it is for' }),
      forms: field(listOf(SupportForm), { fi: 'Tuen muodot', sv: 'Stödformer', en: 'Forms of support' }),
      municipalities: hinted(
        field(listOf(MunicipalityText), { fi: 'Kunnat', sv: 'Kommuner', en: 'Municipalities' }),
        'Where it is done, by the codes of municipalities; in the whole region where there are none.',
      ),
      survey: optional(KeyText, {
        fi: 'Kysely, jonka tulokseen se vastaa',
        sv: 'Enkäten vars resultat den svarar på',
        en: 'The survey whose findings it answers',
      }),
      responsible: optional(KeyText, { fi: 'Vastuuorganisaatio', sv: 'Ansvarig organisation', en: 'The organisation that does it' }),
      by: field(DayText, { fi: 'Mihin mennessä', sv: 'Senast', en: 'By when' }),
    },
  ),
  DevelopmentActionCompleted: v1(
    { fi: 'Kehittämistoimenpide valmistui', sv: 'Utvecklingsåtgärden slutfördes', en: 'A development action was completed' },
    { action, outcome: field(textUpTo(5_000), { fi: 'Tulos', sv: 'Resultat', en: 'What came of it' }) },
  ),
};

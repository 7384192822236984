import { field, listOf, v1 } from '#kernel/event-schema';
import { KeyText } from '#kernel/schemas';

/** Stored for ever: add an event or a version, never rename one or change what it means. */
export const successionEvents = {
  SuccessionClaimed: v1(
    {
      fi: 'Seuraajan merkitseminen varattiin',
      sv: 'Anteckningen av en efterträdare reserverades',
      en: 'The recording of a successor was claimed',
    },
    {
      organisation: field(KeyText, { fi: 'Organisaatio', sv: 'Organisation', en: 'Organisation' }, 'internal'),
      successors: field(
        listOf(KeyText),
        {
          fi: 'Seuraaja, sen seuraaja ja niin edelleen',
          sv: 'Efterträdaren, dess efterträdare och så vidare',
          en: 'The successor, its own, and so on',
        },
        'internal',
      ),
    },
  ),
};

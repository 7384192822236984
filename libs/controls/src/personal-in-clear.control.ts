import { compileVersion, isSealed, type EventDefinitions } from '#kernel/event-schema';
import { entry } from '#kernel/keyed';
import { questionOfAll, type Question } from './question.js';

/** What an event's schema marks as personal is stored sealed, under the key of the person who stands beside it. */
export function personalInClear(definitions: EventDefinitions): Question {
  const versions = Object.fromEntries(Object.entries(definitions).map(([type, one]) => [type, compileVersion({ fields: one.fields })]));
  return questionOfAll<undefined>({
    key: 'personal-in-clear',
    title: { fi: 'Henkilötieto salaamatta', sv: 'Personuppgift i klartext', en: 'A personal text in the clear' },
    about: {
      fi: 'Tapahtuman skeemassa henkilötiedoksi merkitty teksti tallennetaan vain salattuna, sen henkilön avaimella, jonka tunnus on sen vieressä.',
      sv: 'En text som händelsens schema märker som personuppgift sparas endast krypterad, med nyckeln till den person vars id står bredvid.',
      en: 'A text that the event’s schema marks as personal is stored sealed only, under the key of the person whose id stands beside it.',
    },
    finding: {
      fi: 'Tapahtumassa {type} on henkilötieto salaamatta tai toisen henkilön avaimella salattuna.',
      sv: 'I händelsen {type} står en personuppgift i klartext eller krypterad med en annan persons nyckel.',
      en: '{type} has a personal text in the clear, or sealed under another person’s key.',
    },
    start: () => undefined,
    each: (_, { type, data }) => {
      let isInClear = false;
      entry(versions, type)?.mapPersonal(data, (text, whose) => {
        if (!isSealed(text) || text.split('.')[1] !== whose) isInClear = true;
        return text;
      });
      return isInClear ? { type } : undefined;
    },
  });
}

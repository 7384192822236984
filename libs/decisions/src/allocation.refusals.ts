import { refusals } from '#kernel/refused';

export const { texts: allocationRefusals, refuse } = refusals({
  'appropriation-set': {
    fi: 'Haulle on jo varattu määräraha. Muuta sitä perustellen.',
    sv: 'Ett anslag har redan reserverats för utlysningen. Ändra det med en motivering.',
    en: 'An appropriation is reserved for the call already. Adjust it, with a reason.',
  },
  'appropriation-not-set': {
    fi: 'Haulle ei ole vielä varattu määrärahaa. Varaa se ensin.',
    sv: 'Inget anslag har reserverats för utlysningen än. Reservera det först.',
    en: 'No appropriation is reserved for the call yet. Reserve it first.',
  },
  'appropriation-zero': {
    fi: 'Määrärahan on oltava suurempi kuin nolla.',
    sv: 'Anslaget måste vara större än noll.',
    en: 'An appropriation must be more than zero.',
  },
  'allocation-call-unknown': {
    fi: 'Hakua {call} ei ole. Suunnittele haku ennen kuin varaat sille määrärahan.',
    sv: 'Utlysningen {call} finns inte. Planera den innan du reserverar ett anslag.',
    en: 'There is no call {call}. Plan the call before you reserve money for it.',
  },
  'allocation-call-cancelled': {
    fi: 'Haku {call} on peruttu, joten sen määrärahaa ei voi muuttaa.',
    sv: 'Utlysningen {call} har dragits tillbaka, så dess anslag kan inte ändras.',
    en: 'The call {call} was cancelled, so its appropriation cannot be changed.',
  },
});

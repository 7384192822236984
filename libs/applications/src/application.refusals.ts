import { refusals } from '#kernel/refused';

export const { texts: applicationRefusals, refuse } = refusals({
  'application-call-unknown': {
    fi: 'Hakua {call} ei ole. Tarkista tunnus.',
    sv: 'Utlysningen {call} finns inte. Kontrollera id.',
    en: 'There is no call {call}. Check its id.',
  },
});

import { refusals } from '#kernel/refused';

export const { texts: accountRefusals, refuse } = refusals({
  'iban-wrong': {
    fi: 'Tilinumero ei ole IBAN, tai sen tarkistenumerot eivät täsmää. Tarkista numero pankin todistuksesta.',
    sv: 'Kontonumret är inget IBAN, eller så stämmer dess kontrollsiffror inte. Kontrollera numret i bankens intyg.',
    en: 'The account number is no IBAN, or its check digits are wrong. Check it against what the bank says.',
  },
  'payee-account-changed': {
    fi: 'Organisaatio on nimennyt viimeksi tilin {latest}, ei tiliä {account}. Tarkista ja vahvista viimeisin tili.',
    sv: 'Organisationen har senast uppgett konto {latest}, inte konto {account}. Kontrollera och bekräfta det senaste.',
    en: 'The account that the organisation named last is number {latest}, not {account}. Check and confirm the latest.',
  },
});

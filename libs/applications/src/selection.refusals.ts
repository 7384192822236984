import { refusals } from '#kernel/refused';

export const { texts: selectionRefusals, refuse } = refusals({
  'selection-empty': {
    fi: 'Vertailussa ei ole yhtään hakemusta. Nimeä hakemukset, jotka muodostavat kokonaisuuden.',
    sv: 'Jämförelsen omfattar inga ansökningar. Ange de ansökningar som bildar helheten.',
    en: 'The comparison names no application. Name those that make up the whole.',
  },
  'selection-twice': {
    fi: 'Hakemus {application} on vertailussa kahdesti. Nimeä se kerran.',
    sv: 'Ansökan {application} finns två gånger i jämförelsen. Nämn den en gång.',
    en: 'The application {application} is in the comparison twice. Name it once.',
  },
  'selection-of-others': {
    fi: 'Nämä eivät ole tähän hakuun jätettyjä hakemuksia: {applications}. Poista ne vertailusta.',
    sv: 'Dessa är inte ansökningar som lämnats in i denna utlysning: {applications}. Ta bort dem ur jämförelsen.',
    en: 'These are no applications submitted in this call: {applications}. Leave them out of the comparison.',
  },
  'selection-call-still-open': {
    fi: 'Haku on auki {closes} asti. Vertaile hakemuksia sen jälkeen.',
    sv: 'Utlysningen är öppen till {closes}. Jämför ansökningarna därefter.',
    en: 'The call is open until {closes}. Compare the applications after that.',
  },
  'selection-by-disqualified': {
    fi: 'Olet esteellinen näissä hakemuksissa, joten et voi vertailla kokonaisuutta: {applications}. Siirrä vertailu toiselle esittelijälle.',
    sv: 'Du är jävig i dessa ansökningar och kan inte jämföra helheten: {applications}. Överför jämförelsen till en annan föredragande.',
    en: 'You are disqualified in these applications and cannot compare the whole: {applications}. Hand the comparison to another presenter.',
  },
});

import { refusals } from '#kernel/refused';

export const { texts: organisationRefusals, refuse } = refusals({
  'organisation-exists': {
    fi: 'Organisaatio on jo rekisterissä. Jos sen nimi on muuttunut, kirjaa nimenmuutos.',
    sv: 'Organisationen finns redan i registret. Om namnet har ändrats, anteckna namnändringen.',
    en: 'The organisation is registered already. If its name has changed, record the change of name.',
  },
  'organisation-unknown': {
    fi: 'Organisaatiota ei ole rekisterissä. Lisää se ensin rekisteriin tai tarkista tunnus.',
    sv: 'Organisationen finns inte i registret. Registrera den först eller kontrollera id:t.',
    en: 'The organisation is not registered. Register it first, or check its id.',
  },
  'organisation-succeeded': {
    fi: 'Organisaation tehtäviä jatkaa {by}, joten sitä ei voi enää muuttaa. Kirjaa muutos seuraajalle.',
    sv: 'Organisationen har efterträtts av {by} och kan inte längre ändras. Anteckna ändringen för efterträdaren.',
    en: 'The organisation was succeeded by {by} and cannot be changed any more. Record the change for the successor.',
  },
  'successor-unknown': {
    fi: 'Seuraajaa {by} ei ole rekisterissä. Lisää se ensin rekisteriin.',
    sv: 'Efterträdaren {by} finns inte i registret. Registrera den först.',
    en: 'The successor {by} is not registered. Register it first.',
  },
  'succeeded-by-itself': {
    fi: 'Organisaatio ei voi olla itsensä seuraaja. Käytä nimenmuutosta.',
    sv: 'En organisation kan inte efterträda sig själv. Använd namnändring.',
    en: 'An organisation cannot succeed itself. Record a change of name instead.',
  },
});
